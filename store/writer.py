"""Save marks in the background, exchange them with other machines, notice what others change."""

from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic
from typing import Protocol

from store.book import News
from store.errors import LibraryBusyError, LibraryError
from store.library import Library, Month

POLL_SECONDS = 0.5
"""How often the library is looked at for changes made elsewhere."""
SYNC_SECONDS = 60.0
"""How often the sync folder is looked at."""
SYNC_AFTER_MARKS_SECONDS = 2.0
"""How long after a mark it goes to the sync folder, so that several go together."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What other programs changed, read from disk."""

    marks: News | None
    months: tuple[Month, ...]


class Listener(Protocol):
    """Who is told of what the writer does, in the writer's thread."""

    def saved(self, kept: int) -> None:
        """Marks were written; `kept` papers stay as another program left them."""

    def failed(self, error: LibraryError) -> None:
        """Marks could not be written and will not be."""

    def delayed(self, error: LibraryBusyError) -> None:
        """Another program holds the lock; it goes on being tried."""

    def changed(self, changes: Changes) -> None:
        """Another program changed marks or papers."""

    def noticed(self, problem: str) -> None:
        """Something is wrong with the sync folder or with what is in it."""


class Writer(Thread):
    """One thread that commits whatever waits in one write. All reading while open is its too."""

    def __init__(self, library: Library, listener: Listener) -> None:
        super().__init__(name="writer", daemon=True)
        self._library = library
        self._listener = listener
        self._wanted = Event()
        self._stopping = False
        self._delayed = False
        self._sync_at = 0.0
        self._noticed: set[str] = set()

    def wake(self) -> None:
        """Say that there is something to save."""
        self._wanted.set()

    def finish(self) -> None:
        """Let the thread end without another write or word; `join` waits for it."""
        self._stopping = True
        self._wanted.set()

    def run(self) -> None:
        """Save when woken, look around often, exchange now and then, until told to finish."""
        while True:
            self._wanted.wait(POLL_SECONDS)
            self._wanted.clear()
            for work in (self._commit, self._exchange, self._look_around):
                if self._stopping:
                    return
                work()

    def _commit(self) -> None:
        if not self._library.unsaved:
            return
        try:
            kept = self._library.commit()
        except LibraryBusyError as error:
            if not self._delayed:
                self._delayed = True
                self._listener.delayed(error)
        except LibraryError as error:
            self._delayed = False
            self._listener.failed(error)
        else:
            self._delayed = False
            self._sync_at = min(self._sync_at, monotonic() + SYNC_AFTER_MARKS_SECONDS)
            self._listener.saved(kept)

    def _exchange(self) -> None:
        if monotonic() < self._sync_at or self._library.newer:
            return
        self._sync_at = monotonic() + SYNC_SECONDS
        try:
            problems = self._library.exchange()
        except LibraryError as error:
            problems = (str(error),)
        for problem in problems:
            if problem not in self._noticed:
                self._noticed.add(problem)
                self._listener.noticed(problem)

    def _look_around(self) -> None:
        library = self._library
        try:
            marks = library.load_marks() if library.marks_changed_elsewhere() else None
            paths = library.changed_months() if library.complete else []
            months = tuple(map(library.load_month, paths))
        except LibraryError:
            return  # the next write will say so
        if marks or months:
            self._listener.changed(Changes(marks, months))
