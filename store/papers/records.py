"""What each feed said of a paper. A paper is made of these records, and they are all kept."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass, field, fields, replace
from operator import attrgetter
from typing import Any

from store.identity import key_order, title_key
from store.latex.convert import from_source, may_have_tex, to_unicode
from store.model import NO_PUBLICATION, Paper, Publication, Votes
from store.papers.documents import LINKS, PUBLICATION, Later

NO_FEED = ""
"""Stands for the feed of a paper that no feed is known of, as in a library written by hand."""
VOTES_KEPT = 4
"""Days of which the votes are kept."""
_TEXTS = ("title", "abstract", "summary", "venue", "comment")
_FIELDS = tuple(field.name for field in fields(Paper))
_FEEDS, _EARLIER_VOTES = _FIELDS.index("feeds"), _FIELDS.index("earlier_votes")
_texts_of, _values_of = attrgetter(*_TEXTS), attrgetter(*_FIELDS)
_NOT_SAID = ("id", "aliases", "feeds", "version", "upvotes", "comments", "earlier_votes", "links")
SAID = tuple(field.name for field in fields(Paper) if field.name not in _NOT_SAID)
"""What a feed may say of a paper, apart from its links and what has rules of its own."""


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """Votes as they stood at a moment."""

    seen: str
    """ISO 8601 in UTC, to the second."""
    upvotes: int
    comments: int


@dataclass(frozen=True, slots=True)
class Record:
    """One feed's description of a paper."""

    paper: Paper
    """As the feed describes it, in readable text; `feeds` names the feed alone."""
    seen: str = ""
    """When the feed said so, ISO 8601 in UTC to the second; empty if it is not known."""
    place: int = 0
    """Place in the feed, from 0."""
    raw_title: str = ""
    """The title in the feed's own TeX, where it is shown in another way."""
    raw_abstract: str = ""
    """The abstract likewise."""
    votes: tuple[Reading, ...] = ()
    """The last of each of the last days, newest first."""
    later: Later = field(default_factory=dict, compare=False)

    @property
    def feed(self) -> str:
        """The feed's name."""
        return self.paper.feeds[0]

    @property
    def names(self) -> tuple[str, ...]:
        """The paper's keys that the feed knows, and those of titles it had there earlier."""
        return self.paper.keys

    @property
    def rank(self) -> tuple[object, ...]:
        """What decides between records; the greater one's text is shown.

        The newer version, then what lists papers before a bibliography, a better key, what was
        said last. Records that say the same are equal; all others are not.
        """
        paper = self.paper
        order = -key_order(paper.id)[0]
        return (paper.version, bool(paper.date), order, self.seen, self.content, self.place)

    @property
    def content(self) -> tuple[object, ...]:
        """What the feed says, whenever and on whatever day it lists the paper."""
        paper = self.paper
        said = tuple(getattr(paper, name) for name in SAID if name != "date")
        links = tuple(getattr(paper.links, name) for name in LINKS)
        raw = (self.raw_title, self.raw_abstract)
        return (paper.version, bool(paper.date), said, links, raw, paper.id)


def describe(papers: Iterable[Paper], feed: str, seen: str, tex: bool = False) -> Iterator[Record]:
    """Yield the records of what a feed says; TeX becomes readable, its source is kept beside it.

    `tex` tells that text is TeX source throughout. A paper that names feeds itself (our own
    export) has a record of each.
    """
    readable = from_source if tex else to_unicode
    for place, raw in enumerate(papers):
        paper = _readable_paper(raw, readable) if tex or _may_change(raw) else raw
        if raw.id.startswith("sha:") and raw.id == title_key(raw.title):
            paper = replace(paper, id=title_key(paper.title, paper.authors))
        votes: tuple[Reading, ...] = ()
        if paper.upvotes is not None or paper.comments is not None:
            votes = (Reading(seen, paper.upvotes or 0, paper.comments or 0),)
        for name in raw.feeds or (feed,):
            yield Record(
                _of_feed(paper, name),
                seen,
                place,
                raw.title if raw.title != paper.title else "",
                raw.abstract if raw.abstract != paper.abstract else "",
                votes,
            )


def _of_feed(paper: Paper, name: str) -> Paper:
    """Return a paper as one feed has it; dataclasses.replace would take twice as long."""
    values = list(_values_of(paper))
    values[_FEEDS], values[_EARLIER_VOTES] = (name,), None
    return Paper(*values)


