"""The completions of a word, one tag per row, with one chosen."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from tui.reader.appearance.tag_colours import tag_colour
from tui.reader.drawing.render import fit
from tui.tag_line import Choice
from tui.words import count_papers


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
