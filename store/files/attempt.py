"""Work that may never end, such as on a network folder that hangs, in a thread that nobody waits
for."""

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

from store.errors import TakesTooLongError

T = TypeVar("T")


class Attempt(Thread, Generic[T]):
    """Work in a thread of its own; the program does not wait for it when it ends.

    A system call that hangs can't be interrupted: the thread stays in it, and ends when it does.
    """

    def __init__(self, work: Callable[[], T], name: str = "attempt") -> None:
        super().__init__(name=name, daemon=True)
        self._work = work
        self._results: list[T] = []
        self._error: BaseException | None = None
        self.start()

    def run(self) -> None:
        """Do the work and keep its result."""
        try:
            self._results.append(self._work())
        except BaseException as error:  # noqa: BLE001 - raised again where the result is asked for
            self._error = error

    def result(self, seconds: float | None) -> T:
        """Return what the work returns, or raise what it raises.

        TakesTooLongError if it has not ended after some seconds; it goes on then. None waits
        for its end.
        """
        self.join(seconds)
        if self.is_alive():
            raise TakesTooLongError
        if self._error:
            raise self._error
        return self._results[0]
