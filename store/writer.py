"""Save marks in the background, exchange them with other machines, notice what others change.

Only `finish` ends the writer: it reports each problem once and tries again, less often while the
problem lasts. The exchange with other machines runs apart, so that a sync folder that hangs keeps
no mark from the library's disk.
"""

from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic
from typing import NamedTuple, Protocol

from store.errors import LibraryError
from store.files.attempt import Attempt
from store.files.storage import Signature, signature_of
from store.library import Library, Month
from store.marks.memory import DiskDiff


class Pace(NamedTuple):
    """How often the writer does its regular work, in seconds."""

    poll: float = 0.5
    """Between checks of the library for changes made elsewhere."""
    sync: float = 60.0
    """Between checks of the sync folder."""
    sync_after_marks: float = 2.0
    """From a mark to the sync folder, so that several marks go together."""
    sync_patience: float = 10.0
    """How long the sync folder may take before a message says so."""
    most_seldom: float = 2.0
    """Between attempts at something that keeps failing."""


USUAL_PACE = Pace()


class Changes(NamedTuple):
    """What other programs changed, read from disk."""

    marks: DiskDiff | None
    months: tuple[Month, ...]
    views: bool
    """Whether the file of views has changed; the code that shows views reads it."""


class Listener(Protocol):
    """The listener to the writer, called in the writer's thread."""

    def saved(self, left_alone: int) -> None:
        """Marks were written; so many papers stay as another program changed them."""

    def failed(self, error: LibraryError) -> None:
        """Marks could not be written and will not be."""

    def delayed(self, error: BaseException) -> None:
        """The library can't be written or read; the writer keeps trying, and marks wait.

        Anything but a LibraryError is a bug in the program.
        """

    def recovered(self) -> None:
        """All delayed work has succeeded."""

    def changed(self, changes: Changes) -> None:
        """Another program changed marks, papers or views."""

    def noticed(self, problem: str) -> None:
        """There is a problem with the sync folder or its contents."""


class Writer(Thread):
    """One thread that commits all waiting marks in one write. It also does all reading while the
    library is open."""

    def __init__(self, library: Library, listener: Listener, pace: Pace = USUAL_PACE) -> None:
        super().__init__(name="writer", daemon=True)
        self._library = library
        self._listener = listener
        self._pace = pace
        self._working = Lock()
        """Held while the library is in use, but not while the listener is called."""
        self._wanted = Event()
        self._stopping = False
        self._reported: set[tuple[str, str]] = set()
        """The problems that last, as they were reported."""
        self._exchanges = Exchanges(library, listener.noticed, pace)
        self._views: Signature | None = None

    def wake(self) -> None:
        """Save what waits."""
        self._wanted.set()

    def finish(self) -> None:
        """Let the thread end without another write or report; `join` waits for that."""
        self._stopping = True
        self._wanted.set()

    def stop(self, seconds: float) -> bool:
        """Stop, and return whether the library is free: it is not while a write hangs."""
        self.finish()
        if self.is_alive():
            self.join(seconds)
        return not self.is_alive() or self._working.acquire(blocking=False)

    def is_exchanging(self, seconds: float) -> bool:
        """Return whether an exchange of marks still runs some seconds after it began."""
        return self._exchanges.is_running_after(seconds)

    def run(self) -> None:
        """Save when woken, often look for changes, exchange now and then, until `finish`."""
        pause = self._pace.poll
        while True:
            self._wanted.wait(pause)
            self._wanted.clear()
            well = True
            for work in (self._commit, self._look_for_changes, self._exchange):
                if self._stopping:
                    return
                well &= self._attempt(work)
            if well:
                pause = self._pace.poll
                self._attempt(self._recover)
            else:
                pause = min(2 * pause, self._pace.most_seldom)

    def _attempt(self, work: Callable[[], None]) -> bool:
        """Do some work, whatever the result; report new problems."""
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - nothing may end the thread that saves
            self._report((work.__name__, f"{type(error).__name__} {error}"), error)
            return False
        return True

    def _report(self, trouble: tuple[str, str], error: BaseException) -> None:
        if trouble in self._reported or self._stopping:
            return
        self._reported.add(trouble)
        try:
            self._listener.delayed(error)
        except BaseException:  # noqa: BLE001 - as above; nobody else could report it
            self._reported.discard(trouble)

    def _recover(self) -> None:
        if self._reported:
            self._reported.clear()
            self._listener.recovered()

    def _commit(self) -> None:
        if not self._library.unsaved:
            return
        try:
            with self._working:
                left_alone = self._library.commit()
        except LibraryError as error:
            if error.may_pass:
                raise
            self._listener.failed(error)
        else:
            self._exchanges.marks_saved()
            self._listener.saved(left_alone)

    def _look_for_changes(self) -> None:
        library = self._library
        with self._working:
            marks = library.load_marks() if library.marks_changed_elsewhere() else None
            paths = library.changed_months() if library.complete else []
            months = tuple(map(library.load_month, paths))
        views = self._views_changed()
        if marks or months or views:
            self._listener.changed(Changes(marks, months, views))

    def _exchange(self) -> None:
        self._exchanges.step(library_works=not self._reported)

    def _views_changed(self) -> bool:
        """Return whether any program has replaced the file of views since the last check."""
        from store.views.file import VIEWS  # here because the first paint does not need it

        before, self._views = self._views, signature_of(self._library.folder / VIEWS)
        return self._views != before


class Exchanges:
    """Exchanges of marks with the sync folder: at the start, after marks, and now and then.

    Each is an attempt that nobody waits for; while one hangs there is no other.
    """

    def __init__(self, library: Library, notice: Callable[[str], None], pace: Pace) -> None:
        self._library = library
        self._notice = notice
        self._pace = pace
        self._next = 0.0
        """When the next is due."""
        self._noticed: set[str] = set()
        """The problems in the folder that were reported."""
        self._failure = ""
        """Why the last one failed, as reported."""
        self._attempt: Attempt[tuple[str, ...]] | None = None
        self._begun = 0.0

    @property
    def running(self) -> bool:
        """Whether one is under way."""
        return self._attempt is not None and self._attempt.is_alive()

    def is_running_after(self, seconds: float) -> bool:
        """Return whether one still runs some seconds after it began; wait for that."""
        if self._attempt:
            self._attempt.join(max(self._begun + seconds - monotonic(), 0))
        return self.running

    def marks_saved(self) -> None:
        """Exchange soon: there are new marks."""
        self._next = min(self._next, monotonic() + self._pace.sync_after_marks)

    def step(self, library_works: bool) -> None:
        """Report the result of the last one, start the next if it is due; wait for nothing.

        While the library can't be used nothing starts, and what failed meanwhile failed for that.
        """
        now = monotonic()
        if self.running:
            if now - self._begun > self._pace.sync_patience:
                self._fails(f"{self._library.sync} does not answer; marks are saved here meanwhile")
            return
        attempt, self._attempt = self._attempt, None
        if not library_works:
            return
        if attempt:
            self._report(attempt)
        if now >= self._next and not self._library.newer:
            self._next = now + self._pace.sync
            self._begun = now
            self._attempt = Attempt(lambda: self._library.others.exchange(), "exchange")

    def _report(self, attempt: Attempt[tuple[str, ...]]) -> None:
        try:
            problems = attempt.result(0)
        except LibraryError as error:
            self._fails(str(error))
            return
        self._failure = ""
        for problem in problems:
            if problem not in self._noticed:
                self._noticed.add(problem)
                self._notice(problem)

    def _fails(self, failure: str) -> None:
        if failure != self._failure:
            self._failure = failure
            self._notice(failure)
