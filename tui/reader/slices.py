"""Work that can wait, done a slice at a time so that no key has to."""

from collections.abc import Callable, Iterator

from textual.timer import Timer
from textual.widget import Widget

PAUSE = 0.001
"""Seconds between two slices, for keys."""


class Slices:
    """One piece of work; a newer one takes its place."""

    def __init__(self, owner: Widget, may_go_on: Callable[[], bool] = lambda: True) -> None:
        self._owner = owner
        self._may_go_on = may_go_on
        self._work: Iterator[None] = iter(())
        self._timer: Timer | None = None

    def start(self, work: Iterator[None], delay: float = 0) -> None:
        """Begin with a piece of work after some seconds; each step of it is a slice."""
        self.stop()
        self._work = work
        # No timer for one time: one that is so short never comes if the system is busy just when
        # it is made.
        self._timer = self._owner.set_interval(delay or PAUSE, self._begin)

    @property
    def running(self) -> bool:
        """Whether there is something left to do."""
        return self._timer is not None

    def stop(self) -> None:
        """Do no more of it."""
        if self._timer:
            self._timer.stop()
            self._timer = None

    def _begin(self) -> None:
        self.stop()
        self._timer = self._owner.set_interval(PAUSE, self._go_on)
        self._go_on()

    def _go_on(self) -> None:
        if self._may_go_on() and next(self._work, self) is self:
            self.stop()
