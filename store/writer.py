"""Save marks in the background, and notice what other programs change."""

from collections.abc import Callable
from threading import Event, Thread

from store.errors import LibraryError
from store.library import Library

POLL_SECONDS = 0.5
"""How often the library is looked at for changes made elsewhere."""


class Writer(Thread):
    """One thread that commits whatever waits in one write.

    The callbacks run in this thread: `saved` after a write, `failed` with the reason where it
    could not be done, `changed` when another program changed marks or papers.
    """

    def __init__(
        self,
        library: Library,
        saved: Callable[[], None],
        failed: Callable[[LibraryError], None],
        changed: Callable[[], None],
    ) -> None:
        super().__init__(name="writer", daemon=True)
        self._library = library
        self._saved, self._failed, self._changed = saved, failed, changed
        self._wanted = Event()
        self._stopping = False

    def wake(self) -> None:
        """Say that there is something to save."""
        self._wanted.set()

    def finish(self) -> None:
        """Let the thread end without another write or callback; `join` waits for it."""
        self._stopping = True
        self._wanted.set()

    def run(self) -> None:
        """Commit when woken, look around when not, until told to finish."""
        while True:
            woken = self._wanted.wait(POLL_SECONDS)
            self._wanted.clear()
            if self._stopping:
                return
            if woken:
                self._commit()
            else:
                self._look_around()

    def _commit(self) -> None:
        try:
            self._library.commit()
        except LibraryError as error:
            self._failed(error)
        else:
            self._saved()

    def _look_around(self) -> None:
        try:
            changed = self._library.marks_changed_elsewhere() or self._library.changed_months()
        except LibraryError:
            return  # the next read or write that matters will say so
        if changed:
            self._changed()
