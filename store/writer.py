"""Save marks in the background, exchange them with other machines, notice what others change."""

from dataclasses import dataclass
from threading import Event, Lock, Thread
from time import monotonic
from typing import Protocol

from store.errors import LibraryBusyError, LibraryError
from store.files.storage import Signature, signature_of
from store.library import Library, Month
from store.marks.memory import News


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the writer does what nobody asks it for, in seconds."""

    poll: float = 0.5
    """Between two looks at the library for changes made elsewhere."""
    sync: float = 60.0
    """Between two looks at the sync folder."""
    sync_after_marks: float = 2.0
    """From a mark to the sync folder, so that several go together."""


USUAL_PACE = Pace()


@dataclass(frozen=True, slots=True)
class Changes:
    """What other programs changed, read from disk."""

    marks: News | None
    months: tuple[Month, ...]
    views: bool
    """Whether the file of views is another than before; it is read by who shows them."""


class Listener(Protocol):
    """Who is told of what the writer does, in the writer's thread."""

    def saved(self, kept: int) -> None:
        """Marks were written; `kept` papers stay as another program left them."""

    def failed(self, error: LibraryError) -> None:
        """Marks could not be written and will not be."""

    def delayed(self, error: LibraryBusyError) -> None:
        """Another program holds the lock; it goes on being tried."""

    def changed(self, changes: Changes) -> None:
        """Another program changed marks, papers or views."""

    def noticed(self, problem: str) -> None:
        """Something is wrong with the sync folder or with what is in it."""


class Writer(Thread):
    """One thread that commits whatever waits in one write. All reading while open is its too."""

    def __init__(self, library: Library, listener: Listener, pace: Pace = USUAL_PACE) -> None:
        super().__init__(name="writer", daemon=True)
        self._library = library
        self._listener = listener
        self._pace = pace
        self._working = Lock()
        """Held while the library is in use, and not while the listener is told."""
        self._wanted = Event()
        self._stopping = False
        self._delayed = False
        self._sync_at = 0.0
        self._noticed: set[str] = set()
        self._views: Signature | None = None

    def wake(self) -> None:
        """Say that there is something to save."""
        self._wanted.set()

    def finish(self) -> None:
        """Let the thread end without another write or word; `join` waits for it."""
        self._stopping = True
        self._wanted.set()

    def let_go(self, seconds: float) -> bool:
        """End, and tell whether the library is free: not so while a write hangs."""
        self.finish()
        if self.is_alive():
            self.join(seconds)
        return not self.is_alive() or self._working.acquire(blocking=False)

    def run(self) -> None:
        """Save when woken, look around often, exchange now and then, until told to finish."""
        while True:
            self._wanted.wait(self._pace.poll)
            self._wanted.clear()
            for work in (self._commit, self._exchange, self._look_around):
                if self._stopping:
                    return
                work()

    def _commit(self) -> None:
        if not self._library.unsaved:
            return
        try:
            with self._working:
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
            self._sync_at = min(self._sync_at, monotonic() + self._pace.sync_after_marks)
            self._listener.saved(kept)

    def _exchange(self) -> None:
        if monotonic() < self._sync_at or self._library.newer:
            return
        self._sync_at = monotonic() + self._pace.sync
        try:
            with self._working:
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
            with self._working:
                marks = library.load_marks() if library.marks_changed_elsewhere() else None
                paths = library.changed_months() if library.complete else []
                months = tuple(map(library.load_month, paths))
            views = self._views_changed()
        except LibraryError:
            return  # the next write will say so
        if marks or months or views:
            self._listener.changed(Changes(marks, months, views))

    def _views_changed(self) -> bool:
        """Tell whether the file of views was replaced since the last look, by whomever."""
        from store.views.file import VIEWS  # here because nothing of it is on the first paint

        before, self._views = self._views, signature_of(self._library.folder / VIEWS)
        return self._views != before
