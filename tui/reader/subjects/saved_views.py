"""The views, typed filters and visits of `views.json`, as the reader knows them.

The file is read after the first paint, again if another program has replaced it, and written in a
thread: no key waits for the disk.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from store.errors import LibraryError
from store.files.storage import Signature, signature_of
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.requests import FromThread
from tui.reader.session import Session

if TYPE_CHECKING:  # imported after the first paint
    from concurrent.futures import Future, ThreadPoolExecutor

    from store.views.file import StoredViews, ViewsFile
    from store.views.known import View


class SavedViews:
    """The contents of the file, and what waits to be written there."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        in_settings: Mapping[str, str],
        post: Callable[[FromThread], object],
        recount: Callable[[], None],
    ) -> None:
        """`in_settings` has the queries of the settings' views by name."""
        self._session = session
        self._panes = panes
        self._messages = messages
        self.in_settings = in_settings
        self._post = post
        self._recount = recount
        self._kept: StoredViews | None = None
        """None before the file is read."""
        self._executor: ThreadPoolExecutor | None = None
        """Writes, one thing after the other."""
        self._last_write: Future[None] | None = None
        self._writes_waiting = 0
        """Changes of the file that have not ended yet."""
        self._signature: Signature | None = None
        """That of the file as it was read last."""

    @property
    def was_read(self) -> bool:
        """Whether the file has been read, or tried to be."""
        return self._kept is not None

    @property
    def kept(self) -> "StoredViews":
        """The contents of the file; nothing before it is read."""
        from store.views.file import NOTHING

        return self._kept or NOTHING

    def read(self, quietly: bool = False) -> None:
        """Read the file, if it has changed since the last read.

        If it can't be read, the earlier ones stay; if there were none, a message says so unless
        quiet.
        """
        from store.views.file import VIEWS, ViewsFile

        if self._writes_waiting:
            return  # it is read when that is done
        folder = self._session.library.folder
        try:
            signature = signature_of(folder / VIEWS)
            if self._kept is not None and signature == self._signature:
                return
            kept = ViewsFile(folder).read()
            self._signature = signature
        except LibraryError as error:
            if self._kept is None and not quietly:
                self._messages.say_for_long("Saved views are missing", str(error))
            kept = self.kept
        self._know(kept)

    def set(self, views: "tuple[View, ...]") -> None:
        """Replace the saved views here; `write` brings that to disk."""
        self._know(replace(self.kept, views=views))

    def write(
        self,
        task: "Callable[[ViewsFile], None]",
        failed: Callable[[], None] = lambda: None,
    ) -> None:
        """Change the file in a thread; if that fails, say so and call `failed`."""
        if self._executor is None:
            from concurrent.futures import ThreadPoolExecutor

            self._executor = ThreadPoolExecutor(1, "views")
        self._writes_waiting += 1
        self._last_write = self._executor.submit(self._write, task, failed)

    def end(self, typed: list[str]) -> None:
        """Remember the visit and the filters typed, and wait until everything is written."""
        day = self._session.today()
        if not self._session.library.newer:
            self.write(lambda file: file.end_visit(day, typed))
        if self._last_write:
            self._last_write.result()

    def _write(self, task: "Callable[[ViewsFile], None]", failed: Callable[[], None]) -> None:
        from store.views.file import ViewsFile

        problem = ""
        try:
            self._session.library.check_here()
            task(ViewsFile(self._session.library.folder))
        except LibraryError as error:
            problem = str(error)
        # When the reader has ended nobody reads it: a visit is not worth a message there.
        self._post(FromThread(lambda: self._written(problem, failed)))

    def _written(self, problem: str, failed: Callable[[], None]) -> None:
        """Show what is on disk; if something could not be written, say why."""
        self._writes_waiting -= 1
        if problem:
            self._messages.close_titled("View")  # which said that it is done
            self._messages.say_for_long("Views not saved", problem)
            self._kept = None
            failed()
        self.read(quietly=True)

    def _know(self, kept: "StoredViews") -> None:
        from store.views.known import known_views

        self._kept = kept
        before = self._session.known_views
        self._session.set_views(known_views(self.in_settings, kept.views))
        self._panes.paint_status()
        if self._session.known_views != before:
            self._recount()
