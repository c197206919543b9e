"""Read the Markdown of a paper into blocks, piece by piece.

Structure that Markdown lacks is recovered from the conventions of papers: numbers of sections,
captions, entries of the bibliography (store.fulltext.numbers).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from time import process_time
from typing import TYPE_CHECKING

from store.fulltext.blocks import Block, Kind, Look, Words
from store.fulltext.document import Document, NoFullTextError, make_document
from store.fulltext.markdown_parser import parse, split_markdown
from store.fulltext.numbers import with_numbers
from store.fulltext.wording import Wording, link_target
from store.latex.convert import to_unicode

if TYPE_CHECKING:  # imported when a text is read
    from markdown_it.token import Token

PATIENCE = 1.5
"""The most seconds of work for a text; a hostile one could take hours."""

_LOOKS = {"strong": Look.BOLD, "em": Look.ITALIC, "s": Look.STRUCK}
_TEX = re.compile(r"\\[a-zA-Z]{2}")
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|big|blockquote|body|caption|center|cite|code|col|colgroup|dd|del"
    r"|details|dfn|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|img|ins"
    r"|kbd|li|link|main|mark|math|mi|mn|mo|mrow|msub|msup|nav|ol|p|picture|pre|q|s|samp|script"
    r"|section|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th"
    r"|thead|tr|tt|u|ul|var|video|wbr)\b[^<>]*>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
"""Tags to drop. Others are words of the text, such as <think>."""
_ALT = re.compile(r"^Image \d+(?:: ?|$)|^Refer to caption$")
"""Placeholders for descriptions from the source's converter."""
_DISPLAY = re.compile(r"\s*\$\$(.+)\$\$\s*(\(\w{1,6}\))?\s*", re.DOTALL)
_HEAD = re.compile(r"Title: .{0,2000}\n(?:.{0,2000}\n){0,12}?Markdown Content:\s*")
"""The source's header of a text: title, address and time."""


def read_markdown(
    text: str, address: str = "", source: str = "hf", is_cut: bool = False
) -> Document:
    """Return the paper in a Markdown text; NoFullTextError if there is none.

    `is_cut` is whether the text was cut.
    """
    head = _HEAD.match(text)
    reader = MarkdownReader(address)
    flaws = ["cut: the text is too long"] if is_cut else []
    is_plain = False
    until = process_time() + PATIENCE
    for piece in split_markdown(text[head.end() :] if head else text):
        if process_time() < until:
            reader.read(parse(piece))
        else:
            reader.read_plain(piece)
            is_plain = True
    if is_plain:
        flaws.append("the end is plain text: it takes too long to parse")
    if not reader.blocks:
        raise NoFullTextError("the answer is an empty text")
    return make_document(with_numbers(reader.blocks), source, address, flaws)


