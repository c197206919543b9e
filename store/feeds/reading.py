"""What all feed adapters share: their result, how bytes become text, how many entries are read."""

import codecs
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from store.errors import NoPaperError, NotAFeedError
from store.markup.page import is_web_page
from store.model import Paper

SIZE_LIMIT = 64 * 1024 * 1024
"""Most bytes of an unpacked file that is read as a whole; reading takes four times as many."""

_WRONG_LIMIT = 200_000
"""Most bytes that are decoded one by one; a file with more wrong ones is not UTF-8."""


@dataclass(frozen=True, slots=True)
class FeedReading:
    """The result of reading a file."""

    feed: str
    """Name of the feed."""
    papers: list[Paper]
    """In the order of the feed. Text is harmless (store.text.clean); TeX is as in the feed.

    The day of listing is empty if the file has none, as in a bibliography.
    """
    problems: list[str]
    """A line for each entry that was not read in full, and one for a guessed encoding."""
    tex: bool = False
    """Whether titles, names and abstracts are TeX source throughout, braces included."""
    marks: Mapping[str, Mapping[str, object]] = field(default_factory=dict, compare=False)
    """Marks in a file that this program wrote, by the paper's id; feeds have none."""


def unpack(data: bytes) -> bytes:
    """Return the contents of a gzipped file, or other data unchanged; NotAFeedError if broken."""
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
    """Return the text of a file, and a problem if its encoding had to be guessed.

    NotAFeedError for an empty file, binary data or a web page.
    """
    if not re.search(rb"\S", data):
        raise NotAFeedError("the file is empty")
    text, problems = _decoded(data)
    if "\0" in text:
        raise NotAFeedError("it is binary data, not text")
    if sum(map(_is_control, text[:4096])) > len(text[:4096]) // 10:
        raise NotAFeedError("it is binary data, not text")
    if is_web_page(text):
        raise NotAFeedError("it is a web page's source; to import a page, copy its text")
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
    """Decode bytes that are not UTF-8: a file may consist of several in different encodings."""
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


_WINDOWS = "papers-tui-windows"
codecs.register_error(_WINDOWS, _as_windows)


def _is_control(character: str) -> bool:
    return (character < " " and character not in "\t\n\r\f\x1b") or character == "\ufffd"


def entry_limit(text: str) -> int:
    """Return the most entries that are read of a file with this text.

    In real bibliographies and listings an entry has 500 characters or more. Without a limit a file
    of empty entries would take minutes and gigabytes.
    """
    return 10_000 + len(text) // 500


def with_newlines(text: str) -> str:
    r"""Return a text with `\n` for all its line breaks, be they `\r\n` or `\r`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
