"""A paper's text as lines, laid out block by block when they are looked at, and its matches.

Blocks that have not been laid out count with an estimate, so that a place in the middle of a long
text is there at once; `settle` lays out what is in sight. Only the lines of the blocks looked at
last are kept: of the others it is enough to know how many there are.
"""

import re
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable
from itertools import accumulate

from textual.content import Content

from store.fulltext.blocks import Block, Kind
from store.fulltext.document import Blocks
from store.fulltext.reading_places import Place
from tui.reader.full_text.layout import Laid, Line, lay_out

KEPT = 400
"""Blocks whose lines are kept."""


class LaidText:
    """The blocks of a text at a width."""

    def __init__(
        self,
        blocks: Blocks,
        width: int,
        height_of_pictures: Callable[[int, Block], int] = lambda number, block: 0,
    ) -> None:
        """`height_of_pictures` tells how many lines the pictures of a figure take above it."""
        self._blocks = blocks
        self._height_of_pictures = height_of_pictures
        self._width = max(width, 2)
        self._laid: OrderedDict[int, tuple[Block, Laid]] = OrderedDict()
        self._heights = [blocks.length(n) // self._width + 2 for n in range(len(blocks))]
        self._is_known = bytearray(len(blocks))
        self._unknown = len(blocks)
        self._starts: list[int] | None = None
        self._pattern: re.Pattern[str] | None = None
        self._matches: list[Place] = []

    @property
    def complete(self) -> bool:
        """Whether the number of lines is known of all blocks."""
        return not self._unknown

    # Lines

    def line_count(self) -> int:
        """Return the number of lines, as far as is known."""
        return self.start_of(len(self._blocks))

    def line(self, index: int) -> tuple[int, Laid, Line]:
        """Return the line at an index, and the block it is in by number and as laid out."""
        number = self.block_at(index)
        laid = self._lay(number)
        return number, laid, laid.lines[min(index - self.start_of(number), len(laid.lines) - 1)]

    def settle(self, top: int, page: int) -> int:
        """Lay out the lines from `top` on that are in sight; return where they begin, within."""
        while self._blocks:
            top = max(0, min(top, self.line_count() - page))
            last = self.block_at(min(top + page, self.line_count()) - 1)
            for number in range(self.block_at(top), last + 1):
                if not self._is_known[number]:
                    self._lay(number)
                    break
            else:
                return top
        return 0

    def lay_next(self, top: int, count: int) -> int:
        """Lay out some more blocks, below `top` first; return where the line at `top` is then."""
        here = self.block_at(top)
        within = top - self.start_of(here)
        for _ in range(count):
            number = self._is_known.find(b"\0", here)
            if number < 0:
                number = self._is_known.rfind(b"\0", 0, here)
            if number < 0:
                break
            self._lay(number)
        return self.start_of(here) + within

    # Places

    def place_at(self, index: int) -> Place:
        """Return the place of a line, which is the same at any width."""
        if not self._blocks:
            return Place()
        number, _, line = self.line(index)
        return Place(number, line.place)

    def index_of(self, place: Place) -> int:
        """Return the line at a place."""
        if place.block >= len(self._blocks):
            return self.line_count()
        lines = self._lay(place.block).lines
        number = bisect_right([line.place for line in lines], place.offset) - 1
        # An empty line at the end has the place of the last line with text.
        # So have the lines of pictures that of the caption's beginning; what is in its first line
        # is found there.
        while number > 0 and lines[number - 1].place == lines[number].place:
            if place.offset and lines[number - 1].picture >= 0:
                break
            number -= 1
        return self.start_of(place.block) + max(number, 0)

    def heading(self, index: int, step: int) -> int | None:
        """Return the line of the next (1) or previous (-1) heading, or None."""
        here = self.block_at(index)
        numbers = [number for number, _ in self._blocks.of(Kind.HEADING)]
        if step > 0:
            found = next((each for each in numbers if each > here), None)
        else:
            inside = index > self.start_of(here)
            earlier = (
                each for each in reversed(numbers) if each < here or (each == here and inside)
            )
            found = next(earlier, None)
        return None if found is None else self.index_of(Place(found))

    # Matches

    def search(self, text: str) -> None:
        """Find a text, in any case; an empty one ends it."""
        words = "[ \u00a0\n\t]+".join(map(re.escape, text.split()))
        self._pattern = re.compile(words, re.IGNORECASE) if words else None
        self._matches = []
        if self._pattern:
            for number, plain in enumerate(self._blocks.plain()):
                self._matches += [
                    Place(number, match.start()) for match in self._pattern.finditer(plain)
                ]

    def matches(self) -> list[Place]:
        """Return where the matches begin."""
        return self._matches

    def drawn(
        self, index: int, found: str, current: str, at: Place | None
    ) -> tuple[int, Laid, Line, Content]:
        """Return a line as laid out, and its text with the matches in a style."""
        number, laid, line = self.line(index)
        content = laid.text[line.start : line.end]
        if self._pattern:
            block, _ = self._laid[number]
            for match in self._pattern.finditer(block.plain):
                style = current if at == Place(number, match.start()) else found
                content = styled_part(content, laid, line, match.span(), style)
        return number, laid, line, content

    def lay_again(self, number: int, top: int) -> int:
        """Lay out a figure whose pictures take other lines than before; return where `top` is then.

        What is at the top stays there: a line of text, or that many lines of a picture.
        """
        here = self.block_at(top)
        within = top - self.start_of(here)
        before = self._lay(number).lines
        del self._laid[number]
        self._is_known[number] = 0
        self._unknown += 1
        grown = len(self._lay(number).lines) - len(before)
        if number == here and before[within].picture < 0:
            within += grown
        return self.start_of(here) + within

    # Inside

    def block_at(self, index: int) -> int:
        """Return the number of the block that has a line."""
        self.start_of(0)
        assert self._starts is not None
        return max(min(bisect_right(self._starts, index) - 1, len(self._blocks) - 1), 0)

    def start_of(self, number: int) -> int:
        """Return the first line of a block."""
        if self._starts is None:
            self._starts = list(accumulate(self._heights, initial=0))
        return self._starts[number]

    def _lay(self, number: int) -> Laid:
        if number in self._laid:
            self._laid.move_to_end(number)
            return self._laid[number][1]
        block = self._blocks[number]
        after = self._blocks[number + 1] if number + 1 < len(self._blocks) else None
        laid = lay_out(block, after, self._width)
        if block.kind is Kind.FIGURE:
            rows = range(self._height_of_pictures(number, block))
            laid.lines[:0] = [Line("", 0, 0, 0, picture=row) for row in rows]
        self._laid[number] = block, laid
        if len(self._laid) > KEPT:
            self._laid.popitem(last=False)
        if not self._is_known[number]:
            self._is_known[number] = 1
            self._unknown -= 1
            if self._heights[number] != len(laid.lines):
                self._heights[number] = len(laid.lines)
                self._starts = None
        return laid


def styled_part(
    content: Content, laid: Laid, line: Line, part: tuple[int, int], style: str
) -> Content:
    """Return the text of a line with a part of the block's own text in a style."""
    for start, end in laid.drawn(*part):
        if start < line.end and end > line.start:
            first = max(start - line.start, 0)
            content = content.stylize(style, first, min(end, line.end) - line.start)
    return content


def with_hint(
    content: Content, laid: Laid, line: Line, place: int, hint: tuple[str, str]
) -> Content:
    """Return the text of a line with a hint, in its style, over the beginning of a link."""
    for start, _ in laid.drawn(place, place + 1):
        at, end = start - line.start, start - line.start + len(hint[0])
        if line.start <= start < line.end:
            rest = content[end:] if end <= len(content.plain) else Content()
            return Content.assemble(content[:at], hint, rest)
    return content
