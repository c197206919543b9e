"""What the feeds told of a paper, in its document in a month's file.

There is an object for each record that the paper was made of, with only what differs from the
paper: one of one feed costs next to nothing more. Only changes of papers need it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from store.identity import title_key
from store.model import Links, Paper
from store.papers.documents import (
    PLAIN,
    TUPLES,
    Told,
    check,
    links_document,
    publication_document,
    to_publication,
)
from store.papers.records import Reading, Record

_DIFFERING = (*PLAIN, "id", "authors", "keywords", "categories", "aliases")
_ABOUT = ("seen", "place", "raw_title", "raw_abstract")


def to_told(paper: Paper, records: Sequence[Record]) -> Told:
    """Return what the records of a paper say otherwise than the paper."""
    return [_told(paper, record) for record in records]


def to_records(paper: Paper, told: Told, place: int) -> list[Record]:
    """Return the records of a paper; TypeError, KeyError or ValueError where they are none.

    A paper from before they were kept is one itself, and stands at `place`.
    """
    if not told:
        alone = replace(paper, earlier_votes=None)
        return [Record(replace(alone, feeds=(feed,)), place=place) for feed in paper.feeds]
    records = []
    for each in told:
        said: dict[str, Any] = {
            name: tuple(each[name]) if name in TUPLES else each[name]
            for name in _DIFFERING
            if name in each
        }
        if "links" in each:
            said["links"] = Links(**each["links"])
        if "publication" in each:
            said["publication"] = to_publication(each["publication"])
        own = replace(paper, feeds=(each["feed"],), earlier_votes=None, **said)
        check(own)
        about = {name: each[name] for name in _ABOUT if name in each}
        votes = tuple(Reading(*reading) for reading in each.get("votes", ()))
        records.append(Record(own, votes=votes, **about))
    return records


def names_told(paper: Paper, told: Told) -> set[str]:
    """Return all that may tie a paper to others: keys, and those of all its titles."""
    names = {paper.id, *paper.aliases, title_key(paper.title)}
    for each in told:
        names.update(each.get("aliases", ()))
        names.update(name for name in [each.get("id")] if name)
        names.update(title_key(title) for title in [each.get("title")] if title)
    return names


def listed_as(paper: Paper, told: Told, place: int) -> tuple[str, str, int, str]:
    """Return what a month's papers are put in order by: day, feed, place in the feed, key."""
    listing = [each for each in told if each.get("date", paper.date) == paper.date] or told
    first = min(((each["feed"], each.get("place", 0)) for each in listing), default=("", place))
    return paper.date, *first, paper.id


def _told(paper: Paper, record: Record) -> dict[str, Any]:
    own = record.paper
    each: dict[str, Any] = {"feed": record.feed}
    each.update({name: value for name in _ABOUT if (value := getattr(record, name))})
    for name in _DIFFERING:
        if (value := getattr(own, name)) != getattr(paper, name):
            each[name] = list(value) if name in TUPLES else value
    if own.links != paper.links:
        each["links"] = links_document(own)
    if own.publication != paper.publication:
        each["publication"] = publication_document(own.publication)
    if record.votes:
        each["votes"] = [[vote.seen, vote.upvotes, vote.comments] for vote in record.votes]
    return each
