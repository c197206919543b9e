"""Ask for the name of a view and for its digit, and say what that does, at every letter."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.reader.dialogs.prompt import PromptBox
from tui.reader.keyboard.keys import SAVE_KEYS
from tui.reader.widgets.key_line import KeyLine
from tui.reader.widgets.line_input import LineInput
from tui.tag_line import Effect


class ViewPrompt(ModalScreen[tuple[str, str] | None]):
    """Dismiss with name and digit, or None if it was cancelled."""

    BINDINGS: ClassVar[list[BindingType]] = SAVE_KEYS
    DEFAULT_CSS = """
    ViewPrompt {
        align: center bottom;
        background: transparent;
        & Horizontal { height: 1; }
        & Horizontal > Static { height: 1; width: 8; color: $text-muted; }
        & #name { width: 1fr; }
        & #digit { width: 4; }
        & #effect { height: 2; text-wrap: nowrap; text-overflow: ellipsis; }
        & #effect.-impossible { color: $text-error; text-wrap: wrap; }
        & #held { height: auto; max-height: 2; color: $text-muted; }
    }
    """

    def __init__(
        self,
        title: str,
        name: str,
        digit: str,
        proposed: str,
        held: str,
        effect: Callable[[str, str], Effect],
    ) -> None:
        """Show a name and a digit to begin with and which digits are held, in words.

        The proposed name is taken where none is typed.
        `effect` says what would come of a name and a digit.
        """
        super().__init__()
        self._title, self._held, self._effect = title, held, effect
        self._proposed = proposed
        self._said: Effect | None = None
        self._name_line = LineInput(
            name, placeholder=proposed or "name", compact=True, id="name", select_on_focus=False
        )
        self._digit_line = LineInput(
            digit, compact=True, id="digit", max_length=1, restrict="[0-9]?"
        )
        for line in (self._name_line, self._digit_line):
            line.changed = self._say

    def compose(self) -> ComposeResult:
        """Lay out the two lines, what they do, and the digits that are held."""
        with PromptBox(self._title):
            with Horizontal():
                yield Static("name")
                yield self._name_line
                yield Static(" digit", id="digit-label")
                yield self._digit_line
            yield Static(markup=False, id="effect")
            yield Static(Content(self._held), id="held")
        yield KeyLine()

    def on_mount(self) -> None:
        """Say what the lines do as they are."""
        self._say()

    def on_key(self, event: events.Key) -> None:
        """Take what is typed before the line has the focus."""
        if self.focused is None:
            self._name_line.take_early(event)

    def action_accept(self) -> None:
        """Answer, if that can be done and does what was said: another reader may change it."""
        said = self._said
        self._say(entered=True)
        if self._said == said and said and said.possible:
            self.dismiss((self._name_meant, self._digit_line.value))

    def action_other_line(self) -> None:
        """Go from the name to the digit, or back."""
        self.set_focus(self._name_line if self.focused is self._digit_line else self._digit_line)

    def action_cancel(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)

    @property
    def _name_meant(self) -> str:
        return self._name_line.value.strip() or self._proposed

    def _say(self, entered: bool = False) -> None:
        name = self._name_meant
        self._said = self._effect(name, self._digit_line.value)
        line = self.query_one("#effect", Static)
        # Nobody has done anything wrong before the first letter.
        line.set_class(not self._said.possible and (entered or bool(name)), "-impossible")
        line.update(Content(self._said.words), layout=False)
