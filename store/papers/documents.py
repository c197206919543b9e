"""The form of papers in a month's file."""

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from sys import intern
from typing import Any, TypeAlias

from store.model import NO_PUBLICATION, Links, Paper, Publication, Votes

StoredRecords: TypeAlias = list[dict[str, Any]]
"""The records of one paper."""
Later: TypeAlias = Mapping[str, Any]
"""Fields of a document that this version does not know: a later one wrote them. Nothing here reads
them; they stay with the paper."""

TUPLES = ("authors", "keywords", "categories", "feeds", "aliases")
_APART = (*TUPLES, "id", "links", "publication", "earlier_votes")
PLAIN = tuple(field.name for field in fields(Paper) if field.name not in _APART)
LINKS = tuple(field.name for field in fields(Links))
PUBLICATION = tuple(field.name for field in fields(Publication))
_KNOWN = frozenset((*PLAIN, *_APART, "told"))


def to_document(paper: Paper, stored: StoredRecords, later: Later) -> dict[str, Any]:
    """Return the document of a paper: its fields but the id, empty ones left out."""
    document: dict[str, Any] = {
        name: value for name in PLAIN if (value := getattr(paper, name)) not in ("", None)
    }
    document.update(later)
    if not paper.authors_incomplete:
        del document["authors_incomplete"]
    document.update({name: list(value) for name in TUPLES if (value := getattr(paper, name))})
    document["links"] = links_document(paper)
    if paper.publication:
        document["publication"] = paper.publication.said()
    if votes := paper.earlier_votes:
        document["earlier_votes"] = [votes.day, votes.upvotes, votes.comments]
    if stored:
        document["told"] = stored
    return document


def to_paper(key: str, document: Mapping[str, Any]) -> Paper:
    """Return the paper of a document; KeyError or TypeError if it is none.

    Names, days and the like, which many papers share, are in memory once.
    """
    get = document.get
    earlier = get("earlier_votes")
    paper = Paper(
        id=key,
        title=document["title"],
        authors=tuple(map(intern, get("authors", ()))),
        authors_incomplete=get("authors_incomplete", False),
        abstract=get("abstract", ""),
        summary=get("summary", ""),
        keywords=tuple(map(intern, get("keywords", ()))),
        date=intern(get("date", "")),
        published=intern(get("published", "")),
        updated=intern(get("updated", "")),
        categories=tuple(map(intern, get("categories", ()))),
        venue=intern(get("venue", "")),
        comment=get("comment", ""),
        links=Links(**get("links", {})),
        upvotes=get("upvotes"),
        comments=get("comments"),
        earlier_votes=Votes(*earlier) if earlier else None,
        feeds=_shared(tuple(map(intern, get("feeds", ())))),
        aliases=tuple(get("aliases", ())),
        version=get("version", 0),
        announced=get("announced", ""),
        publication=to_publication(get("publication")),
    )
    check(paper)
    return paper


def later_fields(document: Mapping[str, Any]) -> Later:
    """Return the fields of a document that this version does not know."""
    names = document.keys() - _KNOWN
    return {name: document[name] for name in sorted(names)}


def links_document(paper: Paper) -> dict[str, str]:
    """Return the addresses of a paper, by their names."""
    return {name: link for name in LINKS if (link := getattr(paper.links, name))}


def to_publication(document: Mapping[str, Any] | None) -> Publication:
    """Return the publication of a document; TypeError if it is none."""
    if not document:
        return NO_PUBLICATION
    given = {name: document[name] for name in PUBLICATION if name in document}
    return Publication(**given | {"editors": tuple(document.get("editors", ()))})


_SHARED: dict[tuple[str, ...], tuple[str, ...]] = {}


def _shared(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return equal names as one shared tuple; there are few feeds."""
    return _SHARED.setdefault(names, names)


def check(paper: Paper) -> None:
    """Raise TypeError if a field of a paper is of a different kind than it must be."""
    links = paper.links
    # Joining is the fastest way to find out whether all are text.
    "".join((
        paper.title, paper.abstract, paper.summary, paper.date, paper.published, paper.updated,
        paper.venue, paper.comment, links.page, links.pdf, links.code, links.project,
        *paper.authors, *paper.keywords, *paper.categories, *paper.feeds, *paper.aliases,
        paper.announced,
    ))  # fmt: skip
    if paper.publication is not NO_PUBLICATION:
        check_publication(paper.publication)
    numbers = [paper.upvotes, paper.comments, paper.version, paper.authors_incomplete]
    if earlier := paper.earlier_votes:
        "".join((earlier.day,))
        numbers += [earlier.upvotes, earlier.comments]
    for number in numbers:
        if number is not None and not isinstance(number, int):
            raise TypeError(f"{number!r} is not a number")


def check_publication(publication: Publication) -> None:
    """Raise TypeError if something of a publication is of a different kind than it must be."""
    texts = [getattr(publication, name) for name in PUBLICATION if name != "editors"]
    "".join((*texts, *publication.editors))


def month_of(paper: Paper) -> str:
    """Return the month of a paper's file, YYYY-MM; 0000-00 if its day is not known."""
    month = paper.date[:7]
    return month if is_month(month) else "0000-00"


@lru_cache(maxsize=1024)
def is_month(name: str) -> bool:
    """Return whether a text is a month as used in a file's name."""
    return re.fullmatch(r"\d{4}-\d\d", name, re.ASCII) is not None
