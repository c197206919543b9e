"""Ask for tags in one line, with those in use for completion."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Static

from store.clean import clean_tag
from store.model import Change
from tui.render import short_tags


class TagSuggester(Suggester):
    """Complete the last word from the tags in use; after `-` from those the paper has."""

    def __init__(self, tags: Sequence[str], current: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._tags, self._current = tags, current

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line completed, or None."""
        word = value.rsplit(" ", 1)[-1]
        start = word.lstrip("+-#")
        if not start:
            return None
        choices = self._current if word.startswith("-") else self._tags
        for tag in choices:
            if tag.startswith(start) and tag != start:
                return value + tag[len(start) :]
        return None


class TagPrompt(ModalScreen[str | None]):
    """Dismiss with the line typed, or None where it was cancelled."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the line takes it: its message would come after the next key.
        Binding("enter", "accept", "Tag", id="tags.accept", priority=True),
        Binding("escape", "cancel", "Cancel", id="tags.cancel"),
        Binding("tab", "complete", "Complete", id="tags.complete", priority=True),
    ]
    DEFAULT_CSS = """
    TagPrompt {
        align: center bottom;
        background: transparent;
        & > Vertical {
            height: auto; max-height: 100%; width: 100%; margin-bottom: 1;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $text-primary;
        }
        & Static { height: auto; max-height: 2; color: $text-muted; }
    }
    """

    def __init__(self, title: str, tags: Sequence[str], current: Sequence[str]) -> None:
        super().__init__()
        self._title, self._tags, self._current = title, tags, current
        self._input = Input(
            placeholder="tag, +tag, -tag",
            compact=True,
            select_on_focus=False,
            suggester=TagSuggester(tags, current),
        )

    def compose(self) -> ComposeResult:
        """Lay out the line and the tags in use."""
        with Vertical() as box:
            box.border_title = Content(self._title)
            yield self._input
            has = f"has {short_tags(self._current)}   " if self._current else ""
            used = f"in use {short_tags(self._tags[:20])}" if self._tags else ""
            if has or used:
                yield Static(Content(has + used))

    def on_key(self, event: events.Key) -> None:
        """Take what is typed before the line has the focus."""
        if self.focused is self._input:
            return
        if event.is_printable and event.character:
            self._input.insert_text_at_cursor(event.character)

    def action_accept(self) -> None:
        """Answer with the line."""
        self.dismiss(self._input.value)

    def action_complete(self) -> None:
        """Take the completion, as the right arrow does at the end of the line."""
        self._input.action_end()
        self._input.action_cursor_right()

    def action_cancel(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)


def tag_change(text: str) -> Change:
    """Return the change that a line such as "+a -b c" asks for; commas separate as well."""
    words = text.replace(",", " ").split()
    return Change(
        add_tags=tuple(filter(None, (clean_tag(w) for w in words if not w.startswith("-")))),
        remove_tags=tuple(filter(None, (clean_tag(w) for w in words if w.startswith("-")))),
    )
