"""What the feeds said of a paper, in its document in a month's file.

There is an object for each record that the paper was made of, with only what differs from the
paper: one of one feed costs next to nothing more. Only changes of papers need it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from typing import Any

from store.identity import title_key
from store.model import Links, Paper
from store.papers.documents import (
    LINKS,
    PLAIN,
    TUPLES,
    StoredRecords,
    check_publication,
    links_document,
    to_publication,
)
from store.papers.records import NO_FEED, Reading, Record

_DIFFERING = (*PLAIN, "id", "authors", "keywords", "categories", "aliases")
_MAYBE_UNKNOWN = ("upvotes", "comments")
_NUMBERS = (*_MAYBE_UNKNOWN, "version", "place", "authors_incomplete")
_ABOUT = ("seen", "place", "raw_title", "raw_abstract")
_KNOWN = frozenset((*_DIFFERING, *_ABOUT, "feed", "links", "publication", "votes"))
_about = attrgetter(*_ABOUT)


def to_stored(paper: Paper, records: Sequence[Record]) -> StoredRecords:
    """Return what the records of a paper say otherwise than the paper."""
    return [_one_stored(paper, record) for record in records]


def stored_in(document: Mapping[str, Any], paper: Paper) -> StoredRecords:
    """Return what the feeds said of a paper, by its document.

    TypeError, KeyError or ValueError if it is not what `to_stored` returns: everything else here
    relies on that.
    """
    stored: StoredRecords = document.get("told") or []
    if not isinstance(stored, list):
        raise TypeError("the records of feeds are not a list")
    for each in stored:
        _check(each)
    if stored and {each["feed"] for each in stored if each["feed"]} != set(paper.feeds):
        raise ValueError("a paper's feeds differ from its records")
    return stored


def to_records(paper: Paper, stored: StoredRecords, place: int) -> list[Record]:
    """Return the records of a paper.

    A paper from before they were kept is one itself, and is at `place`.
    """
    if not stored:
        alone = replace(paper, earlier_votes=None)
        feeds = paper.feeds or (NO_FEED,)
        return [Record(replace(alone, feeds=(feed,)), place=place) for feed in feeds]
    records = []
    for each in stored:
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
        about = {name: each[name] for name in _ABOUT if name in each}
        votes = tuple(Reading(*reading) for reading in each.get("votes", ()))
        later = {name: each[name] for name in sorted(each.keys() - _KNOWN)}
        records.append(Record(own, votes=votes, later=later, **about))
    return records


def names_in(paper: Paper, stored: StoredRecords) -> set[str]:
    """Return all that may tie a paper to others: keys, and those of all its titles."""
    names = {*paper.keys, title_key(paper.title)}
    for each in stored:
        names.update(each.get("aliases", ()))
        names.update(name for name in [each.get("id")] if name)
        names.update(title_key(title) for title in [each.get("title")] if title)
    return names


def listed_as(paper: Paper, stored: StoredRecords, place: int) -> tuple[str, str, int, str]:
    """Return what a month's papers are put in order by: day, feed, place in the feed, key."""
    listing = [each for each in stored if each.get("date", paper.date) == paper.date] or stored
    first = min(((each["feed"], each.get("place", 0)) for each in listing), default=("", place))
    return paper.date, *first, paper.id


def _check(each: Mapping[str, Any]) -> None:
    """Raise TypeError or KeyError if what one feed said is not what `to_stored` returns."""
    votes, links = each.get("votes", []), each.get("links", {})
    texts = [each["feed"], *links.values(), *(seen for seen, _, _ in votes)]
    numbers = [number for _, *counts in votes for number in counts]
    lists = [each[name] for name in TUPLES if name in each]
    if "publication" in each:
        check_publication(to_publication(each["publication"]))
    for name, value in each.items():
        if name in _NUMBERS:
            if value is not None or name not in _MAYBE_UNKNOWN:
                numbers.append(value)
        elif name in _KNOWN and name not in ("links", "votes", "publication", *TUPLES):
            texts.append(value)
    "".join(texts)  # the fastest way to find out whether all are text
    "".join(chain(*lists))
    right = all(isinstance(some, list) for some in (votes, *lists))
    right = right and all(isinstance(number, int) for number in numbers)
    if not right or not links.keys() <= set(LINKS):
        raise TypeError(f"{each['feed']} has a field that feeds do not have")


def _one_stored(paper: Paper, record: Record) -> dict[str, Any]:
    each: dict[str, Any] = {"feed": record.feed, **record.later}
    each.update({name: value for name, value in zip(_ABOUT, _about(record), strict=True) if value})
    if record.paper is not paper:  # which it is where one feed alone said of it
        each.update(_differing(record.paper, paper))
    if record.votes:
        each["votes"] = [[vote.seen, vote.upvotes, vote.comments] for vote in record.votes]
    return each


def _differing(own: Paper, paper: Paper) -> dict[str, Any]:
    """Return what one description says otherwise than the paper."""
    each: dict[str, Any] = {}
    for name in _DIFFERING:
        if (value := getattr(own, name)) != getattr(paper, name):
            each[name] = list(value) if name in TUPLES else value
    if own.links != paper.links:
        each["links"] = links_document(own)
    if own.publication != paper.publication:
        each["publication"] = own.publication.said()
    return each
