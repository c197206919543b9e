"""The quick way to tell which descriptions are of one paper finds what the plain rule says."""

from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from record_helpers import record

from store.identity import family_names, key_order
from store.papers.grouping import group, names_of
from store.papers.records import Record


@dataclass(frozen=True)
class Known:
    """What is known of a paper: all its keys and the family names of its authors."""

    records: tuple[Record, ...]

    @property
    def authors(self) -> set[str]:
        return {name for each in self.records for name in family_names(each.paper.authors)}

    def keys(self, scheme: str) -> set[str]:
        names = {name for each in self.records for name in names_of(each)}
        return {name for name in names if name.startswith(scheme)}


def may_share_authors(one: Known, other: Known) -> bool:
    return not one.authors or not other.authors or bool(one.authors & other.authors)


def share_title(one: Known, other: Known) -> bool:
    return bool(one.keys("sha:") & other.keys("sha:"))


def disagree(one: Known, other: Known) -> bool:
    pairs = [(one.keys(scheme), other.keys(scheme)) for scheme in ("arxiv:", "doi:")]
    return any(ours and theirs and not ours & theirs for ours, theirs in pairs)


def share_id(one: Known, other: Known) -> bool:
    if one.keys("arxiv:") and other.keys("arxiv:"):
        return bool(one.keys("arxiv:") & other.keys("arxiv:"))
    alike = share_title(one, other) or may_share_authors(one, other)
    return bool(one.keys("doi:") & other.keys("doi:")) and alike


def fits(one: Known, other: Known) -> bool:
    return share_title(one, other) and not disagree(one, other) and may_share_authors(one, other)


def plainly(records: list[Record]) -> list[Known]:
    """Compare each record with each paper found before, the best keys first."""
    papers: list[Known] = []
    for one in sorted(records, key=strongest_first):
        new = Known((one,))
        by_id = [each for each in papers if share_id(each, new)]
        by_title = [each for each in papers if fits(each, new)]
        if not by_id and len(by_title) != 1:
            papers.append(new)
            continue
        first, *others = by_id or by_title
        place, joined = papers.index(first), Known(first.records + new.records)
        for other in others:
            if not disagree(joined, other):
                joined = Known(joined.records + other.records)
                papers.remove(other)
        papers[place] = joined
    return papers


def strongest_first(record: Record) -> tuple[object, ...]:
    best = min(map(key_order, record.names))
    return best[0], not record.paper.authors, best, record.names, record.rank


def as_sets(papers: list[tuple[Record, ...]]) -> list[list[int]]:
    return [sorted(map(id, each)) for each in papers]


RECORDS = st.builds(
    record,
    id=st.sampled_from(["", "arxiv:1", "arxiv:2", "arxiv:3", "doi:1", "doi:2", "doi:3"]),
    feed=st.sampled_from(["hf", "arxiv", "bibtex"]),
    title=st.sampled_from(["Editorial", "On Pebbles", "On Sand"]),
    authors=st.sampled_from([(), ("Ada Byron",), ("Eve Stone",), ("Ada Byron", "Eve Stone")]),
    aliases=st.sampled_from([(), ("doi:1",), ("arxiv:2",), ("doi:2", "arxiv:3"), ("sha:0",)]),
)


@given(st.lists(RECORDS, min_size=1, max_size=12))
def test_papers_are_those_of_the_plain_rule(records: list[Any]) -> None:
    found = [tuple(each) for each in group(records)]
    assert as_sets(found) == as_sets([each.records for each in plainly(records)])
