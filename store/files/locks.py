"""Locks between programs that write to one library."""

import errno
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from store.errors import LibraryBusyError, LibraryError
from store.files.disk import mode_inside

LOCK_SECONDS = 2.0
"""How long a writer waits for another one before it gives up, or reports that it waits."""
PATIENT_SECONDS = 120.0
"""How long a writer waits after reporting it."""

_HELD = (errno.EWOULDBLOCK, errno.EACCES)
_SICK = (errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.ETIMEDOUT, errno.ENXIO, errno.ENODEV)
"""The errors of a faulty file system. Any other error means that it has no locks."""

_say_waiting: ContextVar[Callable[[str], None] | None] = ContextVar("say_waiting", default=None)


@contextmanager
def waiting_patiently(say: Callable[[str], None]) -> Iterator[None]:
    """Inside, wait for minutes while another program writes, and name it after LOCK_SECONDS."""
    token = _say_waiting.set(say)
    try:
        yield
    finally:
        _say_waiting.reset(token)


def lock_path(path: Path) -> Path:
    """Return the lock file of `path`.

    Never the file itself: after a replacement the lock would be on a file that is gone.
    """
    return path.with_name(path.name + ".lock")


@contextmanager
def locked(path: Path, patiently: bool = True) -> Iterator[None]:
    """Hold the lock that goes with `path`; LibraryBusyError if another program keeps it.

    Waiting is polling: a stopped holder must not block forever. It ends after LOCK_SECONDS, unless
    patient (see `waiting_patiently`). File systems without locks (some network mounts) are used
    without locks.
    """
    descriptor = _acquire(path, _say_waiting.get() if patiently else None)
    try:
        with suppress(OSError):  # the holder's name is a courtesy, so a full disk does not matter
            os.pwrite(descriptor, f"{os.getpid():<19}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def lock_holder(path: Path) -> str | None:
    """Return the process that holds the lock of `path` now, or None, without waiting."""
    try:
        descriptor = os.open(lock_path(path), os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return _holder(descriptor) if _try(descriptor, path) is False else None
    finally:
        os.close(descriptor)


def can_lock(path: Path) -> bool:
    """Return whether the file system of `path` has locks, as far as that can be tried."""
    try:
        descriptor = os.open(lock_path(path), os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return True
    try:
        return _try(descriptor, path) is not None
    finally:
        os.close(descriptor)


def _acquire(path: Path, say: Callable[[str], None] | None) -> int:
    """Return the descriptor that holds the lock."""
    started = time.monotonic()
    descriptor = _open(path)
    try:
        while True:
            if _try(descriptor, path) is not False:
                if _is_still(descriptor, path):
                    return descriptor
                # Somebody removed the file, and others lock its replacement.
                removed, descriptor = descriptor, _open(path)
                os.close(removed)
                continue
            waited = time.monotonic() - started
            if say and LOCK_SECONDS < waited <= PATIENT_SECONDS:
                say(f"waiting for {_holder(descriptor)}, which is writing to {path.parent}")
                say = _quietly
            elif waited > (PATIENT_SECONDS if say else LOCK_SECONDS):
                raise LibraryBusyError(path, _holder(descriptor))
            time.sleep(0.005)
    except BaseException:
        os.close(descriptor)
        raise


def _quietly(text: str) -> None:
    """Report nothing: it was reported."""


def _open(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
    try:
        return os.open(lock_path(path), flags, mode_inside(path.parent))
    except OSError as error:
        raise LibraryError(f"can't write in {path.parent}: {error.strerror}") from error


def _try(descriptor: int, path: Path) -> bool | None:
    """Lock, and return whether that was possible now; None if there are no locks here."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        if error.errno in _SICK:
            raise LibraryError(f"can't lock {lock_path(path)}: {error.strerror}") from error
        return None
    return True


def _is_still(descriptor: int, path: Path) -> bool:
    """Return whether the lock's file is still the one that was opened."""
    try:
        now = os.stat(lock_path(path))
    except FileNotFoundError:
        return False
    except OSError as error:
        raise LibraryError(f"can't read {lock_path(path)}: {error.strerror}") from error
    held = os.fstat(descriptor)
    return (now.st_dev, now.st_ino) == (held.st_dev, held.st_ino)


def _holder(descriptor: int) -> str:
    number = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
    return f"process {number}" if number.isdecimal() else "another program"
