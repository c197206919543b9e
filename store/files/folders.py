"""Checks of files and folders that raise an error on a faulty file system.

`Path.exists`, `is_dir`, `glob` and the like raise OSError there, or say no, differently in each
version of Python. The functions here say no only if there is nothing, and raise LibraryError if
that can't be known.
"""

import os
from fnmatch import fnmatchcase
from pathlib import Path
from stat import S_ISDIR

from store.errors import LibraryError


def status_of(path: Path) -> os.stat_result | None:
    """Return the stat of a file; None if there is none."""
    try:
        return os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise LibraryError(f"can't read {path}: {error.strerror}") from error


def is_there(path: Path) -> bool:
    """Return whether there is a file, or a folder, of this name."""
    return status_of(path) is not None


def may_be_there(path: Path) -> bool:
    """Return whether there is a file of this name, or that can't be known."""
    try:
        return is_there(path)
    except LibraryError:
        return True


def is_folder(path: Path) -> bool:
    """Return whether there is a folder of this name."""
    status = status_of(path)
    return status is not None and S_ISDIR(status.st_mode)


def files_in(folder: Path, pattern: str) -> list[Path]:
    """Return the entries of a folder that match `pattern`, by name; none without a folder."""
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise LibraryError(f"can't read {folder}: {error.strerror}") from error
    return [folder / name for name in sorted(names) if fnmatchcase(name, pattern)]


def state_file(name: str) -> Path:
    """Return the path of a file of the program's state, in the platform's folder for such files."""
    from platformdirs import user_state_path  # here because most commands need no state

    return user_state_path("papers-tui", appauthor=False) / name
