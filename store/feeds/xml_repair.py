"""Repair the most common errors of feeds in XML: bare &, HTML entities, undeclared prefixes."""

import re
from html import escape
from html.entities import html5

_CDATA = re.compile(rb"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_REFERENCE = re.compile(rb"&(?:#([0-9]{1,8});|#x([0-9A-Fa-f]{1,8});|([A-Za-z][A-Za-z0-9]{0,40};))?")
_FORBIDDEN = [bytes([code]) for code in range(32) if chr(code) not in "\t\n\r"]
_FORBIDDEN += ["\ufffe".encode(), "\uffff".encode()]
_REPLACEMENT = "\ufffd".encode()
_PREFIX = re.compile(rb"<([A-Za-z][\w.-]{0,40}):")
_DECLARED_PREFIX = re.compile(rb"\sxmlns:([A-Za-z][\w.-]{0,40})")
_ROOT = re.compile(rb"<[A-Za-z][\w.:-]{0,40}(?=[\s/>])")
_PREFIXES_LIMIT = 50
_NAMESPACES = {
    b"arxiv": b"http://arxiv.org/schemas/atom",
    b"atom": b"http://www.w3.org/2005/Atom",
    b"content": b"http://purl.org/rss/1.0/modules/content/",
    b"dc": b"http://purl.org/dc/elements/1.1/",
    b"prism": b"http://prismstandard.org/namespaces/basic/2.0/",
}
"""The meaning of prefixes in feeds that do not declare them."""


def repaired(text: bytes) -> bytes:
    """Return text with U+FFFD for forbidden characters and `&amp;` for bare ampersands.

    HTML's entities become their characters, and undeclared prefixes are declared at the root. CDATA
    sections keep their ampersands.
    """
    for character in _FORBIDDEN:
        text = text.replace(character, _REPLACEMENT)
    parts = _CDATA.split(text)
    parts[::2] = [_REFERENCE.sub(_repaired_reference, part) for part in parts[::2]]
    return _with_prefixes_declared(b"".join(parts))


def _with_prefixes_declared(text: bytes) -> bytes:
    """Return text whose root declares all prefixes that are used and not declared."""
    root = _ROOT.search(text)
    missing = set(_PREFIX.findall(text)).difference(_DECLARED_PREFIX.findall(text), [b"xmlns"])
    if root is None or not missing or len(missing) > _PREFIXES_LIMIT:
        return text
    declared = b"".join(
        b' xmlns:%b="%b"' % (prefix, _NAMESPACES.get(prefix, b"unknown:" + prefix))
        for prefix in sorted(missing)
    )
    return text[: root.end()] + declared + text[root.end() :]


def _repaired_reference(match: re.Match[bytes]) -> bytes:
    decimal, hexadecimal, name = match.groups()
    if name:
        if name in (b"amp;", b"lt;", b"gt;", b"quot;", b"apos;"):
            return match[0]
        meant = html5.get(name.decode())
        return escape(meant).encode() if meant else b"&amp;" + name
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return match[0] if _is_allowed(code) else _REPLACEMENT
    return b"&amp;"


def _is_allowed(code: int) -> bool:
    """Return whether XML allows a character, by its code (XML 1.0, section 2.2)."""
    return (
        code in (9, 10, 13)
        or 32 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )
