"""Files whose names commands get; - is standard input."""

import errno
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import PapersError, changed_at
from store.files.ordinary import OddFileError, open_ordinary, read_ordinary

if TYPE_CHECKING:  # most commands read no feed
    from store.feeds.large_files import Part
    from store.feeds.reading import FeedReading

_LIMIT = 200 * 1024 * 1024
"""The largest file that is read, in bytes."""
_TOO_LARGE = f"it is larger than {_LIMIT >> 20} MB: split it"
_ODD = {
    errno.EISDIR: "it is a folder; name the files in it",
    errno.EINVAL: "it is not a regular file; give a pipe or device as -",
    errno.EFBIG: _TOO_LARGE,
}
"""What to do about a file that can't be read, by the error."""


def contents_of(name: str) -> bytes:
    """Return the contents of a file; PapersError if it is too large, or no ordinary file."""
    with _in_words():
        return _all_of_standard_input() if name == "-" else read_ordinary(Path(name), _LIMIT)


def parts_of(name: str, form: str | None) -> "Iterator[Part]":
    """Yield the file of a feed in parts that fit into memory; raises what `contents_of` raises."""
    from store.feeds.large_files import parts

    with _in_words(), _opened(name) as file:
        yield from parts(file, form)


def readings_of(
    name: str, form: str | None, listed: date | None
) -> "Iterator[tuple[FeedReading | PapersError, datetime]]":
    """Yield the parts of a file as read, and when it was written; an error comes last."""
    from store.feeds.formats import read_feed

    seen = datetime.now()

    def read(part: "Part") -> "tuple[FeedReading, datetime]":
        written = min(_written(name), seen)
        reading = read_feed(part.data, part.form, written.date(), listed, part.lines_before)
        return reading, written

    try:
        # Without a variable that would hold a part while its papers are added.
        yield from map(read, parts_of(name, form))
    except PapersError as error:
        yield error, seen


def _written(name: str) -> datetime:
    """Return when a file was last written; datetime.max if that is unknown."""
    written = datetime.max if name == "-" else changed_at(Path(name))
    return written if written.year > 1970 else datetime.max  # else the clock was not set


def _opened(name: str) -> AbstractContextManager[BufferedReader]:
    return nullcontext(_standard_input()) if name == "-" else open_ordinary(Path(name), _LIMIT)


@contextmanager
def _in_words() -> Iterator[None]:
    """Turn errors of reading a file into a PapersError that says what to do."""
    try:
        yield
    except OddFileError as error:
        raise PapersError(_ODD[error.errno or errno.EINVAL]) from error
    except OSError as error:
        raise PapersError(f"can't read it: {error.strerror}") from error


def _standard_input() -> BufferedReader:
    if sys.stdin is None:
        raise PapersError("standard input is closed")
    assert isinstance(sys.stdin.buffer, BufferedReader)
    return sys.stdin.buffer


def _all_of_standard_input() -> bytes:
    data = _standard_input().read(_LIMIT + 1)
    if len(data) > _LIMIT:
        raise PapersError(_TOO_LARGE)
    return data
