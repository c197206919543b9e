"""Papers as JSON: the keys, and that lines hold all of a paper."""

from typing import Any

import orjson
from conftest import paper
from hypothesis import given
from hypothesis import strategies as st

from store.export.formats import export
from store.model import NO_MARKS, Links, Marks, Paper

LAMPS = paper(
    "arxiv:2506.01234",
    "Lamps for Sörters",
    authors=("Ana Lamp",),
    abstract="One.\n\nTwo.",
    summary="Lamps help.",
    keywords=("lamps",),
    published="2025-06-12",
    updated="2025-06-13",
    categories=("cs.CV",),
    venue="Lamp Letters",
    comment="3 pages",
    links=Links(page="https://example.org/lamps", code="https://example.org/code"),
    upvotes=3,
    comments=0,
    feeds=("hf",),
    aliases=("doi:10.1000/xyz",),
    version=2,
)
MARKS = Marks(True, True, ("dpo",), "for Ana", "2025-08-01T12:00:00Z", "2025-08-01T12:00:01Z")


def lines(*entries: tuple[Paper, Marks], with_marks: bool = False) -> list[dict[str, Any]]:
    """Return the objects that lines hold."""
    data = export("jsonl", entries, with_marks=with_marks)
    return [orjson.loads(line) for line in data.splitlines()]


def rebuilt(data: dict[str, Any]) -> Paper:
    """Return the paper that an object describes, with nothing left over."""
    data = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    return Paper(**data | {"links": Links(**data["links"])})


def test_array_has_the_keys_that_scripts_rely_on() -> None:
    assert list(orjson.loads(export("json", [(LAMPS, MARKS)]))[0]) == [
        *("id", "title", "authors", "abstract", "summary", "keywords", "date", "published"),
        *("updated", "categories", "venue", "comment", "links", "upvotes", "comments", "feeds"),
        *("aliases", "read", "starred", "tags", "note", "read_at", "starred_at"),
        *("hidden", "score", "news"),
    ]


def test_array_of_nothing() -> None:
    assert export("json", []) == b"[]\n"


def test_line_has_all_of_a_paper() -> None:
    assert rebuilt(lines((LAMPS, MARKS))[0]) == LAMPS


def test_line_has_marks_where_they_are_asked_for() -> None:
    line = lines((LAMPS, MARKS), with_marks=True)[0]
    assert {name: line[name] for name in ("read", "starred", "tags", "note", "read_at")} == {
        "read": True,
        "starred": True,
        "tags": ["dpo"],
        "note": "for Ana",
        "read_at": "2025-08-01T12:00:00Z",
    }


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4))
def test_any_text_is_a_line_of_its_own(titles: list[str]) -> None:
    papers = [paper(title=title, abstract=title) for title in titles]
    assert [rebuilt(each) for each in lines(*((each, NO_MARKS) for each in papers))] == papers
