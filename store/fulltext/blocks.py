"""The parts of a paper's text, from any source: blocks, with looks, anchors and links."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias


class Kind(StrEnum):
    """The kind of a block."""

    HEADING = "h"
    PARAGRAPH = "p"
    CODE = "c"
    TABLE = "t"
    EQUATION = "e"
    FIGURE = "f"
    """Pictures with their caption."""
    CAPTION = "a"
    """The caption of a table or a listing."""
    NOTE = "n"
    """A footnote, below the block in which it is called."""
    REFERENCE = "r"
    """An entry of the bibliography."""
    RULE = "-"


class Look(StrEnum):
    """How a part of a text looks."""

    BOLD = "b"
    ITALIC = "i"
    STRUCK = "s"
    CODE = "c"
    MATHS = "m"
    TEX = "x"
    """TeX that could not be converted."""
    LINK = "l"


class Span(NamedTuple):
    """A part of a text, by characters, and its look."""

    start: int
    end: int
    look: str
    """A value of Look."""
    target: str = ""
    """Where a link leads: `#anchor` within the paper, else a web address."""


@dataclass(frozen=True, slots=True)
class Words:
    """Text with its looks and links."""

    text: str = ""
    spans: tuple[Span, ...] = ()

    def part(self, start: int, end: int) -> "Words":
        """Return the part from one place to before another."""
        if start <= 0 and end >= len(self.text):
            return self
        cut = (
            Span(max(a, start) - start, min(b, end) - start, look, target)
            for a, b, look, target in self.spans
            if a < end and b > start
        )
        return Words(self.text[start:end], tuple(cut))


NOTHING = Words()
Row: TypeAlias = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text that begins on a line of its own."""

    kind: Kind
    words: Words = NOTHING
    """Its text; of a figure the caption; of a table nothing."""
    anchors: tuple[str, ...] = ()
    """The names that links use for it."""
    level: int = 0
    """Of a heading, 1 for the paper's title, 2 for a section."""
    first: str = ""
    """The text before its first line, such as a list's marker."""
    rest: str = ""
    """The text before its other lines."""
    label: str = ""
    """Its number as in the paper: "(2b)" of an equation, "[12]" of a reference."""
    rows: tuple[Row, ...] = ()
    """Of a table; the first `level` of them are its head."""
    aligned: str = ""
    """Of a table, l, c or r for each column."""
    pictures: tuple[str, ...] = ()
    """Web addresses of a figure's pictures."""

    @property
    def plain(self) -> str:
        """The text without looks; cells of a table are apart by tabs, its rows by line breaks."""
        if self.kind is not Kind.TABLE:
            return self.words.text
        return "\n".join("\t".join(cell.text for cell in row) for row in self.rows)

    @property
    def links(self) -> list[Span]:
        """Its usable links, by their places in `plain`."""
        found: list[Span] = []
        at = 0
        for words in self.words_apart():
            found += [
                Span(start + at, end + at, look, target)
                for start, end, look, target in words.spans
                if look == Look.LINK and target
            ]
            at += len(words.text) + 1
        return sorted(found)

    def words_apart(self) -> Iterator[Words]:
        """Yield its text, or that of each cell of a table."""
        if self.kind is Kind.TABLE:
            for row in self.rows:
                yield from row
        else:
            yield self.words
