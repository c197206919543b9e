"""The ten tasks of docs/tasks.md are done by the keys that are written there, and as many."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import OpenLibrary, paper
from screen_helpers import Reader, reading, until

from store.library import Library
from store.model import Links
from store.views_file import ViewsFile

PAGE = Path(__file__).parents[1] / "docs" / "tasks.md"
ROWS = re.findall(r"^\| ([A-Z].*?) \| (.*?) \| (\d+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
TASKS = {task: keys for task, keys, _ in ROWS}
NAMES = {"Enter": "enter", "/": "slash", "]": "right_square_bracket"}
PDF = "https://arxiv.org/pdf/2508.10000"


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """58 papers of today, five of yesterday and one of last month."""
    first = paper("arxiv:2508.10000", "Sorting Pebbles", links=Links(pdf=PDF))
    today = [paper(f"arxiv:2508.10{n:03}", f"Pebbles by Lamp, Part {n}") for n in range(1, 57)]
    known = paper("arxiv:2508.20000", "Losing the Fear of Lamps")
    yesterday = [
        paper(f"arxiv:2507.30{n:03}", f"Lamps of Yesterday {n}", date="2025-07-31")
        for n in range(5)
    ]
    old = paper("arxiv:2506.00001", "Old Lamps", date="2025-06-01")
    library = open_library()
    library.add([first, *today, known, *yesterday, old], "hf")
    return open_library()


def pressed(task: str) -> Iterator[str]:
    """Yield the keys of a task, one after the other."""
    for key, times, text in re.findall(r'`(.+?)(?:×(\d+))?`|"(.*?)"', TASKS[task]):
        for each in text or [NAMES.get(key, key)] * int(times or 1):
            yield {" ": "space", ":": "colon"}.get(each, each)


async def do(reader: Reader, task: str) -> None:
    """Press the keys of a task once everything is read."""
    await until(lambda: reader.library.complete, "everything read")
    await reader.press(*pressed(task))


@pytest.mark.parametrize(("task", "count"), [(task, int(count)) for task, _, count in ROWS])
def test_keys_are_counted_right(task: str, count: int) -> None:
    assert len(list(pressed(task))) == count


async def test_triage(library: Library) -> None:
    async with reading(library) as reader:
        await do(reader, "Triage 58 papers")
        read = library.all_marks
        assert len(read) == 58
        assert {library.papers[each].date for each in read} == {"2025-08-01"}


async def test_five_stars(library: Library) -> None:
    async with reading(library) as reader:
        await do(reader, "Star five papers")
        assert sum(marks.starred for marks in library.all_marks.values()) == 5


async def test_three_tags(library: Library) -> None:
    async with reading(library) as reader:
        await do(reader, "Tag three papers")
        await until(lambda: library.tags() == {"lab": 3}, "three papers tagged")


async def test_half_remembered(library: Library) -> None:
    async with reading(library) as reader:
        await do(reader, "Find a paper half remembered")
        await until(lambda: reader.cursor == "arxiv:2508.20000", "the cursor on the paper")


async def test_yesterday(library: Library) -> None:
    async with reading(library) as reader:
        await do(reader, "Find yesterday's papers again")
        assert library.papers[reader.cursor].date == "2025-07-31"


async def test_bulk_read_taken_back(library: Library) -> None:
    async with reading(library) as reader:
        await do(reader, "Take back a bulk read")
        assert library.unread == 64
        assert "Undid" in reader.notifications


async def test_bibtex(library: Library) -> None:
    async with reading(library) as reader:
        await do(reader, "Copy a BibTeX entry")
        await until(lambda: "@misc{" in reader.app.clipboard, "an entry on the clipboard")
        assert "Sorting" in reader.app.clipboard


async def test_pdf(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("webbrowser.open", asked.append)
    async with reading(library) as reader:
        await do(reader, "Open a PDF")
        await until(lambda: asked, "a browser asked")
    assert asked == [PDF]


async def test_week(library: Library) -> None:
    async with reading(library) as reader:
        await do(reader, "Catch up a week")
        assert (len(library.all_marks), library.unread) == (63, 1)


async def test_view(library: Library) -> None:
    async with reading(library) as reader:
        await do(reader, "Save a view")
        await until(lambda: ViewsFile(library.folder).read().views, "the view saved")
