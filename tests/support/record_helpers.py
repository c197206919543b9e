"""What feeds say of papers."""

from typing import Any

from conftest import paper

from store.identity import title_key
from store.papers.records import Record

TITLE = "Sorting Pebbles"


def record(id: str = "", feed: str = "hf", **fields: Any) -> Record:
    """Return what a feed says of a paper; without an id it goes by its title."""
    title, authors = fields.get("title", TITLE), fields.get("authors", ())
    return Record(paper(id or title_key(title, authors), feeds=(feed,), **fields))
