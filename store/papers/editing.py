"""Changing papers on disk, one program at a time.

It reads only the months that the change concerns: their papers share a name with the new ones,
directly or through others, or their files must be written.
"""

import gc
from collections import ChainMap, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from store.files.disk import Disk
from store.files.locks import locked
from store.files.storage import SCHEMA, Signature, signature_of, too_new
from store.model import Paper
from store.papers.combine import Described, combine
from store.papers.documents import Later, StoredRecords, is_month, month_of
from store.papers.grouping import group, names_of
from store.papers.month_file import Written, read_month_with_records, write_month
from store.papers.name_index import NameIndex
from store.papers.records import Record
from store.papers.stored_records import listed_as, names_in, to_records, to_stored
from store.papers.ties import Ties


@dataclass(frozen=True, slots=True)
class _Kept:
    """A paper and its other data in the month's file."""

    paper: Paper
    stored: StoredRecords
    place: int = 0
    """Place in its month's file; only for papers older than the records."""
    later: Later = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """The effect of records, each counted for its paper."""

    new: tuple[str, ...]
    """Ids of the new papers."""
    updated: int
    """Number of papers that changed."""
    unchanged: int
    """Number of the other records."""


class Editing:
    """Papers in memory while the folder is locked, and the months to write.

    With `whole` all months are read.
    """

    def __init__(
        self, folder: Path, months: Callable[[], list[Path]], disk: Disk, whole: bool = False
    ) -> None:
        self._folder = folder
        self._months = months
        self._disk = disk
        self._whole = whole
        self._lock = locked(folder)
        self._index: NameIndex
        self._read: dict[str, Signature | None] = {}
        """Months that were read, and the state of their files then."""
        self._kept: dict[int, _Kept] = {}
        self._ties = Ties()
        self._next = 0
        self._touched: set[str] = set()
        self._left: dict[str, list[_Kept]] = {}
        """Papers that moved to another month, as they were, by month."""
        self._later: set[str] = set()
        """Months that got papers from earlier ones."""
        self.written: dict[Path, Written] = {}
        """The months that `save` wrote."""
        self.twice = 0
        """Number of papers that were found a second time."""

    def __enter__(self) -> "Editing":
        self._lock.__enter__()
        try:
            months = self._months()
            self._index = NameIndex(self._folder, months)
            self._load(months if self._whole else self._index.unknown)
            # A paper that a crash left in two months is in one whose file is not known.
            self._join_twice(list(self._kept))
        except BaseException:
            self._lock.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.__exit__(None, None, None)

    def add(self, records: Iterable[Record]) -> Changes:
        """Add what a feed says.

        Records connected to each other or to papers here are processed together, once.
        """
        given = {self._number(names_of(record)): record for record in records}
        self._load_tied(given)
        new: list[str] = []
        updated = 0
        for tied in list(self._ties.tied(given)):
            if len(tied) == 1:  # one record of a paper that is not here, as most are
                (number,) = tied
                (each,) = combine([given[number]])
                # Its names stay: a paper has the names of its records.
                self._kept[number] = _kept(each)
                self._touched.add(month_of(each.paper))
                new.append(each.paper.id)
                continue
            here = [number for number in tied if number in self._kept]
            said = [given[number] for number in tied if number in given]
            for number in tied:
                if number in given:
                    self._ties.remove(number)
            before = {self._kept[number].paper for number in here}
            said_now = set(map(id, said))
            for each in self._replace(here, [*self._records(here), *said]):
                said_of_it = sum(id(record) in said_now for record in each.given)
                if said_of_it == len(each.given):
                    new.append(each.paper.id)
                elif said_of_it and each.paper not in before:
                    updated += 1
        return Changes(tuple(new), updated, len(given) - len(new) - updated)

    def feeds(self) -> frozenset[str]:
        """Return the names of all feeds that have papers here."""
        here = {feed for kept in self._kept.values() for feed in kept.paper.feeds}
        return frozenset(here | self._index.feeds(but=self._read))

    def drop(self, feed: str, marked: Collection[str]) -> tuple[int, int]:
        """Remove what a feed said; return how many papers left, and how many stayed.

        Marked papers and those of other feeds stay.
        """
        gone = stayed = 0
        for number, kept in list(self._kept.items()):
            if feed not in kept.paper.feeds:
                continue
            if len(kept.paper.feeds) > 1:
                self._replace([number], _without(self._records([number]), feed))
                stayed += 1
            elif not any(name in marked for name in kept.paper.keys):
                self._remove(number)
                self._touched.add(month_of(kept.paper))
                gone += 1
            else:
                stayed += 1
        return gone, stayed

    def save(self) -> None:
        """Write the months that changed.

        A paper's new month is written before the old one: a crash in between leaves it in both,
        never in none.
        """
        while self._load(list(map(self._path, self._touched))):
            pass
        by_month: dict[str, list[_Kept]] = defaultdict(list)
        names: dict[str, list[str]] = defaultdict(list)
        for number, kept in self._kept.items():
            month = month_of(kept.paper)
            by_month[month].append(kept)
            names[month] += self._ties.of(number)
        for month in sorted(self._later):
            self._write(month, [*self._left.get(month, ()), *by_month[month]])
        for month in sorted(self._touched):
            self._write(month, by_month[month])
        for month in {*self._touched, *(path.stem for path in self._index.unknown)}:
            if not is_month(month):
                continue
            feeds = {feed for kept in by_month[month] for feed in kept.paper.feeds}
            self._index.put(self._path(month), self._read[month], names[month], feeds)
        self._index.write()

    def _path(self, month: str) -> Path:
        return self._folder / f"{month}.json"

    def _load(self, months: Iterable[Path]) -> bool:
        """Read months that were not read; return whether there were any."""
        new = [month for month in months if month.stem not in self._read]
        collecting = gc.isenabled()
        # Nothing read here is garbage; collecting would double the time.
        gc.disable()
        try:
            for month in new:
                self._read[month.stem] = signature_of(month)
                papers, schema = read_month_with_records(month)
                if schema > SCHEMA:
                    raise too_new(month, schema)
                for place, (paper, stored, later) in enumerate(papers):
                    kept = _Kept(paper, stored, place, later)
                    self._put(kept)
                    # What was written by hand goes where it belongs; a file of another name, as a
                    # synchronised folder makes one, stays as it is.
                    if month_of(paper) != month.stem and is_month(month.stem):
                        self._move(kept, month.stem, {month_of(paper)})
        finally:
            if collecting:
                gc.enable()
        return bool(new)

    def _load_tied(self, numbers: Collection[int]) -> None:
        """Read the months of all papers that are tied to these, directly or through others."""
        asked: set[str] = set()
        while names := self._ties.names(numbers) - asked:
            asked |= names
            if not self._load(map(self._path, self._index.months_with(names))):
                break

    def _write(self, month: str, papers: list[_Kept]) -> None:
        papers.sort(key=lambda kept: listed_as(kept.paper, kept.stored, kept.place))
        path = self._path(month)
        write_month(path, [(kept.paper, kept.stored, kept.later) for kept in papers], self._disk)
        self._read[month] = signature_of(path)
        self.written[path] = Written(self._read[month], [kept.paper for kept in papers])

    def _join_twice(self, unknown: Collection[int]) -> None:
        """Make one paper of each that a crash between the writes of two months left in both.

        Only what is tied to papers of which nothing is known is all here, and looked at.
        """
        self._load_tied(unknown)
        for numbers in list(self._ties.several(unknown)):
            records = self._records(numbers)
            if (twice := len(numbers) - len(group(records))) > 0:
                self._touched |= {month_of(self._kept[number].paper) for number in numbers}
                self._replace(numbers, records)
                self.twice += twice

    def _replace(self, numbers: Iterable[int], records: list[Record]) -> list[Described]:
        """Put the papers that records are of in place of some that are here."""
        described = combine(records)
        before = [self._remove(number) for number in numbers]
        after = [_with_later(_kept(each), before) for each in described]
        for kept in after:
            self._put(kept)
        self._touch(before, after)
        return described

    def _touch(self, before: list[_Kept], after: list[_Kept]) -> None:
        """Record the months in which something is otherwise than before."""
        old, new = (
            {(kept.paper.id, month_of(kept.paper)): (kept.paper, kept.stored) for kept in some}
            for some in (before, after)
        )
        changed = {place for place in old.keys() | new.keys() if old.get(place) != new.get(place)}
        self._touched |= {month for _, month in changed}
        here = {month for _, month in new}
        for kept in before:
            if (month := month_of(kept.paper)) not in here:
                self._move(kept, month, here)

    def _move(self, kept: _Kept, month: str, to: Collection[str]) -> None:
        """Record that a paper leaves a month for others, which are written before that."""
        self._touched |= {month, *to}
        self._left.setdefault(month, []).append(kept)
        self._later |= {other for other in to if other > month}

    def _records(self, numbers: Iterable[int]) -> list[Record]:
        """Return what the feeds said of papers."""
        records = []
        for kept in map(self._kept.__getitem__, numbers):
            records += to_records(kept.paper, kept.stored, kept.place)
        return records

    def _put(self, kept: _Kept) -> None:
        self._kept[self._number(names_in(kept.paper, kept.stored))] = kept

    def _remove(self, number: int) -> _Kept:
        self._ties.remove(number)
        return self._kept.pop(number)

    def _number(self, names: set[str]) -> int:
        """Return a new number for what goes by names."""
        self._next += 1
        self._ties.put(self._next, names)
        return self._next


def _kept(described: Described) -> _Kept:
    return _Kept(described.paper, to_stored(described.paper, described.records))


def _with_later(kept: _Kept, before: Iterable[_Kept]) -> _Kept:
    """Return a paper with the fields of a later version that it had under each of its names."""
    names = kept.paper.keys
    fields = [each.later for each in before if each.later and each.paper.id in names]
    return replace(kept, later=dict(ChainMap(*map(dict, fields)))) if fields else kept


def _without(records: list[Record], feed: str) -> list[Record]:
    """Return the records of other feeds, with all names: marks may have been made under any."""
    first, *others = (record for record in records if record.feed != feed)
    names = dict.fromkeys(name for record in records for name in record.names)
    aliases = tuple(name for name in names if name != first.paper.id)
    return [replace(first, paper=replace(first.paper, aliases=aliases)), *others]
