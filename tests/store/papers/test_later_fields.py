"""What a later version writes of papers stays when this one changes them."""

from dataclasses import replace
from typing import Any

import orjson
import pytest
from conftest import paper

from store.library import Library
from store.papers.documents import Later

SAND = paper()
OTHER = paper("arxiv:2508.00002", title="Counting Snails")
LATER: Later = {"language": "en", "seen_at": ["Mudford", 3]}


@pytest.fixture
def later(library: Library) -> Library:
    """A library with two papers, of which a later version wrote more of one and its record."""
    library.add([SAND, OTHER], "hf")
    (month,) = library.months()
    tables = orjson.loads(month.read_bytes())
    document = tables["papers"][SAND.id]
    document.update(LATER)
    document["told"][0].update(LATER)
    month.write_bytes(orjson.dumps(tables))
    return library


def document(library: Library) -> dict[str, Any]:
    """Return what is written of the paper."""
    tables = [orjson.loads(month.read_bytes()) for month in library.months()]
    (found,) = (each["papers"][SAND.id] for each in tables if SAND.id in each["papers"])
    return dict(found)


def test_fields_stay_when_another_paper_of_the_month_comes(later: Library) -> None:
    later.add([paper("arxiv:2508.00003", title="Sorting Pebbles")], "hf")
    written = document(later)
    assert LATER.items() <= written.items()
    assert LATER.items() <= written["told"][0].items()


def test_fields_stay_when_a_second_feed_lists_the_paper(later: Library) -> None:
    later.add([replace(SAND, comment="12 pages")], "arxiv:cs.CL")
    written = document(later)
    assert LATER.items() <= written.items()
    assert [each["feed"] for each in written["told"] if LATER.items() <= each.items()] == ["hf"]


def test_fields_move_with_the_paper_to_another_month(later: Library) -> None:
    later.add([replace(SAND, date="2025-07-01")], "arxiv:cs.CL")
    assert LATER.items() <= document(later).items()
