"""The texts of papers that are kept in the library, so that they can be read offline.

Deleting the folder loses nothing that can't be fetched again, but for the places (places.py).
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from store.errors import LibraryError
from store.files.disk import DISK, Disk, folder_mode_inside
from store.fulltext.document import Document, NoFullTextError, from_bytes, to_bytes
from store.model import Paper
from store.text.clean import clean_text

FOLDER = "texts"
"""The folder in a library that has them."""
TEXT_LIMIT = 1_000_000
"""Characters of Markdown that are read; the longest papers have half of that."""
_BYTES_LIMIT = 40_000_000
_ENDING = ".text"
_EARLIER_ENDING = ".md"
"""Of the Markdown that earlier versions kept."""


class FullTexts:
    """A folder of texts. A paper is found under any key it ever had.

    Raises LibraryError if a file can't be read or written, or is damaged, and whatever `check`
    does that is called before writing: see Library.check_here.
    """

    def __init__(
        self, folder: Path, disk: Disk = DISK, check: Callable[[], object] = lambda: None
    ) -> None:
        self.folder = folder
        self._disk = disk
        self._check = check

    def get(self, paper: Paper) -> Document | None:
        """Return the text that is kept of a paper, or None."""
        for key in keys(paper):
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
        """Return what is kept of a paper as it is on disk; nothing if that can't be had."""
        for key in keys(paper):
            for ending in (_ENDING, _EARLIER_ENDING):
                try:
                    data = read_file(self.folder / file_name(key, ending), _BYTES_LIMIT)
                except LibraryError:
                    continue
                if data is not None:
                    return data
        return b""

    def put(self, paper: Paper, document: Document) -> None:
        """Keep the text of a paper, in place of the one there was."""
        self._check()
        write_file(self.folder, file_name(paper.id, _ENDING), to_bytes(document), self._disk)

    def names(self) -> frozenset[str]:
        """Return the names of the files that are kept, as `is_kept` takes them."""
        import os

        try:
            return frozenset(os.listdir(self.folder))
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise LibraryError(f"can't read {self.folder}: {error.strerror}") from error


def is_kept(paper: Paper, names: frozenset[str]) -> bool:
    """Return whether the text of a paper is among the files of a folder."""
    return bool(names) and any(
        file_name(key, ending) in names
        for key in keys(paper)
        for ending in (_ENDING, _EARLIER_ENDING)
    )


def file_name(key: str, ending: str = _ENDING) -> str:
    """Return the name of the file for a key: readable, and another for each key on any system.

    A key may hold what a path is made of, and some file systems do not tell upper from lower case:
    the hash tells keys apart, what comes before it is for people.
    """
    readable = re.sub(r"[^a-z0-9.]+", "-", key.lower())[:60]
    return f"{readable.strip('-.')}-{hashlib.sha256(key.encode()).hexdigest()[:12]}{ending}"


def keys(paper: Paper) -> Iterable[str]:
    """Return every key that a paper has or had."""
    return (paper.id, *paper.aliases)


def read_file(path: Path, limit: int) -> bytes | None:
    """Return what is in a file, as far as a limit; None if there is no file."""
    try:
        with path.open("rb") as file:
            return file.read(limit)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LibraryError(f"can't read {path}: {error.strerror}") from error


def write_file(folder: Path, name: str, data: bytes, disk: Disk) -> None:
    """Make bytes the contents of a file in a folder, which is made if it is not there."""
    make_folder(folder, disk)
    try:
        disk.replace_file(folder / name, data)
    except OSError as error:
        raise LibraryError(f"can't write {folder / name}: {error.strerror}") from error


def make_folder(folder: Path, disk: Disk) -> None:
    """Make the folder of texts if it is not there."""
    try:
        disk.make_folder(folder, folder_mode_inside(folder.parent))
    except OSError as error:
        raise LibraryError(f"can't make the folder {folder}: {error.strerror}") from error


def _earlier(path: Path, data: bytes) -> Document:
    """Return the Markdown that an earlier version kept as a document."""
    from store.fulltext.markdown import read_markdown  # here because most texts are documents

    try:
        text = clean_text(data.decode(), TEXT_LIMIT)
        return read_markdown(text)
    except UnicodeDecodeError as error:
        raise LibraryError(f"{path} is damaged: it is not UTF-8") from error
    except NoFullTextError as error:
        raise LibraryError(f"{path} is damaged: it is empty") from error
