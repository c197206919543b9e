"""A wrong value in what the feeds said of a paper is named by each command that meets it."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from cli_helpers import Run
from conftest import ABSTRACT, OpenLibrary, page, paper

from store.library import Library

ID = "arxiv:2508.00001"
TOLD: dict[str, Any] = {
    "seen": 5, "place": "1", "raw_title": None, "raw_abstract": [], "title": 5, "abstract": {},
    "date": 20250801, "id": ["arxiv:1"], "authors": "Ada", "keywords": [1], "aliases": 7,
    "upvotes": "many", "version": None, "links": {"page": 1}, "votes": [["2025-08-01", "3", 0]],
    "feed": ["sample"], "categories": {"cs.CV": 1}, "comments": [],
}  # fmt: skip
"""A wrong value for each thing that a feed tells."""
WRONG: dict[str, Any] = {
    **{name: [{"feed": "sample", name: value}] for name, value in TOLD.items()},
    "no list": {"feed": "sample"},
    "no objects": ["sample"],
    "no feed": [{"seen": "2025-08-01T12:00:00Z"}],
    "other feed": [{"feed": "arxiv"}],
    "unknown link": [{"feed": "sample", "links": {"home": "https://a.example"}}],
    "vote without a number": [{"feed": "sample", "votes": [["2025-08-01"]]}],
}
COMMANDS = (["import", "{feed}"], ["feeds", "remove", "sample", "--papers"], ["doctor", "--tidy"])


@pytest.fixture
def month(library: Library) -> Path:
    """The month's file of a library with a paper."""
    library.add([paper()], "sample")
    return library.months()[0]


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A file to import."""
    path = tmp_path / "page.txt"
    path.write_bytes(page(("On Sand", ABSTRACT)))
    return path


def write(month: Path, **fields: Any) -> None:
    """Change fields of the paper in a month's file, as by hand."""
    tables = orjson.loads(month.read_bytes())
    tables["papers"][ID] |= fields
    month.write_bytes(orjson.dumps(tables))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_value_in_what_was_told_is_damage(
    run: Run, month: Path, feed: Path, wrong: str, command: list[str]
) -> None:
    write(month, told=WRONG[wrong])
    outcome = run(*(part.format(feed=feed) for part in command))
    assert outcome.status == 3
    assert str(month) in outcome.err + outcome.out


@pytest.mark.parametrize("wrong", WRONG)
def test_doctor_names_a_wrong_value_in_what_was_told(run: Run, month: Path, wrong: str) -> None:
    write(month, told=WRONG[wrong])
    outcome = run("doctor")
    assert outcome.status == 3
    assert str(month) in outcome.out


@pytest.mark.parametrize("votes", [[1, 2, 3], ["2025-08-01", "2", 3], ["2025-08-01"], "votes"])
def test_doctor_names_wrong_earlier_votes(run: Run, month: Path, votes: Any) -> None:
    write(month, earlier_votes=votes)
    assert run("doctor").status == 3


def test_paper_of_no_feed_stays_when_a_feed_lists_it(
    month: Path, open_library: OpenLibrary
) -> None:
    write(month, told=[], feeds=[])
    library = open_library()
    library.add([paper(abstract="Of lamps.")], "hf")
    assert library.papers[ID].abstract == "Of lamps."
    assert library.papers[ID].feeds == ("hf",)
