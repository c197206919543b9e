"""Locks between programs that write to one library."""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from store.errors import LibraryBusyError, LibraryError

LOCK_SECONDS = 2.0
"""How long a writer waits for another one before it gives up."""


def lock_path(path: Path) -> Path:
    """Return the side file that is locked for `path`.

    Never the file itself: replacing it would leave the lock on a file that is gone.
    """
    return path.with_name(path.name + ".lock")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock that goes with `path`; LibraryBusyError after LOCK_SECONDS of waiting.

    Waiting is polling: a stopped holder must not block for good. File systems without locks
    (some network mounts) are used without.
    """
    descriptor = _open(path)
    try:
        _acquire(descriptor, path)
        with suppress(OSError):  # the name of the holder is a courtesy, a full disk no reason
            os.pwrite(descriptor, f"{os.getpid():<19}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def lock_holder(path: Path) -> str | None:
    """Return the process that holds the lock of `path` now, or None; nothing is waited for."""
    try:
        descriptor = os.open(lock_path(path), os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return _holder(descriptor) if not _try(descriptor, path) else None
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        return os.open(lock_path(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise LibraryError(f"can't write in {path.parent}: {error.strerror}") from error


def _acquire(descriptor: int, path: Path) -> None:
    deadline = time.monotonic() + LOCK_SECONDS
    while not _try(descriptor, path):
        if time.monotonic() > deadline:
            raise LibraryBusyError(path, _holder(descriptor))
        time.sleep(0.005)


def _try(descriptor: int, path: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return False
        if error.errno not in (errno.ENOLCK, errno.ENOTSUP):
            raise LibraryError(f"can't lock {lock_path(path)}: {error.strerror}") from error
    return True


def _holder(descriptor: int) -> str:
    number = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
    return f"process {number}" if number.isdecimal() else "another program"
