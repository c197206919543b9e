"""How the reader goes to views: what is kept in `views.json`, and who writes it.

The file is read behind the first paint, again where another program has replaced it, and written in
a thread: no key waits for the disk.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

from store.errors import LibraryError
from store.files.storage import Signature, signature_of
from store.text.clean import clean_text
from store.writer import Changes
from tui.reader.jumping import JumpingScreen
from tui.reader.key_names import key_for

if TYPE_CHECKING:  # imported behind the first paint
    from concurrent.futures import Future, ThreadPoolExecutor

    from store.views.change import ViewsChange
    from store.views.file import Kept, ViewsFile
    from store.views.known import View


class ViewingScreen(JumpingScreen):
    """A screen with views."""

    _kept: "Kept | None" = None
    """What the file of views holds, and what waits to be written there; None before it is read."""
    _known: "tuple[View, ...]" = ()
    """All views: of the settings, saved, and those that come with the program."""
    _names: dict[str, str] = {}
    """The name of the view that is a filter, by the filter's text."""
    _executor: "ThreadPoolExecutor | None" = None
    """Writes, one thing after the other."""
    _last_write: "Future[None] | None" = None
    _writes_waiting = 0
    """Changes of the file that have not come to their end."""
    _signature: Signature | None = None
    """That of the file as it was read last."""

    class ViewsWritten(Message):
        """A change of the file of views came to its end."""

        def __init__(self, problem: str, taking_back: "ViewsChange | None") -> None:
            super().__init__()
            self.problem = problem
            """Why it could not be written; empty where it was."""
            self.taking_back = taking_back
            """The earlier change that it takes back, if it does so."""

    def begin(self) -> None:
        """Show the newest month; views come first only where the filter may name one."""
        if self._query:
            self.read_views()
        super().begin()
        if self._kept is None:
            self.call_after_refresh(self.read_views)

    def on_unmount(self) -> None:
        """Remember the visit, and wait until everything is written."""
        day, typed = self._today(), self.typed_filters()
        if not self._library.newer:
            self._write_views(lambda file: file.end_visit(day, typed))
        if self._last_write:
            self._last_write.result()

    def typed_filters(self) -> list[str]:
        """Return the filters that were typed since the reader was opened."""
        return []

    # Going there

    def action_view(self, digit: str) -> None:
        """Go to the view of a digit."""
        self.read_views()
        view = next((view for view in self._known if view.digit == digit), None)
        if view is None:
            saves = key_for(self, "view.save")
            self.notify(f"No view has the digit {digit}; {saves} saves the filter as one.")
        else:
            self.go_to(view.query)

    def go_to(self, query: str) -> None:
        """Show what a filter finds, from its top."""
        self._show_list()
        self._set_filter(query, to_top=bool(query))

    def view_name(self) -> str:
        """Return the name of the view that is the filter now; empty where none is."""
        query = normal(self._query)
        return self._names.get(query) or self._names.get(query.casefold(), "")

    def _show_status(self) -> None:
        self._status.view = self.view_name()
        super()._show_status()

    # The file

    def changed_elsewhere(self, changes: Changes) -> None:
        """Show views that another program changed as well."""
        super().changed_elsewhere(changes)
        # Before the first time it is about to be read anyway, and what is wrong with it said.
        if changes.views and self._kept is not None:
            self.read_views(quietly=True)

    def read_views(self, quietly: bool = False) -> None:
        """Read the file of views, if it is another than the one read last.

        Where it can't be read those read before stay; that there were none is said unless quietly.
        """
        from store.views.file import NOTHING, VIEWS, ViewsFile

        if self._writes_waiting:
            return  # it is read when that is done
        try:
            signature = signature_of(self._library.folder / VIEWS)
            if self._kept is not None and signature == self._signature:
                return
            kept = ViewsFile(self._library.folder).read()
            self._signature = signature
        except LibraryError as error:
            if self._kept is None and not quietly:
                self.say_for_long("Saved views are missing", str(error))
            kept = self._kept or NOTHING
        self.views_known(kept)

    def views_known(self, kept: "Kept") -> None:
        """Take what the file of views holds, or is about to."""
        from store.views.known import in_query, known_views, queries_by_name

        self._kept = kept
        self._known = known_views(self._config.views, kept.views)
        self._views = queries_by_name(self._known)
        names = {in_query(view.name).casefold(): view.name for view in self._known}
        names |= {normal(view.query): view.name for view in reversed(self._known) if view.query}
        self._names = names
        if self.is_mounted:
            self._show_status()

    def on_viewing_screen_views_written(self, message: ViewsWritten) -> None:
        """Show what is on disk; where something could not be written, say why that is all."""
        self._writes_waiting -= 1
        if message.problem:
            self.say_for_long("Views not saved", message.problem)
            self._kept = None
        self.read_views(quietly=True)

    def _write_views(
        self, task: "Callable[[ViewsFile], None]", taking_back: "ViewsChange | None" = None
    ) -> None:
        if self._executor is None:
            from concurrent.futures import ThreadPoolExecutor

            self._executor = ThreadPoolExecutor(1, "views")
        self._writes_waiting += 1
        self._last_write = self._executor.submit(self._write_in_thread, task, taking_back)

    def _write_in_thread(
        self, task: "Callable[[ViewsFile], None]", taking_back: "ViewsChange | None"
    ) -> None:
        """Change the file, in the thread that does so."""
        from store.views.file import ViewsFile

        problem = ""
        try:
            self._library.check_here()
            task(ViewsFile(self._library.folder))
        except LibraryError as error:
            problem = clean_text(str(error))
        # When the reader has ended nobody takes it: a visit is not worth a word there.
        self.post_message(self.ViewsWritten(problem, taking_back))


def normal(query: str) -> str:
    """Return a filter without the spaces that mean nothing."""
    return " ".join(query.split())
