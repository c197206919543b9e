"""How the reader keeps exports up to date: after each change, when there is time.

It runs their queries in slices, so that no key waits, and writes the files in a thread.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from store.errors import LibraryError, PapersError
from store.kept_exports import KeptExport, KeptExports, keeps_any
from tui.reader.background import Background, Priority
from tui.reader.messages import Messages
from tui.reader.session import Session
from tui.shared.kept_exports import query_of, write_kept
from tui.words import in_home

AFTER = timedelta(seconds=1)
"""From a change to the files: several in a row are written once."""
SLICE = 3_000
"""How many abstracts one slice searches."""


class KeptExportFiles:
    """The files of the exports that are kept up to date."""

    def __init__(
        self,
        session: Session,
        messages: Messages,
        background: Background,
        in_thread: Callable[[Callable[[], None], str], object],
    ) -> None:
        """`in_thread` calls a function in a thread, which replaces one of its name."""
        self._session = session
        self._messages = messages
        self._background = background
        self._in_thread = in_thread
        self._said: set[str] = set()

    def changed(self) -> None:
        """Record that papers or marks have changed."""
        self._background.start(Priority.KEPT, self._keep(), AFTER.total_seconds())

    def _keep(self) -> Iterator[None]:
        session = self._session
        try:
            if not keeps_any(session.library.folder) or session.library.newer:
                return
            kept = KeptExports(session.library.folder).read()
        except LibraryError as error:
            self._say(str(error))
            return
        while session.loading or session.catalogue.is_behind:
            yield
        for each in kept:
            yield from self._keep_one(each)

    def _keep_one(self, kept: KeptExport) -> Iterator[None]:
        session = self._session
        try:
            query = query_of(kept, session.views)
        except PapersError as error:
            self._say(str(error))
            return
        for count in session.count(query, SLICE):
            if count is None:
                yield
        found = session.found_of(query)
        library = session.library
        papers = list(library.papers.values())

        def write() -> None:
            try:
                write_kept(
                    kept,
                    found,
                    lambda wanted: library.citation_keys(wanted, papers),
                    library.folder,
                )
            except PapersError as error:
                self._say(str(error))

        self._in_thread(write, f"keep {kept.path}")

    def _say(self, problem: str) -> None:
        """Report an error once."""
        if problem not in self._said:
            self._said.add(problem)
            self._messages.say(in_home(problem), "Not kept", "error")
