"""Where lines of text break: at spaces, inside a word only where it fills a line by itself."""

import re
from functools import cache

from rich.cells import cell_len

_WORD = re.compile(r"([^ ]+) *")
_NARROW = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u0384-\u03ff\u0400-\u0482\u2010-\u2027"
    "\u2190-\u2199\u2200-\u22ff\U0001d400-\U0001d7ff]*"
)
"""Text of characters that take one cell each: Latin, Greek, Cyrillic, mathematics."""
_MARKS = 6
"""Characters to a cell that are looked at: each may have combining marks."""


def line_breaks(text: str, width: int) -> list[tuple[int, int]]:
    """Return start and end of each line of a paragraph, in characters; at least one line.

    No line is wider than `width` cells, but for one that holds a single wide character. The spaces
    at which a line breaks belong to none.
    """
    width = max(width, 1)
    if _NARROW.fullmatch(text):
        found = [match.span() for match in _filled(width).finditer(text)]
    else:
        found = _by_cells(text, width)
    return found or [(0, 0)]


def folds(text: str, width: int) -> list[tuple[int, int]]:
    """Return start and end of each line of a line of code: folded where `width` cells are full."""
    lines: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        lines.append((start, start + _fitting(text, start, max(width, 1))))
        start = lines[-1][1]
    return lines or [(0, 0)]


@cache
def _filled(width: int) -> re.Pattern[str]:
    """Return what finds a line of text that has narrow characters only."""
    return re.compile(rf"[^ ](?:.{{0,{width - 1}}}(?<! )(?= |$)|[^ ]{{{width - 1}}})")


def _by_cells(text: str, width: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    start = end = used = 0
    """The line that is being filled, and the cells from its start to the next word."""
    for match in _WORD.finditer(text):
        first, last = match.span(1)
        cells = cell_len(match[1])
        if used and used + cells > width:
            lines.append((start, end))
            used = 0
        if not used:
            start = first
        while used + cells > width and last - start > 1:
            count = _fitting(text, start, width)
            lines.append((start, start + count))
            cells -= cell_len(text[start : start + count])
            start += count
        used += cells + match.end() - last
        end = last
    if end > start:
        lines.append((start, end))
    return lines


def _fitting(text: str, start: int, width: int) -> int:
    """Return how many characters from `start` fit into `width` cells; at least one."""
    room = text[start : start + width]
    if room.isascii():
        return len(room)
    cells = 0
    room = text[start : start + width * _MARKS]
    for count, character in enumerate(room):
        cells += cell_len(character)
        if cells > width and count:
            return count
    return len(room)
