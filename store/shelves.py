"""Papers on disk: one file for each month in which papers were listed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from store.combine import combine
from store.database import read_month, write_month
from store.disk import DISK, Disk
from store.errors import LibraryError
from store.identity import fold_title, same_paper
from store.locks import locked
from store.model import Paper
from store.storage import SCHEMA, too_new


@dataclass(frozen=True, slots=True)
class Added:
    """What an import did, in numbers of papers."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0


class Shelves:
    """The folder `papers/` of a library."""

    def __init__(self, folder: Path, disk: Disk = DISK) -> None:
        self.folder = folder
        self.disk = disk

    def months(self) -> list[Path]:
        """Return the month files, newest first."""
        return sorted(self.folder.glob("[0-9]*.json"), reverse=True)

    def read(self, month: Path) -> tuple[list[Paper], int]:
        """Return a month's papers in their order, and the layout they are in."""
        return read_month(month)

    def add(self, papers: Iterable[Paper], feed: str) -> Added:
        """Add papers that `feed` lists, or what they add to papers that are here already."""
        with self._editing() as shelf:
            imported = updated = unchanged = 0
            for paper in papers:
                incoming = replace(paper, feeds=(feed,))
                place = shelf.find(incoming)
                if place is None:
                    shelf.add(incoming)
                    imported += 1
                elif shelf.combine(place, incoming):
                    updated += 1
                else:
                    unchanged += 1
            shelf.save()
            return Added(imported, updated, unchanged)

    def tidy(self) -> int:
        """Make one paper of those that are kept twice; return how many were."""
        with self._editing() as shelf:
            shelf.save()
            return shelf.twice

    def _editing(self) -> "_Editing":
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(f"can't write in {self.folder.parent}: {error.strerror}") from error
        return _Editing(self)


class _Editing:
    """All papers in memory while the folder is locked, and the months that must be written."""

    def __init__(self, shelves: Shelves) -> None:
        self._folder = shelves.folder
        self._shelves = shelves
        self._lock = locked(shelves.folder)
        self._papers: list[Paper] = []
        self._places: dict[str, int] = {}
        self._titles: dict[str, list[int]] = {}
        self._touched: set[str] = set()
        self.twice = 0
        """Number of papers that were found a second time."""

    def __enter__(self) -> "_Editing":
        self._lock.__enter__()
        try:
            for month in self._shelves.months():
                papers, schema = read_month(month)
                if schema > SCHEMA:
                    raise too_new(month, schema)
                for paper in papers:
                    self._take(paper)
        except BaseException:
            self._lock.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.__exit__(None, None, None)

    def find(self, paper: Paper) -> int | None:
        """Return the place of the paper here that `paper` is another description of."""
        for name in (paper.id, *paper.aliases):
            if name in self._places:
                return self._places[name]
        for place in self._titles.get(fold_title(paper.title), ()):
            if same_paper(self._papers[place], paper):
                return place
        return None

    def add(self, paper: Paper) -> None:
        """Add a paper behind the others."""
        self._append(paper)
        self._touched.add(_month(paper))

    def combine(self, place: int, paper: Paper) -> bool:
        """Add to the paper at `place` what another description says; False if it says no more."""
        known = self._papers[place]
        combined = combine(known, paper)
        if combined == known:
            return False
        self._papers[place] = combined
        self._remember(place)
        self._touched |= {_month(known), _month(combined)}
        return True

    def save(self) -> None:
        """Write the months that changed, earliest first.

        A paper only ever moves to an earlier month, so a crash between two writes leaves it in
        both, never in none.
        """
        by_month: dict[str, list[Paper]] = {month: [] for month in self._touched}
        for paper in self._papers:
            if (month := _month(paper)) in by_month:
                by_month[month].append(paper)
        for month in sorted(by_month):
            write_month(self._folder / f"{month}.json", by_month[month], self._shelves.disk)

    def _take(self, paper: Paper) -> None:
        """Take in a paper from disk.

        A crash between the writes of two months leaves it in both. The earlier month is read
        later and was written last.
        """
        place = self.find(paper)
        if place is None:
            self._append(paper)
            return
        self.combine(place, paper)
        self._touched |= {_month(paper), _month(self._papers[place])}
        self.twice += 1

    def _append(self, paper: Paper) -> None:
        self._papers.append(paper)
        self._remember(len(self._papers) - 1)

    def _remember(self, place: int) -> None:
        paper = self._papers[place]
        for name in (paper.id, *paper.aliases):
            self._places[name] = place
        places = self._titles.setdefault(fold_title(paper.title), [])
        if place not in places:
            places.append(place)


def _month(paper: Paper) -> str:
    return paper.date[:7] or "0000-00"
