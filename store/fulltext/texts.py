"""The texts of papers stored in the library, to be read offline.

Deleting the folder loses only the reading places (reading_places.py); all else can be fetched
again.
"""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from store.errors import LibraryError
from store.files.disk import DISK, Disk, folder_mode_inside
from store.fulltext.document import Document, NoFullTextError, from_bytes, to_bytes
from store.model import Paper
from store.text.clean import clean_text

FOLDER = "texts"
"""Their folder in a library."""
TEXT_LIMIT = 1_000_000
"""Characters of Markdown that are read; the longest papers have half of that."""
_BYTES_LIMIT = 40_000_000
_ENDING = ".text"
_EARLIER_ENDING = ".md"
"""The ending of Markdown stored by earlier versions."""


class FullTexts:
    """A folder of texts. A paper is found under any key it ever had.

    Raises LibraryError if a file can't be read or written, or is damaged. `check` is called before
    writing and may raise too: see Library.check_here.
    """

    def __init__(
        self, folder: Path, disk: Disk = DISK, check: Callable[[], object] = lambda: None
    ) -> None:
        self.folder = folder
        self._disk = disk
        self._check = check

    def get(self, paper: Paper) -> Document | None:
        """Return the stored text of a paper, or None."""
        for key in paper.keys:
            path = self.folder / file_name(key, _ENDING)
            if (data := read_file(path, _BYTES_LIMIT)) is not None:
                try:
                    document = from_bytes(data)
                except NoFullTextError as error:
                    raise LibraryError(f"{path} is damaged") from error
                if document is not None:
                    return document
            path = self.folder / file_name(key, _EARLIER_ENDING)
            if (data := read_file(path, _BYTES_LIMIT)) is not None:
                return _earlier(path, data)
        return None

    def get_bytes(self, paper: Paper) -> bytes:
        """Return the stored bytes of a paper; empty if they can't be read."""
        for key in paper.keys:
            for ending in (_ENDING, _EARLIER_ENDING):
                try:
                    data = read_file(self.folder / file_name(key, ending), _BYTES_LIMIT)
                except LibraryError:
                    continue
                if data is not None:
                    return data
        return b""

    def put(self, paper: Paper, document: Document) -> None:
        """Store the text of a paper, replacing an earlier one."""
        self._check()
        write_file(self.folder, file_name(paper.id, _ENDING), to_bytes(document), self._disk)

    def names(self) -> frozenset[str]:
        """Return the names of the stored files, for `is_stored`."""
        import os

        try:
            return frozenset(os.listdir(self.folder))
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise LibraryError(f"can't read {self.folder}: {error.strerror}") from error


def is_stored(paper: Paper, names: frozenset[str]) -> bool:
    """Return whether the text of a paper is among the files of a folder."""
    return bool(names) and any(
        file_name(key, ending) in names
        for key in paper.keys
        for ending in (_ENDING, _EARLIER_ENDING)
    )


def file_name(key: str, ending: str = _ENDING) -> str:
    """Return the name of the file for a key: readable, and unique to the key on any system.

    A key may contain separators of paths, and some file systems ignore case: the hash distinguishes
    keys, the text before it is for people.
    """
    readable = re.sub(r"[^a-z0-9.]+", "-", key.lower())[:60]
    return f"{readable.strip('-.')}-{hashlib.sha256(key.encode()).hexdigest()[:12]}{ending}"


def read_file(path: Path, limit: int) -> bytes | None:
    """Return the contents of a file, up to a limit; None if there is no file."""
    try:
        with path.open("rb") as file:
            return file.read(limit)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LibraryError(f"can't read {path}: {error.strerror}") from error


def write_file(folder: Path, name: str, data: bytes, disk: Disk) -> None:
    """Write bytes to a file in a folder, which is created if missing."""
    make_folder(folder, disk)
    try:
        disk.replace_file(folder / name, data)
    except OSError as error:
        raise LibraryError(f"can't write {folder / name}: {error.strerror}") from error


def make_folder(folder: Path, disk: Disk) -> None:
    """Create the folder of texts if it is missing."""
    try:
        disk.make_folder(folder, folder_mode_inside(folder.parent))
    except OSError as error:
        raise LibraryError(f"can't make the folder {folder}: {error.strerror}") from error


def _earlier(path: Path, data: bytes) -> Document:
    """Return as a document the Markdown that an earlier version stored."""
    from store.fulltext.markdown import read_markdown  # here because most texts are documents

    try:
        text = clean_text(data.decode(), TEXT_LIMIT)
        return read_markdown(text)
    except UnicodeDecodeError as error:
        raise LibraryError(f"{path} is damaged: it is not UTF-8") from error
    except NoFullTextError as error:
        raise LibraryError(f"{path} is damaged: it is empty") from error
