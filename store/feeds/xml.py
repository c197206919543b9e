"""Read feeds in XML safely, including the intact parts of damaged ones; recognise their kinds.

Nothing is declared, included or fetched: a document type with its own declarations is refused, as
XML bombs consist of entities and default attributes (XML 1.0, section 2.8), and an external one is
never loaded. Text that is not well-formed is repaired; else damaged entries are skipped; else the
rest is cut off.
"""

import codecs
import re
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from store.errors import NotAFeedError
from store.feeds.reading import decode
from store.feeds.xml_repair import repaired
from store.text.clean import clean_line

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
ENTRIES_LIMIT = 10_000
"""Most entries that are read of a file."""

_MARKUP_LIMIT = 1_000_000
"""Most tags, references and quotes in a file: they limit the memory of its tree (200 MB)."""
_NAMESPACE_LIMIT = 1_000
"""Most characters of a namespace's name; expat copies it for each tag in it."""
_NAMESPACES_LIMIT = 100_000
"""Most declarations of namespaces; arXiv's older answers have ten in each entry."""
_LEFT_OUT_LIMIT = 20
"""Most damaged entries that are skipped; at the next one the rest of the file is cut off."""
_HEAD = 16_384
"""Bytes from which the kind of a feed is recognised."""

_DECLARED = re.compile(rb"\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z][\w.-]{0,40})[\"']")
_LEGACY_ENCODING = re.compile(
    r"iso8859-\d+|cp125\d|koi8-[ru]|gb\w+|big5\w*|shift_jis\w*|cp9(?:32|49)|euc_(?:jp|kr)"
    r"|iso2022_jp|mac-roman|tis-620"
)
_ENTRY_START = re.compile(rb"<((?:[\w.-]{1,40}:)?(?:item|entry))(?=[\s/>])")
_ENTRY_TITLE = re.compile(rb"<(?:[\w.-]{1,40}:)?title[^<>]{0,200}>(?:<!\[CDATA\[)?([^<]{1,400})")


@dataclass(frozen=True, slots=True)
class _Flaw:
    """The first place where a text is not well-formed XML."""

    at: int
    """Offset in bytes."""
    line: int
    reason: str


def first_entries(entries: list[Element], problems: list[str]) -> list[Element]:
    """Return the entries of a file that are read; add a problem if there are more."""
    if len(entries) > ENTRIES_LIMIT:
        problems.append(f"only the first {ENTRIES_LIMIT:,} of {len(entries):,} entries were read")
    return entries[:ENTRIES_LIMIT]


def read_xml(data: bytes) -> tuple[Element, list[str]]:
    """Return the root of a document, and a problem for each repair.

    If it can't be repaired, the tree ends before the first damaged `item` or `entry`. Raises
    NotAFeedError for files that are not XML, declare entities or have too many tags.
    """
    text, problems = _as_utf8(data)
    for marks in ("<", "&", "\"'"):
        if sum(text.count(mark.encode()) for mark in marks) > _MARKUP_LIMIT:
            raise NotAFeedError(f"it has more than {_MARKUP_LIMIT:,} tags, references or quotes")
    flaw = _first_flaw(text)
    if flaw and (better := repaired(text)) != text:
        problems.append(f"line {flaw.line:,} is not well-formed XML ({flaw.reason}): repaired")
        text, flaw = better, _first_flaw(better)
    sound = 0
    for _ in range(_LEFT_OUT_LIMIT):
        span = _entry_around(text, flaw.at, sound) if flaw else None
        if flaw is None or span is None:
            break
        sound, end = span
        problems.append(f"{_name(text[sound:end], flaw.line)} was skipped: {flaw.reason}")
        text = text[:sound] + text[end:]
        flaw = _first_flaw(text)
    if flaw is None:
        return _whole(text), problems
    root = _until(text[: flaw.at])
    if root is None:
        raise NotAFeedError(f"it is not XML (line {flaw.line:,}: {flaw.reason})")
    problems.append(f"the file is cut off or damaged at line {flaw.line:,} ({flaw.reason})")
    return root, problems


def xml_kind(data: bytes) -> Literal["arxiv-atom", "arxiv-rss", "feed"] | None:
    """Return the kind of an XML feed by its beginning; None for other files.

    arXiv's feeds are recognised by the address that a feed gives as its own.
    """
    try:
        root, addresses = _head(data)
    except NotAFeedError:
        return None
    namespace, _, name = root.rpartition("}")
    if name not in ("feed", "rss", "RDF") or (name == "feed" and "xhtml" in namespace):
        return None
    for address in addresses:
        host, path = _host_and_path(address)
        if host == "arxiv.org" or host.endswith(".arxiv.org"):
            listing = host.startswith("rss.") or path.startswith(("/rss", "/atom"))
            if name == "feed":
                return "arxiv-rss" if listing else "arxiv-atom"
            return "arxiv-rss" if listing and name == "rss" else "feed"
    return "feed"


def _as_utf8(data: bytes) -> tuple[bytes, list[str]]:
    """Return data in UTF-8, and a problem if its encoding had to be guessed."""
    if data.startswith((b"<\0", b"\0<")):  # UTF-16 without a byte order mark
        data = (b"\xff\xfe" if data[0] else b"\xfe\xff") + data
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        # A file that is cut off may end inside a character, which would count as Windows-1252.
        data = data[: data.rfind(b">") + 1] or data
    declared = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
    name = declared[1].decode() if declared else "utf-8"
    problems: list[str] = []
    if codec := _legacy_codec(name):
        try:
            return data.decode(codec).lstrip().encode(), []
        except UnicodeDecodeError as error:
            problems = [f"byte {error.start:,} is not {clean_line(name)}, as the file claims"]
    text, guesses = decode(data)
    return text.lstrip("\ufeff \t\r\n").encode(), problems + guesses


