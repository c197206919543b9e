"""Lay out a block of a paper as lines of a width. Pure; no text is read as Textual's markup."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content, Span

from store.fulltext.blocks import Block, Kind
from store.fulltext.wording import FIRM
from tui.reader.drawing.line_breaks import folds, line_breaks
from tui.reader.full_text.looks import ASIDE, HEADINGS, LABEL, LOWER_HEADING, RULE, Styled
from tui.reader.full_text.tables import Run, TableLines

_FULL = re.compile(r"[^\n]*\S[^\n]*")
_ANY = re.compile(r"[^\n]+|^$|(?<=\n)(?=\n)")
_NO_WORDS = "[image]"
_TIGHT = frozenset((Kind.REFERENCE, Kind.NOTE, Kind.EQUATION))
"""Kinds of which several may follow each other without an empty line."""


class Line(NamedTuple):
    """A line: what comes before it, and which part of what is drawn of the block it shows."""

    lead: str
    start: int
    end: int
    place: int
    """Where in the block's own text it is, at any width."""
    tail: str = ""
    """What comes after it."""
    picture: int = -1
    """Where it belongs to pictures, which line of theirs it is; below 0 for a line of text."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A block as it is shown."""

    text: Content
    """All that is drawn of it."""
    lines: list[Line]
    lead_style: str = ASIDE
    runs: Sequence[Run] | None = None
    """Where what is drawn is the block's own text; None if it is throughout."""

    def drawn(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return where a part of the block's own text is drawn."""
        if self.runs is None:
            return [(start, end)]
        return [
            (run.drawn + max(start - run.plain, 0), run.drawn + min(end - run.plain, run.length))
            for run in self.runs
            if run.plain < end and run.plain + run.length > start
        ]


def lay_out(block: Block, after: Block | None, width: int) -> Laid:
    """Return a block in lines of at most `width` cells; `after` is the one below it."""
    width = max(width, 2)
    match block.kind:
        case Kind.TABLE:
            laid = _table(block, width)
        case Kind.CODE:
            laid = _code(block, width)
        case Kind.EQUATION:
            laid = _equation(block, width)
        case Kind.RULE:
            laid = Laid(Content("─" * width, [Span(0, width, RULE)]), [Line("", 0, width, 0)])
        case _:
            laid = _text(block, width)
    if after is not None and not _are_tight(block, after):
        end = len(laid.text.plain)
        shorter, longer = sorted((block.rest, after.rest), key=len)
        lead = shorter.rstrip() if longer.startswith(shorter) else ""
        place = laid.lines[-1].place
        laid.lines.append(Line(lead[:width], end, end, place))
    return laid


def _are_tight(block: Block, after: Block) -> bool:
    """Return whether no empty line is between two blocks."""
    if block.kind is Kind.CAPTION and after.kind in (Kind.TABLE, Kind.CODE):
        return True
    if block.kind is after.kind and block.kind in _TIGHT:
        return True
    # An item of a list below another, or below the text of the item around its list.
    return bool(block.rest) and after.first != after.rest and block.kind is after.kind


def _text(block: Block, width: int) -> Laid:
    styled = Styled()
    styled.add_words(block.words)
    lead_style = ASIDE
    first = block.first
    if block.kind is Kind.HEADING:
        lead_style = HEADINGS.get(block.level, LOWER_HEADING)
        styled.spans.insert(0, Span(0, len(styled.text), lead_style))
        first += f"{block.label}  " if block.label else ""
    elif block.kind in (Kind.FIGURE, Kind.CAPTION):
        if not styled.text.strip():
            styled = Styled(_NO_WORDS)
            styled.spans.append(Span(0, len(_NO_WORDS), ASIDE))
        elif block.label and styled.text.startswith(block.label):
            styled.spans.append(Span(0, len(block.label), LABEL))
    elif block.kind is Kind.NOTE:
        styled.spans.insert(0, Span(0, len(styled.text), ASIDE))
    rest = block.rest[: width // 2]
    # A long marker takes a part of the first line; what is below it begins further left.
    first = first[: max(width - 8, width // 2)]
    room, indent = width - cell_len(rest), max(cell_len(first) - cell_len(rest), 0)
    lines: list[Line] = []
    for match in _FULL.finditer(styled.text):
        at = match.start()
        blank = FIRM * indent if not lines else ""
        for start, end in line_breaks(blank + match[0], room):
            start, end = max(start - len(blank), 0), end - len(blank)
            if end > start or lines:
                lead = rest if lines else first
                lines.append(Line(lead, at + start, at + end, at + start))
    return Laid(Content(styled.text, styled.spans), lines or [Line(first, 0, 0, 0)], lead_style)


def _code(block: Block, width: int) -> Laid:
    styled = Styled()
    styled.add_words(block.words)
    styled.spans.insert(0, Span(0, len(styled.text), "$text-accent"))
    lead = block.rest[: width // 2]
    room = width - cell_len(lead)
    lines = [
        Line(lead, match.start() + start, match.start() + end, match.start() + start)
        for match in _ANY.finditer(styled.text)
        for start, end in folds(match[0], room)
    ]
    return Laid(Content(styled.text, styled.spans), lines or [Line(lead, 0, 0, 0)])


def _equation(block: Block, width: int) -> Laid:
    """Set an equation in the middle, its number at the right edge."""
    styled = Styled()
    styled.add_words(block.words)
    label = f" {block.label}" if block.label else ""
    lead = block.rest[: width // 2]
    room = max(width - cell_len(lead) - cell_len(label), 2)
    lines: list[Line] = []
    for match in _FULL.finditer(styled.text):
        text = match[0]
        if cell_len(text) > room:  # it has to be broken: between its terms
            text = text.replace(FIRM, " ")
        for start, end in line_breaks(text, room):
            cells = cell_len(text[start:end])
            gap = max(room - cells, 0) // 2
            tail = "" if lines else label.rjust(room - gap - cells + len(label))
            at = match.start() + start
            lines.append(Line(lead + " " * gap, at, match.start() + end, at, tail.rstrip()))
    return Laid(Content(styled.text, styled.spans), lines or [Line(lead, 0, 0, 0, label)])


def _table(block: Block, width: int) -> Laid:
    lead = block.rest[: width // 2]
    table = TableLines(block, width - cell_len(lead))
    lines = [Line(lead, start, end, place) for start, end, place in table.lines]
    content = Content(table.text.text, table.text.spans)
    return Laid(content, lines or [Line(lead, 0, 0, 0)], runs=table.runs)
