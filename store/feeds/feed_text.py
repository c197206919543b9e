"""Prepare text of feeds for papers: harmless, unwrapped, each name once; find its links."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from store.model import Links
from store.text.clean import CONTROLS, INVISIBLE, NAME_LIMIT, are_clean, clean_line, clean_text

LINK = re.compile(rf"https?://[^\s<>\"'`\\^{{|}}{CONTROLS}{INVISIBLE}]{{1,2048}}")
"""A harmless address in running text, perhaps with punctuation at its end."""

NAMES_LIMIT = 5_000
"""Most characters of all keywords, or of all categories, of a paper."""
MORE = "…"
"""Replaces names that were dropped."""
_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*|\n[ \t]{2,}(?=\S)")


def unwrapped(text: str) -> str:
    """Return harmless text with hard-wrapped lines joined and its paragraphs kept.

    A paragraph begins after an empty line or, as at arXiv, with an indented line.
    """
    text = clean_text(text).strip()
    if text.isascii() and "  " not in (line := text.replace("\n", " ")):
        return line  # one paragraph, as most are: nothing is indented and no line is empty
    paragraphs = _PARAGRAPH.split(text)
    return "\n\n".join(filter(None, (" ".join(part.split()) for part in paragraphs)))


def names(given: Iterable[str]) -> tuple[str, ...]:
    """Return keywords or categories as harmless lines, each once, up to NAMES_LIMIT.

    If there are more, the last is MORE.
    """
    given = list(given)
    if are_clean(given, NAME_LIMIT) and sum(map(len, given)) <= NAMES_LIMIT:
        return tuple(dict.fromkeys(given))
    found: dict[str, None] = {}
    room = NAMES_LIMIT
    for name in given:
        cleaned = clean_line(name, NAME_LIMIT)
        if not cleaned or cleaned in found:
            continue
        room -= len(cleaned)
        if room < 0:
            found[MORE] = None
            break
        found[cleaned] = None
    return tuple(found)


def links_in(text: str) -> Links:
    """Return the first address of code and the first other address in a text."""
    if "://" not in text:
        return Links()
    code = project = ""
    for match in LINK.finditer(text):
        address = trim_link(match[0])
        try:
            host = urlsplit(address).hostname or ""
        except ValueError:
            continue
        if host.removeprefix("www.") in _CODE_HOSTS:
            code = code or address
        else:
            project = project or address
    return Links(code=code, project=project)


def trim_link(address: str) -> str:
    """Return an address without the punctuation of the sentence it is in."""
    while True:
        trimmed = address.rstrip(".,;:!?*_~”’")
        if trimmed.endswith(")") and trimmed.count(")") > trimmed.count("("):
            trimmed = trimmed[:-1]
        if trimmed.endswith("]") and trimmed.count("]") > trimmed.count("["):
            trimmed = trimmed[:-1]
        if trimmed == address:
            return address
        address = trimmed