class MarkdownReader:
    """Reads a parser's tokens into blocks."""

    def __init__(self, address: str) -> None:
        self.blocks: list[Block] = []
        self._address = address
        self._leads: list[tuple[str, str]] = []
        """The prefix of each open list and quotation for the next line, and for others."""
        self._numbers: list[int | None] = []
        """The next number of each open list; None for bullets."""
        self._rows: list[list[Words]] | None = None
        self._aligned = ""
        self._pictures: list[tuple[str, str]] = []
        """Address and description of the pictures in the current block."""

    def read(self, tokens: Sequence["Token"]) -> None:
        """Read the tokens of a piece."""
        level = 0
        for token in tokens:
            match token.type:
                case "inline":
                    self._inline(token, level)
                case "heading_open":
                    level = int(token.tag[1:])
                case "heading_close":
                    level = 0
                case "bullet_list_open":
                    self._numbers.append(None)
                case "ordered_list_open":
                    self._numbers.append(int(token.attrs.get("start", 1)))
                case "bullet_list_close" | "ordered_list_close":
                    self._numbers.pop()
                case "list_item_open":
                    self._open_item()
                case "blockquote_open":
                    self._leads.append(("│ ", "│ "))
                case "list_item_close" | "blockquote_close":
                    self._leads.pop()
                case "fence" | "code_block":
                    code = Wording()
                    code.add_exact(token.content.rstrip("\n"))
                    self._put(Block(Kind.CODE, code.finish(exact=True)))
                case "html_block":
                    line = Wording()
                    line.add_exact(without_tags(token.content))
                    self._put_text(line.finish())
                case "hr":
                    self._put(Block(Kind.RULE, Words("─")))
                case "table_open":
                    self._rows, self._aligned = [], ""
                case "tr_open" if self._rows is not None:
                    self._rows.append([])
                case "th_open" if self._rows is not None:
                    style = str(token.attrs.get("style", ""))
                    self._aligned += "r" if "right" in style else "c" if "center" in style else "l"
                case "table_close" if self._rows is not None:
                    rows = tuple(map(tuple, self._rows))
                    self._rows = None
                    self._put(Block(Kind.TABLE, level=1, rows=rows, aligned=self._aligned))

    def read_plain(self, piece: str) -> None:
        """Read a piece as plain text: paragraphs with empty lines between."""
        for paragraph in piece.split("\n\n"):
            line = Wording()
            line.add(paragraph)
            self._put_text(line.finish())

    def _inline(self, token: "Token", level: int) -> None:
        display = _DISPLAY.fullmatch(token.content)
        if display and "$$" not in display[1] and self._rows is None:
            line = Wording()
            line.add_formula(display[1], apart=True)
            self._put(Block(Kind.EQUATION, line.finish(), label=display[2] or ""))
            return
        line = Wording()
        self._add_tokens(line, token.children or ())
        words = line.finish()
        if self._rows is not None:
            self._rows[-1].append(Words(words.text.replace("\n", " "), words.spans))
        elif level:
            self._put(Block(Kind.HEADING, words, level=level))
        else:
            self._put_text(words)
        pictures, self._pictures = self._pictures, []
        for address, alt in pictures:
            self._put(Block(Kind.FIGURE, Words(alt), pictures=(address,) if address else ()))

    def _put_text(self, words: Words) -> None:
        if words.text:
            self._put(Block(Kind.PARAGRAPH, words))

    def _open_item(self) -> None:
        number = self._numbers[-1]
        marker = "• " if number is None else f"{number}. "
        self._leads.append((marker, " " * len(marker)))
        if number is not None:
            self._numbers[-1] = number + 1

    def _put(self, block: Block) -> None:
        first = "".join(first for first, _ in self._leads)
        rest = "".join(rest for _, rest in self._leads)
        self._leads = [(rest, rest) for _, rest in self._leads]
        self.blocks.append(replace(block, first=first, rest=rest))

    def _add_tokens(self, line: Wording, tokens: Sequence["Token"]) -> None:
        links: list[str] = []
        opened = 0
        for token in tokens:
            match token.type:
                case "text" | "text_special":
                    # Mathematics is often without dollars.
                    tex = _TEX.search(token.content)
                    line.add_exact(to_unicode(token.content) if tex else token.content)
                case "softbreak":
                    line.add(" ")
                case "hardbreak":
                    line.add_exact("\n")
                case "code_inline":
                    line.add_looking(token.content, Look.CODE)
                case "math_inline":
                    line.add_formula(token.content)
                case "html_inline":
                    line.add_exact(without_tags(token.content))
                case "image":
                    source = link_target(str(token.attrs.get("src", "")), self._address)
                    self._pictures.append((source.lstrip("#"), _description(token.content)))
                case "link_open":
                    href = str(token.attrs.get("href", ""))
                    links.append(href)
                    line.open(Look.LINK, link_target(href, self._address))
                case "link_close" if links:
                    address = links.pop()
                    if line.opened_empty:
                        line.add_exact(address)
                    line.close()
                case kind if kind.endswith("_open"):
                    opened += 1
                    line.open(_LOOKS.get(token.tag, ""))
                case kind if kind.endswith("_close") and opened:
                    opened -= 1
                    line.close()


def without_tags(html: str) -> str:
    """Return HTML as text: its tags dropped, a line break for <br>, entities decoded."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", html)))


def _description(alt: str) -> str:
    return _ALT.sub("", _ALT.sub("", " ".join(alt.split())))
