"""Files that commands write: replaced as a whole, and nothing that is no ordinary file."""

import os
from pathlib import Path

from store.disk import DISK, Disk
from store.errors import PapersError


def target_of(name: str, folder: Path) -> Path:
    """Return the file to write: what a link leads to, so that the link stays one.

    Only files are replaced: a folder can't be, and a device, a pipe or one in the library's own
    folder must not. PapersError for those.
    """
    path = Path(os.path.realpath(os.path.expanduser(name)))
    if path.is_dir():
        raise _unwritable(path, "it is a folder; name a file in it")
    if path.exists() and not path.is_file():
        raise _unwritable(path, "it is no ordinary file; leave -o out to write to the output")
    if Path(os.path.realpath(folder)) in path.parents:
        raise _unwritable(path, "it is in the library's own folder; name another")
    return path


def write_file(path: Path, data: bytes, disk: Disk = DISK) -> None:
    """Replace a file; PapersError where that fails, and it is as it was."""
    try:
        disk.replace_file(path, data)
    except OSError as error:
        raise _unwritable(path, error.strerror or "the system refuses") from error


def _unwritable(path: Path, reason: str) -> PapersError:
    return PapersError(f"can't write {path}: {reason}. Nothing was written")
