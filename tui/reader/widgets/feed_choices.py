"""The feeds to choose from, one per row, with ticks and a cursor."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from tui.reader.drawing.follow_line import Choice
from tui.reader.drawing.render import fit

NARROW, WORDS = 60, 16
"""In fewer cells than these what it is has at least so many, else half of them."""
TICK = "✓"


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
