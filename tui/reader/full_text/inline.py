"""The text inside a block of Markdown: what is plain, and which parts have a style."""

import re
from collections.abc import Iterable
from html import unescape
from typing import TYPE_CHECKING

from textual.content import Span

from store.latex.convert import to_unicode
from store.text.clean import clean_text

if TYPE_CHECKING:  # imported when a text is opened
    from markdown_it.token import Token

_STYLES = {"strong": "bold", "em": "italic", "s": "strike"}
_CODE = "$text-accent"
_LINK = "underline"
_IMAGE = "$foreground 60%"
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
"""Tags that are dropped. Others are words of the text, such as <think>."""
_ALT = re.compile(r"^Image \d+(?:: ?|$)|^Refer to caption$")
"""What the source's converter puts in the place of a description."""


class Inline:
    """Text that is put together, with its styles."""

    __slots__ = ("spans", "text")

    def __init__(self, text: str = "", spans: Iterable[Span] = ()) -> None:
        self.text = text
        """What has been put together."""
        self.spans = list(spans)
        """Its styles, by place in the text."""

    def add(self, text: str, style: str = "") -> None:
        """Add text, made harmless: entities such as `&#x202e;` were not when the source was."""
        start = len(self.text)
        self.text += clean_text(text)
        self._style(start, style)

    def add_inline(self, other: "Inline") -> None:
        """Add text that has been put together."""
        start = len(self.text)
        self.text += other.text
        self.spans += [Span(a + start, b + start, style) for a, b, style in other.spans]

    def part(self, start: int, end: int) -> "Inline":
        """Return a part of the text, from one place to before another."""
        spans = (Span(max(a, start) - start, min(b, end) - start, s) for a, b, s in self.spans)
        return Inline(self.text[start:end], (span for span in spans if span.start < span.end))

    def add_tokens(self, tokens: Iterable["Token"]) -> None:
        """Add what a parser found in a block."""
        opened: list[tuple[int, str]] = []
        for token in tokens:
            match token.type:
                case "text" | "text_special":
                    # Mathematics often comes without dollars.
                    tex = _TEX.search(token.content)
                    self.add(to_unicode(token.content) if tex else token.content)
                case "softbreak":
                    self.add(" ")
                case "hardbreak":
                    self.add("\n")
                case "code_inline":
                    self.add(token.content, _CODE)
                case "math_inline":
                    maths = " ".join(token.content.split())
                    self.add(to_unicode(f"${maths}$"), "italic")
                case "html_inline":
                    self.add(without_tags(token.content))
                case "image":
                    self.add(_image(token.content), _IMAGE)
                case "link_open":
                    opened.append((len(self.text), str(token.attrs.get("href", ""))))
                case "link_close" if opened:
                    self._close_link(*opened.pop())
                case kind if kind.endswith("_open"):
                    opened.append((len(self.text), _STYLES.get(token.tag, "")))
                case kind if kind.endswith("_close") and opened:
                    start, style = opened.pop()
                    self._style(start, style)

    def _style(self, start: int, style: str) -> None:
        if style and start < len(self.text):
            self.spans.append(Span(start, len(self.text), style))

    def _close_link(self, start: int, address: str) -> None:
        text = self.text[start:]
        self._style(start, _LINK)
        if address and _tells_more(address, text):
            self.add(f" ({address})" if text.strip() else address, _IMAGE)


def without_tags(html: str) -> str:
    """Return HTML as text: its tags dropped, a line break for <br>, entities decoded."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", html)))


def _image(alt: str) -> str:
    alt = _ALT.sub("", _ALT.sub("", " ".join(alt.split())))
    return f"[image: {alt}]" if alt else "[image]"


def _tells_more(address: str, text: str) -> bool:
    """Tell whether an address is worth reading beside a link's text.

    Not where the text is the address, nor for places in the paper itself: a citation would be
    followed by a line of address.
    """
    if address.startswith(("#", "data:")) or ("arxiv.org/html/" in address and "#" in address):
        return False
    bare = address.split("://", 1)[-1].removeprefix("mailto:").rstrip("/")
    return bare not in text
