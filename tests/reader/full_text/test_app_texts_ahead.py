"""F fetches texts ahead: of the selection, else of what is starred."""

import pytest
from conftest import OpenLibrary
from http_helpers import Server, silence
from screen_helpers import PEBBLES, SNAILS, reading, small_feed, until

from store.fulltext.texts import FullTexts
from store.library import Library

TEXT = b"Pebbles are old."


def kept(library: Library) -> int:
    """Return how many texts are kept."""
    return len(FullTexts(library.folder / "texts").names())


@pytest.fixture
def library(open_library: OpenLibrary, server: Server, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library with the small feed, and a source that has the texts of two papers."""
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    monkeypatch.setenv("PAPERS_TUI_ARXIV", server.url)
    for each in (PEBBLES, SNAILS):
        server.says(f"/papers/{each.removeprefix('arxiv:')}.md", TEXT)
    open_library().add(small_feed(), "hf")
    return open_library()


async def test_texts_of_the_selection_are_fetched(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("space", "space", "F")
        await reader.notifies("2 papers can be read offline")
    assert kept(library) == 2


async def test_texts_of_starred_papers_are_fetched_and_what_has_none_is_reported(
    library: Library,
) -> None:
    async with reading(library) as reader:
        await reader.press("s", "G", "s", "F")
        await reader.notifies("1 paper can be read offline")
        await reader.notifies("no text: Bread That Reads Recipes")
    assert kept(library) == 1


async def test_second_press_stops(library: Library, server: Server) -> None:
    server.says(f"/papers/{PEBBLES.removeprefix('arxiv:')}.md", silence)
    async with reading(library) as reader:
        await reader.press("space", "F")
        await reader.shows("text 1 of 1")
        await reader.press("F")
        await reader.notifies("0 papers")
    assert kept(library) == 0


async def test_nothing_selected_or_starred_is_reported(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("F")
        await reader.notifies("Select or star papers")


async def test_paper_that_was_begun_is_found(library: Library) -> None:
    async with reading(library, size=(60, 8)) as reader:
        await reader.press("f")
        await reader.shows("Pebbles are old.")
        await reader.press("q", "slash", *"has:text")
        await until(lambda: list(reader.screen.session.shown.ids) == [PEBBLES], "the paper")
