"""Parse Markdown as papers use it: split it into pieces, and make tokens of each.

Source: CommonMark 0.31 with tables and strikethrough as on GitHub, and $mathematics$ as in Pandoc
(no space inside the dollars, no digit after them: prices are not formulas).
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # imported when a text is opened
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

SMALLEST = 1_000
"""Fewest characters of a piece: thousands of tiny ones would cost more than they save."""
LONGEST = 6_000
"""Most characters of a piece: a parser may need time by their square."""
LONGEST_TABLE = 24_000
"""The same for a table, whose second half can't be parsed without the first."""

_MARK = re.compile(r"\n[ \t]*\n(?=\S)|^ {0,3}(`{3,}|~{3,})([^\n]*)", re.MULTILINE)
_MATHS = re.compile(
    r"\$\$((?:[^$\\]|\\.){1,2000}?)\$\$|\$(?!\s)((?:[^$\\]|\\.){1,1000}?)(?<!\s)\$(?!\d)",
    re.DOTALL,
)
_WIDE_MARKER = re.compile(r"^( *(?:[*+-]|\d{1,9}\.)) {2,4}(?=\S)", re.MULTILINE)
_MOST_CELLS = 5_000
"""Most cells of a table in a piece; a short text can ask for a million empty ones."""
_MOST_BRACKETS = 300
"""Most brackets in a piece that begin no link; the parser needs time by their square."""
_DELIMITERS = re.compile(r"^[ >]*[|:-][ |:-]*$", re.MULTILINE)


def parse(markdown: str) -> Sequence["Token"]:
    """Return the tokens of a piece of a document."""
    if "```" not in markdown:
        # The source always indents by four; in CommonMark a list within an item has to be
        # indented like the item's text.
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
    # References that begin with "[1]:" would count as definitions, and vanish.
    parser.disable("reference")
    # Links are only shown, so any text is allowed, unchanged.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.inline.ruler.before("escape", "maths", _maths)
    parser.inline.ruler.before("escape", "thin_space", _thin_space)
    return parser


def _maths(state: "StateInline", silent: bool) -> bool:
    """Read mathematics as one token, so that _ and * in it have no meaning."""
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
    r"""Read \, and \; and \: as spaces, as in TeX: sources write it without dollars."""
    if state.src[state.pos] != "\\" or state.src[state.pos + 1 : state.pos + 2] not in (*",;:",):
        return False
    if not silent:
        state.pending += " "
    state.pos += 2
    return True


def split_markdown(text: str) -> list[str]:
    """Return the pieces of a document; joined they are the document.

    A piece ends at an empty line before one that is not indented, outside of fenced code. Of the
    blocks of CommonMark only lists go on there, and their items can be parsed alone.
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
    """Return the parts of a piece, none too long, cut at line ends if possible."""
    parts: list[str] = []
    start = 0
    is_table = piece.count("\n|") > piece.count("\n") * 0.9
    longest = LONGEST_TABLE if is_table else LONGEST
    while len(piece) - start > longest:
        end = piece.rfind("\n", start + longest // 2, start + longest) + 1 or start + longest
        parts.append(piece[start:end])
        start = end
    return [*parts, piece[start:]] if start < len(piece) else parts
