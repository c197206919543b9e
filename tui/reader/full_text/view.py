"""A long text, laid out as it is looked at, with matches that can be gone through."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

from rich.segment import Segment
from textual.strip import Strip
from textual.style import Style

from store.full_texts import Place
from tui.reader.background import Background, Priority
from tui.reader.full_text.document import Document
from tui.reader.widgets.line_view import LineView

SLICE = 0.004
"""Seconds of laying out before keys are let through."""
FOUND = "bold underline $text-warning"
CURRENT = "bold reverse"
LEAD = "$foreground 60%"
ABOVE = 3
"""Lines that are kept above a match that is gone to."""


class FullTextView(LineView):
    """A document, one place of which is at the top."""

    DEFAULT_CSS = "FullTextView { padding: 0 0 0 1; }"

    def __init__(self, changed: Callable[[], None], *, id: str = "text") -> None:
        super().__init__(id=id)
        self._changed = changed
        """Called when the place is another, or more is known of what was searched."""
        self._pieces: Sequence[str] = ()
        self._document = Document((), 1)
        self._asked = Place()
        self._words = ""
        self._current: Place | None = None
        self._parsed: dict[str, Style] = {}
        self._layout_work = Background(self)

    def show(self, pieces: Sequence[str], place: Place) -> None:
        """Show a document from a place on."""
        self._pieces = pieces
        self._asked = place
        self._lay_out(place)
        self._layout_work.start(Priority.LAYOUT, self._lay_rest())

    @property
    def place(self) -> Place:
        """The place of the first line in sight; the one that was asked for while it is there."""
        if self._pieces and self._document.index_of(self._asked) == self.top:
            return self._asked
        return self._document.place_at(self.top)

    @property
    def percent(self) -> int:
        """How much of the document is above the end of what is in sight."""
        lines = self.line_count()
        return min(100 * (self.top + self.page) // lines, 100) if lines else 100

    # Moving

    def show_from(self, top: int) -> None:
        """Make a line the first in sight, as far as the ends allow."""
        top = self._document.settle(top, self.page)
        if top != self.top:
            self.top = top
            self.refresh()
            self._changed()

    def show_place(self, place: Place) -> None:
        """Make a place the first in sight."""
        self.show_from(self._document.index_of(place))

    def move_heading(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) heading; False if there is none."""
        line = self._document.heading(self.top, step)
        if line is not None:
            self.show_from(line)
        return line is not None

    # Searching

    def search(self, words: str, origin: Place) -> None:
        """Find words, and go to the first match from a place on."""
        self._words, self._current = words, None
        self._document.search(words)
        matches = self._document.matches()
        if matches:
            self._go_to(matches[bisect_left(matches, origin) % len(matches)])
        else:
            self.show_place(origin)
        self.refresh()
        self._changed()

    def move_match(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) match, round the ends; False if there is none."""
        matches = self._document.matches()
        if not matches:
            return False
        if step > 0:
            number = bisect_right(matches, self._current or self.place)
        else:
            number = bisect_left(matches, self._current or self.place) - 1
        self._go_to(matches[number % len(matches)])
        self.refresh()
        self._changed()
        return True

    @property
    def found(self) -> tuple[int, int]:
        """The number of the match gone to, from 1, and of all matches known so far."""
        matches = self._document.matches() if self._words else []
        current = bisect_left(matches, self._current) + 1 if self._current and matches else 0
        return current, len(matches)

    def _go_to(self, match: Place) -> None:
        self._current = match
        line = self._document.index_of(match)
        if not self.top <= line < self.top + self.page:
            self.show_from(line - min(ABOVE, self.page // 2))

    # Inside

    def line_count(self) -> int:
        """Return the number of lines, as far as is known."""
        return self._document.line_count()

    def draw_line(self, index: int, width: int) -> Strip:
        """Return one line, its matches marked."""
        lead, content = self._document.drawn(index, FOUND, CURRENT, self._current)
        base = self.visual_style
        segments = [
            Segment(text, style.rich_style) for text, style in content.render(base, "", self._parse)
        ]
        if lead:
            segments.insert(0, Segment(lead, (base + self._parse(LEAD)).rich_style))
        return Strip(segments)

    def on_resize(self) -> None:
        """Lay out anew; the place stays."""
        if self._pieces:
            self._lay_out(self.place)
            self._layout_work.start(Priority.LAYOUT, self._lay_rest())

    def notify_style_update(self) -> None:
        """Forget the styles of another theme."""
        super().notify_style_update()
        self._parsed.clear()

    def _lay_out(self, place: Place) -> None:
        # The last column but one stays free, so that text never touches the thumb.
        self._document = Document(self._pieces, max(self.text_width - 1, 2))
        self._document.search(self._words)
        self.top = self._document.settle(self._document.index_of(place), self.page)
        self.refresh()
        self._changed()

    def _lay_rest(self) -> Iterator[None]:
        """Lay out what is not in sight, in slices; then the thumb and the matches are right."""
        while not self._document.complete:
            until = perf_counter() + SLICE
            while not self._document.complete and perf_counter() < until:
                self.top = self._document.lay_next(self.top)
            yield
        self.show_from(self.top)
        self.refresh()
        self._changed()

    def _parse(self, style: str | Style) -> Style:
        if isinstance(style, Style):
            return style
        parsed = self._parsed.get(style)
        if parsed is None:
            parsed = self._parsed[style] = Style.parse(style, self.app.theme_variables)
        return parsed
