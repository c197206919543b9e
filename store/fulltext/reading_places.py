"""Where each paper's text was last read, and the share that has been read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from store.files.disk import DISK, Disk
from store.files.locks import locked
from store.fulltext.texts import make_folder, read_file, write_file
from store.model import Paper

_FILE = "places.json"
_LIMIT = 20_000_000


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a text."""

    block: int = 0
    """The number of the block."""
    offset: int = 0
    """Characters from the start of the block as shown."""


class Places:
    """The reading places of a library. `save` writes them; a damaged file loses nothing else.

    Raises LibraryError if the file can't be read or written. `check` is called before writing and
    may raise too: see Library.check_here.
    """

    def __init__(
        self, folder: Path, disk: Disk = DISK, check: Callable[[], object] = lambda: None
    ) -> None:
        self._folder = folder
        self._disk = disk
        self._check = check
        self._unsaved: dict[str, tuple[Paper, Place, int]] = {}
        """The places that are not on disk yet, by paper's id."""

    def get(self, paper: Paper) -> Place:
        """Return where a paper was last read; the beginning if that is unknown."""
        if paper.id in self._unsaved:
            return self._unsaved[paper.id][1]
        places = self._read()
        for key in paper.keys:
            match places.get(key):
                case [int(block), int(offset), *_] if block >= 0 and offset >= 0:
                    return Place(block, offset)
        return Place()

    def shares(self) -> Mapping[str, int]:
        """Return the read share of each begun paper in percent, by key."""
        shares = {}
        for key, place in self._read().items():
            match place:
                case [int(), int(), int(share)] if 0 <= share <= 100:
                    shares[key] = share
                case [int(), int()]:  # of earlier versions
                    shares[key] = 0
        return shares | {paper.id: share for paper, place, share in self._unsaved.values() if share}

    def remember(self, paper: Paper, place: Place, share: int) -> None:
        """Record the place and the read share (percent) of a paper; `save` writes them."""
        self._unsaved[paper.id] = paper, place, share

    def save(self) -> None:
        """Write the new places to disk; it may wait for another program's lock."""
        import orjson  # here as in _read

        self._check()
        path = self._folder / _FILE
        make_folder(self._folder, self._disk)
        with locked(path):
            places, unsaved = self._read(), dict(self._unsaved)
            for paper, place, share in unsaved.values():
                for key in paper.keys:
                    places.pop(key, None)
                if place != Place():
                    places[paper.id] = [place.block, place.offset, share]
            write_file(self._folder, _FILE, orjson.dumps(places), self._disk)
        for key, saved in unsaved.items():
            if self._unsaved.get(key) is saved:
                del self._unsaved[key]

    def _read(self) -> dict[str, object]:
        """Return the places by key; none if the file is damaged."""
        import orjson  # here because importing this module must cost nothing

        try:
            places = orjson.loads(read_file(self._folder / _FILE, _LIMIT) or b"{}")
        except orjson.JSONDecodeError:
            return {}
        return places if isinstance(places, dict) else {}
