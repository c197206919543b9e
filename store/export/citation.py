"""A paper as one cites it in a message: authors, title, where and when it came out."""

from store.citation_keys import year_of
from store.identity import arxiv_id, doi
from store.model import Paper
from store.text.clean import clean_line

_NAMED = 6
"""So many authors are named; of more, the first alone."""


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
