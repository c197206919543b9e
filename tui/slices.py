"""Work that can wait, done a slice at a time so that no key has to."""

from collections.abc import Callable, Iterator

from textual.timer import Timer
from textual.widget import Widget

PAUSE = 0.002
"""Seconds between two slices, for keys."""
LONG_PAUSE = 0.05
"""Seconds until it is asked again whether the work may go on."""


class Slices:
    """One piece of work; a newer one takes its place."""

    def __init__(self, owner: Widget, may_go_on: Callable[[], bool]) -> None:
        self._owner = owner
        self._may_go_on = may_go_on
        self._work: Iterator[None] = iter(())
        self._timer: Timer | None = None

    def start(self, work: Iterator[None], delay: float = PAUSE) -> None:
        """Begin with a piece of work after some seconds; each step of it is a slice."""
        self.stop()
        self._work = work
        self._timer = self._owner.set_timer(delay, self._go_on)

    def stop(self) -> None:
        """Do no more of it."""
        if self._timer:
            self._timer.stop()
            self._timer = None

    def _go_on(self) -> None:
        if not self._may_go_on():
            self._timer = self._owner.set_timer(LONG_PAUSE, self._go_on)
        elif next(self._work, self) is not self:
            self._timer = self._owner.set_timer(PAUSE, self._go_on)
