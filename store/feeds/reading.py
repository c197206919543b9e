"""What every feed adapter shares: its result, decoding, and the links in a text."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from store.errors import NotAFeedError
from store.model import Links, Paper

LINK = re.compile(r"https?://[^\s<>\"'`\\^{|}]{1,2048}")
"""An address in running text, before trailing punctuation is taken off."""

_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org")


@dataclass(frozen=True, slots=True)
class FeedReading:
    """What an adapter made of a file."""

    feed: str
    """Name of the feed."""
    papers: list[Paper]
    """In the order of the feed."""
    problems: list[str]
    """One line an entry that could not be read in full."""


def decode(data: bytes) -> str:
    """Return the text of a feed file; NotAFeedError for nothing, binary data or a web page."""
    if not data.strip():
        raise NotAFeedError("the file is empty")
    text = _decoded(data)
    if "\0" in text:
        raise NotAFeedError("it is binary data, not text")
    if sum(map(_is_control, text[:4096])) > len(text[:4096]) // 10:
        raise NotAFeedError("it is binary data, not text")
    if re.match(r"\s*<(?:!doctype|html|head|body|\?xml)", text, re.IGNORECASE):
        raise NotAFeedError("it is a web page's source; copy the page's text instead")
    return text


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def links_in(text: str) -> Links:
    """Return the first code address and the first other address that a text names."""
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
    """Return an address without the punctuation of the sentence it stands in."""
    while True:
        trimmed = address.rstrip(".,;:!?*_~”’")
        if trimmed.endswith(")") and trimmed.count(")") > trimmed.count("("):
            trimmed = trimmed[:-1]
        if trimmed.endswith("]") and trimmed.count("]") > trimmed.count("["):
            trimmed = trimmed[:-1]
        if trimmed == address:
            return address
        address = trimmed


def _is_control(character: str) -> bool:
    return (character < " " and character not in "\t\n\r\f\x1b") or character == "\ufffd"
