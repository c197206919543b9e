"""Papers on disk while they are changed: in memory as far as needed, one program at a time.

The months are read that papers to be added may be tied to, and those that are written. Which these
are tells the file of names (store.papers.names_file); of what it does not know, the month is read.
"""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from store.files.disk import Disk
from store.files.locks import locked
from store.files.storage import SCHEMA, Signature, signature_of, too_new
from store.model import Paper
from store.papers.combine import Described, combine
from store.papers.documents import Told, month_of
from store.papers.grouping import group, names_of
from store.papers.month_file import read_told_month, write_month
from store.papers.names_file import MonthNames, read_names, sums_of, write_names
from store.papers.records import Record
from store.papers.ties import Ties
from store.papers.told import listed_as, names_told, to_records, to_told


@dataclass(frozen=True, slots=True)
class _Kept:
    """A paper and what its month's file has beside it."""

    paper: Paper
    told: Told
    place: int = 0
    """Place in its month's file; only of a paper from before records were kept."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What records did, each counted for the paper that it is of."""

    new: tuple[str, ...]
    """Ids of the papers that were not here."""
    updated: int
    """Number of papers that were here and changed."""
    unchanged: int
    """Number of the other records."""


class Editing:
    """The papers that are needed, in memory, while the folder is locked.

    With `everything` all are read, whatever is known of them.
    """

    def __init__(
        self,
        folder: Path,
        months: Callable[[], list[Path]],
        disk: Disk,
        everything: bool = False,
    ) -> None:
        self._folder = folder
        self._months = months
        self._disk = disk
        self._everything = everything
        self._lock = locked(folder)
        self._unread: dict[str, MonthNames] = {}
        """What is known of the months that were not read."""
        self._names: dict[str, MonthNames] = {}
        """The same of those that were read, as they are on disk."""
        self._names_changed = False
        """Whether that is more than the file of names tells."""
        self._kept: dict[int, _Kept] = {}
        self._ties = Ties()
        self._next = 0
        self._touched: set[str] = set()
        self._left: dict[str, list[_Kept]] = {}
        """Papers that went to another month, as they were, by month."""
        self._later: set[str] = set()
        """Months that papers went to from earlier ones."""
        self.twice = 0
        """Number of papers that were found a second time."""

    def __enter__(self) -> "Editing":
        self._lock.__enter__()
        try:
            known = {} if self._everything else read_names(self._folder.parent)
            unknown = []
            for path in self._months():
                month = known.get(path.stem)
                if month and month.is_of(signature_of(path)):
                    self._unread[path.stem] = month
                else:
                    unknown.append(path.stem)
            self._names_changed = bool(unknown) or len(known) > len(self._unread)
            # A crash between the writes of two months leaves files of which nothing is known.
            self._join_twice(self._read(unknown))
        except BaseException:
            self._lock.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.__exit__(None, None, None)

    def add(self, records: Iterable[Record]) -> Changes:
        """Add what a feed says.

        Records that are tied to each other or to papers here are worked on together, once.
        """
        given = {self._number(names_of(record)): record for record in records}
        self._read_tied(given)
        new: list[str] = []
        updated = 0
        for tied in list(self._ties.tied(given)):
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
        here = {feeds for kept in self._kept.values() if (feeds := kept.paper.feeds)}
        return frozenset().union(*here, *(month.feeds for month in self._unread.values()))

    def drop(self, feed: str, marked: Collection[str]) -> tuple[int, int]:
        """Take away what a feed said; return how many papers went, and how many stayed.

        Those stay that are marked, and those of other feeds as well.
        """
        self._read([name for name, month in self._unread.items() if feed in month.feeds])
        gone = stayed = 0
        for number, kept in list(self._kept.items()):
            if feed not in kept.paper.feeds:
                continue
            if len(kept.paper.feeds) > 1:
                self._replace([number], _without(self._records([number]), feed))
                stayed += 1
            elif not any(name in marked for name in (kept.paper.id, *kept.paper.aliases)):
                self._remove(number)
                self._touched.add(month_of(kept.paper))
                gone += 1
            else:
                stayed += 1
        return gone, stayed

    def save(self) -> None:
        """Write the months that changed.

        A month that a paper goes to is written before the one it leaves: a crash in between
        leaves it in both, never in none.
        """
        self._read([month for month in self._touched if month in self._unread])
        by_month: dict[str, list[int]] = {month: [] for month in self._touched}
        for number, kept in self._kept.items():
            if (month := month_of(kept.paper)) in by_month:
                by_month[month].append(number)
        for month in sorted(self._later):
            self._write(month, by_month[month], self._left.get(month, []))
        for month in sorted(by_month):
            self._write(month, by_month[month])
        if self._names_changed:
            write_names(self._folder.parent, self._unread | self._names, self._disk)

    def _write(self, month: str, numbers: Collection[int], left: Collection[_Kept] = ()) -> None:
        papers = [*left, *(self._kept[number] for number in numbers)]
        papers.sort(key=lambda kept: listed_as(kept.paper, kept.told, kept.place))
        path = self._folder / f"{month}.json"
        write_month(path, [(kept.paper, kept.told) for kept in papers], self._disk)
        self._know(month, signature_of(path), numbers)

    def _read(self, months: Iterable[str]) -> list[int]:
        """Read months; return the numbers of their papers."""
        numbers: list[int] = []
        with _no_collecting():
            for month in months:
                path = self._folder / f"{month}.json"
                signature = signature_of(path)
                papers, schema = read_told_month(path)
                if schema > SCHEMA:
                    raise too_new(path, schema)
                read = [self._put(_Kept(*each, place)) for place, each in enumerate(papers)]
                if known := self._unread.pop(month, None):
                    self._names[month] = known
                else:
                    self._know(month, signature, read)
                numbers += read
        return numbers

    def _read_tied(self, numbers: Collection[int]) -> None:
        """Read the months of all papers that are tied to these, directly or through others."""
        asked: set[int] = set()
        while self._unread:
            sums = set(sums_of(self._ties.tied_names(numbers))) - asked
            if not sums:
                return
            asked |= sums
            self._read([month for month, names in self._unread.items() if names.has_name(sums)])

    def _know(self, month: str, signature: Signature | None, numbers: Collection[int]) -> None:
        """Take note of what is in a month's file."""
        papers = [self._kept[number].paper for number in numbers]
        names = {name for number in numbers for name in self._ties.names(number)}
        self._names.pop(month, None)
        if signature:
            self._names[month] = MonthNames.of(signature, papers, names)
        self._names_changed = True

    def _join_twice(self, numbers: Collection[int]) -> None:
        """Make one paper of each that a crash between the writes of two months left in both."""
        self._read_tied(numbers)
        for tied in list(self._ties.several(numbers)):
            records = self._records(tied)
            if (twice := len(tied) - len(group(records))) > 0:
                self._touched |= {month_of(self._kept[number].paper) for number in tied}
                self._replace(tied, records)
                self.twice += twice

    def _replace(self, numbers: Iterable[int], records: list[Record]) -> list[Described]:
        """Put the papers that records are of in the place of some that are here."""
        described = combine(records)
        before = [self._remove(number) for number in numbers]
        after = [_Kept(each.paper, to_told(each.paper, each.records)) for each in described]
        for kept in after:
            self._put(kept)
        self._touch(before, after)
        return described

    def _touch(self, before: list[_Kept], after: list[_Kept]) -> None:
        """Take note of the months in which something is otherwise than before."""
        old, new = (
            {(kept.paper.id, month_of(kept.paper)): (kept.paper, kept.told) for kept in some}
            for some in (before, after)
        )
        changed = {place for place in old.keys() | new.keys() if old.get(place) != new.get(place)}
        self._touched |= {month for _, month in changed}
        here = {month for _, month in new}
        for kept in before:
            if (month := month_of(kept.paper)) not in here:
                self._left.setdefault(month, []).append(kept)
                self._later |= {other for other in here if other > month}

    def _records(self, numbers: Iterable[int]) -> list[Record]:
        """Return what the feeds told of papers."""
        records = []
        for kept in map(self._kept.__getitem__, numbers):
            records += to_records(kept.paper, kept.told, kept.place)
        return records

    def _put(self, kept: _Kept) -> int:
        number = self._number(names_told(kept.paper, kept.told))
        self._kept[number] = kept
        return number

    def _remove(self, number: int) -> _Kept:
        self._ties.remove(number)
        return self._kept.pop(number)

    def _number(self, names: set[str]) -> int:
        """Return a new number for what goes by names."""
        self._next += 1
        self._ties.put(self._next, names)
        return self._next


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Do without the search for garbage: nothing of what is read is, and it doubles the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _without(records: list[Record], feed: str) -> list[Record]:
    """Return the records of other feeds, with all names: marks may have been made under any."""
    first, *others = (record for record in records if record.feed != feed)
    names = dict.fromkeys(name for record in records for name in record.names)
    aliases = tuple(name for name in names if name != first.paper.id)
    return [replace(first, paper=replace(first.paper, aliases=aliases)), *others]
