"""The system calls that put a file on disk, in one object, so that tests can make each fail.

A file is written beside the one it replaces, synced and renamed over it, and the folder is synced:
a crash at any point leaves the old or the new file whole (the recipe of SQLite's and LevelDB's
file replacement).
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

TEMPORARY = ".tmp"
"""What is appended to the name of a file while its next version is written."""


class Disk:
    """The disk as it is. Every method raises OSError where the system refuses."""

    def replace_file(self, path: Path, data: bytes) -> None:
        """Make `data` the contents of a file, durably, or leave the file as it was."""
        temporary = path.with_name(path.name + TEMPORARY)
        try:
            self._write(temporary, data, like=path)
            self.rename(temporary, path)
        except OSError:
            with suppress(OSError):
                temporary.unlink()
            raise
        # The data is there already, so failing here is no error.
        with suppress(OSError):
            self.sync_folder(path.parent)

    def keep_as(self, path: Path, backup: Path) -> None:
        """Give the present contents of a file a second name, in place of what had that name."""
        temporary = backup.with_name(backup.name + TEMPORARY)
        with suppress(FileNotFoundError):
            temporary.unlink()
        self.link(path, temporary)
        self.rename(temporary, backup)
        # Renaming one name of a file to another name of it does nothing.
        with suppress(FileNotFoundError):
            temporary.unlink()

    def create(self, path: Path) -> int:
        """Open a new file for writing, in place of what a crash left; return its descriptor.

        What was left may be read-only, or a link to a file that must not be emptied.
        """
        with suppress(FileNotFoundError):
            path.unlink()
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)

    def write(self, descriptor: int, data: bytes | memoryview) -> int:
        """Write some of the data; return how many bytes."""
        return os.write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        """Wait until a file's contents are on the medium."""
        if full_sync := getattr(fcntl, "F_FULLFSYNC", None):
            # On macOS fsync stops at the drive's own cache.
            fcntl.fcntl(descriptor, full_sync)
        else:
            os.fsync(descriptor)

    def rename(self, source: Path, target: Path) -> None:
        """Give a file another name, in place of the file that had it."""
        os.replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name."""
        os.link(source, target)

    def sync_folder(self, folder: Path) -> None:
        """Wait until the names in a folder are on the medium."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _write(self, path: Path, data: bytes, like: Path) -> None:
        descriptor = self.create(path)
        try:
            with suppress(OSError):  # a new file, or a file system without modes
                os.fchmod(descriptor, like.stat().st_mode & 0o777)
            rest = memoryview(data)
            while rest:
                rest = rest[self.write(descriptor, rest) :]
            self.sync(descriptor)
        finally:
            os.close(descriptor)


DISK = Disk()
"""The one that everything uses unless told otherwise."""
