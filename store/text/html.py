"""Turn the HTML in feeds into plain text with its paragraphs kept."""

import re
from html import escape, unescape
from xml.etree.ElementTree import Element

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

MARKUP_LIMIT = 250_000
"""Characters of markup that are read; an abstract keeps fewer."""

_BLOCKS = (
    "p|div|ul|ol|li|dl|dt|dd|table|tr|h[1-6]|blockquote|pre|section|article|header|footer|figure"
    "|figcaption|hr|jats:p|jats:sec|jats:title"
)
_INLINE = (
    "a|abbr|b|big|cite|code|del|em|font|i|img|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|td|th"
    r"|tbody|thead|time|tt|u|var|wbr|jats:\w+|mml:\w+"
)
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b[^<>]*>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE
)
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TAG = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE)


def html_text(markup: str) -> str:
    """Return the text of HTML; text without tags keeps its lines.

    Only HTML's own tags are taken for tags, so that `$x<y$` stays. Entities are decoded once.
    """
    markup = _UNSEEN.sub("", markup[:MARKUP_LIMIT])
    if _BLOCK.search(markup) or _BREAK.search(markup) or _TAG.search(markup):
        markup = " ".join(markup.split())  # lines mean nothing in HTML
        markup = _BLOCK.sub("\n\n", _BREAK.sub("\n", markup))
        markup = _TAG.sub("", markup)
    return decoded_entities(markup)


def markup_of(element: Element) -> str:
    """Return what is in an element as markup: its text, and XHTML's tags in it without attributes.

    Tags may be nested to any depth. What is past the limit is left out.
    """
    if not len(element):
        return element.text or ""
    pieces = [escape(element.text or "", quote=False)]
    open_elements = [(iter(element), "")]
    length = 0
    while open_elements and length < MARKUP_LIMIT:
        children, end = open_elements[-1]
        child = next(children, None)
        if child is None:
            pieces.append(end)
            open_elements.pop()
            continue
        name = child.tag.rpartition("}")[2]
        pieces.append(f"<{name}>{escape(child.text or '', quote=False)}")
        length += len(pieces[-1])
        tail = escape(child.tail or "", quote=False)
        open_elements.append((iter(child), f"</{name}>{tail}"))
    return "".join(pieces)


def decoded_entities(text: str) -> str:
    """Return text with its HTML and XML entities decoded once; a bare & stays."""
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda match: unescape(match[0]), text)
