"""Ask what to follow: a line that narrows the list below it, or names an address or a file."""

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
from textual.widgets.input import Selection

from tui.reader.dialogs.prompt import PromptBox
from tui.reader.drawing.follow_line import HINT, Choice, FollowLine
from tui.reader.drawing.render import fit
from tui.reader.keyboard.keys import FOLLOW_KEYS
from tui.reader.widgets.key_line import KeyLine
from tui.reader.widgets.line_input import LineInput

NARROW, WORDS = 60, 16
"""In a narrower list than this, what a feed is has at least so many cells, else half of them."""
TICK = "✓"


class FollowInput(LineInput):
    """The line, in which a space ticks as long as nothing is typed."""

    def __init__(self, changed: Callable[[], None], tick: Callable[[], None]) -> None:
        super().__init__(placeholder=HINT, compact=True, select_on_focus=False)
        self.changed, self._tick = changed, tick

    async def _on_key(self, event: events.Key) -> None:
        if event.character == " " and not self.value.strip():
            event.stop()
            event.prevent_default()
            self._tick()
        else:
            await super()._on_key(event)


class FollowPrompt(ModalScreen[Sequence[Choice] | None]):
    """Dismiss with what to follow and to import, or None if it was cancelled."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = FOLLOW_KEYS
    DEFAULT_CSS = """
    FollowPrompt {
        align: center bottom;
        background: transparent;
        & Static { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & Static.-impossible { color: $text-error; height: auto; max-height: 3; text-wrap: wrap; }
        &.-short FeedChoices { height: 5; }
    }
    """

    def __init__(self, line: FollowLine, problem: Callable[[Choice], str]) -> None:
        """`problem` says why a file can't be imported; nothing where it can."""
        super().__init__()
        self._line, self._problem = line, problem
        self._input = FollowInput(self._typed, self.action_tick)
        self._list = FeedChoices(self._pick, line.is_followed)
        self._effect = Static(markup=False)
        self._choices: list[Choice] = []
        self._ticked: list[Choice] = []
        self._cursor = 0

    def compose(self) -> ComposeResult:
        """Lay out the line, what there is to follow, and what Enter does."""
        with PromptBox("What to follow"):
            yield self._input
            yield self._list
            yield self._effect
        yield KeyLine()

    def on_mount(self) -> None:
        """Show all there is."""
        self._typed()

    def on_key(self, event: events.Key) -> None:
        """Take what is typed before the line has the focus."""
        self._input.take_early(event)

    def action_accept(self) -> None:
        """Answer with what is ticked or typed, unless there is nothing, or no such file."""
        wanted = self._wanted()
        if not self._line.effect(wanted, self._input.value).possible:
            return
        if problem := next(filter(None, map(self._problem, wanted)), ""):
            self._say(problem, possible=False)
        else:
            self.dismiss([each for each in wanted if not self._line.is_followed(each)])

    def action_tick(self) -> None:
        """Tick what the cursor is on, or not, and go on; what is typed next begins a new word."""
        if not self._choices:
            return
        choice = self._choices[self._cursor]
        if not self._line.is_followed(choice):
            self._ticked = (
                [each for each in self._ticked if each != choice]
                if choice in self._ticked
                else [*self._ticked, choice]
            )
        self._input.selection = Selection(0, len(self._input.value))
        self.action_move(1)

    def action_move(self, step: int) -> None:
        """Move the cursor; it stops at both ends."""
        self._cursor = max(min(self._cursor + step, len(self._choices) - 1), 0)
        self._show()

    def action_cancel(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)

    def _typed(self) -> None:
        self._choices = self._line.choices(self._input.value)
        self._cursor = 0
        self._show()

    def _pick(self, place: int) -> None:
        self._cursor = place
        self.action_tick()

    def _wanted(self) -> list[Choice]:
        here = self._choices[self._cursor] if self._choices else None
        return self._line.wanted(self._ticked, here, self._input.value)

    def _show(self) -> None:
        effect = self._line.effect(self._wanted(), self._input.value)
        self._say(effect.words, effect.possible)
        self._list.show(self._choices, self._ticked, self._cursor)

    def _say(self, words: str, possible: bool) -> None:
        self._effect.set_class(not possible, "-impossible")
        self._effect.update(Content(words))


class FeedChoices(Widget):
    """As many rows as fit; the one under the cursor is always in sight."""

    DEFAULT_CSS = "FeedChoices { height: 10; }"

    def __init__(
        self, picked: Callable[[int], None], is_followed: Callable[[Choice], bool]
    ) -> None:
        super().__init__()
        self._picked = picked
        self._is_followed = is_followed
        self._choices: Sequence[Choice] = ()
        self._ticked: Sequence[Choice] = ()
        self._cursor = 0
        self._first = 0
        """The place of the choice in the first row."""

    def show(self, choices: Sequence[Choice], ticked: Sequence[Choice], cursor: int) -> None:
        """Show choices, of which some are ticked and the cursor is on one."""
        self._choices, self._ticked, self._cursor = choices, ticked, cursor
        self._scroll()
        self.refresh()

    def render(self) -> RenderResult:
        """Draw a bar at the cursor, a tick, the name, and what it is."""
        width = self.size.width
        in_sight = self._choices[self._first : self._first + self.size.height]
        longest = max((cell_len(each.label) for each in in_sight), default=0)
        column = min(longest, max(width - WORDS, 0) if width < NARROW else width // 2)
        rows: list[tuple[str, str]] = []
        for place, each in enumerate(in_sight, self._first):
            here, followed = place == self._cursor, self._is_followed(each)
            tick = TICK if followed or each in self._ticked else " "
            words = f"{each.words} · followed" if followed else each.words
            style = "$foreground 60%" if followed else "bold" if here else ""
            rows += [
                (f"{'▌' if here else ' '}{tick} ", "$text-warning"),
                (fit(each.label, column) + "  ", style),
                (fit(words, max(width - column - 5, 0)) + "\n", style or "$foreground 80%"),
            ]
        return Content.assemble(*rows)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._scroll()

    def on_click(self, event: events.Click) -> None:
        """Tick the clicked row."""
        if (place := self._first + event.y) < len(self._choices):
            self._picked(place)

    def _scroll(self) -> None:
        height = max(self.size.height, 1)
        self._first = min(max(self._first, self._cursor - height + 1), self._cursor)
        self._first = max(min(self._first, len(self._choices) - height), 0)
