"""What every feed adapter shares: its result, and how bytes become text."""

import codecs
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from store.errors import NoPaperError, NotAFeedError
from store.markup.page import is_web_page
from store.model import Paper

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes of a file that is read as a whole, unpacked; reading it takes four times that."""

_WRONG_LIMIT = 200_000
"""Bytes that are looked at one by one; a file with more of them is not UTF-8 at all."""


@dataclass(frozen=True, slots=True)
class FeedReading:
    """What an adapter made of a file."""

    feed: str
    """Name of the feed."""
    papers: list[Paper]
    """In the order of the feed. Text is harmless (store.text.clean) and has TeX as the feed has it.

    The day listed is empty if the file does not list by day, as in a bibliography.
    """
    problems: list[str]
    """One line an entry that could not be read in full, and a line on the file's encoding."""
    tex: bool = False
    """Whether titles, names and abstracts are TeX source throughout, braces included."""
    marks: Mapping[str, Mapping[str, object]] = field(default_factory=dict, compare=False)
    """What a file of our own says of marks, which no feed has, by the paper's id."""


def unpack(data: bytes) -> bytes:
    """Return the content of a gzipped file, and other data as it is; NotAFeedError if broken."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpacked = bytearray()
    try:
        while data:
            stream = zlib.decompressobj(wbits=31)
            unpacked += stream.decompress(data, SIZE_LIMIT - len(unpacked))
            if stream.unconsumed_tail or len(unpacked) >= SIZE_LIMIT:
                raise NotAFeedError(f"it unpacks to more than {SIZE_LIMIT >> 20} MB")
            if not stream.eof:
                raise NotAFeedError("the gzipped file is cut off")
            data = stream.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise NotAFeedError("the gzipped file is damaged") from error
    return bytes(unpacked)


def decode(data: bytes) -> tuple[str, list[str]]:
    """Return the text of a feed file, and a problem where its encoding had to be guessed.

    NotAFeedError for nothing, binary data or a web page.
    """
    if not re.search(rb"\S", data):
        raise NotAFeedError("the file is empty")
    text, problems = _decoded(data)
    if "\0" in text:
        raise NotAFeedError("it is binary data, not text")
    if sum(map(_is_control, text[:4096])) > len(text[:4096]) // 10:
        raise NotAFeedError("it is binary data, not text")
    if is_web_page(text):
        raise NotAFeedError("it is a web page's source; copy the page's text instead")
    return text, problems


def no_papers(problems: Sequence[str], unknown: str) -> NotAFeedError:
    """Return the error of a file without a paper: what its last entry lacks, else `unknown`."""
    return NoPaperError(problems[-1]) if problems else NotAFeedError(unknown)


def _decoded(data: bytes) -> tuple[str, list[str]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        wrong = len(data) - len(data.decode("utf-8", "ignore").encode())
        if wrong > _WRONG_LIMIT:
            problem = f"{wrong:,} bytes are not UTF-8: read as Windows-1252 throughout"
            return data.decode("cp1252", "replace"), [problem]
        problem = f"byte {error.start:,} is not UTF-8: such bytes are read as Windows-1252"
        return data.decode("utf-8-sig", _WINDOWS), [problem]


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are not UTF-8, as a file may have that was put together from several."""
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


_WINDOWS = "papers-tui-windows"
codecs.register_error(_WINDOWS, _as_windows)


def _is_control(character: str) -> bool:
    return (character < " " and character not in "\t\n\r\f\x1b") or character == "\ufffd"
