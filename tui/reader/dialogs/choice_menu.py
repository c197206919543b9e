"""A menu of a few choices, each with a letter that takes it at once."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.reader.keyboard.keys import MENU_KEYS
from tui.reader.widgets.key_line import KeyLine


class ChoiceMenu(ModalScreen[str | None]):
    """Returns the letter of the choice, or None if cancelled."""

    BINDINGS: ClassVar[list[BindingType]] = MENU_KEYS
    DEFAULT_CSS = """
    ChoiceMenu {
        align: center middle;
        background: transparent;
        & > #about {
            width: 62; max-width: 100%; height: auto; background: $surface;
            border: round $primary; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis;
        }
        & > OptionList, & > OptionList:focus {
            width: 62; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $text-primary;
        }
    }
    """

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], chosen: str = "", about: str = ""
    ) -> None:
        """`about` explains the choices in lines."""
        super().__init__()
        self._about = about
        self._letters = [letter for letter, _ in choices]
        rows = [Content.assemble((f"{letter}  ", "bold"), words) for letter, words in choices]
        self._list = OptionList(
            *(Option(row, id=letter) for row, letter in zip(rows, self._letters, strict=True))
        )
        self._list.border_title = Content(title)
        self._list.highlighted = self._letters.index(chosen) if chosen else 0

    def compose(self) -> ComposeResult:
        """Lay out the choices."""
        if self._about:
            yield Static(Content(self._about), id="about")
        yield self._list
        yield KeyLine()

    def on_key(self, event: events.Key) -> None:
        """Take the choice of a letter."""
        if event.character in self._letters:
            event.stop()
            self.dismiss(event.character)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the clicked choice."""
        self.dismiss(event.option.id)

    def action_choose(self) -> None:
        """Take the choice under the cursor."""
        self.dismiss(self._letters[self._list.highlighted or 0])

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        if step > 0:
            self._list.action_cursor_down()
        else:
            self._list.action_cursor_up()

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
