"""Papers on disk while they are changed: all in memory, one program at a time."""

import re
from collections.abc import Callable
from pathlib import Path

from store.combine import combine
from store.database import read_month, write_month
from store.disk import Disk
from store.identity import fold_title, same_paper
from store.locks import locked
from store.model import Paper
from store.storage import SCHEMA, too_new


class Editing:
    """All papers in memory while the folder is locked, and the months that must be written."""

    def __init__(self, folder: Path, months: Callable[[], list[Path]], disk: Disk) -> None:
        self._folder = folder
        self._months = months
        self._disk = disk
        self._lock = locked(folder)
        self._papers: list[Paper] = []
        self._places: dict[str, int] = {}
        self._titles: dict[str, list[int]] = {}
        self._touched: set[str] = set()
        self.twice = 0
        """Number of papers that were found a second time."""

    def __enter__(self) -> "Editing":
        self._lock.__enter__()
        try:
            for month in self._months():
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
            write_month(self._folder / f"{month}.json", by_month[month], self._disk)

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
    # It becomes the name of a file.
    month = paper.date[:7]
    return month if re.fullmatch(r"\d{4}-\d\d", month, re.ASCII) else "0000-00"
