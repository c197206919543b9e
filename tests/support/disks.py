"""Disks that count, that are quick or slow, that refuse."""

import errno
from pathlib import Path
from threading import Event

from patience import DEADLINE

from store.files.disk import Disk
from store.files.locks import lock_holder


class CountingDisk(Disk):
    """A disk that remembers the names of the files that were written."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def create(self, path: Path, mode: int = 0o666) -> int:
        """Record the name."""
        self.written.append(path.name)
        return super().create(path, mode)


class LockedDisk(Disk):
    """A disk that remembers who held a lock when each file was written."""

    def __init__(self, lock: Path) -> None:
        self.lock = lock
        self.holders: dict[str, str | None] = {}

    def create(self, path: Path, mode: int = 0o666) -> int:
        """Record the holder."""
        self.holders[path.name] = lock_holder(self.lock)
        return super().create(path, mode)


class CarelessDisk(Disk):
    """A disk that does not wait for the medium, for tests that write very often."""

    def sync(self, descriptor: int) -> None:
        """Trust that there will be no crash."""

    def sync_folder(self, folder: Path) -> None:
        """Trust that there will be no crash."""


class SlowDisk(CountingDisk):
    """A disk that does not end a write until it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = Event()
        """A write has reached the disk."""
        self.let_end = Event()
        self.ended = Event()

    def sync(self, descriptor: int) -> None:
        """Hold the write; go on at last, so that a failing test ends."""
        self.begun.set()
        self.let_end.wait(DEADLINE)
        super().sync(descriptor)
        self.ended.set()


class FullDisk(Disk):
    """A disk without room, until some is made."""

    def __init__(self) -> None:
        self.full = True

    def write(self, descriptor: int, data: bytes | memoryview) -> int:
        """Refuse."""
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(descriptor, data)


class BrokenDisk(Disk):
    """A disk at which something happens that is not an error of a disk, until it is repaired."""

    def __init__(self, error: BaseException) -> None:
        self.error: BaseException | None = error
        self.tries = 0

    def create(self, path: Path, mode: int = 0o666) -> int:
        """Raise the error."""
        self.tries += 1
        if self.error:
            raise self.error
        return super().create(path, mode)
