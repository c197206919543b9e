"""A long text, laid out as it is looked at, with matches and links that can be gone through."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from time import perf_counter

from rich.segment import Segment
from textual.strip import Strip
from textual.style import Style

from store.fulltext.blocks import Span
from store.fulltext.document import Blocks
from store.fulltext.reading_places import Place
from tui.reader.background import Background, Priority
from tui.reader.full_text.figures import Figures
from tui.reader.full_text.laid_text import LaidText, styled_part, with_hint
from tui.reader.full_text.looks import ASIDE
from tui.reader.widgets.line_view import LineView

SLICE = 0.004
"""Seconds of laying out before keys are let through."""
AT_ONCE = 16
"""Blocks that are laid out between two looks at the clock."""
FOUND = "bold underline $text-warning"
CURRENT = "bold reverse"
HINT = "bold reverse $text-warning"
ABOVE = 3
"""Lines that are kept above a match or a link that is gone to."""


class FullTextView(LineView):
    """A paper's text, one place of which is at the top."""

    DEFAULT_CSS = "FullTextView { padding: 0 0 0 1; }"

    def __init__(self, changed: Callable[[], None], figures: Figures, *, id: str = "text") -> None:
        super().__init__(id=id)
        self._changed = changed
        """Called when the place is another, or more is known of what was searched."""
        self._blocks = Blocks([])
        self._text = LaidText(self._blocks, 2)
        self._asked = Place()
        self._is_laid = False
        self._words = ""
        self._current: Place | None = None
        self.link: tuple[int, Span] | None = None
        """The link that is chosen: the number of its block, and where it is there."""
        self.landed: int | None = None
        """The block that a jump led to, which is marked."""
        self.hints: dict[tuple[int, int], str] = {}
        """What is drawn over links, by the number of the block and the place there."""
        self.figures = figures
        """The pictures."""
        figures.in_sight = self._picture_lines_in_sight
        figures.changed = self._lay_again
        self._parsed: dict[str, Style] = {}
        self._layout_work = Background(self)

    def show(self, blocks: Blocks, place: Place) -> None:
        """Show a text from a place on."""
        self._blocks = blocks
        self._asked = place
        self.link = self.landed = None
        self._lay_out(place)

    @property
    def place(self) -> Place:
        """The place of the first line in sight; the one that was asked for while it is there."""
        if not self._is_laid or self._text.index_of(self._asked) == self.top:
            return self._asked
        return self._text.place_at(self.top)

    @property
    def percent(self) -> int:
        """How much of the text is above the end of what is in sight."""
        lines = self.line_count()
        return min(100 * (self.top + self.page) // lines, 100) if lines else 100

    # Moving

    def show_from(self, top: int) -> None:
        """Make a line the first in sight, as far as the ends allow."""
        top = self._text.settle(top, self.page)
        if top != self.top:
            self.top = top
            self.refresh()
            self._changed()

    def show_place(self, place: Place) -> None:
        """Make a place the first in sight."""
        self._asked = place
        self.show_from(self._text.index_of(place))

    def bring_into_sight(self, place: Place) -> None:
        """Scroll as far as is needed to see a place."""
        line = self._text.index_of(place)
        if not self.top <= line < self.top + self.page:
            self.show_from(line - min(ABOVE, self.page // 2))

    def move_heading(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) heading; False if there is none."""
        line = self._text.heading(self.top, step)
        if line is not None:
            self.show_from(line)
        return line is not None

    # Searching

    def search(self, words: str, origin: Place) -> None:
        """Find words, and go to the first match from a place on."""
        self._words, self._current = words, None
        self._text.search(words)
        matches = self._text.matches()
        if matches:
            self._go_to(matches[bisect_left(matches, origin) % len(matches)])
        else:
            self.show_place(origin)
        self.refresh()
        self._changed()

    def move_match(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) match, round the ends; False if there is none."""
        matches = self._text.matches()
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
        """The number of the match gone to, from 1, and of all matches."""
        matches = self._text.matches() if self._words else []
        current = bisect_left(matches, self._current) + 1 if self._current and matches else 0
        return current, len(matches)

    def _go_to(self, match: Place) -> None:
        self._current = match
        self.bring_into_sight(match)

    # Links

    def move_link(self, step: int) -> bool:
        """Choose the next (1) or previous (-1) link from what is in sight; False if none is."""
        if not self._blocks:
            return False
        here = self._link_place()
        if here is None or not self.sees(here):
            first = self._text.place_at(self.top if step > 0 else self.top + self.page)
            here = Place(first.block, first.offset - 1) if step > 0 else first
        numbers = range(here.block, len(self._blocks) if step > 0 else -1, step)
        for number in numbers:
            links = self._blocks[number].links
            if number == here.block:
                links = [each for each in links if (each.start - here.offset) * step > 0]
            if links:
                self.choose_link(number, links[0 if step > 0 else -1])
                return True
        return False

    def choose_link(self, block: int, link: Span | None) -> None:
        """Choose a link, or none."""
        self.link = None if link is None else (block, link)
        if link is not None:
            self.bring_into_sight(Place(block, link.start))
        self.refresh()
        self._changed()

    def links_in_sight(self) -> list[tuple[int, Span]]:
        """Return the links that begin on the lines in sight, with the numbers of their blocks."""
        return [
            (number, link)
            for number in self.blocks_in_sight()
            for link in self._blocks[number].links
            if self.sees(Place(number, link.start))
        ]

    # Blocks

    def blocks_in_sight(self) -> range:
        """Return the numbers of the blocks of which something is in sight."""
        if not self._blocks:
            return range(0)
        last = min(self.top + self.page, self.line_count()) - 1
        return range(self._text.block_at(self.top), self._text.block_at(last) + 1)

    def sees_beginning_of(self, block: int) -> bool:
        """Return whether the first line of a block is in sight."""
        return self.top <= self._text.start_of(block) < self.top + self.page

    def _picture_lines_in_sight(self) -> Iterator[tuple[int, int]]:
        """Yield the lines of pictures: the number of the block, and of the line in its pictures."""
        for index in range(self.top, min(self.top + self.page, self.line_count())):
            number, _, line = self._text.line(index)
            if line.picture >= 0:
                yield number, line.picture

    def _lay_again(self, number: int) -> None:
        """Lay out a figure again whose pictures take other lines than before; the place stays."""
        if self._is_laid:
            self.top = self._text.settle(self._text.lay_again(number, self.top), self.page)
            self.refresh()
            self._changed()

    def show_range(self, begun: int | None) -> None:
        """Mark a block as the beginning of a range, or none."""
        self.landed = begun
        self.refresh()

    def _link_place(self) -> Place | None:
        return None if self.link is None else Place(self.link[0], self.link[1].start)

    def sees(self, place: Place) -> bool:
        """Return whether a place is in sight."""
        return self.top <= self._text.index_of(place) < self.top + self.page

    # Inside

    def line_count(self) -> int:
        """Return the number of lines, as far as is known."""
        return self._text.line_count()

    def draw_line(self, index: int, width: int) -> Strip:
        """Return one line, its matches and the chosen link marked."""
        number, laid, line, content = self._text.drawn(index, FOUND, CURRENT, self._current)
        if line.picture >= 0:
            style = (self.visual_style + self._parse(ASIDE)).rich_style
            return self.figures.strip(number, line.picture, style)
        if self.link is not None and self.link[0] == number:
            span = self.link[1]
            content = styled_part(content, laid, line, (span.start, span.end), CURRENT)
        for (block, place), hint in self.hints.items():
            if block == number:
                content = with_hint(content, laid, line, place, (hint, HINT))
        base = self.visual_style
        segments = [
            Segment(text, style.rich_style) for text, style in content.render(base, "", self._parse)
        ]
        lead_style = (base + self._parse(laid.lead_style)).rich_style
        if line.lead:
            landed = number == self.landed and line.place == 0 and line.lead.strip()
            style = (base + self._parse(CURRENT)).rich_style if landed else lead_style
            segments.insert(0, Segment(line.lead, style))
        if line.tail:
            segments.append(Segment(line.tail, lead_style))
        return Strip(segments)

    def line_text(self, index: int) -> str:
        """Return the text of a line, which has none where it belongs to a picture."""
        return "" if self._text.line(index)[2].picture >= 0 else super().line_text(index)

    def on_resize(self) -> None:
        """Lay out again; the place stays."""
        if self._blocks:
            self._lay_out(self.place if self._is_laid else self._asked)

    def notify_style_update(self) -> None:
        """Forget the styles of another theme."""
        super().notify_style_update()
        self._parsed.clear()

    def _lay_out(self, place: Place) -> None:
        if not self.content_size.width:
            self._is_laid = False
            return  # it is not in sight yet, and will be told its size
        # The last column but one stays free, so that text never touches the thumb.
        self._is_laid = True
        width = self.text_width - 1
        self.figures.fit(width, self.page)
        self._text = LaidText(self._blocks, width, self.figures.height)
        self._text.search(self._words)
        self.top = self._text.settle(self._text.index_of(place), self.page)
        self.refresh()
        self._changed()
        self._layout_work.start(Priority.LAYOUT, self._lay_rest())

    def _lay_rest(self) -> Iterator[None]:
        """Count the lines of what is not in sight, in slices; then the thumb is right."""
        text = self._text
        while not text.complete:
            until = perf_counter() + SLICE
            while not text.complete and perf_counter() < until:
                self.top = text.lay_next(self.top, AT_ONCE)
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
