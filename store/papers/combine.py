"""Build papers from what feeds say about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from store.identity import key_order, title_key
from store.model import Links, Paper, Publication
from store.papers.documents import LINKS
from store.papers.grouping import group
from store.papers.records import NO_FEED, SAID, Record, describe, settle, votes_of


@dataclass(frozen=True, slots=True)
class Described:
    """A paper and its records, the highest rank first."""

    paper: Paper
    records: tuple[Record, ...]
    given: tuple[Record, ...] = ()
    """All records, before redundant ones were dropped."""


def combine(records: Iterable[Record]) -> list[Described]:
    """Return the papers of the records; the result does not depend on their order."""
    given = group(records)
    if len(given) == 1 == len(given[0]):
        return [_alone(given[0][0])]
    groups = [settle(each) for each in given]
    names = [_names(each) for each in groups]
    ids: dict[str, int] = {}
    for place, (each, own) in enumerate(zip(groups, names, strict=True)):
        # Two papers of one DOI: the first has it.
        first = each[0].paper
        own.append(title_key(first.title, first.authors))
        ids[next((name for name in own if name not in ids), f"{own[-1]}-{place}")] = place
    described = []
    taken = set(ids)
    for (key, place), own in zip(ids.items(), names, strict=True):
        aliases = tuple(name for name in own[:-1] if name not in taken)
        taken.update(aliases)
        paper = _paper(key, aliases, groups[place])
        described.append(Described(paper, tuple(groups[place]), tuple(given[place])))
    return described


def alone(paper: Paper) -> Paper:
    """Return a feed's paper as a library without other records would show it; in no feed."""
    return combine(describe([paper], NO_FEED, ""))[0].paper


def _alone(record: Record) -> Described:
    """Return the paper of one record, usually the record's own."""
    key, *others = _names([record])
    paper, aliases = record.paper, tuple(others)
    votes = (record.votes[0].upvotes, record.votes[0].comments) if record.votes else (None, None)
    is_whole = (
        (paper.id, paper.aliases) == (key, aliases)
        and bool(paper.date)
        and paper.feeds == (record.feed,) != (NO_FEED,)
        and (paper.upvotes, paper.comments, paper.earlier_votes) == (*votes, None)
        and len(record.votes) < 2
    )
    return Described(paper if is_whole else _paper(key, aliases, [record]), (record,), (record,))


def _names(records: Sequence[Record]) -> list[str]:
    """Return a paper's keys, the best one first."""
    return sorted({name for record in records for name in record.names}, key=key_order)


def _paper(key: str, aliases: tuple[str, ...], records: Sequence[Record]) -> Paper:
    """Return a paper with each field from the first record that has it.

    The newest version's text wins, and nothing known is emptied. The day listed is the earliest;
    a paper that no feed lists has the day of its publication. A complete list of authors beats one
    that is cut.
    """
    papers = [record.paper for record in records]
    said: dict[str, Any] = {name: _first(papers, name) for name in SAID}
    named = _best_named(papers)
    said |= {"authors": named.authors, "authors_incomplete": named.authors_incomplete}
    listed = min((paper.date for paper in papers if paper.date), default="")
    said["date"] = listed or said["published"]
    said["publication"] = _publication(papers)
    said["announced"] = _announced(papers)
    said["updated"] = max(paper.updated for paper in papers)
    links = [paper.links for paper in papers]
    votes, earlier = votes_of(records)
    return Paper(
        id=key,
        aliases=aliases,
        feeds=tuple(sorted({record.feed for record in records} - {NO_FEED})),
        version=papers[0].version,
        links=Links(**{name: _first(links, name) for name in LINKS}),
        upvotes=votes.upvotes if votes else None,
        comments=votes.comments if votes else None,
        earlier_votes=earlier,
        **said,
    )


def _best_named(papers: Sequence[Paper]) -> Paper:
    """Return the first paper that names all authors, else the first that names some."""
    whole = (paper for paper in papers if paper.authors and not paper.authors_incomplete)
    some = (paper for paper in papers if paper.authors or paper.authors_incomplete)
    return next(whole, next(some, papers[0]))


def _announced(papers: Sequence[Paper]) -> str:
    """Return the type of the newest version's announcement; new in any category is not a
    cross-list."""
    newest = max((paper.version for paper in papers if paper.announced), default=0)
    kinds = [paper.announced for paper in papers if paper.version == newest and paper.announced]
    return min(kinds, key=len, default="")


def _publication(papers: Sequence[Paper]) -> Publication:
    """Return the publication that comes with the venue, else the first one."""
    said = [paper for paper in papers if paper.publication]
    with_venue = next((paper for paper in said if paper.venue), None)
    return (with_venue or next(iter(said), papers[0])).publication


def _first(values: Sequence[object], name: str) -> Any:
    """Return the first value of a field that is not empty."""
    found = getattr(values[0], name)
    for value in values[1:]:
        if found:
            break
        found = getattr(value, name)
    return found
