"""Read CSL-JSON, as of Zotero, Mendeley, pandoc and citeproc, and Crossref's answers.

Crossref's works (https://api.crossref.org/swagger-ui) have the same members, but some as lists, and
other types. Sources: the CSL-JSON schema 1.0.2, Crossref's REST API.
"""

import re
from collections.abc import Iterator
from typing import TypeGuard

from store.citation_keys import is_citation_key
from store.feeds.feed_text import names, unwrapped
from store.feeds.json_fields import Fields
from store.feeds.publications import CSL_TYPES, FINER_TYPES, pages
from store.feeds.references import first_arxiv_id, is_arxiv, paper_keys, reference_links
from store.markup.plain_text import markup_text
from store.model import Paper, Publication
from store.text.clean import clean_line
from store.text.dates import agreed_day, iso_day
from store.text.name_parts import name_in_order
from store.text.people import people
from store.text.web import arxiv_reference, doi_key

_OF_CSL = (
    *("container-title", "issued", "citation-key", "date-parts", "is-referenced-by-count"),
    *("DOI", "ISSN", "ISBN", "publisher-place", "collection-title", "container-title-short"),
    *("event-title", "original-date", "non-dropping-particle", "citation-label"),
)
_SLIM = {"id", "type", "title", "language", "URL", "abstract", "note", "author"}
"""An object with no other members is an item."""
_FAMILY = ("dropping-particle", "non-dropping-particle", "family")
_PARTS = (*_FAMILY, "given", "suffix")
_NAME_ID = re.compile(r"[A-Za-z][\w:.+-]{0,80}")
_DATES = ("issued", "published", "published-print", "published-online", "posted", "submitted")


def is_csl_item(value: object) -> TypeGuard[dict[str, object]]:
    """Return whether a JSON value is an item of CSL-JSON or a work of Crossref's."""
    if not isinstance(value, dict) or not isinstance(value.get("title"), str | list):
        return False
    authors = value.get("author")
    listed = isinstance(authors, list) and all(
        isinstance(author, dict) and author.keys() & {"family", "literal", "name"}
        for author in authors
    )
    return value.get("type") in CSL_TYPES and (
        bool(value.keys() & set(_OF_CSL)) or (listed and bool(authors)) or value.keys() <= _SLIM
    )


def csl_paper(fields: Fields) -> Paper | None:
    """Return the paper of an item; None, and a new problem, if it has no title."""
    title = clean_line(markup_text(_text(fields, "title")))
    if not title:
        fields.note("it has no title")
        return None
    if subtitle := clean_line(markup_text(_text(fields, "subtitle"))):
        title = clean_line(f"{title}: {subtitle}") if subtitle not in title else title
    places = [_text(fields, name) for name in ("number", "URL", "note", "archive_location")]
    places += [fields.scalar("id"), _text(fields, "container-title")]
    doi = doi_key(fields.text("DOI")) or doi_key(f"doi:{fields.text('DOI')}")
    places.insert(0, fields.text("DOI"))
    arxiv_id, version = first_arxiv_id(places)
    doi = doi if doi and doi.startswith("doi:") else None
    key, aliases = paper_keys(arxiv_id, doi, title)
    abstract = unwrapped(markup_text(_text(fields, "abstract")))
    container = clean_line(markup_text(_text(fields, "container-title")))
    publication = _publication(fields)
    house = publication.publisher or publication.institution
    venue = container or ("" if arxiv_id else house)
    editors = publication.editors
    named = people(_people(fields, "author"))
    return Paper(
        id=key,
        title=title,
        authors=named.names or editors,
        authors_incomplete=named.incomplete,
        abstract=abstract,
        keywords=names(_keywords(fields)),
        published=_published(fields),
        venue="" if is_arxiv(venue) else venue,
        links=reference_links([_text(fields, "URL")], arxiv_id, doi, abstract),
        aliases=aliases,
        version=version,
        publication=publication,
    )


def _publication(fields: Fields) -> Publication:
    kind = CSL_TYPES.get(fields.text("type"), "misc")
    if kind == "phdthesis" and re.search("master|diplom|bachelor", _text(fields, "genre"), re.I):
        kind = "mastersthesis"
    finer = fields.members("custom").text("entry-type")
    kind = finer if finer in FINER_TYPES else kind
    of_institution = kind in ("phdthesis", "mastersthesis", "techreport", "report")
    publisher = _text(fields, "publisher")
    number = _text(fields, "issue") or _text(fields, "number")
    key = fields.text("citation-key")
    if not is_citation_key(key):
        key = fields.scalar("id")
        key = key if _NAME_ID.fullmatch(key) and not arxiv_reference(key)[0] else ""
    return Publication(
        kind=kind,
        key=key,
        publisher="" if of_institution or publisher == "arXiv" else publisher,
        institution=publisher if of_institution else "",
        place=_text(fields, "publisher-place") or _text(fields, "publisher-location"),
        editors=people(_people(fields, "editor")).names,
        series=_text(fields, "collection-title"),
        edition=_text(fields, "edition"),
        volume=_text(fields, "volume"),
        number="" if arxiv_reference(number)[0] else number,
        pages=pages(_text(fields, "page")),
        isbn=_text(fields, "ISBN"),
        issn=_text(fields, "ISSN"),
    )


def _text(fields: Fields, name: str) -> str:
    """Return a text, the first of a list, or a number, as one line."""
    return clean_line(fields.scalar(name), 50_000 if name == "abstract" else 1_000)


def _people(fields: Fields, name: str) -> Iterator[str]:
    for person in fields.values(name):
        if not isinstance(person, dict):
            fields.note(f"{name} contains something that is not a person")
            continue
        if whole := person.get("literal") or person.get("name"):
            yield str(whole)
            continue
        said = {part: str(person[part]) for part in _PARTS if person.get(part)}
        family = " ".join(said[part] for part in _FAMILY if part in said)
        yield name_in_order(said.get("given", ""), family, said.get("suffix", ""))


def _keywords(fields: Fields) -> Iterator[str]:
    yield from re.split("[;,]", fields.scalar("keyword"))
    yield from (str(one) for one in fields.values("subject") if isinstance(one, str))


def _published(fields: Fields) -> str:
    for name in _DATES:
        stated = fields.members(name)
        for parts in stated.values("date-parts"):
            numbers = parts if isinstance(parts, list) else []
            whole = [int(str(part)) for part in numbers[:3] if str(part).isdecimal()]
            year, month, day = (*whole, 0, 0, 0)[:3]
            if year and (found := iso_day(year, month, day)):
                return found
        said = stated.scalar("raw") or stated.scalar("literal")
        if found := agreed_day([said]):
            return found
    return ""
