"""Read files: those of others only if they are regular and not too large; JSON of our own."""

import errno
import os
from io import BufferedReader
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any

from store.errors import LibraryError


class OddFileError(OSError):
    """The file is a folder (EISDIR), not a regular file (EINVAL) or too large (EFBIG)."""


def open_ordinary(path: Path, limit: int | None = None) -> BufferedReader:
    """Open a regular file of at most `limit` bytes; follows links.

    Raises OddFileError for anything else, without waiting for it or reading it, and OSError if it
    can't be read.
    """
    # Open first and check then, so that nothing can replace it in between. Do not wait for a pipe
    # that nobody writes to.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        about = os.fstat(descriptor)
        if S_ISDIR(about.st_mode):
            raise OddFileError(errno.EISDIR, "it is a folder", str(path))
        if not S_ISREG(about.st_mode):
            raise OddFileError(errno.EINVAL, "it is not a regular file", str(path))
        if limit is not None and about.st_size > limit:
            raise _too_large(path, limit)
        return open(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_ordinary(path: Path, limit: int | None = None) -> bytes:
    """Return what is in a file; raises as `open_ordinary` does."""
    with open_ordinary(path, limit) as file:
        data = file.read() if limit is None else file.read(limit + 1)
    if limit is not None and len(data) > limit:  # it grew, or does not report its size
        raise _too_large(path, limit)
    return data


def read_json(path: Path) -> Any:
    """Return the value in a JSON file of a library; None if the file is missing or damaged.

    Raises LibraryError if it can't be read.
    """
    import orjson  # here because reading a library does not need it

    try:
        return orjson.loads(path.read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return None
    except OSError as error:
        raise LibraryError(f"can't read {path}: {error.strerror}") from error


def _too_large(path: Path, limit: int) -> OddFileError:
    return OddFileError(errno.EFBIG, f"it is larger than {limit // 1_000_000:,} MB", str(path))
