"""Split a Markdown document into pieces that can be laid out one by one, as they are looked at."""

import re

SMALLEST = 1_000
"""Characters below which a piece goes on: thousands of tiny ones would cost more than they save."""
LONGEST = 6_000
"""Characters after which a piece is cut, wherever it is: a parser may need the square of them."""
LONGEST_TABLE = 24_000
"""The same for a table, whose second half could not be read without its first."""

_MARK = re.compile(r"\n[ \t]*\n(?=\S)|^ {0,3}(`{3,}|~{3,})([^\n]*)", re.MULTILINE)


def split_markdown(text: str) -> list[str]:
    """Return the pieces of a document; joined they are the document.

    A piece ends where an empty line is followed by one that is not indented, outside of fenced
    code: no block of CommonMark spans that but for lists, whose items stand well alone.
    """
    pieces: list[str] = []
    start, fence = 0, ""
    for match in _MARK.finditer(text):
        if mark := match[1]:
            if not fence:
                fence = mark
            elif mark.startswith(fence) and not match[2].strip():
                fence = ""
        elif not fence and match.end() - start >= SMALLEST:
            pieces += _cut(text[start : match.end()])
            start = match.end()
    return pieces + _cut(text[start:])


def _cut(piece: str) -> list[str]:
    """Return a piece in parts that are not too long, cut at the ends of lines where there are."""
    parts: list[str] = []
    start = 0
    is_table = piece.count("\n|") > piece.count("\n") * 0.9
    longest = LONGEST_TABLE if is_table else LONGEST
    while len(piece) - start > longest:
        end = piece.rfind("\n", start + longest // 2, start + longest) + 1 or start + longest
        parts.append(piece[start:end])
        start = end
    return [*parts, piece[start:]] if start < len(piece) else parts
