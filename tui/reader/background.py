"""Work that can wait, done a slice at a time so that no key has to."""

from collections.abc import Iterator
from enum import IntEnum
from time import monotonic
from typing import NamedTuple

from textual.timer import Timer
from textual.widget import Widget

PAUSE = 0.001
"""Seconds between two slices, for keys."""


class Priority(IntEnum):
    """The order of jobs; there is one job of each kind at a time."""

    TYPED = 1
    """Matches of the query in abstracts."""
    READING = 2
    """Months that the first paint does not show."""
    HINTS = 3
    """Which part a query without results could drop."""
    COUNTS = 4
    """The counts of views and days."""
    KEPT = 5
    """The contents of kept exports."""
    NOTES = 6
    """The contents of the files of notes."""
    LAYOUT = 7
    """The lines of a long text outside the screen."""
    CARDS = 8
    """Cards that start once the list is complete."""


class Job(NamedTuple):
    """A piece of work; each step of it is a slice."""

    steps: Iterator[None]
    due: float
    """When it may begin, on the monotonic clock."""


class Background:
    """One queue of jobs: the due one of the highest priority runs next."""

    def __init__(self, owner: Widget) -> None:
        self._owner = owner
        self._jobs: dict[Priority, Job] = {}
        self._timer: Timer | None = None
        self._delay = PAUSE
        """Seconds between two calls of the timer."""

    def start(self, priority: Priority, steps: Iterator[None], delay: float = 0) -> None:
        """Begin a job after some seconds, replacing one of the same priority."""
        self._jobs[priority] = Job(steps, monotonic() + delay)
        self._wait()

    def stop(self, priority: Priority) -> None:
        """Stop a job."""
        if self._jobs.pop(priority, None):
            self._wait()

    @property
    def busy(self) -> frozenset[Priority]:
        """The remaining work."""
        return frozenset(self._jobs)

    def _wait(self) -> None:
        """Wake up when the next job is due."""
        delay = max(self._jobs[min(self._jobs)].due - monotonic(), PAUSE) if self._jobs else 0
        if self._timer and delay != self._delay:
            self._timer.stop()
            self._timer = None
        self._delay = delay
        if delay and not self._timer:
            # Not a one-shot timer: such a short one never fires if the system is busy just when it
            # is made.
            self._timer = self._owner.set_interval(delay, self._go_on)

    def _go_on(self) -> None:
        if not self._jobs:
            return  # a timer that is stopped may have sent its message already
        priority = min(self._jobs)
        job = self._jobs[priority]
        if job.due <= monotonic():
            ended = next(job.steps, self) is self
            if ended and self._jobs.get(priority) is job:  # a step may start another
                del self._jobs[priority]
        self._wait()
