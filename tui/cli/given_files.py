"""Files that commands are given by name; - is standard input."""

import errno
import sys
from pathlib import Path

from store.errors import PapersError
from store.files.ordinary import OddFileError, read_ordinary

_LIMIT = 200 * 1024 * 1024
"""Bytes of a file that is read."""
_TOO_LARGE = f"it is larger than {_LIMIT >> 20} MB; split it"
_ODD = {
    errno.EISDIR: "it is a folder; name the files in it",
    errno.EINVAL: "it is no ordinary file; give a pipe or device as -",
    errno.EFBIG: _TOO_LARGE,
}
"""What to do about a file that can't be read, by what is wrong with it."""


def contents_of(name: str) -> bytes:
    """Return what is in a file; PapersError where it is too large, or none: those may not end."""
    try:
        return _standard_input() if name == "-" else read_ordinary(Path(name), _LIMIT)
    except OddFileError as error:
        raise PapersError(_ODD[error.errno or errno.EINVAL]) from error
    except OSError as error:
        raise PapersError(f"can't read it: {error.strerror}") from error


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise PapersError("standard input is closed")
    data = sys.stdin.buffer.read(_LIMIT + 1)
    if len(data) > _LIMIT:
        raise PapersError(_TOO_LARGE)
    return data
