"""Files that commands write: replaced as a whole, and nothing that is no ordinary file."""

import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from store.errors import LibraryError, PapersError
from store.files.disk import DISK, Disk
from store.files.folders import is_folder, status_of


def target_of(name: str, folder: Path) -> Path:
    """Return the file to write: what a link leads to, so that the link stays one.

    Only files are replaced: a folder can't be, and a device, a pipe or one in the library's own
    folder must not. PapersError for those.
    """
    path = Path(os.path.realpath(os.path.expanduser(name)))
    try:
        reason = _refusal(path, Path(os.path.realpath(folder)))
    except LibraryError as error:  # a name that is too long, a disk that is not well
        raise PapersError(f"{error}. Nothing was written") from error
    if reason:
        raise _unwritable(path, reason)
    return path


def _refusal(path: Path, library: Path) -> str:
    """Say why a file is not written; nothing where it may be. LibraryError if nobody knows."""
    status = status_of(path)
    if status and S_ISDIR(status.st_mode):
        return "it is a folder; name a file in it"
    if status and not S_ISREG(status.st_mode):
        return "it is not a regular file; omit -o to write to standard output"
    if library in path.parents:
        return "it is in the library's own folder; name another"
    return "" if is_folder(path.parent) else f"there is no folder {path.parent}"


def write_file(path: Path, data: bytes, disk: Disk = DISK) -> None:
    """Replace a file; PapersError if that fails, and it is as it was."""
    try:
        disk.replace_any_file(path, data)
    except OSError as error:
        raise _unwritable(path, error.strerror or "the system refuses") from error


def _unwritable(path: Path, reason: str) -> PapersError:
    return PapersError(f"can't write {path}: {reason}. Nothing was written")
