"""The book, journal or thesis of a paper, from entries of bibliographies.

Types of entries have the names of BibTeX and biblatex. Sources: BibTeXing
(Patashnik), the manual of biblatex, the RIS format specification (2011), csl-data.json and
https://docs.citationstyles.org/en/stable/specification.html for CSL.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from store.feeds.bibtex_source import BibtexEntry
from store.markup.plain_text import markup_text
from store.model import Publication
from store.text.clean import clean_line
from store.text.people import bibtex_names, people, ris_names
from store.text.web import arxiv_reference

_LIMIT = 300
"""Most characters of a fact about a publication."""
_TYPE = re.compile(r"[a-z]{2,30}")
_THESES = {"mastersthesis", "phdthesis"}
_REPORTS = {"techreport", "report"}
_MASTERS = re.compile(r"master|m\.?\s?sc|diplom|bachelor|mathesis", re.IGNORECASE)

RIS_TYPES = {
    **dict.fromkeys(("JOUR", "JFULL", "EJOUR", "MGZN", "NEWS", "INPR", "ABST"), "article"),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK"), "book"),
    **dict.fromkeys(("CHAP", "ECHAP", "ENCYC", "DICT"), "incollection"),
    **dict.fromkeys(("CONF", "CPAPER"), "inproceedings"),
    **dict.fromkeys(("RPRT", "GOVDOC", "STAND"), "techreport"),
    **dict.fromkeys(("UNPB", "MANSCPT"), "unpublished"),
    **dict.fromkeys(("DATA", "DBASE"), "dataset"),
    **dict.fromkeys(("ELEC", "BLOG", "WEB"), "online"),
    "THES": "phdthesis",
    "COMP": "software",
    "PAT": "patent",
    "GEN": "misc",
}
"""Types of entries by types of RIS records."""

CSL_TYPES = {
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper"), "article"),
    **dict.fromkeys(("journal-article", "review", "peer-review"), "article"),
    **dict.fromkeys(("article", "posted-content", "preprint", "document"), "misc"),
    **dict.fromkeys(("book", "monograph", "edited-book", "reference-book"), "book"),
    **dict.fromkeys(("chapter", "book-chapter", "book-section", "book-part"), "incollection"),
    **dict.fromkeys(("entry", "entry-encyclopedia", "entry-dictionary"), "incollection"),
    **dict.fromkeys(("paper-conference", "proceedings-article"), "inproceedings"),
    **dict.fromkeys(("thesis", "dissertation"), "phdthesis"),
    **dict.fromkeys(("webpage", "post", "post-weblog"), "online"),
    "report": "techreport",
    "manuscript": "unpublished",
    "proceedings": "proceedings",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
}
"""Types of entries by types of CSL items and of Crossref's works."""

FINER_TYPES = (
    *("inbook", "bookinbook", "suppbook", "mvbook", "booklet", "manual", "collection"),
    *("mvcollection", "suppcollection", "proceedings", "mvproceedings", "conference", "report"),
    *("reference", "mvreference", "inreference", "periodical", "suppperiodical"),
)
"""Types that RIS and CSL lack; they are stored besides the type of a record or item."""


def bibtex_publication(entry: BibtexEntry) -> Publication:
    """Return the publication of an entry in BibTeX or biblatex; text stays TeX."""
    fields = entry.fields
    kind = entry.kind if _TYPE.fullmatch(entry.kind) else "misc"
    if kind == "thesis":
        kind = "mastersthesis" if _MASTERS.search(fields.get("type", "")) else "phdthesis"
    institution = first(fields, "school", "institution")
    organization = fields.get("organization", "")
    if kind in _THESES | _REPORTS:
        institution = institution or organization or fields.get("publisher", "")
    editors = fields.get("editor", "")
    volume, number = fields.get("volume", ""), first(fields, "number", "issue")
    return Publication(
        kind=kind,
        key=entry.key,
        publisher=_line(fields.get("publisher", "") or organization),
        institution=_line(institution),
        place=_line(first(fields, "address", "location")),
        editors=_bibtex_editors(editors),
        series=_line(fields.get("series", "")),
        edition=_line(fields.get("edition", "")),
        # CoRR has ids of papers in place of volumes.
        volume="" if arxiv_reference(volume)[0] else _line(volume),
        number="" if arxiv_reference(number)[0] else _line(number),
        pages=pages(_line(fields.get("pages", ""))),
        isbn=_line(fields.get("isbn", "")),
        issn=_line(fields.get("issn", "")),
    )


def ris_publication(values: Mapping[str, list[str]]) -> Publication:
    """Return the publication of a RIS record."""

    def one(*tags: str) -> str:
        return _line(next((values[tag][0] for tag in tags if values.get(tag)), ""))

    kind = RIS_TYPES.get(one("TY").upper(), "misc")
    if kind == "phdthesis" and _MASTERS.search(one("M3", "U3")):
        kind = "mastersthesis"
    elif one("M3") in FINER_TYPES:
        kind = one("M3")
    start, end = one("SP"), one("EP")
    spread = f"{start}-{end}" if start and end and end not in start else start
    numbers = [_line(value) for value in values.get("SN", [])]
    isbns = [number for number in numbers if _is_isbn(number)]
    issns = [number for number in numbers if not _is_isbn(number)]
    in_institution = kind in _THESES | _REPORTS
    publisher = one("PB")
    return Publication(
        kind=kind,
        key=one("ID", "LB") if re.fullmatch(r"[A-Za-z]\S*", one("ID", "LB")) else "",
        publisher="" if in_institution else publisher,
        institution=publisher if in_institution else "",
        place=one("CY", "PP"),
        editors=people(
            name
            for tag in ("A2", "ED")
            for value in values.get(tag, [])
            for name in ris_names(markup_text(value))
        ).names,
        series=one("T3"),
        edition=one("ET"),
        volume="" if arxiv_reference(one("VL"))[0] else one("VL"),
        number=one("IS"),
        pages=pages(spread),
        isbn=next(iter(isbns), ""),
        issn=next(iter(issns), ""),
    )


def pages(text: str) -> str:
    """Return pages with an en dash between the first and the last."""
    return re.sub(r"(?<=\w)\s*(?:-{1,3}|[‐-―−])\s*(?=\w)", "–", text)


def first(fields: Mapping[str, str], *wanted: str) -> str:
    """Return the first of several fields that is not empty."""
    return next((fields[name] for name in wanted if fields.get(name)), "")


def _is_isbn(number: str) -> bool:
    """Return whether a number is a book's, of ten or thirteen digits, not a journal's of eight."""
    return len(re.sub(r"[^\dXx]", "", number.partition("(")[0])) >= 10


@lru_cache(maxsize=1_000)
def _bibtex_editors(field: str) -> tuple[str, ...]:
    """Return the editors in a field; remembered, as all papers of a volume have the same."""
    return people(bibtex_names(markup_text(field))).names if field else ()


@lru_cache(maxsize=1_000)
def _line(text: str) -> str:
    return clean_line(markup_text(text[: 4 * _LIMIT]), _LIMIT).strip()
