"""A Markdown document as lines, laid out piece by piece when they are looked at, and its matches.

Pieces that have not been laid out count with an estimate, so that a place in the middle of a long
document is there at once; `settle` lays out what is in sight.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from textual.content import Content

from store.full_texts import Place
from tui.reader.full_text.layout import Laid, Line, lay_out


class Document:
    """The pieces of a document at a width."""

    def __init__(self, pieces: Sequence[str], width: int) -> None:
        self._pieces = pieces
        self._width = width
        self._laid: dict[int, Laid] = {}
        self._heights = [piece.count("\n") // 2 + len(piece) // max(width, 1) for piece in pieces]
        self._starts: list[int] | None = None
        self._pattern: re.Pattern[str] | None = None
        self._found: dict[int, list[tuple[int, int]]] = {}
        self._matches: list[Place] | None = None

    @property
    def complete(self) -> bool:
        """Whether all has been laid out."""
        return len(self._laid) == len(self._pieces)

    # Lines

    def line_count(self) -> int:
        """Return the number of lines, as far as is known."""
        return self._start_of(len(self._pieces))

    def line(self, index: int) -> tuple[int, Laid, Line]:
        """Return the line at an index, and the piece it is in by number and as laid out."""
        piece = self._piece_at(index)
        laid = self._lay(piece)
        lines = laid.lines or [Line("", 0, 0)]
        return piece, laid, lines[min(index - self._start_of(piece), len(lines) - 1)]

    def settle(self, top: int, page: int) -> int:
        """Lay out the lines from `top` on that are in sight; return where they begin, within."""
        while self._pieces:
            top = max(0, min(top, self.line_count() - page))
            last = self._piece_at(min(top + page, self.line_count()) - 1)
            for piece in range(self._piece_at(top), last + 1):
                if piece not in self._laid:
                    self._lay(piece)
                    break
            else:
                return top
        return 0

    def lay_next(self, top: int) -> int:
        """Lay out one more piece, below `top` first; return where the line at `top` is then."""
        here = self._piece_at(top)
        order = (*range(here, len(self._pieces)), *range(here - 1, -1, -1))
        piece = next(each for each in order if each not in self._laid)
        before = self.line_count()
        self._lay(piece)
        return top + self.line_count() - before if piece < here else top

    # Places

    def place_at(self, index: int) -> Place:
        """Return the place of a line, which is the same at any width."""
        if not self._pieces:
            return Place()
        piece, _, line = self.line(index)
        return Place(piece, line.start)

    def index_of(self, place: Place) -> int:
        """Return the line at a place."""
        if place.piece >= len(self._pieces):
            return self.line_count()
        lines = self._lay(place.piece).lines
        number = bisect_right([line.start for line in lines], place.offset) - 1
        return self._start_of(place.piece) + max(number, 0)

    def heading(self, index: int, step: int) -> int | None:
        """Return the line of the next (1) or previous (-1) heading, or None."""
        piece = self._piece_at(index)
        while 0 <= piece < len(self._pieces):
            here = index - self._start_of(piece)
            headings = [each for each in self._lay(piece).headings if (each - here) * step > 0]
            if headings:
                return self._start_of(piece) + (headings[0] if step > 0 else headings[-1])
            # Laying out a piece may move the lines behind it.
            piece += step
            index = self._start_of(piece) - 1 if step > 0 else self._start_of(piece + 1)
        return None

    # Matches

    def search(self, text: str) -> None:
        """Find a text, in any case, in what is laid out now and later; an empty one ends it."""
        words = " +".join(map(re.escape, text.split()))
        self._pattern = re.compile(words, re.IGNORECASE) if words else None
        self._found, self._matches = {}, None
        for piece in self._laid:
            self._look_into(piece)

    def matches(self) -> list[Place]:
        """Return where the matches known so far begin."""
        if self._matches is None:
            found = sorted(self._found.items())
            self._matches = [Place(piece, start) for piece, spans in found for start, _ in spans]
        return self._matches

    def drawn(self, index: int, found: str, current: str, at: Place | None) -> tuple[str, Content]:
        """Return what stands before a line and the line, its matches in a style."""
        piece, laid, line = self.line(index)
        content = laid.text[line.start : line.end]
        for start, end in self._found.get(piece, ()):
            if start < line.end and end > line.start:
                style = current if at == Place(piece, start) else found
                first = max(start - line.start, 0)
                content = content.stylize(style, first, min(end, line.end) - line.start)
        return line.lead, content

    # Inside

    def _lay(self, piece: int) -> Laid:
        laid = self._laid.get(piece)
        if laid is None:
            laid = self._laid[piece] = lay_out(self._pieces[piece], self._width)
            if self._heights[piece] != len(laid.lines):
                self._heights[piece] = len(laid.lines)
                self._starts = None
            self._look_into(piece)
        return laid

    def _look_into(self, piece: int) -> None:
        if self._pattern:
            found = [match.span() for match in self._pattern.finditer(self._laid[piece].text.plain)]
            if found:
                self._found[piece], self._matches = found, None

    def _start_of(self, piece: int) -> int:
        if self._starts is None:
            self._starts = list(accumulate(self._heights, initial=0))
        return self._starts[piece]

    def _piece_at(self, index: int) -> int:
        self._start_of(0)
        assert self._starts is not None
        return max(min(bisect_right(self._starts, index) - 1, len(self._pieces) - 1), 0)
