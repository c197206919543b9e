"""How views are saved, renamed, removed, and how the last of that is taken back."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.reader.catching_up import CatchingUpScreen
from tui.reader.key_names import key_for

if TYPE_CHECKING:  # imported when a view is changed for the first time
    from store.views.change import ViewsChange
    from store.views.file import SavedViews
    from store.views.known import View
    from tui.reader.view_line import Saving


class ChangingViewsScreen(CatchingUpScreen):
    """A screen whose views can be changed."""

    _changes: "tuple[ViewsChange, ...]" = ()
    """What was done to the views since the reader was opened, the latest last."""

    def action_save_view(self) -> None:
        """Ask for a name, and save the filter under it."""
        if not self._query.strip():
            finds, saves = key_for(self, "filter.edit"), key_for(self, "view.save")
            self.notify(
                f"There is no filter to save: {finds} makes one, {saves} keeps it as a view."
            )
            return
        from store.views.known import named

        self.read_views()
        present = named(self._known, self.view_name())
        name, digit = "", ""
        if present and present.origin == "saved":
            name, digit = present.name, present.digit
        self._ask_for_view("Save the filter as a view", self._query, name, digit)

    def action_rename_view(self) -> None:
        """Give the view under the cursor another name or digit."""
        if view := self._own_view("renamed"):
            title = f"Rename the view {view.name}"
            self._ask_for_view(title, view.query, view.name, view.digit, view.name)

    async def action_remove_view(self) -> None:
        """Remove the view under the cursor."""
        from store.views.known import saved_without
        from tui.reader.view_line import came_back

        if view := self._own_view("removed"):
            before = self._known
            self._change_views(lambda saved: saved_without(saved, view.name))
            news = [f"{view.name} is removed", *came_back(before, self._known)]
            await self._tell(f"{', '.join(news)}.")

    def action_restore_view(self) -> None:
        """Take back the last change of views."""
        self.read_views()
        saved = self._kept.views if self._kept else ()
        while self._changes:
            *earlier, change = self._changes
            self._changes = tuple(earlier)
            # One that another reader has undone, or that was never written, comes to nothing.
            if change.taken_back(saved) != saved:
                self._take_back_views(change)
                return
        undo = key_for(self, "mark.undo")
        self.notify(f"No change of views to take back; {undo} in the list takes back marks.")

    def on_viewing_screen_views_written(self, message: CatchingUpScreen.ViewsWritten) -> None:
        """Where taking back could not be written, let it be tried again."""
        if message.problem and message.taking_back:
            self._changes = (*self._changes, message.taking_back)

    def _own_view(self, what: str) -> "View | None":
        """Return the view under the cursor if it may be changed; else say why not."""
        from store.views.known import named

        entry = self._sidebar and self._sidebar.entry
        if not entry or entry.digit is None:
            self.notify(f"Only views can be {what}.")
            return None
        if self._library.newer:
            self.say_for_long("Read only", self._library.newer)
            return None
        self.read_views()
        view = named(self._known, entry.label)
        if view and view.origin == "saved":
            return view
        of = "is of the settings" if view and view.origin == "settings" else "is always there"
        self.notify(f"{entry.label} {of}; it can't be {what} here.", markup=False)
        return None

    def _ask_for_view(
        self, title: str, query: str, name: str, digit: str, instead_of: str = ""
    ) -> None:
        from tui.reader.dialogs.view import ViewPrompt
        from tui.reader.view_line import Saving, held
        from tui.tag_line import Effect

        if self._library.newer:
            self.say_for_long("Read only", self._library.newer)
            return

        def saving() -> Saving:
            self.read_views(quietly=True)
            saved = self._kept.views if self._kept else ()
            return Saving(query, self._config.views, saved, instead_of)

        def effect(name: str, digit: str) -> Effect:
            return saving().effect(name, digit)

        async def save(answer: tuple[str, str] | None) -> None:
            if answer:
                await self._save(saving(), *answer)

        self.app.push_screen(ViewPrompt(title, name, digit, held(self._known), effect), save)

    async def _save(self, saving: "Saving", name: str, digit: str) -> None:
        from store.views.known import saved_with

        view = saving.view(name, digit)
        changed = self._change_views(lambda saved: saved_with(saved, view, saving.instead_of))
        lists = f"{key_for(self, 'view.sidebar')} lists it"
        text = f"{view.name} is saved: {f'{view.digit} goes there' if view.digit else lists}."
        does = [f"It {each}" for each in (saving.replaces(view), saving.takes(view)) if each]
        for sentence in (*does, *saving.sets_free(view)):
            text += f" {sentence}."
        if changed:
            await self._tell(text)
        else:
            self.notify(text, title="View", markup=False)

    def _change_views(self, change: "Callable[[SavedViews], SavedViews]") -> bool:
        """Change the views saved, here at once and then on disk; tell whether that did anything."""
        from store.views.change import ViewsChange
        from store.views.file import NOTHING

        kept = self._kept or NOTHING
        views = change(kept.views)
        if views == kept.views:
            return False
        self._changes = (*self._changes, ViewsChange(kept.views, views))
        self.views_known(replace(kept, views=views))
        self._write_views(lambda file: file.change(change))
        return True

    def _take_back_views(self, change: "ViewsChange") -> None:
        from store.views.file import NOTHING
        from tui.reader.view_line import came_back, went

        before, kept = self._known, self._kept or NOTHING
        self.views_known(replace(kept, views=change.taken_back(kept.views)))
        self._write_views(lambda file: file.change(change.taken_back), change)
        news = [*came_back(before, self._known), *went(before, self._known)]
        self.notify(f"{', '.join(news)}.", title="View", markup=False)

    async def _tell(self, done: str) -> None:
        """Say what was done to the views, and how it is taken back."""
        keys = key_for(await self.sidebar(), "side.restore")
        if not self.in_sidebar:
            keys = f"{key_for(self, 'view.sidebar')} {keys}"
        text = f"{done} Until you leave, {keys} takes that back."
        self.notify(text, title="View", markup=False)
