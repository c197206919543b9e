"""Lay out a piece of Markdown as lines of a width. Pure; text is never read as Textual's markup."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content, Span

from tui.reader.full_text.inline import Inline, without_tags
from tui.reader.full_text.parser import parse
from tui.reader.full_text.tables import Table
from tui.reader.line_breaks import folds, line_breaks

if TYPE_CHECKING:  # imported when a text is opened
    from markdown_it.token import Token

_HEADINGS = {1: "bold underline $text-primary", 2: "bold $text-primary"}
_LOWER_HEADING = "bold"
_CODE = "$text-accent"
_RULE = "$foreground 40%"
_FULL = re.compile(r"[^\n]*\S[^\n]*")
_ANY = re.compile(r"[^\n]+|^$|(?<=\n)(?=\n)")


class Line(NamedTuple):
    """A line: what stands before it, and which part of the piece's text it shows."""

    lead: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Laid:
    """A piece as it is shown."""

    text: Content
    """All of it, its lines apart by line breaks or the spaces at which they were broken."""
    lines: list[Line]
    headings: list[int]
    """Which of the lines begin a heading."""


def lay_out(markdown: str, width: int) -> Laid:
    """Return a piece of a document in lines of at most `width` cells (see split_markdown)."""
    page = _Page(max(width, 2))
    page.read(parse(markdown))
    return page.laid()


class _Page:
    """The lines of a piece, while they are laid out."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._all = Inline()
        self._lines: list[Line] = []
        self._headings: list[int] = []
        self._leads: list[tuple[str, str]] = []
        """What each open list and quotation sets before the next line, and before others."""
        self._numbers: list[int | None] = []
        """The next number of each list that is open; None for bullets."""
        self._lead_before = ""
        self._apart = False
        """Whether the next block is below an empty line though it is set tight."""

    def laid(self) -> Laid:
        """Return what has been laid out, with an empty line at its end."""
        text = self._all.text
        if self._lines:
            self._lines.append(Line("", len(text), len(text)))
        return Laid(Content(text, self._all.spans), self._lines, self._headings)

    def read(self, tokens: Sequence["Token"]) -> None:
        """Lay out what a parser found."""
        table: Table | None = None
        tight = False
        level = 0
        for token in tokens:
            match token.type:
                case "inline":
                    inline = Inline()
                    inline.add_tokens(token.children or ())
                    if table:
                        table.rows[-1].append(Inline(inline.text.replace("\n", " "), inline.spans))
                    elif inline.text.strip():
                        self._add_text(inline, level, tight)
                case "heading_open":
                    level, tight = int(token.tag[1:]), False
                case "heading_close":
                    level = 0
                case "paragraph_open":
                    tight = token.hidden
                case "bullet_list_open":
                    self._open_list(None)
                case "ordered_list_open":
                    self._open_list(int(token.attrs.get("start", 1)))
                case "bullet_list_close" | "ordered_list_close":
                    self._numbers.pop()
                case "list_item_open":
                    self._open_item()
                case "blockquote_open":
                    self._leads.append(("│ ", "│ "))
                case "list_item_close" | "blockquote_close":
                    self._leads.pop()
                case "fence" | "code_block":
                    self._add_code(token.content)
                case "html_block":
                    inline = Inline()
                    inline.add(without_tags(token.content))
                    self._add_text(inline)
                case "hr":
                    self._add_rule()
                case "table_open":
                    table = Table()
                case "tr_open" if table:
                    table.rows.append([])
                case "th_open" if table:
                    table.right.append("right" in str(token.attrs.get("style", "")))
                case "table_close" if table:
                    self._add_table(table)
                    table = None

    def _open_list(self, number: int | None) -> None:
        self._apart = not self._numbers
        self._numbers.append(number)

    def _open_item(self) -> None:
        number = self._numbers[-1]
        marker = "• " if number is None else f"{number}. "
        self._leads.append((marker, " " * len(marker)))
        if number is not None:
            self._numbers[-1] = number + 1

    # Blocks

    def _add_text(self, inline: Inline, level: int = 0, tight: bool = False) -> None:
        """Add a paragraph, or a heading of a level."""
        if level:
            style = _HEADINGS.get(level, _LOWER_HEADING)
            inline.spans.insert(0, Span(0, len(inline.text), style))
        room = self._room
        parts = ((line.start(), line_breaks(line[0], room)) for line in _FULL.finditer(inline.text))
        breaks = [(at + start, at + end) for at, found in parts for start, end in found]
        if level and breaks:
            self._headings.append(len(self._lines) + bool(self._lines))
        self._add(inline, breaks, tight)

    def _add_code(self, code: str) -> None:
        inline = Inline()
        inline.add(code.rstrip("\n"), _CODE)
        room = self._room
        parts = ((line.start(), folds(line[0], room)) for line in _ANY.finditer(inline.text))
        self._add(inline, [(at + start, at + end) for at, found in parts for start, end in found])

    def _add_rule(self) -> None:
        inline = Inline()
        inline.add("─" * self._room, _RULE)
        self._add(inline, [(0, len(inline.text))])

    def _add_table(self, table: Table) -> None:
        inline = Inline()
        breaks = []
        for line in table.lines(self._room):
            start = len(inline.text)
            inline.add_inline(line)
            breaks.append((start, len(inline.text)))
            inline.add("\n")
        self._add(inline, breaks)

    def _add(self, inline: Inline, breaks: Iterable[tuple[int, int]], tight: bool = False) -> None:
        """Add the lines of a block, below an empty one unless it is set tight."""
        lead = "".join(first for first, _ in self._leads)[: self._width // 2]
        self._leads = [(rest, rest) for _, rest in self._leads]
        rest = "".join(rest for _, rest in self._leads)[: self._width // 2]
        place = len(self._all.text)
        if self._lines and (self._apart or not tight):
            shorter, longer = sorted((self._lead_before, rest), key=len)
            between = shorter.rstrip() if longer.startswith(shorter) else ""
            self._lines.append(Line(between, place, place))
        self._lead_before, self._apart = rest, False
        for start, end in breaks:
            self._lines.append(Line(lead, place + start, place + end))
            lead = rest
        self._all.add_inline(inline)
        self._all.add("\n")

    @property
    def _room(self) -> int:
        lead = sum(len(rest) for _, rest in self._leads)
        return self._width - min(lead, self._width // 2)
