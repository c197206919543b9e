"""Read files that others may have put there: ordinary ones alone, and none without end."""

import errno
import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG


class OddFileError(OSError):
    """What is there is a folder (EISDIR), no ordinary file (EINVAL) or too large (EFBIG)."""


def read_ordinary(path: Path, limit: int | None = None) -> bytes:
    """Return what is in a file of at most so many bytes; links to one are followed.

    Raises OddFileError where it is something else, without waiting for it or reading it, and
    OSError where it can't be read.
    """
    # Opened first and looked at then, so that nothing else can take its place in between. A pipe
    # that nobody writes to must not be waited for.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        mode = os.fstat(descriptor).st_mode
        if S_ISDIR(mode):
            raise OddFileError(errno.EISDIR, "it is a folder", str(path))
        if not S_ISREG(mode):
            raise OddFileError(errno.EINVAL, "it is no ordinary file", str(path))
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read() if limit is None else file.read(limit + 1)
    finally:
        os.close(descriptor)
    if limit is not None and len(data) > limit:
        raise OddFileError(errno.EFBIG, f"it is larger than {limit // 1_000_000:,} MB", str(path))
    return data
