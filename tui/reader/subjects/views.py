"""Opening, saving, renaming and removing views, and undoing that."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.views.known import View, named, saved_with, saved_without
from tui.reader.drawing.view_line import Saving, came_back, held, proposed_name, went
from tui.reader.messages import Messages, key_for
from tui.reader.panes import Panes
from tui.reader.session import Session
from tui.reader.subjects.saved_views import SavedViews

if TYPE_CHECKING:
    from store.views.change import ViewsChange
    from tui.tag_line import Effect


class Views:
    """The views of the reader."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        saved: SavedViews,
        go_to: Callable[[str], None],
        changed: Callable[[Callable[[], bool]], None],
    ) -> None:
        """`changed` gets a function that undoes a change and returns whether there was anything to
        undo."""
        self._session = session
        self._panes = panes
        self._messages = messages
        self._saved = saved
        self._go_to = go_to
        self._changed = changed

    def go(self, digit: str) -> None:
        """Go to the view of a digit."""
        self._saved.read()
        view = next((view for view in self._session.known_views if view.digit == digit), None)
        if view is None:
            saves = self._messages.key("view.save")
            self._messages.say(f"No view has the digit {digit}; {saves} saves the filter as one.")
        else:
            self._go_to(view.query)

    def save(self) -> None:
        """Ask for a name, and save the filter under it."""
        query = self._session.query
        if not query.strip():
            finds, saves = self._messages.key("filter.edit"), self._messages.key("view.save")
            self._messages.say(
                f"There is no filter to save: {finds} makes one, {saves} keeps it as a view."
            )
            return
        self._saved.read()
        present = named(self._session.known_views, self._session.view_name())
        name, digit = "", ""
        if present and present.origin == "saved":
            name, digit = present.name, present.digit
        self._ask("Save the filter as a view", query, name, digit)

    def rename(self) -> None:
        """Change the name or digit of the view under the cursor."""
        if view := self._own("renamed"):
            title = f"Rename the view {view.name}"
            self._ask(title, view.query, view.name, view.digit, view.name)

    async def remove(self) -> None:
        """Remove the view under the cursor."""
        if view := self._own("removed"):
            undoes = await self._undo_keys()
            before = self._session.known_views
            self._change(lambda saved: saved_without(saved, view.name))
            back = came_back(before, self._session.known_views)
            done = ", ".join([f"{view.name} is removed", *back])
            self._messages.say(f"{done}. {undoes}", "View")

    def _own(self, what: str) -> View | None:
        """Return the view under the cursor if it may be changed; else show why not."""
        entry = self._panes.sidebar and self._panes.sidebar.entry
        if not entry or entry.digit is None:
            are = "views and feeds" if what == "removed" else "views"
            self._messages.say(f"Only {are} can be {what}.")
            return None
        if self._is_read_only():
            return None
        self._saved.read()
        view = named(self._session.known_views, entry.label)
        if view and view.origin == "saved":
            return view
        of = "is in the settings" if view and view.origin == "settings" else "is built in"
        self._messages.say(f"{entry.label} {of}; it can't be {what} here.")
        return None

    def _is_read_only(self) -> bool:
        if newer := self._session.library.newer:
            self._messages.say_for_long("Read only", newer)
        return bool(self._session.library.newer)

    def _ask(self, title: str, query: str, name: str, digit: str, instead_of: str = "") -> None:
        from tui.reader.dialogs.view import ViewPrompt

        if self._is_read_only():
            return

        def saving() -> Saving:
            self._saved.read(quietly=True)
            return Saving(query, self._saved.in_settings, self._saved.kept.views, instead_of)

        def effect(name: str, digit: str) -> "Effect":
            return saving().effect(name, digit)

        async def save(answer: tuple[str, str] | None) -> None:
            if answer:
                await self._save(saving(), *answer)

        holders = held(self._session.known_views)
        proposed = proposed_name(query, self._session.known_views) if not name else ""
        self._panes.ask(ViewPrompt(title, name, digit, proposed, holders, effect), save)

    async def _save(self, saving: Saving, name: str, digit: str) -> None:
        view = saving.view(name, digit)
        undoes = await self._undo_keys()  # nothing may wait between the change and what is said
        changed = self._change(lambda saved: saved_with(saved, view, saving.instead_of))
        lists = f"{self._messages.key('view.sidebar')} lists views"
        text = f"{view.name} is saved: {f'{view.digit} goes there' if view.digit else lists}."
        does = [f"It {each}" for each in (saving.replaces(view), saving.takes(view)) if each]
        for sentence in (*does, *saving.sets_free(view)):
            text += f" {sentence}."
        self._messages.say(f"{text} {undoes}" if changed else text, "View")

    def _change(self, change: Callable[[tuple[View, ...]], tuple[View, ...]]) -> bool:
        """Change the saved views, here at once and then on disk; return whether anything
        changed."""
        from store.views.change import ViewsChange

        before = self._saved.kept.views
        views = change(before)
        if views == before:
            return False
        made = ViewsChange(before, views)
        self._changed(lambda: self._undo(made))
        self._saved.set(views)
        self._saved.write(lambda file: file.change(change))
        return True

    def _undo(self, change: "ViewsChange") -> bool:
        """Undo a change; return False if another reader has, or if it was never written."""
        self._saved.read()
        before = self._session.known_views
        saved = self._saved.kept.views
        if change.taken_back(saved) == saved:
            return False

        def failed() -> None:
            """Allow another try."""
            self._changed(lambda: self._undo(change))

        self._saved.set(change.taken_back(saved))
        self._saved.write(lambda file: file.change(change.taken_back), failed)
        now = self._session.known_views
        self._messages.say(f"{', '.join([*came_back(before, now), *went(before, now)])}.", "View")
        return True

    async def _undo_keys(self) -> str:
        """Say which keys undo a change of the views."""
        keys = key_for(await self._panes.with_sidebar(), "side.restore")
        if not self._panes.in_sidebar:
            keys = f"{self._messages.key('view.sidebar')} {keys}"
        return f"Until you quit, {keys} undoes that."
