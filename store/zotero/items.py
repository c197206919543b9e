"""Papers as items of Zotero.

Source: Zotero's item types and fields (https://www.zotero.org/support/dev/web_api/v3/types_and_fields)
and Zotero's own translator for arXiv: a preprint with repository and archive id.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, TypeAlias

from store.citation_keys import year_of
from store.export.citing import (
    GENRES,
    Entry,
    authors_of,
    container_of,
    doi_of,
    entry_type,
    month_and_day,
)
from store.export.links import links_of
from store.identity import arxiv_id, doi
from store.model import Marks, Paper
from store.text.clean import clean_line, clean_text
from store.text.name_parts import parted

Item: TypeAlias = dict[str, Any]

_TYPES = {
    "article": "journalArticle",
    "unpublished": "manuscript",
    **dict.fromkeys(("book", "booklet", "collection", "manual", "mvbook"), "book"),
    **dict.fromkeys(("inbook", "incollection"), "bookSection"),
    **dict.fromkeys(("conference", "inproceedings", "proceedings"), "conferencePaper"),
    **dict.fromkeys(("mastersthesis", "phdthesis"), "thesis"),
    **dict.fromkeys(("techreport", "report"), "report"),
}
"""Item types by the types of entries in BibTeX."""
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "journalArticle": ("publicationTitle", "volume", "issue", "pages", "series", "ISSN", "DOI"),
    "conferencePaper": (
        *("proceedingsTitle", "publisher", "place", "volume", "pages", "series", "ISBN", "DOI"),
    ),
    "book": ("publisher", "place", "volume", "edition", "series", "ISBN"),
    "bookSection": (
        *("bookTitle", "publisher", "place", "volume", "edition", "pages", "series", "ISBN"),
    ),
    "thesis": ("university", "place", "thesisType"),
    "report": ("institution", "place", "reportNumber", "pages"),
    "preprint": ("repository", "archiveID", "DOI"),
    "manuscript": ("place",),
    "document": ("publisher",),
}
"""The fields of a type besides those of all types; Zotero refuses others."""


def item_of(entry: Entry, collections: Sequence[str], with_tags: bool) -> Item:
    """Return a paper as a new item, in the collections with these keys."""
    paper, marks = entry
    preprint = "preprint" if arxiv_id(paper) else "document"
    kind = _TYPES.get(entry_type(paper), preprint)
    if kind == "manuscript" and arxiv_id(paper):
        kind = "preprint"
    known = _known(paper)
    fields = {name: known[name] for name in _FIELDS[kind] if known.get(name)}
    extra = [f"arXiv: {arxiv_id(paper)}"] if arxiv_id(paper) and kind != "preprint" else []
    if "DOI" not in _FIELDS[kind] and known["DOI"]:
        extra.append(f"DOI: {known['DOI']}")
    item = {
        "itemType": kind,
        "title": clean_line(paper.title),
        "creators": _creators(paper),
        "abstractNote": clean_text(paper.abstract),
        "date": _date(paper),
        "url": links_of(paper).page,
        "extra": "\n".join(extra),
        **fields,
    }
    filled = {name: value for name, value in item.items() if value or name == "creators"}
    tags = [{"tag": clean_line(tag)} for tag in marks.tags] if with_tags else []
    return {**filled, "tags": tags, "collections": list(collections), "relations": {}}


def note_of(marks: Marks, parent: str) -> Item:
    """Return a paper's note as a child of the item with the key `parent`."""
    parts = [escape(each).replace("\n", "<br/>") for each in clean_text(marks.note).split("\n\n")]
    note = "".join(f"<p>{part}</p>" for part in parts if part.strip())
    return {"itemType": "note", "parentItem": parent, "note": note, "tags": [], "relations": {}}


def names_of(paper: Paper) -> tuple[str, ...]:
    """Return the names that find a paper in Zotero: its DOI and arXiv id, the surest first."""
    arxiv = arxiv_id(paper)
    return tuple(filter(None, (doi(paper), arxiv)))


def is_of(item: Mapping[str, Any], paper: Paper) -> bool:
    """Return whether an item of Zotero's is a paper, by DOI or arXiv id, never by title."""
    known = {name.lower() for name in names_of(paper)}
    if arxiv := arxiv_id(paper):
        known.add(f"10.48550/arxiv.{arxiv}".lower())
    if str(item.get("DOI", "")).strip().lower().removeprefix("https://doi.org/") in known:
        return True
    places = [str(item.get(name, "")) for name in ("archiveID", "url", "extra")]
    words = " ".join(places).lower().replace("arxiv:", " ").replace("doi:", " ").split()
    ends = {word.rpartition("/abs/")[2].rpartition("doi.org/")[2] for word in words}
    return not known.isdisjoint(ends | {_without_version(end) for end in ends})


def _without_version(name: str) -> str:
    start, sign, number = name.rpartition("v")
    return start if sign and number.isdecimal() else name


def _known(paper: Paper) -> dict[str, str]:
    said, arxiv = paper.publication, arxiv_id(paper)
    return {
        "publicationTitle": container_of(paper),
        "proceedingsTitle": container_of(paper),
        "bookTitle": container_of(paper),
        "publisher": said.publisher or said.institution,
        "institution": said.institution or said.publisher,
        "university": said.institution,
        "thesisType": GENRES.get(said.kind, ""),
        "place": said.place,
        "volume": said.volume,
        "issue": said.number,
        "reportNumber": said.number,
        "edition": said.edition,
        "series": said.series,
        "pages": said.pages.replace("–", "-"),
        "ISBN": said.isbn,
        "ISSN": said.issn,
        "DOI": doi_of(paper),
        "repository": "arXiv",
        "archiveID": f"arXiv:{arxiv}",
    }


def _creators(paper: Paper) -> list[dict[str, str]]:
    said = paper.publication
    people = [("author", name) for name in authors_of(paper)] + [
        ("editor", name) for name in said.editors
    ]
    creators = []
    for role, name in people:
        parts = parted(clean_line(name))
        if parts.given:
            first = ", ".join(filter(None, (parts.given, parts.suffix)))
            creators.append({"creatorType": role, "firstName": first, "lastName": parts.family})
        else:
            creators.append({"creatorType": role, "name": parts.family})
    return creators


def _date(paper: Paper) -> str:
    month, day = month_and_day(paper)
    parts = [year_of(paper), f"{month:02}" if month else "", f"{day:02}" if day else ""]
    return "-".join(filter(None, parts))
