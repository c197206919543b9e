"""The work of an import grows with what is imported, whatever names its papers share.

Each of these would take from minutes to days if papers of one name were compared with each other.
"""

from datetime import UTC, datetime

import pytest
from conftest import OpenLibrary, paper

from store.health.checks import examine
from store.library import Library
from store.model import Paper

MANY = 3_000
OTHERS = [paper(f"arxiv:2601.{number:05}", f"On Sand {number}") for number in range(5)]

SHARING: dict[str, list[Paper]] = {
    "title": [paper(f"doi:10.1000/{number}", "Editorial") for number in range(MANY)],
    "title and authors": [
        paper(f"doi:10.1000/{number}", "Editorial", authors=("Ada Byron",))
        for number in range(MANY)
    ],
    "DOI of a volume": [
        paper("doi:10.1000/1", f"Chapter {number}", authors=(f"Ada Byron{number}",))
        for number in range(MANY)
    ],
}
"""Papers that are different ones though they have something in common."""
ONE: dict[str, list[Paper]] = {
    "id": [paper(title=f"Draft {number}") for number in range(MANY)],
    "chain of aliases": [
        paper(f"arxiv:{number:09}", f"Draft {number}", aliases=(f"arxiv:{number + 1:09}",))
        for number in range(MANY)
    ],
    "feeds": [paper(feeds=tuple(f"feed{number}" for number in range(MANY)))],
}
"""Descriptions of one paper."""


@pytest.mark.parametrize("common", SHARING)
def test_thousands_of_papers_with_something_in_common_come_in(
    library: Library, common: str
) -> None:
    assert library.add(SHARING[common], "journal").imported == MANY
    assert library.add(SHARING[common], "journal").unchanged == MANY


@pytest.mark.parametrize("common", ONE)
def test_thousands_of_descriptions_of_one_paper_come_in(library: Library, common: str) -> None:
    library.add(ONE[common], "journal")
    assert len(library.papers) == 1


@pytest.mark.parametrize("common", [*SHARING, *ONE])
def test_other_papers_come_in_beside_them(open_library: OpenLibrary, common: str) -> None:
    library = open_library()
    library.add((SHARING | ONE)[common], "journal")
    assert library.add(OTHERS, "hf").imported == len(OTHERS)


@pytest.mark.parametrize("common", SHARING)
def test_doctor_looks_them_over(library: Library, common: str) -> None:
    library.add(SHARING[common], "journal")
    findings = examine(library.folder, None, datetime.now(UTC))
    assert [each.level for each in findings] == ["ok"]


def test_new_papers_are_named(library: Library) -> None:
    library.add(OTHERS[:1], "hf")
    assert library.add(OTHERS[:3], "hf").new == (OTHERS[1].id, OTHERS[2].id)
