"""The words on the pages of a PDF as blocks: columns in reading order, lines in paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from store.fulltext.blocks import Block, Kind, Words
from store.fulltext.wording import Wording


class Piece(NamedTuple):
    """Some words on a page and their box; the origin is at the bottom left."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a PDF."""

    width: float
    height: float
    pieces: list[Piece]


_NAMED = re.compile(
    r"abstract|introduction|conclusions?|references|bibliography|acknowledge?ments?|appendix"
    r"|discussion|related work|(?:limitations|ethics statement)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"((?:\d{1,2}|[A-Z])(?:\.\d{1,2}){0,3})\.?\s+([A-Z][^.]{1,80})")
_PAGE_NUMBER = re.compile(r"\W*(?:page )?\d{1,4}\W*", re.IGNORECASE)
_ENTRY = re.compile(r"\[\w[^\]]{0,30}\]\s|\d{1,3}\.\s")
_HYPHENED = re.compile(r"[a-z]{2}[-\u00ad\u2010\ufffe]$")
_SOFT = "\ufffe\u0002\u00ad"
"""Signs for a hyphen at the end of a line in PDFs."""


def read_pages(pages: Sequence[Page]) -> list[Block]:
    """Return the text of pages as blocks, in reading order."""
    furniture = _furniture(pages)
    lines = [
        line
        for page in pages
        for line in _ordered(page)
        if line.text not in furniture and not _is_margin(line, page)
    ]
    if not lines:
        return []
    usual = median(line.top - line.bottom for line in lines)
    return list(_blocks(lines, usual))


def _is_margin(line: Piece, page: Page) -> bool:
    """Return whether a line is a page number, or text along the margin."""
    lowest = min((piece.bottom for piece in page.pieces), default=0.0)
    at_edge = line.bottom <= lowest + 1 or line.top > page.height * 0.92
    upright = line.top - line.bottom > 3 * (line.right - line.left) and len(line.text) > 3
    return upright or bool(at_edge and _PAGE_NUMBER.fullmatch(line.text))


def _furniture(pages: Sequence[Page]) -> set[str]:
    """Return the texts at the top or bottom of several pages: running heads."""
    seen: Counter[str] = Counter()
    for page in pages:
        edge = (
            _clean(piece.text)
            for piece in page.pieces
            if piece.top > page.height * 0.92 or piece.bottom < page.height * 0.08
        )
        seen.update(set(edge))
    return {text for text, count in seen.items() if count > max(2, len(pages) // 4)}


def _ordered(page: Page) -> Iterator[Piece]:
    """Yield the lines of a page; those across both columns divide it, columns come between them."""
    pieces = [piece for piece in page.pieces if piece.text.strip()]
    gutter = _gutter(page, pieces)
    if gutter is None:
        yield from _lines(pieces)
        return
    across = [piece for piece in pieces if piece.left < gutter < piece.right]
    across_lines = _lines(across)
    rest = [piece for piece in pieces if not piece.left < gutter < piece.right]
    for line in across_lines:
        above = [piece for piece in rest if piece.bottom >= line.top - 1]
        yield from _columns(above, gutter)
        rest = [piece for piece in rest if piece.bottom < line.top - 1]
        yield line
    yield from _columns(rest, gutter)


def _columns(pieces: Sequence[Piece], gutter: float) -> Iterator[Piece]:
    yield from _lines([piece for piece in pieces if piece.right <= gutter])
    yield from _lines([piece for piece in pieces if piece.left >= gutter])


def _gutter(page: Page, pieces: Sequence[Piece]) -> float | None:
    """Return the middle of the gap between two columns, or None if there is one column."""
    if len(pieces) < 10:
        return None
    best: tuple[int, int, float] | None = None
    for step in range(40, 61):
        x = page.width * step / 100
        crossing = sum(len(piece.text) for piece in pieces if piece.left < x < piece.right)
        best = min(best or (crossing, 100, x), (crossing, abs(step - 50), x))
    assert best is not None
    crossing, _, x = best
    total = sum(len(piece.text) for piece in pieces)
    left = sum(len(piece.text) for piece in pieces if piece.right <= x)
    right = sum(len(piece.text) for piece in pieces if piece.left >= x)
    if crossing > total * 0.45 or min(left, right) < total * 0.12:
        return None
    return x


def _lines(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the lines of a page, each from the pieces side by side, from the top on."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda each: (-each.bottom, each.left)):
        height = piece.top - piece.bottom
        for line in reversed(lines[-3:]):
            first = line[0]
            shared = min(first.top, piece.top) - max(first.bottom, piece.bottom)
            if shared > 0.5 * min(height, first.top - first.bottom):
                line.append(piece)
                break
        else:
            lines.append([piece])
    return [_line(line) for line in lines]


def _line(pieces: list[Piece]) -> Piece:
    pieces.sort(key=lambda each: each.left)
    text = pieces[0].text
    for before, piece in pairwise(pieces):
        gap = piece.left - before.right
        text += (" " if gap > 0.15 * (piece.top - piece.bottom) else "") + piece.text
    main = max(pieces, key=lambda each: len(each.text))
    return Piece(pieces[0].left, main.bottom, max(p.right for p in pieces), main.top, _clean(text))


def _clean(text: str) -> str:
    return " ".join(text.replace("\r", " ").split())


def _blocks(lines: Sequence[Piece], usual: float) -> Iterator[Block]:
    paragraph: list[Piece] = []
    in_entries = False
    for number, line in enumerate(lines):
        heading = _heading(line, usual, is_first=number == 0)
        if heading or (paragraph and _begins(paragraph, line, usual, in_entries)):
            if paragraph:
                yield _paragraph(paragraph)
            paragraph = []
        if heading:
            in_entries = heading.words.text.lower() in ("references", "bibliography")
            yield heading
        else:
            paragraph.append(line)
    if paragraph:
        yield _paragraph(paragraph)


def _heading(line: Piece, usual: float, is_first: bool) -> Block | None:
    """Return a line as a heading if its number and size, or its name, show one; else None."""
    large = line.top - line.bottom > usual * 1.12
    if is_first and large:
        return Block(Kind.HEADING, _words([line]), level=1)
    match = _NUMBERED.fullmatch(line.text)
    if match and (large or match[1].isdecimal() or "." in match[1]) and len(line.text) < 70:
        depth = match[1].count(".")
        words = _words([line])
        title = words.part(len(words.text) - len(match[2]), len(words.text))
        return Block(Kind.HEADING, title, (), 2 + depth, label=match[1])
    if _NAMED.fullmatch(line.text.rstrip(".:")):
        return Block(Kind.HEADING, _words([line]), level=2)
    return None


def _begins(paragraph: list[Piece], line: Piece, usual: float, in_entries: bool) -> bool:
    """Return whether a line begins another paragraph."""
    before = paragraph[-1]
    if in_entries and _ENTRY.match(line.text):
        return True
    gap = before.bottom - line.top
    if line.top > before.bottom + 4 * usual:  # another column or page
        return before.text[-1:] in ".:!?" and line.text[:1].isupper()
    grown = abs((line.top - line.bottom) - (before.top - before.bottom))
    if gap > 0.9 * usual or grown > usual / 2:
        return True
    indented = usual * 0.6 < line.left - before.left < usual * 5
    return bool(indented and before.text[-1:] in ".:!?”)" and not in_entries)


def _paragraph(lines: Sequence[Piece]) -> Block:
    return Block(Kind.PARAGRAPH, _words(lines))


def _words(lines: Sequence[Piece]) -> Words:
    """Return lines as one text; words that were hyphenated at line ends are joined."""
    text = ""
    for line in lines:
        piece = line.text
        if (text and text[-1] in _SOFT) or (_HYPHENED.search(text) and piece[:1].islower()):
            text = text[:-1] + piece
        else:
            text += (" " if text else "") + piece
    wording = Wording()
    wording.add(text)
    return wording.finish()
