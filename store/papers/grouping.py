"""Tell which descriptions are of one paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from typing import TypeAlias

from store.identity import SAMPLE_FEED, family_names, key_order, title_key
from store.papers.records import Record

_Kind: TypeAlias = tuple[bool, bool, bool]
"""Whether there are arXiv ids, DOIs and authors."""

_JOINED = 100
"""So many papers, at most, does one record make one: no feed means more."""


def names_of(record: Record) -> set[str]:
    """Return all that may tie a record to others: its keys, and the key of its title alone."""
    return {*record.names, title_key(record.paper.title)}


def group(records: Iterable[Record]) -> list[list[Record]]:
    """Divide records into papers.

    Records are of one paper that share an arXiv id or a DOI. So are those whose titles are equal,
    whose ids do not disagree, and of which one has no authors or both share one (97.5% of papers
    in two feeds have equal titles; "Graph Theory" is the title of several). One that fits several
    papers by its title stays alone: a wrong guess would give a paper another one's marks.

    The result does not depend on the order of the records. The time grows with their number, also
    where thousands have one title or the DOI of one volume.
    """
    found = list(records)
    if len(found) == 1:
        return [found]
    groups = _Groups()
    for place, record in enumerate(sorted(found, key=_strongest_first)):
        candidate = _Group.of(record, place)
        by_id = groups.sharing_id(candidate)
        by_title = [] if by_id else groups.sharing_title(candidate)
        if by_id or len(by_title) == 1:
            groups.join(candidate, by_id or by_title)
        else:
            groups.add(candidate)
    return groups.records()


@dataclass(slots=True)
class _Group:
    """Records of one paper, and what ties others to them."""

    records: list[Record]
    arxiv: set[str]
    dois: set[str]
    titles: set[str]
    """Keys of titles."""
    authors: set[str]
    """Family names."""
    place: int
    """That of its first record among all."""

    @classmethod
    def of(cls, record: Record, place: int) -> "_Group":
        names = names_of(record)
        arxiv = {name for name in names if name.startswith("arxiv:")}
        dois = {name for name in names if name.startswith("doi:")}
        authors = family_names(record.paper.authors) if record.feed != SAMPLE_FEED else set()
        return cls([record], arxiv, dois, names - arxiv - dois, authors, place)

    @property
    def kind(self) -> _Kind:
        return bool(self.arxiv), bool(self.dois), bool(self.authors)

    @property
    def names(self) -> set[str]:
        """All under which it is looked for; no family name has the colon that keys have."""
        return self.arxiv | self.dois | self.titles | self.authors

    def disagrees(self, other: "_Group") -> bool:
        """Return whether both have ids of a scheme and none in common."""
        pairs = (self.arxiv, other.arxiv), (self.dois, other.dois)
        return any(ours and theirs and ours.isdisjoint(theirs) for ours, theirs in pairs)

    def take(self, other: "_Group") -> None:
        self.records += other.records
        self.arxiv |= other.arxiv
        self.dois |= other.dois
        self.titles |= other.titles
        self.authors |= other.authors
        self.place = min(self.place, other.place)


class _Groups:
    """The papers found so far by numbers, and the names under which each is found."""

    def __init__(self) -> None:
        self._groups: dict[int, _Group] = {}
        self._named: dict[_Kind, dict[str, set[int]]] = {}

    def records(self) -> list[list[Record]]:
        """Return the records of each paper, in the order of their first ones."""
        return [self._groups[number].records for number in sorted(self._groups, key=self._place)]

    def sharing_id(self, candidate: _Group) -> list[int]:
        """Return the papers of which an id is the same, in their order.

        If both have arXiv ids, these decide. A DOI may be that of a volume: it tells nothing
        where titles and authors are others.
        """
        found: set[int] = set()
        for (with_arxiv, _, with_authors), named in self._named.items():
            if with_arxiv and candidate.arxiv:
                found.update(*(named.get(name, ()) for name in candidate.arxiv))
                continue
            for same in (named[name] for name in candidate.dois if name in named):
                if candidate.authors and with_authors:
                    alike = candidate.titles | candidate.authors
                    found.update(*(same & named[name] for name in alike if name in named))
                else:
                    found |= same
        return nsmallest(_JOINED, found, key=self._place)

    def sharing_title(self, candidate: _Group) -> list[int]:
        """Return the paper that it fits by its title, or two of several; none shares an id."""
        found: set[int] = set()
        for (with_arxiv, with_doi, with_authors), named in self._named.items():
            if (with_arxiv and candidate.arxiv) or (with_doi and candidate.dois):
                continue  # their ids disagree
            for same in (named[name] for name in candidate.titles if name in named):
                alike = [same]
                if candidate.authors and with_authors:
                    alike = [named[name] for name in candidate.authors if name in named]
                for others in alike:
                    found |= _two(same, others)
                    if len(found) > 1:
                        return list(found)
        return list(found)

    def add(self, candidate: _Group) -> None:
        """Make a paper of a record."""
        self._groups[candidate.place] = candidate
        self._list(candidate.place, candidate.names)

    def join(self, candidate: _Group, numbers: list[int]) -> None:
        """Add a record to the first of some papers, and those others that agree with it then."""
        first, *others = numbers
        self._take(first, candidate)
        for other in others:
            if not self._groups[first].disagrees(self._groups[other]):
                first = self._merge(first, other)

    def _merge(self, one: int, other: int) -> int:
        """Make one paper of two, return its number; the names of the one with fewer move."""
        few, many = sorted((one, other), key=lambda number: len(self._groups[number].names))
        self._unlist(few)
        self._take(many, self._groups.pop(few))
        return many

    def _take(self, number: int, other: _Group) -> None:
        """Let a paper have what another has."""
        paper, names = self._groups[number], other.names
        if any(theirs and not ours for ours, theirs in zip(paper.kind, other.kind, strict=True)):
            self._unlist(number)
            names |= paper.names
        paper.take(other)
        self._list(number, names)

    def _list(self, number: int, names: Iterable[str]) -> None:
        named = self._named.setdefault(self._groups[number].kind, {})
        for name in names:
            named.setdefault(name, set()).add(number)

    def _unlist(self, number: int) -> None:
        paper = self._groups[number]
        for name in paper.names:
            self._named[paper.kind][name].discard(number)

    def _place(self, number: int) -> int:
        return self._groups[number].place


def _two(one: set[int], other: set[int]) -> set[int]:
    """Return what two sets have in common, or two of it."""
    few, many = sorted((one, other), key=len)
    return set(islice((number for number in few if number in many), 2))


def _strongest_first(record: Record) -> tuple[object, ...]:
    """Return the order in which records look for their paper: those with better keys first."""
    best = min(map(key_order, record.names))
    return best[0], not record.paper.authors, best, record.names, record.rank
