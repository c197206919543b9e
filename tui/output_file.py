"""Files that commands write: each is replaced as a whole, and only ordinary files are."""

import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from store.errors import LibraryError, PapersError
from store.files.disk import DISK, Disk
from store.files.folders import is_folder, status_of


def target_of(name: str, folder: Path) -> Path:
    """Return the file to write: the target of a link, so that the link stays.

    Raises PapersError for a folder, a device or a pipe, and for files in the library's own folder.
    """
    path = Path(os.path.realpath(os.path.expanduser(name)))
    try:
        reason = _refusal(path, Path(os.path.realpath(folder)))
    except LibraryError as error:  # the name is too long, or the disk is faulty
        raise PapersError(f"{error}. Nothing was written") from error
    if reason:
        raise _unwritable(path, reason)
    return path


def _refusal(path: Path, library: Path) -> str:
    """Return why a file must not be written; empty if it may. LibraryError if that is unclear."""
    status = status_of(path)
    if status and S_ISDIR(status.st_mode):
        return "it is a folder; name a file in it"
    if status and not S_ISREG(status.st_mode):
        return "it is not a regular file; omit -o to write to standard output"
    if library in path.parents:
        return "it is in the library's own folder; name another"
    return "" if is_folder(path.parent) else f"there is no folder {path.parent}"


def write_file(path: Path, data: bytes, disk: Disk = DISK) -> None:
    """Replace a file; PapersError if that fails: then it is unchanged."""
    try:
        disk.replace_any_file(path, data)
    except OSError as error:
        raise _unwritable(path, error.strerror or "the system refuses") from error


def _unwritable(path: Path, reason: str) -> PapersError:
    return PapersError(f"can't write {path}: {reason}. Nothing was written")
