"""Where the links of a paper's page lead: to a place in the paper, or to a web address."""

import re
from urllib.parse import urljoin, urlsplit

from store.text.web import is_web_address

_IN_PAPER = re.compile(r"/html/[^/#?]+/?(?:v\d+/?)?$")


def link_target(href: str, page: str) -> str:
    """Return the target of a link on a page: `#anchor`, a web address, or empty for neither."""
    href = href.strip()
    if href.startswith("#"):
        return href if len(href) > 1 else ""
    try:
        address = urljoin(page, href)
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.fragment and _is_same_paper(parts.path, urlsplit(page).path):
        return f"#{parts.fragment}"
    return address if is_web_address(address) else ""


def _is_same_paper(path: str, page: str) -> bool:
    """Return whether two paths are of one paper, whatever its version."""
    bare, here = (re.sub(r"v\d+/?$", "", each.rstrip("/")) for each in (path, page))
    return bare == here or bool(_IN_PAPER.search(path) and not page)
