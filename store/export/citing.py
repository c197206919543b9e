"""What a citation says of a paper: its ids, what kind of publication it is, when it came out."""

import re
from enum import Enum
from typing import TypeAlias

from store.identity import arxiv_id
from store.model import Marks, Paper

Entry: TypeAlias = tuple[Paper, Marks]
"""A paper of an exported list with what the user did with it."""

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
"""Those that RIS and CSL have as well."""


class Kind(Enum):
    """What kind of publication a paper is, as far as its venue and ids tell."""

    JOURNAL = "journal"
    CONFERENCE = "conference"
    PREPRINT = "preprint"
    """On arXiv, with no venue."""
    OTHER = "other"


def kind_of(paper: Paper) -> Kind:
    """Return the kind of a paper; a venue that is not known as a conference is a journal."""
    if paper.venue:
        conference = _CONFERENCE.search(paper.venue) and not _JOURNAL.search(paper.venue)
        return Kind.CONFERENCE if conference else Kind.JOURNAL
    return Kind.PREPRINT if arxiv_id(paper) else Kind.OTHER


def entry_type(paper: Paper) -> str:
    """Return the type of a paper's entry in BibTeX: the one it was imported with, where it tells.

    One of no particular kind (@misc) may be known with a journal or a conference by now.
    """
    kind = paper.publication.kind
    if kind in ("", "misc", "online", "unpublished") and (paper.venue and not _is_house(paper)):
        return "inproceedings" if kind_of(paper) is Kind.CONFERENCE else "article"
    if kind == "unpublished" and arxiv_id(paper):
        return "misc"
    return kind or "misc"


def finer_type(kind: str) -> str:
    """Return a type of entry that other formats have no type for, as a volume of a book; or ""."""
    return "" if kind in _COMMON_TYPES else kind


def container_of(paper: Paper) -> str:
    """Return the journal, book or proceedings that a paper is in, and no publisher or school."""
    return "" if _is_house(paper) else paper.venue


def _is_house(paper: Paper) -> bool:
    return paper.venue in (paper.publication.publisher, paper.publication.institution)


def month_and_day(paper: Paper) -> tuple[int, int]:
    """Return when in its year a paper was published, 0 for what is not known.

    The first of January also stands for a year alone, and the first of a month for the month.
    """
    match = re.match(r"\d{4}-(0[1-9]|1[0-2])-(\d\d)$", paper.published)
    if not match:
        return 0, 0
    month, day = int(match[1]), int(match[2])
    if day == 1:
        return (0 if month == 1 else month), 0
    return month, day
