"""Ask for the name of a view and for the digit that goes there."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.keys import SAVE_KEYS
from tui.widgets.key_line import KeyLine


class ViewPrompt(ModalScreen[tuple[str, str] | None]):
    """Dismiss with name and digit, or None where it was cancelled."""

    BINDINGS: ClassVar[list[BindingType]] = SAVE_KEYS
    DEFAULT_CSS = """
    ViewPrompt {
        align: center bottom;
        background: transparent;
        & > Vertical {
            height: auto; max-height: 100%; width: 100%;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $text-primary;
        }
        & Horizontal { height: 1; }
        & Static { height: 1; width: 8; color: $text-muted; }
        & #name { width: 1fr; }
        & #digit { width: 4; }
        & #said { width: 1fr; height: auto; max-height: 2; }
        & #said.-problem { color: $text-error; }
    }
    """

    def __init__(
        self, title: str, name: str, digit: str, held: str, problem: Callable[[str, str], str]
    ) -> None:
        """Show a name and a digit to begin with and which digits are held, in words.

        `problem` says what is wrong with a name and a digit; nothing where they can be used.
        """
        super().__init__()
        self._title, self._held, self._problem = title, held, problem
        self._name_line = Input(
            name, placeholder="name", compact=True, id="name", select_on_focus=False
        )
        self._digit_line = Input(digit, compact=True, id="digit", max_length=1, restrict="[0-9]?")

    def compose(self) -> ComposeResult:
        """Lay out the two lines, and the digits that are held."""
        with Vertical() as box:
            box.border_title = Content(self._title)
            with Horizontal():
                yield Static("name")
                yield self._name_line
                yield Static(" digit", id="digit-label")
                yield self._digit_line
            yield Static(Content(self._held), id="said")
        yield KeyLine()

    def on_key(self, event: events.Key) -> None:
        """Take what is typed before the line has the focus."""
        if self.focused is None and event.is_printable and event.character:
            self._name_line.insert_text_at_cursor(event.character)

    def action_accept(self) -> None:
        """Answer, or say what is wrong."""
        name, digit = self._name_line.value, self._digit_line.value
        said = self._problem(name, digit)
        if not said:
            self.dismiss((name, digit))
            return
        line = self.query_one("#said", Static)
        line.set_class(True, "-problem")
        line.update(Content(said))

    def action_other_line(self) -> None:
        """Go from the name to the digit, or back."""
        self.set_focus(self._name_line if self.focused is self._digit_line else self._digit_line)

    def action_cancel(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)
