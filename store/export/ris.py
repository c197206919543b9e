"""Write papers as RIS, which Zotero, EndNote, Mendeley and others read.

Source: Reference Manager's RIS format specification (2001, and EndNote's of 2011): a tag of two
characters, two spaces, a hyphen and a space; a line for each value; CRLF.
"""

from collections.abc import Iterable, Iterator

from store.citation_keys import year_of
from store.export.citing import (
    GENRES,
    Entry,
    authors_of,
    container_of,
    doi_of,
    entry_type,
    finer_type,
    month_and_day,
)
from store.export.links import links_of
from store.identity import arxiv_id
from store.model import Marks, Paper
from store.text.clean import ABSTRACT_LIMIT, clean_line
from store.text.name_parts import parted

_TYPES = {
    "article": "JOUR",
    "techreport": "RPRT",
    "report": "RPRT",
    "unpublished": "UNPB",
    "dataset": "DATA",
    "software": "COMP",
    "online": "ELEC",
    "patent": "PAT",
    **dict.fromkeys(("book", "booklet", "collection", "manual", "mvbook"), "BOOK"),
    **dict.fromkeys(("inbook", "incollection"), "CHAP"),
    **dict.fromkeys(("conference", "inproceedings", "proceedings"), "CONF"),
    **dict.fromkeys(("mastersthesis", "phdthesis"), "THES"),
}
"""Types of records by the types of entries in BibTeX."""


def ris(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield a record for each paper; its tags are keywords, its note is a note."""
    for paper, marks in entries:
        lines = [(tag, clean_line(text, ABSTRACT_LIMIT)) for tag, text in _fields(paper, marks)]
        yield "".join(f"{tag}  - {text}\r\n" for tag, text in lines if text) + "ER  - \r\n\r\n"


def _fields(paper: Paper, marks: Marks) -> Iterator[tuple[str, str]]:
    said = paper.publication
    kind = entry_type(paper)
    preprint = "UNPB" if arxiv_id(paper) else "GEN"
    yield "TY", _TYPES.get(kind, preprint)
    yield "ID", said.key
    yield "TI", paper.title
    only_editors = paper.authors == said.editors
    for name in authors_of(paper):
        yield "AU", _author(name)
    if paper.authors_incomplete and not only_editors:
        yield "AU", "et al."
    for name in said.editors:
        yield "ED" if only_editors else "A2", _author(name)
    yield "M3", GENRES[kind] if kind == "mastersthesis" else finer_type(kind)
    yield "PY", year_of(paper)
    yield "DA", _date(paper)
    yield "T2", container_of(paper)
    yield "T3", said.series
    yield "PB", said.publisher or said.institution
    yield "CY", said.place
    yield "ET", said.edition
    yield "VL", said.volume
    yield "IS", said.number
    start, _, end = said.pages.partition("–")
    yield "SP", start
    yield "EP", end
    yield "SN", said.isbn
    yield "SN", said.issn
    yield "DO", doi_of(paper)
    links = links_of(paper)
    yield "UR", links.page
    yield "L1", links.pdf
    for tag in marks.tags:
        yield "KW", tag
    yield "N1", marks.note
    yield "AB", paper.abstract


def _author(name: str) -> str:
    """Return a name as "Family, Given, Suffix"."""
    parts = parted(clean_line(name))
    return ", ".join(filter(None, (parts.family, parts.given, parts.suffix)))


def _date(paper: Paper) -> str:
    """Return the date as YYYY/MM/DD/ without an unknown day; empty for a year alone."""
    month, day = month_and_day(paper)
    if not month:
        return ""
    return f"{year_of(paper)}/{month:02}/{f'{day:02}' if day else ''}/"
