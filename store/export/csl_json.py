"""Write papers as CSL-JSON, which Zotero, pandoc, citeproc and Jupyter Book read.

Source: the CSL-JSON schema (github.com/citation-style-language/schema), version 1.0.2.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

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
from store.text.clean import clean_line, clean_text
from store.text.name_parts import parted

Value: TypeAlias = "str | list[Value] | dict[str, Value] | int"

_TYPES = {
    "article": "article-journal",
    "dataset": "dataset",
    "online": "webpage",
    "patent": "patent",
    "software": "software",
    "unpublished": "manuscript",
    **dict.fromkeys(("book", "booklet", "collection", "manual", "mvbook", "proceedings"), "book"),
    **dict.fromkeys(("inbook", "incollection"), "chapter"),
    **dict.fromkeys(("conference", "inproceedings"), "paper-conference"),
    **dict.fromkeys(("mastersthesis", "phdthesis"), "thesis"),
    **dict.fromkeys(("techreport", "report"), "report"),
}
"""Types of items by the types of entries in BibTeX."""


def csl_json(entries: Iterable[Entry], keys: Mapping[str, str]) -> bytes:
    """Return an array of items with citation keys as ids; tags are keywords, notes are notes."""
    import orjson

    items = [_item(paper, marks, keys[paper.id]) for paper, marks in entries]
    return orjson.dumps(items, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _item(paper: Paper, marks: Marks, key: str) -> dict[str, Value]:
    said, kind = paper.publication, entry_type(paper)
    arxiv = arxiv_id(paper)
    authors = authors_of(paper)
    others: list[Value] = [{"literal": "others"}] if authors and paper.authors_incomplete else []
    # A paper that is only on arXiv is a preprint, which CSL calls an article.
    preprint = "article" if arxiv else "document"
    report = kind in ("techreport", "report")
    item: dict[str, Value] = {
        "id": key,
        "citation-key": key,
        "type": _TYPES.get(kind, preprint),
        "title": clean_line(paper.title),
        "author": [*map(_name, authors), *others],
        "editor": [_name(name) for name in said.editors],
        "container-title": clean_line(container_of(paper)),
        "collection-title": said.series,
        "publisher": said.publisher or said.institution or ("arXiv" if not paper.venue else ""),
        "publisher-place": said.place,
        "genre": GENRES.get(kind, ""),
        "edition": said.edition,
        "volume": said.volume,
        "issue": "" if report else said.number,
        "number": said.number if report else (f"arXiv:{arxiv}" if arxiv else ""),
        "page": said.pages.replace("–", "-"),
        "issued": _issued(paper),
        "DOI": doi_of(paper),
        "URL": links_of(paper).page,
        "ISBN": said.isbn,
        "ISSN": said.issn,
        "keyword": ", ".join(map(clean_line, marks.tags)),
        "note": clean_text(marks.note),
        "abstract": clean_text(paper.abstract),
        "custom": {"entry-type": finer} if (finer := finer_type(kind)) else {},
    }
    if not arxiv and not said:
        item["publisher"] = ""
    return {name: value for name, value in item.items() if value}


def _name(name: str) -> dict[str, Value]:
    parts = parted(clean_line(name))
    if not parts.given:
        return {"literal": parts.family}
    named: dict[str, Value] = {"family": parts.family, "given": parts.given}
    return named | ({"suffix": parts.suffix} if parts.suffix else {})


def _issued(paper: Paper) -> dict[str, Value]:
    year = year_of(paper)
    if not year:
        return {}
    month, day = month_and_day(paper)
    return {"date-parts": [[int(year), *filter(None, (month, day))]]}
