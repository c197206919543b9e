"""Ask for tags in one line: completions below it, and what it would do, at every letter."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from tui.reader.appearance.tag_colours import tag_colour
from tui.reader.dialogs.prompt import PromptBox
from tui.reader.drawing.render import fit
from tui.reader.keyboard.keys import TAG_KEYS
from tui.reader.widgets.key_line import KeyLine
from tui.reader.widgets.line_input import LineInput
from tui.tag_line import Choice, TagLine, completed, last_word
from tui.words import count_papers


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


class TagChoices(Widget):
    """As many rows as fit; the chosen one is always in sight."""

    DEFAULT_CSS = "TagChoices { height: 5; }"

    def __init__(self, picked: Callable[[int], None]) -> None:
        super().__init__()
        self._picked = picked
        self._choices: Sequence[Choice] = ()
        self._chosen: int | None = None
        self._offered: int | None = None

    def show(self, choices: Sequence[Choice], chosen: int | None, offered: int | None) -> None:
        """Show tags, the chosen one, and the one that Tab would take."""
        self._choices, self._chosen, self._offered = choices, chosen, offered
        self.refresh()

    def render(self) -> RenderResult:
        """Draw a bar at the chosen tag, the tags, and how many papers have them."""
        width = self.size.width
        names = [f"#{choice.tag}" for choice in self._choices]
        column = min(max(map(cell_len, names), default=0), max(width - 22, 6))
        rows: list[Content | tuple[str, str]] = []
        for place in range(self._first, min(self._first + self.size.height, len(names))):
            bar = "▌" if place == self._chosen else " "
            weight = " bold" if place == self._chosen else ""
            tab = "Tab" if place == self._offered else ""
            count = fit(count_papers(self._choices[place].papers), max(width - column - 9, 0))
            rows += [
                (f"{bar} ", "$text-warning"),
                (fit(names[place], column) + "  ", tag_colour(self._choices[place].tag) + weight),
                (f"{count} {tab:4}\n", "$foreground 60%"),
            ]
        return Content.assemble(*rows)

    def on_click(self, event: events.Click) -> None:
        """Take the clicked tag."""
        place = self._first + event.y
        if place < len(self._choices):
            self._picked(place)

    @property
    def _first(self) -> int:
        """The place of the tag in the first row."""
        return max((self._chosen or 0) - self.size.height + 1, 0)
