"""How the reader goes to views and saves them: what is kept in `views.json`, and who writes it.

The file is read behind the first paint, and written in a thread: no key waits for the disk.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.message import Message

from store.clean import clean_text
from store.errors import LibraryError
from tui.screens.jumping import JumpingScreen

if TYPE_CHECKING:  # imported behind the first paint
    from concurrent.futures import Future, ThreadPoolExecutor

    from store.views import View
    from store.views_file import Kept, SavedViews, ViewsFile


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

    class ViewsNotSaved(Message):
        """The file of views could not be written; why, in words."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    def begin(self) -> None:
        """Show the newest month; views come first only where the filter may name one."""
        if self._query:
            self.read_views()
        super().begin()
        if self._kept is None:
            self.call_after_refresh(self._views_at_hand)

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
        view = next((view for view in self._views_at_hand() if view.digit == digit), None)
        if view is None:
            self.notify(f"No view has the digit {digit}; m saves the filter as one.")
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

    # Saving

    def action_save_view(self) -> None:
        """Ask for a name, and save the filter under it."""
        if not self._query.strip():
            self.notify("There is no filter to save: / makes one, m keeps it as a view.")
            return
        from store.views import named

        self.read_views()
        present = named(self._known, self.view_name())
        name, digit = "", ""
        if present and present.origin == "saved":
            name, digit = present.name, present.digit
        self._ask_for_view("Save the filter as a view", self._query, name, digit)

    def ask_for_new_name(self, view: "View") -> None:
        """Ask for another name and digit of a view."""
        self._ask_for_view("Rename the view", view.query, view.name, view.digit, view.name)

    def _ask_for_view(
        self, title: str, query: str, name: str, digit: str, instead_of: str = ""
    ) -> None:
        from store.views import View, clean_name, named
        from tui.screens.view_prompt import ViewPrompt

        if self._library.newer:
            self.say_for_long("Read only", self._library.newer)
            return

        def problem(name: str, digit: str) -> str:
            return self._problem(View(clean_name(name), query, digit))

        def save(answer: tuple[str, str] | None) -> None:
            if not answer:
                return
            view = View(clean_name(answer[0]), query, answer[1])
            before = named(self._known, view.name)
            if before and before.query != query and not view.digit:
                view = replace(view, digit=before.digit)
            self.save_view(view, instead_of)
            how = f"{view.digit} goes there" if view.digit else "b lists it"
            text = f"{view.name} is saved: {how}."
            if before and before.query != query:
                text += f" It was {before.query or 'everything'}."
            self.notify(text, title="View", markup=False)

        held = "  ".join(f"{view.digit} {view.name}" for view in self._known if view.digit)
        self.app.push_screen(ViewPrompt(title, name, digit, held, problem), save)

    def _problem(self, view: "View") -> str:
        """Say why a view can't be saved; nothing where it can."""
        from store.query import parse
        from store.views import named

        if not view.name:
            return "A view needs a name."
        same = named(self._known, view.name)
        if same and same.origin == "settings":
            return f"{same.name} is a view of the settings; change it there."
        holder = next(
            (each for each in self._known if view.digit and each.digit == view.digit), None
        )
        if holder and holder.origin == "settings":
            return f"{view.digit} goes to {holder.name} of the settings; take another digit."
        others = {name: query for name, query in self._views.items() if name != view.name}
        query = parse(view.query, views={**others, view.name: view.query})
        inside = parse(f'view:"{view.name}"', views={**others, view.name: view.query})
        error = query.error or inside.error
        return f"The filter is wrong: {error.message}." if error else ""

    def save_view(self, view: "View", instead_of: str = "") -> None:
        """Save a view, in the place of the one of its name and of another."""
        from store.views import saved_with

        self._change_views(lambda saved: saved_with(saved, view, instead_of))

    def remove_view(self, name: str) -> None:
        """Remove a view that was saved."""
        from store.views import saved_without

        self._change_views(lambda saved: saved_without(saved, name))

    def _change_views(self, change: "Callable[[SavedViews], SavedViews]") -> None:
        """Change the views saved, here at once and then on disk."""
        if self._kept is not None:
            self.views_known(replace(self._kept, views=change(self._kept.views)))
        self._write_views(lambda file: file.change(change))

    # The file

    def _views_at_hand(self) -> "tuple[View, ...]":
        if self._kept is None:
            self.read_views()
        return self._known

    def read_views(self, quietly: bool = False) -> None:
        """Read the file of views, which another reader may have changed.

        Where it can't be read those read before stay; that there were none is said unless quietly.
        """
        from store.views_file import NOTHING, ViewsFile

        if self._last_write and not self._last_write.done():
            return
        try:
            kept = ViewsFile(self._library.folder).read()
        except LibraryError as error:
            if self._kept is None and not quietly:
                self.say_for_long("Saved views are missing", str(error))
            kept = self._kept or NOTHING
        self.views_known(kept)

    def views_known(self, kept: "Kept") -> None:
        """Take what the file of views holds, or is about to."""
        from store.views import in_query, known_views, queries_by_name

        self._kept = kept
        self._known = known_views(self._config.views, kept.views)
        self._views = queries_by_name(self._known)
        names = {in_query(view.name).casefold(): view.name for view in self._known}
        names |= {normal(view.query): view.name for view in reversed(self._known) if view.query}
        self._names = names
        if self.is_mounted:
            self._show_status()

    def on_viewing_screen_views_not_saved(self, message: ViewsNotSaved) -> None:
        """Show what is on disk, and say why that is all."""
        self.say_for_long("Views not saved", message.reason)
        self._kept = None
        self.read_views(quietly=True)

    def _write_views(self, task: "Callable[[ViewsFile], None]") -> None:
        if self._executor is None:
            from concurrent.futures import ThreadPoolExecutor

            self._executor = ThreadPoolExecutor(1, "views")
        self._last_write = self._executor.submit(self._write_in_thread, task)

    def _write_in_thread(self, task: "Callable[[ViewsFile], None]") -> None:
        """Change the file, in the thread that does so."""
        from store.views_file import ViewsFile

        try:
            task(ViewsFile(self._library.folder))
        except LibraryError as error:
            # When the reader has ended nobody takes it: a visit is not worth a word there.
            self.post_message(self.ViewsNotSaved(clean_text(str(error))))


def normal(query: str) -> str:
    """Return a filter without the spaces that mean nothing."""
    return " ".join(query.split())
