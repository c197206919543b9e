"""The work of an import grows with what is imported, whatever names its papers share.

Each of these would take from minutes to days if thousands of papers of one name were compared with
each other. What is counted are calls: how long they take depends on the machine.
"""

from collections.abc import Callable, Iterator
from cProfile import Profile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import OpenLibrary, paper

from store.health.apart import Finding
from store.health.checks import examine
from store.library import Library
from store.model import Paper

FEW, MANY = 100, 400
GROWTH = 1.25 * MANY / FEW
"""How many times more calls there may be; sixteen times more if each were compared with each."""
OTHERS = [paper(f"arxiv:2601.{number:05}", f"On Sand {number}") for number in range(5)]

Papers = Callable[[int], list[Paper]]
SHARING: dict[str, Papers] = {
    "title": lambda many: [paper(f"doi:10.1000/{number}", "Editorial") for number in range(many)],
    "title and authors": lambda many: [
        paper(f"doi:10.1000/{number}", "Editorial", authors=("Ada Byron",))
        for number in range(many)
    ],
    "DOI of a volume": lambda many: [
        paper("doi:10.1000/1", f"Chapter {number}", authors=(f"Ada Byron{number}",))
        for number in range(many)
    ],
}
"""Papers that are different ones though they have something in common."""
ONE: dict[str, Papers] = {
    "id": lambda many: [paper(title=f"Draft {number}") for number in range(many)],
    "chain of aliases": lambda many: [
        paper(f"arxiv:{number:09}", f"Draft {number}", aliases=(f"arxiv:{number + 1:09}",))
        for number in range(many)
    ],
    "feeds": lambda many: [paper(feeds=tuple(f"feed{number}" for number in range(many)))],
}
"""Descriptions of one paper."""


class Counted:
    """How many functions each step calls, by the name of the step."""

    def __init__(self) -> None:
        self.calls: dict[str, int] = {}

    def __call__(self, name: str, work: Callable[[], object]) -> object:
        """Do a step."""
        profile = Profile()
        result = profile.runcall(work)
        self.calls[name] = sum(each.callcount for each in profile.getstats())
        return result


def growing(tmp_path: Path, steps: Callable[[Library, int, Counted], None]) -> Iterator[str]:
    """Take steps with few papers and with many; yield those that grew too much."""
    counted = {}
    for many in (FEW, FEW, MANY):  # what is done once only was done in the first round
        counted[many] = Counted()
        folder = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        steps(Library(folder), many, counted[many])
    for name, calls in counted[MANY].calls.items():
        before = counted[FEW].calls[name]
        if calls > GROWTH * before:
            yield f"{name}: {before} calls for {FEW} papers, {calls} for {MANY}"


@pytest.mark.parametrize("common", SHARING)
def test_work_grows_with_papers_that_have_something_in_common(tmp_path: Path, common: str) -> None:
    def steps(library: Library, many: int, counted: Counted) -> None:
        papers = SHARING[common](many)
        added = []
        counted("first", lambda: added.append(library.add(papers, "journal").imported))
        counted("again", lambda: added.append(library.add(papers, "journal").unchanged))
        counted("others", lambda: added.append(library.add(OTHERS, "hf").imported))
        assert added == [many, many, len(OTHERS)]
        found: list[Finding] = []
        counted("doctor", lambda: found.extend(examine(library.folder, None, datetime.now(UTC))))
        assert [each.level for each in found] == ["ok"]

    assert list(growing(tmp_path, steps)) == []


@pytest.mark.parametrize("common", ONE)
def test_work_grows_with_descriptions_of_one_paper(tmp_path: Path, common: str) -> None:
    def steps(library: Library, many: int, counted: Counted) -> None:
        counted("first", lambda: library.add(ONE[common](many), "journal"))
        assert len(library.papers) == 1
        added = []
        counted("others", lambda: added.append(library.add(OTHERS, "hf").imported))
        assert added == [len(OTHERS)]

    assert list(growing(tmp_path, steps)) == []


def test_new_papers_are_named(open_library: OpenLibrary) -> None:
    library = open_library()
    library.add(OTHERS[:1], "hf")
    assert library.add(OTHERS[:3], "hf").new == (OTHERS[1].id, OTHERS[2].id)
