"""The full texts of papers, as Markdown files in the library, and where each was last read.

A text is kept once it has been fetched, so that it can be read without a network. Deleting the
folder loses nothing that can't be fetched again, but for the places.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from store.errors import LibraryError, NotAFeedError, PapersError
from store.files.disk import DISK, Disk, folder_mode_inside
from store.files.locks import locked
from store.model import Paper
from store.text.clean import clean_text

HUGGING_FACE = "https://huggingface.co"
"""Where texts come from, unless a mirror is named."""
TEXT_LIMIT = 1_000_000
"""Characters of a text that are kept; the longest papers have half of that."""
_BYTES_LIMIT = 4 * TEXT_LIMIT
"""What TEXT_LIMIT characters take in UTF-8 at most."""
_PLACES = "places.json"
_HEAD = re.compile(r"Title: .{0,2000}\n(?:.{0,2000}\n){0,12}?Markdown Content:\s*")
"""What the source sets before a text: title, address and time."""


class NoFullTextError(PapersError):
    """The source has no full text of a paper."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a text somebody reads."""

    piece: int = 0
    """Number of the piece of the document."""
    offset: int = 0
    """Characters into the piece as it is shown."""


def full_text_address(paper: Paper, endpoint: str = HUGGING_FACE) -> str | None:
    """Return where the full text of a paper is, or None: only papers on arXiv have one.

    Source: the paper pages of Hugging Face, which give their text as Markdown under `.md`.
    """
    for key in (paper.id, *paper.aliases):
        scheme, _, name = key.partition(":")
        if scheme == "arxiv":
            return f"{endpoint.rstrip('/')}/papers/{name}.md"
    return None


def read_full_text(data: bytes) -> str:
    """Return the text in what a source sent, harmless, without the lines that it sets before it.

    NoFullTextError where there is none: nothing, binary data, or a web page in its place.
    """
    from store.feeds.reading import decode  # here because it is for what comes from outside

    try:
        text, _ = decode(data)
    except NotAFeedError as error:
        raise NoFullTextError("what came is not the text of a paper") from error
    text = clean_text(text, TEXT_LIMIT)
    text = text[head.end() :] if (head := _HEAD.match(text)) else text
    if not text.strip():
        raise NoFullTextError("what came is an empty text")
    return text


class FullTexts:
    """A folder of texts. A paper is found under any key it ever had.

    Raises LibraryError where a file can't be read or written, or is damaged.
    """

    def __init__(self, folder: Path, disk: Disk = DISK) -> None:
        self._folder = folder
        self._disk = disk
        self._unsaved: dict[str, tuple[Paper, Place]] = {}
        """The places that are not on disk, by the paper's id."""

    def get(self, paper: Paper) -> str | None:
        """Return the text that is kept of a paper, or None."""
        for key in _keys(paper):
            path = self._folder / file_name(key)
            data = _read(path, _BYTES_LIMIT)
            if data is None:
                continue
            try:
                text = data.decode()
            except UnicodeDecodeError as error:
                raise LibraryError(f"{path} is damaged: it is not UTF-8") from error
            if not text.strip():
                raise LibraryError(f"{path} is damaged: it is empty")
            return clean_text(text, TEXT_LIMIT)
        return None

    def put(self, paper: Paper, text: str) -> None:
        """Keep the text of a paper, in place of the one there was."""
        path = self._folder / file_name(paper.id)
        self._write(path, clean_text(text, TEXT_LIMIT).encode())

    def place(self, paper: Paper) -> Place:
        """Return where a paper was last read; its beginning where that is not known."""
        if paper.id in self._unsaved:
            return self._unsaved[paper.id][1]
        places = self._read_places()
        for key in _keys(paper):
            match places.get(key):
                case [int(piece), int(offset)] if piece >= 0 and offset >= 0:
                    return Place(piece, offset)
        return Place()

    def remember(self, paper: Paper, place: Place) -> None:
        """Take note of where a paper is read; `save_places` keeps it."""
        self._unsaved[paper.id] = paper, place

    def save_places(self) -> None:
        """Write the places that are not on disk; it may wait for another program's lock."""
        import orjson  # here as in _read_places

        path = self._folder / _PLACES
        self._make_folder()
        with locked(path):
            places, unsaved = self._read_places(), dict(self._unsaved)
            for paper, place in unsaved.values():
                for key in _keys(paper):
                    places.pop(key, None)
                if place != Place():
                    places[paper.id] = [place.piece, place.offset]
            self._write(path, orjson.dumps(places))
        for key, saved in unsaved.items():
            if self._unsaved.get(key) is saved:
                del self._unsaved[key]

    def _read_places(self) -> dict[str, object]:
        """Return the places by key: none where the file is damaged, which costs a reader little."""
        import orjson  # here because importing this module must cost nothing

        try:
            places = orjson.loads(_read(self._folder / _PLACES, _BYTES_LIMIT) or b"{}")
        except orjson.JSONDecodeError:
            return {}
        return places if isinstance(places, dict) else {}

    def _write(self, path: Path, data: bytes) -> None:
        self._make_folder()
        try:
            self._disk.replace_file(path, data)
        except OSError as error:
            raise LibraryError(f"can't write {path}: {error.strerror}") from error

    def _make_folder(self) -> None:
        try:
            self._disk.make_folder(self._folder, folder_mode_inside(self._folder.parent))
        except OSError as error:
            raise LibraryError(f"can't make the folder {self._folder}: {error.strerror}") from error


def file_name(key: str) -> str:
    """Return the name of the file for a key: readable, and another for each key on any system.

    A key may hold what a path is made of, and some file systems do not tell upper from lower case:
    the hash tells keys apart, what stands before it is for people.
    """
    readable = re.sub(r"[^a-z0-9.]+", "-", key.lower())[:60]
    return f"{readable.strip('-.')}-{hashlib.sha256(key.encode()).hexdigest()[:12]}.md"


def _keys(paper: Paper) -> Iterable[str]:
    return (paper.id, *paper.aliases)


def _read(path: Path, limit: int) -> bytes | None:
    """Return what is in a file, as far as a limit; None where there is no file."""
    try:
        with path.open("rb") as file:
            return file.read(limit)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LibraryError(f"can't read {path}: {error.strerror}") from error
