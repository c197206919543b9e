"""An entry of one of arXiv's feeds as a paper."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from store.feeds.feed_text import links_in, unwrapped
from store.model import Paper
from store.text.clean import NAME_LIMIT, clean_line
from store.text.people import people
from store.text.web import arxiv_key, doi_key

ARXIV = "{http://arxiv.org/schemas/atom}"

_CATEGORY = re.compile(r"[a-z][a-z-]{1,20}(?:\.[A-Za-z][A-Za-z-]{1,20})?")
"""A category of arXiv's; classes of ACM and MSC (I.2.7, 68T05) look different."""
_CATEGORIES_LIMIT = 30
ANNOUNCED = ("new", "cross", "replace", "replace-cross")
_OLD_TITLE = re.compile(
    r"(?:(?<![.])\.)?\s*\((?P<address>arXiv:\S{5,40}) \[(?P<categories>[^\[\]]{1,80})\]"
    r"(?P<type> UPDATED| CROSS LISTED)?\)$"
)
"""The end of titles in arXiv's RSS until 2024."""
_OLD_TYPES = {None: "new", " UPDATED": "replace", " CROSS LISTED": "cross"}
_VERSION = re.compile(r"v([0-9]{1,4})$")


@dataclass(frozen=True, slots=True)
class ArxivEntry:
    """An entry of one of arXiv's feeds, with its text unchanged."""

    address: str
    """The id in any form, with its version if the feed has it."""
    title: str
    abstract: str
    authors: Iterable[str]
    categories: Iterable[str]
    """The primary one first; some may not be arXiv's."""
    date: str
    published: str = ""
    updated: str = ""
    doi: str = ""
    """One DOI, or several separated by white space."""
    venue: str = ""
    comment: str = ""
    announced: str = ""
    """The type of its announcement: new, cross, replace, replace-cross."""


@dataclass(frozen=True, slots=True)
class ArxivTitle:
    """A title and the facts at its end."""

    title: str
    address: str = ""
    categories: tuple[str, ...] = ()
    announced: str = ""


def arxiv_title(title: str) -> ArxivTitle:
    """Return a title without "(arXiv:2304.04736v1 [cs.CL])" at its end, and these facts."""
    match = _OLD_TITLE.search(title) if title.endswith(")") else None
    if match is None or not arxiv_key(match["address"]):
        return ArxivTitle(title)
    categories = filter(_CATEGORY.fullmatch, re.split(r"[,;\s]+", match["categories"]))
    return ArxivTitle(
        title[: match.start()],
        match["address"],
        tuple(dict.fromkeys(categories)),
        _OLD_TYPES[match["type"]],
    )


def arxiv_paper(entry: ArxivEntry, feed: str) -> Paper | str:
    """Return the paper of an entry, or in words what is wrong with it."""
    title = clean_line(entry.title)
    key = arxiv_key(entry.address)
    if not title:
        return f"{clean_line(entry.address, 80) or 'an entry'} has no title"
    if key is None:
        return f"“{title[:80]}” has no arXiv id"
    number = key.removeprefix("arxiv:")
    abstract = unwrapped(entry.abstract)
    comment = clean_line(entry.comment)
    version = _VERSION.search(entry.address.strip())
    named = people(entry.authors)
    categories = dict.fromkeys(filter(_CATEGORY.fullmatch, entry.categories))
    dois = map(doi_key, clean_line(entry.doi, NAME_LIMIT).split())
    return Paper(
        id=key,
        title=title,
        authors=named.names,
        authors_incomplete=named.incomplete,
        abstract=abstract,
        date=entry.date,
        published=entry.published,
        updated=entry.updated,
        categories=tuple(categories)[:_CATEGORIES_LIMIT],
        venue=clean_line(entry.venue),
        comment=comment,
        links=replace(
            links_in(f"{abstract}\n{comment}"),
            page=f"https://arxiv.org/abs/{number}",
            pdf=f"https://arxiv.org/pdf/{number}",
        ),
        feeds=(feed,),
        aliases=tuple(dict.fromkeys(doi for doi in dois if doi and doi.startswith("doi:"))),
        version=int(version[1]) if version else 0,
        announced=kind if (kind := entry.announced.strip().lower()) in ANNOUNCED else "",
    )
