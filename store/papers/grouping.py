"""Tell which descriptions are of one paper."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from store.identity import family_names, key_order, title_key
from store.papers.records import Record

_IDS = ("arxiv:", "doi:")


def names_of(record: Record) -> set[str]:
    """Return all that may tie a record to others: its keys, and the key of its title alone."""
    return {*record.names, title_key(record.paper.title)}


def group(records: Iterable[Record]) -> list[list[Record]]:
    """Divide records into papers.

    Records are of one paper that share an arXiv id or a DOI. So are those whose titles are equal,
    whose ids do not disagree, and of which one has no authors or both share one (97.5% of papers
    in two feeds have equal titles; "Graph Theory" is the title of several). One that fits several
    papers by its title stays alone: a wrong guess would give a paper another one's marks.

    The result does not depend on the order of the records.
    """
    groups: list[_Group] = []
    for record in sorted(records, key=_strongest_first):
        candidate = _Group.of(record)
        by_id = [each for each in groups if each.shares_id(candidate)]
        by_title = [each for each in groups if each.shares_title(candidate)]
        if by_id:
            first, *others = by_id
            first.take(candidate)
            for other in others:
                if not other.disagrees(first):
                    first.take(other)
                    groups.remove(other)
        elif len(by_title) == 1:
            by_title[0].take(candidate)
        else:
            groups.append(candidate)
    return [each.records for each in groups]


@dataclass(slots=True)
class _Group:
    """Records of one paper, and what ties others to them."""

    records: list[Record] = field(default_factory=list)
    ids: dict[str, set[str]] = field(default_factory=dict)
    """arXiv ids and DOIs, by scheme."""
    titles: set[str] = field(default_factory=set)
    """Keys of titles."""
    authors: set[str] = field(default_factory=set)
    """Family names."""

    @classmethod
    def of(cls, record: Record) -> "_Group":
        names = names_of(record)
        ids = {scheme: {name for name in names if name.startswith(scheme)} for scheme in _IDS}
        titles = names.difference(*ids.values())
        return cls([record], ids, titles, family_names(record.paper.authors))

    def shares_id(self, other: "_Group") -> bool:
        """Tell whether an id is the same.

        A DOI may be that of a volume: it tells nothing where titles and authors are others.
        """
        ours, theirs = self.ids["arxiv:"], other.ids["arxiv:"]
        if ours and theirs:
            return bool(ours & theirs)
        same_text = self.titles & other.titles or self._may_share_authors(other)
        return bool(self.ids["doi:"] & other.ids["doi:"] and same_text)

    def shares_title(self, other: "_Group") -> bool:
        if not self.titles & other.titles or self.disagrees(other):
            return False
        return self._may_share_authors(other)

    def disagrees(self, other: "_Group") -> bool:
        """Tell whether both have ids of a scheme and none in common."""
        pairs = [(self.ids[scheme], other.ids[scheme]) for scheme in _IDS]
        return any(ours and theirs and not ours & theirs for ours, theirs in pairs)

    def _may_share_authors(self, other: "_Group") -> bool:
        return not self.authors or not other.authors or bool(self.authors & other.authors)

    def take(self, other: "_Group") -> None:
        self.records += other.records
        for scheme in _IDS:
            self.ids[scheme] |= other.ids[scheme]
        self.titles |= other.titles
        self.authors |= other.authors


def _strongest_first(record: Record) -> tuple[object, ...]:
    """Return the order in which records look for their paper: those with better keys first."""
    best = min(map(key_order, record.names))
    return best[0], not record.paper.authors, best, record.names, record.rank
