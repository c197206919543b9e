"""Find, read and write the files in a folder of notes; no change of the user's is overwritten."""

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from store.errors import PapersError
from store.files.disk import DISK, Disk
from store.files.names import file_stem, numbered
from store.files.ordinary import read_ordinary
from store.notes.note_text import Block, BlockError, find_block

ENDING = ".md"
LARGEST = 10_000_000
"""Most bytes of a file of notes."""


class NoteFileError(PapersError):
    """A file can't be used; the message names it and says why. It was not changed."""


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A file as it was read."""

    path: Path
    text: str
    block: Block
    changed: float
    """When it was changed, in seconds since 1970."""

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self.text.encode()


def read_note_file(path: Path) -> NoteFile:
    """Read a file with a block; NoteFileError if it can't be read or has none or several."""
    try:
        changed = os.stat(path).st_mtime
        text = read_ordinary(path, LARGEST).decode()
        return NoteFile(path, text, find_block(text), changed)
    except BlockError as error:
        raise NoteFileError(f"{path} was not changed: {error}") from error
    except UnicodeDecodeError as error:
        raise NoteFileError(f"{path} was not changed: it is not in UTF-8") from error
    except OSError as error:
        raise NoteFileError(f"can't read {path}: {error.strerror}") from error


def replace_note_file(file: NoteFile, text: str, disk: Disk = DISK) -> None:
    """Replace a file, or the target of a link. Raises OSError.

    NoteFileError if somebody changed it since it was read.
    """
    target = Path(os.path.realpath(file.path))

    def check() -> None:
        try:
            same = read_ordinary(target, LARGEST) == file.data
        except OSError:
            same = False
        if not same:
            raise NoteFileError(
                f"{file.path} was not changed: somebody changed it just now; it is read next time"
            )

    disk.replace_any_file(target, text.encode(), check)


def make_file(folder: Path, wanted: str, otherwise: str, data: bytes, disk: Disk = DISK) -> Path:
    """Write a new file under a name like the one wanted, with a number if it is taken; return it.

    Nothing is overwritten, not even a broken link. Raises OSError.
    """
    for path in free_paths(folder, wanted, otherwise, ()):

        def check(path: Path = path) -> None:
            if os.path.lexists(path):
                raise FileExistsError

        try:
            disk.replace_any_file(path, data, check)
        except FileExistsError:
            continue
        return path
    raise AssertionError  # the numbers have no end


def free_paths(
    folder: Path, wanted: str, otherwise: str, taken: Collection[Path]
) -> Iterator[Path]:
    """Yield free paths, except those in `taken`."""
    for name in numbered(file_stem(wanted, otherwise, linked=True), ENDING):
        if not os.path.lexists(path := folder / name) and path not in taken:
            yield path


def same_file(folder: Path, wanted: str, data: bytes) -> Path | None:
    """Return the file that `make_file` wrote with the same name and data; None if there is none."""
    for name in numbered(file_stem(wanted, wanted, linked=True), ENDING):
        path = folder / name
        if not os.path.lexists(path):
            return None
        try:
            if read_ordinary(path, LARGEST) == data:
                return path
        except OSError:
            continue
    raise AssertionError  # the numbers have no end


def files_by_key(folder: Path, say: Callable[[str], None]) -> dict[str, Path]:
    """Return the files with a block in a folder and the folders inside it, by paper's key.

    Hidden folders are skipped, such as `.trash` of Obsidian. Of several files of a paper the first
    by name counts. `say` reports the others, and folders inside that can't be read; PapersError if
    the folder itself can't.
    """
    found: dict[str, Path] = {}

    def unread(error: OSError) -> None:
        if isinstance(error, FileNotFoundError):
            return
        said = f"can't read the folder {error.filename}: {error.strerror}"
        if error.filename == str(folder):
            raise PapersError(said) from error
        say(said)

    for path in sorted(_files(folder, unread)):
        try:
            key = read_note_file(path).block.key
        except NoteFileError:
            continue
        if found.setdefault(key, path) != path:
            say(f"{path} is ignored: {found[key].name} belongs to the same paper")
    return found


def _files(folder: Path, unread: Callable[[OSError], None]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, onerror=unread):
        folders[:] = [each for each in folders if not each.startswith(".")]
        yield from (Path(place, name) for name in names if name.endswith(ENDING))
