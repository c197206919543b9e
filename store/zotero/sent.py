"""Which papers were given to Zotero, so that twice is once also if it can't be asked."""

from collections.abc import Iterable
from pathlib import Path

import orjson

from store.errors import LibraryError
from store.files.disk import DISK, Disk
from store.files.locks import locked
from store.model import Paper

FILE = "zotero.json"


class Sent:
    """The keys of papers that were sent, in a file of the library. LibraryError."""

    def __init__(self, library: Path, disk: Disk = DISK) -> None:
        self._file = library / FILE
        self._disk = disk

    def has(self, paper: Paper) -> bool:
        """Return whether a paper was sent, under any key it ever had."""
        return not self._read().isdisjoint((paper.id, *paper.aliases))

    def add(self, papers: Iterable[Paper]) -> None:
        """Record papers that were sent."""
        with locked(self._file):
            keys = sorted(self._read() | {paper.id for paper in papers})
            try:
                self._disk.replace_file(self._file, orjson.dumps(keys))
            except OSError as error:
                raise LibraryError(f"can't write {self._file}: {error.strerror}") from error

    def _read(self) -> frozenset[str]:
        try:
            keys = orjson.loads(self._file.read_bytes())
        except (FileNotFoundError, orjson.JSONDecodeError):
            return frozenset()
        except OSError as error:
            raise LibraryError(f"can't read {self._file}: {error.strerror}") from error
        return frozenset(filter(_is_text, keys)) if isinstance(keys, list) else frozenset()


def _is_text(key: object) -> bool:
    return isinstance(key, str)
