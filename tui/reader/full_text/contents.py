"""The contents of a paper: its headings, to go to one of them."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from store.fulltext.document import Entry
from tui.reader.keyboard.keys import CONTENTS_KEYS
from tui.reader.widgets.key_line import KeyLine


class ContentsScreen(ModalScreen[int | None]):
    """Dismiss with the number of the block of a heading, or None if it was cancelled.

    A number that is typed goes to the section that has it.
    """

    BINDINGS: ClassVar[list[BindingType]] = CONTENTS_KEYS
    DEFAULT_CSS = """
    ContentsScreen {
        align: center middle;
        background: transparent;
        & > OptionList, & > OptionList:focus {
            width: 72; max-width: 100%; height: auto; max-height: 100%; margin: 0 0 1 0;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $text-primary;
        }
    }
    """

    def __init__(self, entries: Sequence[Entry], here: int) -> None:
        """`here` is the number of the block that is read."""
        super().__init__()
        self._entries = entries
        self._typed = ""
        rows = ["  " * min(entry.level - 2, 4) + entry.title for entry in entries]
        self._list = OptionList(*(Option(Content(row)) for row in rows))
        self._list.border_title = Content("Contents")
        self._list.can_focus = False  # every key is for the screen
        before = [number for number, entry in enumerate(entries) if entry.block <= here]
        self._list.highlighted = before[-1] if before else 0

    def compose(self) -> ComposeResult:
        """Lay out the headings."""
        yield self._list
        yield KeyLine()

    def on_key(self, event: events.Key) -> None:
        """Go to the section whose number is being typed."""
        sign = event.character or ""
        if not (sign.isdecimal() or (sign == "." and self._typed)):
            self._typed = ""
            return
        event.stop()
        self._typed += sign
        if not self._go_to(self._typed):
            self._typed = sign
            self._go_to(sign)

    def _go_to(self, number: str) -> bool:
        for index, entry in enumerate(self._entries):
            own = entry.title.split(" ", 1)[0].rstrip(".")
            if own == number:
                self._list.highlighted = index
                return True
        return False

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the heading that was clicked."""
        self.dismiss(self._entries[event.option_index].block)

    def action_choose(self) -> None:
        """Take the heading under the cursor."""
        self.dismiss(self._entries[self._list.highlighted or 0].block)

    def action_move(self, step: int) -> None:
        """Move the cursor; by as many lines as there are, to an end."""
        last = len(self._entries) - 1
        self._list.highlighted = max(0, min((self._list.highlighted or 0) + step, last))

    def action_cancel(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)
