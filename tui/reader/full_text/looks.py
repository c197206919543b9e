"""How the parts of a paper's text look on the screen, and text with such looks."""

from collections.abc import Iterable

from textual.content import Span
from textual.style import Style

from store.fulltext.blocks import Look, Words

HEADINGS = {1: "bold underline $text-primary", 2: "bold $text-primary"}
LOWER_HEADING = "bold"
RULE = "$foreground 40%"
ASIDE = "$foreground 60%"
"""Of what is not the text itself: markers, footnotes, what stands for a picture."""
LABEL = "bold"
_STYLES = {
    Look.BOLD: "bold", Look.ITALIC: "italic", Look.STRUCK: "strike", Look.CODE: "$text-accent",
    Look.MATHS: "italic", Look.TEX: "$text-warning",
}  # fmt: skip
_PLACE = "$text-primary"
"""Of a link to a place in the paper: there may be many in a line, so they are not underlined."""


def style_of(look: str, target: str) -> str | Style:
    """Return the style of a look; a link carries its address to terminals that know links."""
    if look != Look.LINK:
        return _STYLES.get(look, "")  # type: ignore[call-overload, no-any-return]
    if target.startswith("#"):
        return _PLACE
    return Style(underline=True, link=target or None)


class Styled:
    """Text that is put together, with its styles."""

    __slots__ = ("spans", "text")

    def __init__(self, text: str = "", spans: Iterable[Span] = ()) -> None:
        self.text = text
        """What has been put together."""
        self.spans = list(spans)
        """Its styles, by place in the text."""

    def add(self, text: str, style: str | Style = "") -> None:
        """Add text in a style."""
        if style and text:
            self.spans.append(Span(len(self.text), len(self.text) + len(text), style))
        self.text += text

    def add_words(self, words: Words) -> None:
        """Add a part of a paper's text."""
        at = len(self.text)
        for start, end, look, target in words.spans:
            if style := style_of(look, target):
                self.spans.append(Span(start + at, end + at, style))
        self.text += words.text