def _legacy_codec(name: str) -> str | None:
    """Return the codec for an encoding before Unicode; None for Unicode and unknown ones."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    if not _LEGACY_ENCODING.fullmatch(codec):
        return None
    return "cp1252" if codec == "iso8859-1" else codec  # as browsers do (WHATWG Encoding)


def _first_flaw(text: bytes) -> _Flaw | None:
    """Return where text is first not well-formed; NotAFeedError if it declares anything."""
    parser = ParserCreate("utf-8", "}")

    def skip(name: str, is_parameter: bool) -> None:
        raise _UndefinedEntity(name)

    _refuse_declarations(parser)
    parser.SkippedEntityHandler = skip
    try:
        parser.Parse(text, True)
    except ExpatError as error:
        return _Flaw(parser.ErrorByteIndex, error.lineno, str(error).partition(":")[0])
    except _UndefinedEntity:
        return _Flaw(parser.CurrentByteIndex, parser.CurrentLineNumber, "undefined entity")
    return None


class _UndefinedEntity(Exception):  # noqa: N818  caught where it is raised
    """A reference to an entity that an external document type may define."""


def _refuse_declarations(parser: XMLParserType) -> None:
    """Let a parser raise NotAFeedError for anything that makes a large tree of a small file."""
    namespaces = 0

    def doctype(name: str, system: str | None, public: str | None, internal: bool) -> None:
        if internal:
            raise NotAFeedError("its XML declares entities or attributes, which feeds do not need")

    def namespace(prefix: str | None, uri: str | None) -> None:
        nonlocal namespaces
        namespaces += 1
        if namespaces > _NAMESPACES_LIMIT or len(uri or "") > _NAMESPACE_LIMIT:
            raise NotAFeedError("its XML has too many namespaces, or too long ones")

    parser.StartDoctypeDeclHandler = doctype
    parser.StartNamespaceDeclHandler = namespace


def _entry_around(text: bytes, at: int, since: int) -> tuple[int, int] | None:
    """Return start and end of the entry around an offset; None if there is none, or no end.

    The search begins at `since`.
    """
    starts = deque(_ENTRY_START.finditer(text, since, at), maxlen=1)
    if not starts:
        return None
    match = starts[0]
    end_tag = b"</" + match[1] + b">"
    end = text.find(end_tag, match.end()) + len(end_tag)
    return (match.start(), end) if end > at else None


def _name(entry: bytes, line: int) -> str:
    """Return the name of an entry for a problem: its title, or its line."""
    title = _ENTRY_TITLE.search(entry)
    named = clean_line(title[1].decode("utf-8", "replace"), 80) if title else ""
    return f"“{named}”" if named else f"the entry at line {line:,}"


def _whole(text: bytes) -> Element:
    parser = XMLParser(encoding="utf-8")
    try:
        parser.feed(text)
        return parser.close()
    except ParseError as error:
        raise NotAFeedError(f"it is not XML that can be read ({error})") from error


def _until(text: bytes) -> Element | None:
    """Return the tree of a text that is cut off, without the entry that is open at its end."""
    builder = TreeBuilder()
    parser = XMLParser(target=builder, encoding="utf-8")
    try:
        parser.feed(text)
        mark = builder.start("mark", {})  # becomes a child of the innermost element that is open
    except ParseError:
        return builder.close()
    root = builder.close()
    if root is mark:
        return None
    parent = root
    while (child := parent[-1]) is not mark:
        if child.tag.rpartition("}")[2] in ("item", "entry"):
            break
        parent = child
    del parent[-1]
    return root


def _head(data: bytes) -> tuple[str, list[str]]:
    """Return the tag of the root, and the addresses that the feed gives as its own."""
    data = data[:_HEAD].removeprefix(codecs.BOM_UTF8).lstrip()
    wide = data.startswith((b"<\0", b"\0<", b"\xff\xfe", b"\xfe\xff"))
    # In all other encodings ASCII is the same, and nothing else is read.
    parser = ParserCreate(None if wide else "iso-8859-1", "}")
    path: list[str] = []
    addresses: list[str] = []
    root = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal root
        root = root or tag
        path.append(tag.rpartition("}")[2])
        if path[-1] == "link" and len(path) <= 3:
            addresses.append(attributes.get("href", ""))
        if path[-1] in ("item", "entry"):
            raise _HeadEnds

    def end(tag: str) -> None:
        path.pop()

    def characters(text: str) -> None:
        if path[1:] in (["id"], ["channel", "link"]):
            addresses.append(text)

    _refuse_declarations(parser)
    parser.buffer_text = True
    handlers: tuple[Callable[..., None], ...] = (start, end, characters)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = handlers
    with suppress(ExpatError, _HeadEnds):
        parser.Parse(data, False)
    return root, addresses


class _HeadEnds(Exception):  # noqa: N818  not an error
    """The first entry of a feed begins."""


def _host_and_path(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address.strip())
        return (parts.hostname or "").removeprefix("www."), parts.path
    except ValueError:
        return "", ""
