"""Ask for tags in one line: completions below it, and what it would do, at every letter."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.reader.dialogs.prompt import PromptBox
from tui.reader.keyboard.keys import TAG_KEYS
from tui.reader.widgets.key_line import KeyLine
from tui.reader.widgets.line_input import LineInput
from tui.reader.widgets.tag_choices import TagChoices
from tui.tag_line import Choice, TagLine, completed, last_word


class TagInput(LineInput):
    """The line, which takes a completion at its end."""

    def __init__(self, changed: Callable[[], None], take: Callable[[], bool], hint: str) -> None:
        super().__init__(placeholder=hint, compact=True, select_on_focus=False)
        self.changed, self._take = changed, take

    def action_cursor_right(self, select: bool = False) -> None:
        """At the end of the line take the completion."""
        if not (self.cursor_at_end and last_word(self.value) and self._take()):
            super().action_cursor_right(select)


class TagPrompt(ModalScreen[str | None]):
    """Dismiss with the line typed, or None if it was cancelled."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = TAG_KEYS
    DEFAULT_CSS = """
    TagPrompt {
        align: center bottom;
        background: transparent;
        & Static { height: 2; }
        & Static.-impossible { color: $text-error; }
        &.-short TagChoices { height: 3; }
    }
    """

    def __init__(self, title: str, hint: str, line: TagLine) -> None:
        super().__init__()
        self._title, self._line = title, line
        self._input = TagInput(self._typed, self._take, hint)
        self._list = TagChoices(self._pick)
        self._effect = Static(markup=False)
        self._choices: list[Choice] = []
        self._chosen: int | None = None
        """The place of the completion gone to with the arrows, which Enter takes as well."""

    def compose(self) -> ComposeResult:
        """Lay out the line, the completions and what will happen."""
        with PromptBox(self._title):
            yield self._input
            yield self._list
            yield self._effect
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what there is to choose from."""
        self._typed()

    def on_key(self, event: events.Key) -> None:
        """Take what is typed before the line has the focus."""
        self._input.take_early(event)

    def action_accept(self) -> None:
        """Answer with the line, unless it can't be done."""
        line = self._whole_line()
        if not line.strip():
            self.dismiss(None)
        elif self._line.effect(line).possible:
            self.dismiss(line)

    def action_complete(self) -> None:
        """Take the completion; if no word has been begun, go to the first one."""
        if not self._take():
            self.action_choose(1)

    def action_choose(self, step: int) -> None:
        """Go to another completion; before the first there is what was typed."""
        place = -1 if self._chosen is None else self._chosen
        place = min(place + step, len(self._choices) - 1)
        self._chosen = place if place >= 0 else None
        self._show()

    def action_cancel(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)

    def _typed(self) -> None:
        self._choices = self._line.choices(self._input.value)
        self._chosen = None
        self._show()

    def _show(self) -> None:
        effect = self._line.effect(self._whole_line())
        self._effect.set_class(not effect.possible, "-impossible")
        self._effect.update(Content(effect.words), layout=False)
        self._list.show(self._choices, self._chosen, self._offered)

    @property
    def _offered(self) -> int | None:
        """The place of the completion that Tab takes."""
        if self._chosen is None and self._choices and last_word(self._input.value):
            return 0
        return self._chosen

    def _whole_line(self) -> str:
        """Return the line with the completion that was chosen."""
        line = self._input.value
        return line if self._chosen is None else completed(line, self._choices[self._chosen].tag)

    def _take(self) -> bool:
        """Take the completion that is offered; return whether there was one."""
        if self._offered is None:
            return False
        self._pick(self._offered)
        return True

    def _pick(self, place: int) -> None:
        """Complete the last word."""
        self._input.value = completed(self._input.value, self._choices[place].tag)
        self._input.cursor_position = len(self._input.value)
