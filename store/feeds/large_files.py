"""Read a file in parts that fit into memory: JSON Lines by lines, other formats as a whole."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase, BufferedReader

from store.errors import NotAFeedError, PapersError
from store.feeds.reading import SIZE_LIMIT

LINES_LIMIT = 200 * 1024 * 1024
"""Most bytes of an unpacked file of JSON Lines, which is never in memory as a whole."""
PART = 8 * 1024 * 1024
"""Bytes of a part of such a file."""
_BY_LINES = (None, "jsonl", "csl-json", "arxiv-json")
"""Formats that may have a paper in each line."""
_JSON_LINES = re.compile(r"\s*\{.*\}[ \t\r]*\n\s*\{")
_BIORXIV = re.compile(r'\{\s*"messages"\s*:\s*\[')


@dataclass(frozen=True, slots=True)
class Part:
    """Unpacked bytes of a file."""

    data: bytes
    form: str | None
    """The name of the file's format; None if unknown."""
    lines_before: int = 0
    """Number of lines of the file before this part."""


def parts(file: BufferedReader, form: str | None) -> Iterator[Part]:
    """Yield the parts of a file, usually one. It may be gzipped; `form` is its format, if known.

    Raises PapersError if it is too large, NotAFeedError if its compression is broken, OSError.
    """
    if not file.peek(2).startswith(b"\x1f\x8b"):
        yield from _parts(file, form)
        return
    import gzip  # here because few files are compressed

    try:
        yield from _parts(gzip.GzipFile(fileobj=file), form)
    except EOFError as error:
        raise NotAFeedError("the gzipped file is cut off") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise NotAFeedError("the gzipped file is damaged") from error


def _parts(file: BufferedIOBase, form: str | None) -> Iterator[Part]:
    beginning = file.read(PART)
    if len(beginning) < PART or form not in _BY_LINES or not _has_lines(beginning):
        yield _whole(beginning, file, form)
        return
    size = lines = 0
    while beginning:
        data = beginning + file.readline(SIZE_LIMIT)
        size += len(data)
        if size > LINES_LIMIT:
            raise too_large(LINES_LIMIT)
        if not data.isspace():
            yield Part(data, form or "jsonl", lines)
        lines += data.count(b"\n")
        beginning = file.read(PART)


def _whole(beginning: bytes, file: BufferedIOBase, form: str | None) -> Part:
    """Return a file as one part; no variable here refers to it afterwards."""
    data = beginning + file.read(SIZE_LIMIT + 1 - len(beginning))
    if len(data) > SIZE_LIMIT:
        raise too_large(SIZE_LIMIT)
    return Part(data, form)


def too_large(limit: int) -> PapersError:
    """Return the error for a file with more bytes than a limit."""
    return PapersError(f"it is larger than {limit >> 20} MB: split it")


def is_json_lines(text: str) -> bool:
    """Return whether a text begins with an object in a line and another in the next."""
    return bool(_JSON_LINES.match(text)) and not is_biorxiv(text)


def is_biorxiv(text: str) -> bool:
    """Return whether a text is an answer of bioRxiv's API."""
    return bool(_BIORXIV.search(text, 0, 4_000)) and '"collection"' in text


def _has_lines(beginning: bytes) -> bool:
    return is_json_lines(beginning.decode("utf-8", "ignore").removeprefix("\ufeff"))
