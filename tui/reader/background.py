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
    """What comes first; there is one job of each at a time."""

    TYPED = 1
    """What matches the query in abstracts."""
    READING = 2
    """Months that are not on the first paint."""
    HINTS = 3
    """What a query that finds nothing could do without."""
    COUNTS = 4
    """How much views and days hold."""
    KEPT = 5
    """What exports that are kept hold."""
    NOTES = 6
    """What the files of notes are to hold."""
    LAYOUT = 7
    """The lines of a long text that are not in sight."""
    CARDS = 8
    """Cards that are to be begun once the list has all that was asked for."""


class Job(NamedTuple):
    """A piece of work; each step of it is a slice."""

    steps: Iterator[None]
    due: float
    """When it may begin, on the monotonic clock."""


class Background:
    """One queue of jobs: the one of the highest priority goes on, once it is due."""

    def __init__(self, owner: Widget) -> None:
        self._owner = owner
        self._jobs: dict[Priority, Job] = {}
        self._timer: Timer | None = None
        self._delay = PAUSE
        """Seconds between two calls of the timer."""

    def start(self, priority: Priority, steps: Iterator[None], delay: float = 0) -> None:
        """Begin a job after some seconds, in the place of one of the same priority."""
        self._jobs[priority] = Job(steps, monotonic() + delay)
        self._wait()

    def stop(self, priority: Priority) -> None:
        """Do no more of a job."""
        if self._jobs.pop(priority, None):
            self._wait()

    @property
    def busy(self) -> frozenset[Priority]:
        """What is left to do."""
        return frozenset(self._jobs)

    def _wait(self) -> None:
        """Wake up when the next job is due."""
        delay = max(self._jobs[min(self._jobs)].due - monotonic(), PAUSE) if self._jobs else 0
        if self._timer and delay != self._delay:
            self._timer.stop()
            self._timer = None
        self._delay = delay
        if delay and not self._timer:
            # No timer for one time: one that is so short never comes if the system is busy just
            # when it is made.
            self._timer = self._owner.set_interval(delay, self._go_on)

    def _go_on(self) -> None:
        if not self._jobs:
            return  # a timer that is stopped may have sent its message already
        priority = min(self._jobs)
        job = self._jobs[priority]
        if job.due <= monotonic():
            ended = next(job.steps, self) is self
            if ended and self._jobs.get(priority) is job:  # a step may start another in its place
                del self._jobs[priority]
        self._wait()
