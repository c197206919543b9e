"""What the reader looks like, at four sizes, when there is nothing yet or something is wrong."""

from pathlib import Path

import pytest
from conftest import OpenLibrary, TickingClock, paper
from disks import FullDisk, SlowDisk
from golden_screens import SIZES, looks_golden
from http_helpers import Server, silence
from screen_helpers import BREAD, CROWS, PEBBLES, PUDDLES, SNAILS, reading, small_feed

from store.fetching.subscriptions import Subscriptions
from store.fulltext.reading_places import Place, Places
from store.library import Library
from store.model import Change
from tui.words import SAMPLE


@pytest.fixture
def folder() -> Path:
    """A folder for a library in the user's, so that messages say the same everywhere."""
    return Path.home() / "library"


@pytest.fixture
def library(folder: Path) -> Library:
    """A library with the small feed."""
    Library(folder).add(small_feed(), "hf")
    return Library(folder)


async def test_golden_first_run(folder: Path) -> None:
    Library(folder).add(small_feed(), SAMPLE)
    async with reading(Library(folder), size=SIZES[0]) as reader:
        await reader.shows("a sample")
        await looks_golden(reader, "first-run")


async def test_golden_empty(open_library: OpenLibrary) -> None:
    async with reading(open_library(), size=SIZES[0]) as reader:
        await looks_golden(reader, "empty")


async def test_golden_month_that_can_not_be_read(library: Library) -> None:
    (library.folder / "papers" / "2025-07.json").write_bytes(b"{")
    async with reading(library, size=SIZES[0]) as reader:
        await reader.shows("A month is missing")
        await looks_golden(reader, "month-missing")


async def test_golden_library_that_can_not_be_written(library: Library) -> None:
    on_disk = Library(library.folder, TickingClock(), FullDisk())
    async with reading(on_disk, size=SIZES[0]) as reader:
        await reader.press("s")
        await reader.shows("Not saved")
        await looks_golden(reader, "not-saved")


async def test_golden_library_of_a_later_version(library: Library) -> None:
    library.newer = "library/state.json was written by a later version of papers-tui."
    async with reading(library, size=SIZES[0]) as reader:
        await reader.shows("Read only")
        await looks_golden(reader, "read-only")


async def test_golden_marks_that_wait(library: Library) -> None:
    disk = SlowDisk()
    async with reading(Library(library.folder, TickingClock(), disk), size=SIZES[0]) as reader:
        await reader.press("s", "j", "r")
        await reader.shows("2 unsaved")
        await looks_golden(reader, "unsaved")
        disk.let_end.set()


async def test_golden_fetching(
    library: Library, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    server.says("/api/daily_papers", silence)
    async with reading(library, size=SIZES[0]) as reader:
        await reader.press("R")
        await reader.shows("fetching hf")
        await looks_golden(reader, "fetching")


async def test_golden_offline(library: Library) -> None:
    Subscriptions(library.folder).add(["http://127.0.0.1:9/feed.json"])
    async with reading(library, size=SIZES[0]) as reader:
        await reader.press("R")
        await reader.shows("Not fetched")
        await looks_golden(reader, "offline")


async def test_golden_begun_texts(library: Library) -> None:
    library.mark([PEBBLES, SNAILS, PUDDLES, CROWS], Change(read=True))
    library.mark([SNAILS], Change(starred=True))
    library.commit()
    places = Places(library.folder / "texts")
    for paper_id, share in ((PEBBLES, 8), (SNAILS, 50), (PUDDLES, 99), (CROWS, 100), (BREAD, 60)):
        places.remember(paper(paper_id), Place(1, 0), share)
    places.save()
    async with reading(library, size=(80, 24)) as reader:
        await reader.shows("⡀")
        await looks_golden(reader, "begun", [(80, 24)])
