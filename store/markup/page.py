"""How web pages and other markup begin, and where comments end.

Comments end as browsers end them (WHATWG HTML, section 13.2.5.43): `<!-->` is a whole one.
"""

import re

COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))"
"""A comment, for patterns in which a dot matches all; one without an end goes to the last line."""
_ROOT = re.compile(
    rf"\s*+(?:<\?xml[^>]*>\s*+)?(?>{COMMENT}\s*)*+"
    r"<(?P<name>(?:!doctype\s+|!)?[a-z][\w:.-]{0,60})",
    re.DOTALL | re.IGNORECASE,
)
_PAGE = ("html", "head", "body", "!doctype html")


def root_name(text: str) -> str:
    """Return the name of the first tag if a text begins with one, comments apart; else empty.

    Of a document type it is `!DOCTYPE` and its own name.
    """
    match = _ROOT.match(text)
    return " ".join(match["name"].split()) if match else ""


def is_web_page(text: str) -> bool:
    """Return whether a text begins as the source of a web page does."""
    return root_name(text).lower() in _PAGE
