"""The marker in a library's folder: it tells a library from an empty mount point.

It is made at the first write and never changes after the first mark. (The idea is Syncthing's,
whose folders have a `.stfolder`.)
"""

import os
from contextlib import suppress
from pathlib import Path

from store.errors import LibraryError, LibraryGoneError
from store.files.disk import DISK, mode_inside
from store.files.folders import is_there

MARKER = ".papers-tui"
"""Name of the file."""

_ABOUT = b"By this file papers-tui knows that its library is here. Leave it where it is.\n"
_MARKS = b"There are marks.\n"


class Home:
    """The folder of an open library. Raises LibraryError if it can't be read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / MARKER
        self._marked = is_there(self._path)
        self.had_marks = self._marked and had_marks(folder)
        """Whether marks were ever written to this library, as far as is known."""

    def check(self) -> None:
        """Raise LibraryGoneError if the library was here and is not any more."""
        if self._marked and not is_there(self._path):
            raise LibraryGoneError(self._folder)

    def record_write(self, marks: bool = False) -> None:
        """Record that something was written: marks, or something else.

        If the marker can't be made, the library works without it.
        """
        if self._marked and (self.had_marks or not marks):
            return
        try:
            self._make()
            if marks:  # replaced, not overwritten: a copy made of links belongs to another library
                DISK.replace_any_file(self._path, _ABOUT + _MARKS)
        except OSError:
            return
        self._marked = True
        self.had_marks = self.had_marks or marks

    def _make(self) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with suppress(FileExistsError):
            descriptor = os.open(self._path, flags, mode_inside(self._folder))
            with open(descriptor, "wb") as file:
                file.write(_ABOUT)


def had_marks(folder: Path) -> bool:
    """Return whether marks were ever written to a library, as far as its marker says."""
    try:
        return _MARKS in (folder / MARKER).read_bytes()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise LibraryError(f"can't read {folder / MARKER}: {error.strerror}") from error
