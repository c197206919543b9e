"""The system calls that write a file, in one object, so that tests can make each one fail.

A file is written beside the one it replaces, synced and renamed over it, and the folder is synced:
a crash at any point leaves the old or the new file whole (the recipe of SQLite's and LevelDB's
file replacement).
"""

import errno
import fcntl
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

TEMPORARY = ".tmp"
"""The suffix of a file's name while its next version is written."""

_NOT_DURABLE = (errno.EIO, errno.ENOSPC, errno.EDQUOT)
"""What a failed sync of a folder means if it is not only that folders can't be synced here."""


class Disk:
    """The disk as it is. Every method raises OSError if the system refuses."""

    def replace_file(self, path: Path, data: bytes, like: Path | None = None) -> None:
        """Replace the contents of a library file with `data`, durably, or leave the file as it was.

        The caller holds the lock of the file: leftovers of a crash are overwritten. A new file is
        readable for those who may read `like`, else for those who may read its folder.
        """
        temporary = path.with_name(path.name + TEMPORARY)
        # A leftover of a crash may be read-only, or a link to a file that must not be emptied.
        with suppress(FileNotFoundError):
            temporary.unlink()
        self._replace(path, data, temporary, mode_inside(path.parent), like or path)

    def replace_any_file(
        self, path: Path, data: bytes, check: Callable[[], None] | None = None
    ) -> None:
        """Do the same for a file anywhere, which may have any other files beside it.

        `check` is called before the rename: if it raises, the file does not change.
        """
        temporary = path.with_name(f".{os.urandom(8).hex()}{TEMPORARY}")
        self._replace(path, data, temporary, 0o666, path, check)

    def keep_as(self, path: Path, backup: Path) -> None:
        """Give each file a second name, replacing what had that name.

        They are copied where a file can't have two names.
        """
        temporary = backup.with_name(backup.name + TEMPORARY)
        with suppress(FileNotFoundError):
            temporary.unlink()
        try:
            self.link(path, temporary)
        except OSError:
            self.replace_file(backup, path.read_bytes(), like=path)
            return
        self.rename(temporary, backup)
        # Renaming one name of a file to another name of the same file does nothing.
        with suppress(FileNotFoundError):
            temporary.unlink()

    def make_folder(self, folder: Path, mode: int = 0o777) -> None:
        """Create a folder and its missing parents, durably."""
        missing = []
        place = folder
        while not _is_folder(place):
            missing.append(place)
            place = place.parent
        for each in reversed(missing):
            with suppress(FileExistsError):
                os.mkdir(each, mode if each == folder else 0o777)
            if not _is_folder(each):  # a file; which one decides what is wrong
                why = errno.EEXIST if each == folder else errno.ENOTDIR
                raise OSError(why, os.strerror(why), str(each))
            try:
                self._sync_names(each.parent)
            except OSError:
                with suppress(OSError):  # else the next attempt takes its name as durable
                    each.rmdir()
                raise

    def create(self, path: Path, mode: int = 0o666) -> int:
        """Open a new file for writing; return its descriptor."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)

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
        """Rename a file, replacing the file that had the name."""
        os.replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        """Give each file a second name."""
        os.link(source, target)

    def sync_folder(self, folder: Path) -> None:
        """Wait until the names in a folder are on the medium."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _replace(
        self,
        path: Path,
        data: bytes,
        temporary: Path,
        mode: int,
        like: Path,
        check: Callable[[], None] | None = None,
    ) -> None:
        try:
            self._write(temporary, data, mode, like)
            if check:
                check()
            self.rename(temporary, path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        self._sync_names(path.parent)

    def _write(self, path: Path, data: bytes, mode: int, like: Path) -> None:
        descriptor = self.create(path, mode)
        try:
            with suppress(OSError):  # a new file, or a file system without modes
                os.fchmod(descriptor, like.stat().st_mode & 0o777)
            rest = memoryview(data)
            while rest:
                rest = rest[self.write(descriptor, rest) :]
            self.sync(descriptor)
        finally:
            os.close(descriptor)

    def _sync_names(self, folder: Path) -> None:
        """Sync a folder; if that is impossible, the names are as durable as this system allows."""
        try:
            self.sync_folder(folder)
        except OSError as error:
            if error.errno in _NOT_DURABLE:
                raise


DISK = Disk()
"""The default disk."""


def mode_inside(folder: Path) -> int:
    """Return the mode of a new file in a folder: readable only for those who may read the
    folder."""
    try:
        return 0o600 | (os.stat(folder).st_mode & 0o066)
    except OSError:
        return 0o600


def folder_mode_inside(folder: Path) -> int:
    """Return the mode of a new folder in a folder: for the same people."""
    try:
        return 0o700 | (os.stat(folder).st_mode & 0o077)
    except OSError:
        return 0o700


def _is_folder(path: Path) -> bool:
    try:
        return os.path.isdir(os.path.join(path, ""))
    except ValueError:  # a NUL in the name
        return False
