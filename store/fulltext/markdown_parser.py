"""The parser of Markdown as papers are written in it.

Source: CommonMark 0.31 with tables and strikethrough as GitHub has them, and $mathematics$ as
Pandoc has it (no space inside the dollars, no digit behind them: prices are none).
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # imported when a text is opened
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_MATHS = re.compile(
    r"\$\$((?:[^$\\]|\\.){1,2000}?)\$\$|\$(?!\s)((?:[^$\\]|\\.){1,1000}?)(?<!\s)\$(?!\d)",
    re.DOTALL,
)
_WIDE_MARKER = re.compile(r"^( *(?:[*+-]|\d{1,9}\.)) {2,4}(?=\S)", re.MULTILINE)
_MOST_CELLS = 5_000
"""Cells of a table that a piece may have; a short text can ask for a million empty ones."""
_MOST_BRACKETS = 300
"""Brackets in a piece that begin no link; the parser takes the square of their number."""
_DELIMITERS = re.compile(r"^[ >]*[|:-][ |:-]*$", re.MULTILINE)


def parse(markdown: str) -> Sequence["Token"]:
    """Return the tokens of a piece of a document."""
    if "```" not in markdown:
        # The source indents by four, whatever the width of the marker above; by CommonMark a list
        # within an item has to be as far in as the item's text.
        markdown = _WIDE_MARKER.sub(r"\1 ", markdown)
    brackets = markdown.count("[") - markdown.count("](")
    parser = _parser(_most_cells(markdown) <= _MOST_CELLS, brackets <= _MOST_BRACKETS)
    return parser.parse(markdown)


def _most_cells(markdown: str) -> int:
    columns = (match[0].count("|") + 1 for match in _DELIMITERS.finditer(markdown))
    return max(columns, default=0) * markdown.count("\n")


@cache
def _parser(tables: bool, links: bool) -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("strikethrough")
    if tables:
        parser.enable("table")
    if not links:
        parser.disable(["link", "image"])
    # A list of references that begins with "[1]:" would be taken for definitions, and vanish.
    parser.disable("reference")
    # Links are shown, not followed: as they stand, whatever they are.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.inline.ruler.before("escape", "maths", _maths)
    parser.inline.ruler.before("escape", "thin_space", _thin_space)
    return parser


def _maths(state: "StateInline", silent: bool) -> bool:
    """Take mathematics as one token, so that no _ or * in it has a meaning."""
    if state.src[state.pos] != "$":
        return False
    match = _MATHS.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("math_inline", "", 0).content = match[1] or match[2]
    state.pos = match.end()
    return True


def _thin_space(state: "StateInline", silent: bool) -> bool:
    r"""Take \, and \; and \: for the spaces they are in TeX: sources give it without dollars."""
    if state.src[state.pos] != "\\" or state.src[state.pos + 1 : state.pos + 2] not in (*",;:",):
        return False
    if not silent:
        state.pending += " "
    state.pos += 2
    return True


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