def _may_change(raw: Paper) -> bool:
    """Tell whether `_readable_paper` may change a paper; of most papers nothing has to be done."""
    texts = (*_texts_of(raw), *raw.authors)
    return (
        raw.publication is not NO_PUBLICATION
        or may_have_tex("|".join(texts))
        or tuple(map(str.strip, texts)) != texts
        or "" in raw.authors
    )


def _readable_paper(raw: Paper, readable: Callable[[str], str]) -> Paper:
    texts: dict[str, Any] = {name: readable(getattr(raw, name)).strip() for name in _TEXTS}
    authors = tuple(filter(None, (readable(name).strip() for name in raw.authors)))
    publication = _readable(raw.publication, readable) if raw.publication else raw.publication
    return replace(raw, authors=authors, publication=publication, **texts)


def _readable(publication: Publication, readable: Callable[[str], str]) -> Publication:
    """Return the same with its TeX made readable; keys are no text."""
    given = {name: getattr(publication, name) for name in PUBLICATION}
    texts = {
        name: readable(value).strip()
        for name, value in given.items()
        if isinstance(value, str) and value and name not in ("kind", "key")
    }
    return replace(publication, editors=tuple(map(readable, publication.editors)), **texts)


def settle(records: Iterable[Record]) -> list[Record]:
    """Return those of one paper's records that say something a newer one of the feed does not.

    In the order of rank, greatest first. The same records give the same in any order and in any
    number of steps: the paper they make does not depend on which feed was imported first.
    """
    by_feed: dict[str, list[Record]] = {}
    for record in records:
        by_feed.setdefault(record.feed, []).append(record)
    kept = [record for of_one in by_feed.values() for record in _settle_feed(of_one)]
    return sorted(kept, key=_rank, reverse=True)


def votes_of(records: Iterable[Record]) -> tuple[Reading | None, Votes | None]:
    """Return the last votes seen, and those of the last day before."""
    newest = max((record.votes for record in records if record.votes), default=None)
    if newest is None:
        return None, None
    now, *earlier = newest
    if not earlier:
        return now, None
    return now, Votes(earlier[0].seen[:10], earlier[0].upvotes, earlier[0].comments)


def _settle_feed(records: list[Record]) -> list[Record]:
    """Return the records of one feed that win a field, the first of them with all names."""
    if len(records) == 1:
        return records
    # What a feed says again is not written again.
    first_said: dict[tuple[object, ...], Record] = {}
    for record in sorted(records, key=lambda record: (record.seen, record.place), reverse=True):
        first_said[record.content] = record
    won: set[str] = set()
    kept: list[Record] = []
    for record in sorted(first_said.values(), key=_rank, reverse=True):
        said = set(_said(record.paper))
        if not kept or not said <= won:
            kept.append(record)
        won |= said
    dropped = [record for record in records if record not in kept]
    names = {name for record in records for name in record.names}
    names |= {title_key(record.paper.title) for record in dropped}
    listed = min((record.paper.date for record in records if record.paper.date), default="")
    votes = _votes_kept(reading for record in records for reading in record.votes)
    # The first has all names and votes, so that nothing depends on which came together first.
    kept = [_with(record, (), listed, ()) for record in kept]
    first = kept[0].paper
    names -= {first.id, title_key(first.title)}
    kept[0] = _with(kept[0], tuple(sorted(names, key=key_order)), listed, votes)
    return kept


def _rank(record: Record) -> tuple[object, ...]:
    return record.rank


def _with(
    record: Record, aliases: tuple[str, ...], listed: str, votes: tuple[Reading, ...]
) -> Record:
    paper = replace(record.paper, aliases=aliases, date=record.paper.date and listed)
    return replace(record, paper=paper, votes=votes)


def _said(paper: Paper) -> Iterator[str]:
    """Yield the names of the fields that a description fills; of authors, whether all or some."""
    yield from (name for name in SAID if getattr(paper, name) and name != "authors_incomplete")
    if paper.authors and not paper.authors_incomplete:
        yield "all authors"
    yield from (f"links.{name}" for name in LINKS if getattr(paper.links, name))


def _votes_kept(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return the last reading of each of the last days on which votes changed, newest first."""
    last = {reading.seen[:10]: reading for reading in sorted(readings)}
    changed: list[Reading] = []
    for _, reading in sorted(last.items()):
        if not changed or astuple(reading)[1:] != astuple(changed[-1])[1:]:
            changed.append(reading)
    return tuple(reversed(changed[-VOTES_KEPT:]))
