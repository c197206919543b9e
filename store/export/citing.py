"""What citations say of a paper: names, ids, kind of publication, date; a citation in a line."""

import re
from enum import Enum
from typing import TypeAlias

from store.citation_keys import year_of
from store.identity import arxiv_id, doi
from store.model import Marks, Paper
from store.text.clean import clean_line

Entry: TypeAlias = tuple[Paper, Marks]
"""A paper of an exported list, and its marks."""

_JOURNAL = re.compile(
    r"\b(?:journal|transactions|letters|national academy|natl|of the ieee|"
    r"royal society|endowment)\b",
    re.IGNORECASE,
)
_CONFERENCE = re.compile(
    r"\b(?:proc|proceedings|conf|conference|symposium|workshop|congress|neurips|nips|icml|iclr|"
    r"cvpr|iccv|eccv|wacv|acl|emnlp|naacl|eacl|coling|aaai|ijcai|kdd|sigir|interspeech|icassp|"
    r"icra|iros|rss|corl|chi|colt|uai|aistats|siggraph|usenix|annual meeting|"
    r"computer vision and pattern recognition|neural information processing systems|"
    r"learning representations)\b",
    re.IGNORECASE,
)


_COMMON_TYPES = (
    *("", "article", "book", "incollection", "inproceedings", "phdthesis", "mastersthesis"),
    *("techreport", "unpublished", "dataset", "online", "software", "patent", "misc"),
)
"""Types that RIS and CSL have as well."""

_NAMED = 6
"""Most authors that a citation names; of more only the first."""
GENRES = {"mastersthesis": "Master's thesis", "phdthesis": "PhD thesis"}
"""The genres of theses, by the types of entries in BibTeX."""


class Kind(Enum):
    """The kind of publication, as far as venue and ids show."""

    JOURNAL = "journal"
    CONFERENCE = "conference"
    PREPRINT = "preprint"
    """On arXiv, without a venue."""
    OTHER = "other"


def kind_of(paper: Paper) -> Kind:
    """Return the kind of a paper; a venue that is not a known conference is a journal."""
    if paper.venue:
        conference = _CONFERENCE.search(paper.venue) and not _JOURNAL.search(paper.venue)
        return Kind.CONFERENCE if conference else Kind.JOURNAL
    return Kind.PREPRINT if arxiv_id(paper) else Kind.OTHER


def entry_type(paper: Paper) -> str:
    """Return the type of a paper's entry in BibTeX: the imported one, if that says enough.

    A paper imported as @misc may have a journal or a conference by now.
    """
    kind = paper.publication.kind
    if kind in ("", "misc", "online", "unpublished") and (paper.venue and not _is_house(paper)):
        return "inproceedings" if kind_of(paper) is Kind.CONFERENCE else "article"
    if kind == "unpublished" and arxiv_id(paper):
        return "misc"
    return kind or "misc"


def finer_type(kind: str) -> str:
    """Return a type of entry if RIS and CSL lack it, such as a volume of a book; else empty."""
    return "" if kind in _COMMON_TYPES else kind


def authors_of(paper: Paper) -> tuple[str, ...]:
    """Return the authors; none if a feed gave only editors, who are then listed as authors too."""
    return () if paper.authors == paper.publication.editors else paper.authors


def doi_of(paper: Paper) -> str:
    """Return the DOI of a paper, else the one that arXiv gave it; empty without either."""
    arxiv = arxiv_id(paper)
    return doi(paper) or (f"10.48550/arXiv.{arxiv}" if arxiv else "")


def container_of(paper: Paper) -> str:
    """Return the journal, book or proceedings of a paper; a publisher or school is none."""
    return "" if _is_house(paper) else paper.venue


def _is_house(paper: Paper) -> bool:
    return paper.venue in (paper.publication.publisher, paper.publication.institution)


def month_and_day(paper: Paper) -> tuple[int, int]:
    """Return the month and the day on which a paper was published; 0 if not known.

    January 1 may stand for the year alone, and the first of a month for the month.
    """
    match = re.match(r"\d{4}-(0[1-9]|1[0-2])-(\d\d)$", paper.published)
    if not match:
        return 0, 0
    month, day = int(match[1]), int(match[2])
    if day == 1:
        return (0 if month == 1 else month), 0
    return month, day


def citation(paper: Paper) -> str:
    """Return one line of plain text: "Ada Ek and Bo Marsh. On Pebbles. arXiv:2508.00001, 2025."."""
    where = clean_line(paper.venue)
    if not where and (arxiv := arxiv_id(paper)):
        where = f"arXiv:{arxiv}"
    elif not where and (known := doi(paper)):
        where = f"doi:{known}"
    parts = [_authors(paper), clean_line(paper.title)]
    parts.append(", ".join(filter(None, (where, year_of(paper)))))
    return " ".join(part if part[-1] in ".?!" else f"{part}." for part in filter(None, parts))


def _authors(paper: Paper) -> str:
    *others, last = map(clean_line, paper.authors or [""])
    if len(others) >= _NAMED:
        return f"{others[0]} et al."
    if paper.authors_incomplete and last:
        return f"{', '.join([*others, last])} et al."
    return f"{', '.join(others)} and {last}" if others else last
