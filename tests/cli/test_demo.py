"""The made-up library of `papers-tui demo`, and the pictures drawn from it."""

import asyncio
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import OpenLibrary
from terminal import MODERN, OpenTerminal

from docs.pictures import SESSION, drawn, moving
from store.fetching.subscriptions import Subscriptions
from store.library import Library
from store.views.file import ViewsFile
from tui.demo import fill

TODAY = date(2025, 8, 1)


def test_library_of_the_demo_shows_everything(open_library: OpenLibrary) -> None:
    library = open_library()
    fill(library, TODAY)
    papers, marks = library.papers.values(), library.all_marks.values()
    assert len({paper.date for paper in papers}) == 5
    assert len({paper.title for paper in papers}) == len(papers)
    assert all(paper.authors and paper.summary and paper.upvotes for paper in papers)
    assert any(paper.links.code and paper.links.project for paper in papers)
    assert any(each.starred and each.tags for each in marks)
    assert any(each.note for each in marks)
    assert {feed for paper in papers for feed in paper.feeds} == {"hf", "arxiv:cs.RO"}
    assert Subscriptions(library.folder).names() == ["hf", "arxiv:cs.RO"]
    assert [view.name for view in ViewsFile(library.folder).read().views] == [
        "robots", "talked about",
    ]  # fmt: skip


def test_library_of_the_demo_is_the_same_each_time(
    open_library: OpenLibrary, tmp_path: Path
) -> None:
    first, second = open_library(), Library(tmp_path / "second")
    fill(first, TODAY)
    fill(second, TODAY)
    assert dict(first.papers) == dict(second.papers)


@pytest.mark.slow
def test_demo_opens_and_touches_nothing(
    open_terminal: OpenTerminal, open_library: OpenLibrary
) -> None:
    terminal = open_terminal(MODERN, "demo")
    terminal.shows("of 47 ─")
    terminal.type("s")
    terminal.shows("▌●★")
    terminal.type("q")
    assert terminal.leaves() == 0
    assert not open_library().months()


@pytest.mark.slow
def test_moving_picture_shows_its_screens_one_after_the_other() -> None:
    steps = [keys for _, keys in SESSION[:3]]
    pictures = asyncio.run(drawn((80, 24), steps))
    text = moving(pictures, [1.0, 1.0, 2.0])
    root = ElementTree.fromstring(text)
    times = [each.get("keyTimes") for each in root.iter() if each.tag.endswith("animate")]
    assert times == ["0.0000;0.2500;0.5000", "0.0000;0.5000"]
    assert len(text) / len(pictures) * len(SESSION) < 1_000_000
    assert "http://" not in text.replace("http://www.w3.org", "")
