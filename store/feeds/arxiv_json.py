"""Read papers of arXiv's in JSON: arXiv's snapshot at Kaggle, and dumps of arxiv.py.

Sources: https://www.kaggle.com/datasets/Cornell-University/arxiv (an object in each line), and the
attributes of `arxiv.Result` in https://github.com/lukasschwab/arxiv.py.
"""

import re
from collections.abc import Iterator
from typing import TypeGuard

from store.feeds.arxiv_paper import ArxivEntry, arxiv_paper
from store.feeds.json_fields import Fields
from store.model import Paper
from store.text.dates import feed_day

FEED = "arxiv"
_OF_ARXIV = {"authors_parsed", "journal-ref", "update_date", "entry_id"}


def is_arxiv_entry(value: object) -> TypeGuard[dict[str, object]]:
    """Return whether a JSON value is a paper in one of these layouts."""
    return isinstance(value, dict) and "title" in value and bool(value.keys() & _OF_ARXIV)


def arxiv_entry_paper(fields: Fields) -> Paper | None:
    """Return the paper of an entry; None, and a new problem, if it has no title or id."""
    versions = [one for one in fields.values("versions") if isinstance(one, dict)]
    first, last = (versions[0], versions[-1]) if versions else ({}, {})
    address = fields.text("entry_id") or f"{fields.scalar('id')}{last.get('version') or ''}"
    published = feed_day(fields.text("published")) or feed_day(str(first.get("created") or ""))
    paper = arxiv_paper(
        ArxivEntry(
            address=address,
            title=fields.text("title"),
            abstract=fields.text("abstract") or fields.text("summary"),
            authors=_authors(fields),
            categories=_categories(fields),
            date="",
            published=published,
            updated=feed_day(fields.text("update_date") or fields.text("updated")),
            doi=fields.text("doi"),
            venue=fields.text("journal-ref") or fields.text("journal_ref"),
            comment=fields.text("comments") or fields.text("comment"),
        ),
        FEED,
    )
    if isinstance(paper, Paper):
        return paper
    fields.note(paper)
    return None


def _authors(fields: Fields) -> Iterator[str]:
    """Yield the names; items after family, given and suffix are not part of a name."""
    if parsed := fields.values("authors_parsed"):
        for parts in parsed:
            family, given, suffix = (
                *map(str, parts if isinstance(parts, list) else []),
                *[""] * 3,
            )[:3]
            yield " ".join(filter(None, (given, family, suffix)))
        return
    if isinstance(fields.raw("authors"), str):
        yield from re.split(r",\s+(?:and\s+)?|\s+and\s+", fields.text("authors"))
        return
    for one in fields.values("authors"):
        yield str(one.get("name") or "") if isinstance(one, dict) else str(one)


def _categories(fields: Fields) -> list[str]:
    if isinstance(fields.raw("categories"), str):
        return fields.text("categories").split()
    return [fields.text("primary_category"), *fields.texts("categories")]
