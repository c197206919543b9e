"""Papers on disk while they are changed: all in memory, one program at a time."""

import gc
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from store.errors import LibraryDamagedError
from store.files.disk import Disk
from store.files.locks import locked
from store.files.storage import SCHEMA, too_new
from store.files.tables import read_told_month, write_month
from store.model import Paper
from store.papers.combine import combine
from store.papers.documents import Told
from store.papers.grouping import names_of
from store.papers.months import month_of
from store.papers.records import Record
from store.papers.told import listed_as, names_told, to_records, to_told


@dataclass(frozen=True, slots=True)
class _Kept:
    """A paper and what its month's file has beside it."""

    paper: Paper
    told: Told
    place: int = 0
    """Place in its month's file; only of a paper from before records were kept."""


class Editing:
    """All papers in memory while the folder is locked, and the months that must be written."""

    def __init__(self, folder: Path, months: Callable[[], list[Path]], disk: Disk) -> None:
        self._folder = folder
        self._months = months
        self._disk = disk
        self._lock = locked(folder)
        self._kept: dict[int, _Kept] = {}
        self._names: dict[int, set[str]] = {}
        self._next = 0
        self._named: dict[str, set[int]] = {}
        """The papers that go by a name: a key of theirs, or that of a title."""
        self._touched: set[str] = set()
        self._left: dict[str, list[_Kept]] = {}
        """Papers that went to another month, as they were, by month."""
        self._later: set[str] = set()
        """Months that papers went to from earlier ones."""
        self.twice = 0
        """Number of papers that were found a second time."""

    def __enter__(self) -> "Editing":
        self._lock.__enter__()
        collecting = gc.isenabled()
        # Nothing of what is read is garbage; looking for some would double the time.
        gc.disable()
        try:
            for month in self._months():
                papers, schema = read_told_month(month)
                if schema > SCHEMA:
                    raise too_new(month, schema)
                for place, (paper, told) in enumerate(papers):
                    self._take(_Kept(paper, told, place))
        except BaseException:
            self._lock.__exit__(None, None, None)
            raise
        finally:
            if collecting:
                gc.enable()
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.__exit__(None, None, None)

    def add(self, record: Record) -> bool | None:
        """Add what a feed says; tell whether a paper here changed by it, None for a new paper."""
        before, after = self._combine(self._tied_to(names_of(record)), [record])
        if len(after) > len(before):
            return None
        return {kept.paper for kept in before} != {kept.paper for kept in after}

    def feeds(self) -> frozenset[str]:
        """Return the names of all feeds that have papers here."""
        return frozenset(feed for kept in self._kept.values() for feed in kept.paper.feeds)

    def drop(self, feed: str, marked: Collection[str]) -> tuple[int, int]:
        """Take away what a feed said; return how many papers went, and how many stayed.

        Those stay that are marked, and those of other feeds as well.
        """
        gone = stayed = 0
        for number, kept in list(self._kept.items()):
            if feed not in kept.paper.feeds:
                continue
            if len(kept.paper.feeds) > 1:
                self._combine({number}, _without(self._records(kept), feed), anew=True)
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
        by_month: dict[str, list[_Kept]] = {month: [] for month in self._touched}
        for kept in self._kept.values():
            if (month := month_of(kept.paper)) in by_month:
                by_month[month].append(kept)
        for month in sorted(self._later):
            self._write(month, [*self._left.get(month, ()), *by_month[month]])
        for month in sorted(by_month):
            self._write(month, by_month[month])

    def _write(self, month: str, papers: list[_Kept]) -> None:
        papers.sort(key=lambda kept: listed_as(kept.paper, kept.told, kept.place))
        written = [(kept.paper, kept.told) for kept in papers]
        write_month(self._folder / f"{month}.json", written, self._disk)

    def _take(self, kept: _Kept) -> None:
        """Take in a paper from disk; a crash between the writes of two months leaves it in both."""
        names = names_told(kept.paper, kept.told)
        known = self._tied_to(names)
        self._put(kept, names)
        if known:
            before, after = self._combine({*known, self._next - 1}, [])
            if len(after) < len(before):
                self._touched |= {month_of(each.paper) for each in before}
                self.twice += len(before) - len(after)

    def _combine(
        self, numbers: set[int], records: list[Record], anew: bool = False
    ) -> tuple[list[_Kept], list[_Kept]]:
        """Make papers of records and those of papers here, or of the records alone.

        Returns the papers before and after.
        """
        before = [self._kept[number] for number in sorted(numbers)]
        known = [] if anew else [record for kept in before for record in self._records(kept)]
        described = combine([*known, *records])
        after = [_Kept(each.paper, to_told(each.paper, each.records)) for each in described]
        for number in numbers:
            self._remove(number)
        for kept in after:
            self._put(kept, names_told(kept.paper, kept.told))
        self._touch(before, after)
        return before, after

    def _touch(self, before: list[_Kept], after: list[_Kept]) -> None:
        """Take note of the months in which something is otherwise than before."""
        old = [(kept.paper, kept.told) for kept in before]
        new = [(kept.paper, kept.told) for kept in after]
        for paper, told in (*old, *new):
            if (paper, told) not in old or (paper, told) not in new:
                self._touched.add(month_of(paper))
        here = {month_of(paper) for paper, _ in new}
        for kept in before:
            if (month := month_of(kept.paper)) not in here:
                self._left.setdefault(month, []).append(kept)
                self._later |= {other for other in here if other > month}

    def _records(self, kept: _Kept) -> list[Record]:
        try:
            return to_records(kept.paper, kept.told, kept.place)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            path = self._folder / f"{month_of(kept.paper)}.json"
            reason = f"what the feeds told of {kept.paper.id} lacks its fields"
            raise LibraryDamagedError(path, reason) from error

    def _tied_to(self, names: Iterable[str]) -> set[int]:
        """Return the papers that go by these names, and those that go by theirs, and so on."""
        tied: set[int] = set()
        waiting = set(names)
        while waiting:
            found = {number for name in waiting for number in self._named.get(name, ())} - tied
            tied |= found
            waiting = {name for number in found for name in self._names[number]} - waiting
        return tied

    def _put(self, kept: _Kept, names: set[str]) -> None:
        number, self._next = self._next, self._next + 1
        self._kept[number] = kept
        self._names[number] = names
        for name in names:
            self._named.setdefault(name, set()).add(number)

    def _remove(self, number: int) -> None:
        del self._kept[number]
        for name in self._names.pop(number):
            self._named[name].discard(number)


def _without(records: list[Record], feed: str) -> list[Record]:
    """Return the records of other feeds, with all names: marks may have been made under any."""
    first, *others = (record for record in records if record.feed != feed)
    names = dict.fromkeys(name for record in records for name in record.names)
    aliases = tuple(name for name in names if name != first.paper.id)
    return [replace(first, paper=replace(first.paper, aliases=aliases)), *others]
