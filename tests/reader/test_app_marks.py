"""Marks in the reader: star, read, of one paper and of many, and taking them back."""

import pytest
from conftest import OpenLibrary
from screen_helpers import (
    CROWS,
    PEBBLES,
    PUDDLES,
    SNAILS,
    reading,
    small_feed,
)

from store.library import Library
from store.model import Change


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """A library with the small feed, opened anew."""
    open_library().add(small_feed(), "hf")
    return open_library()


# Marks


async def test_star_is_on_disk_after_quitting(library: Library, open_library: OpenLibrary) -> None:
    async with reading(library) as reader:
        await reader.press("j", "s")
        await reader.quit()
    assert open_library().marks(SNAILS).starred


async def test_star_is_on_disk_without_quitting(
    library: Library, open_library: OpenLibrary
) -> None:
    async with reading(library) as reader:
        await reader.press("s")
        await reader.saved()
        assert open_library().marks(PEBBLES).starred


async def test_star_is_shown_at_once(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("s")
        await reader.shows("●★ Sorting Pebbles")


async def test_second_star_takes_the_star_away(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("s", "s")
        assert not library.marks(PEBBLES).starred


async def test_r_marks_read(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("r")
        assert library.marks(PEBBLES).read


async def test_second_r_marks_unread(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("r", "r")
        assert not library.marks(PEBBLES).read


async def test_enter_marks_read(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("enter")
        assert library.marks(PEBBLES).read


async def test_n_leaves_the_paper_read(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("n")
        assert (reader.cursor, library.marks(PEBBLES).read) == (SNAILS, True)


async def test_n_skips_what_is_read(library: Library) -> None:
    library.mark([SNAILS, PUDDLES], Change(read=True))
    async with reading(library) as reader:
        await reader.press("n")
        assert reader.cursor == CROWS


async def test_n_at_the_end_says_so(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("G", "n")
        await reader.notifies("No more unread papers")


async def test_u_takes_the_last_mark_back(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("s", "u")
        assert not library.marks(PEBBLES).starred


async def test_ctrl_r_does_it_again(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("s", "u", "ctrl+r")
        assert library.marks(PEBBLES).starred


async def test_undo_with_nothing_done_says_so(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("u")
        await reader.notifies("Nothing to undo")


# Marks on many


async def test_star_is_for_all_selected(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("space", "j", "space", "s")
        assert starred(library) == {PEBBLES, PUDDLES}


async def test_star_is_for_the_range(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("j", "v", "j", "j", "v", "s")
        assert starred(library) == {SNAILS, PUDDLES, CROWS}


async def test_message_says_how_many(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("v", "j", "j", "s")
        await reader.notifies("3 papers starred; u undoes it.")


async def test_escape_drops_the_selection(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("v", "j", "escape")
        assert not reader.screen.panes.list.selection.ids


async def test_all_read_marks_every_paper_shown(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("A")
        assert library.unread == 0


async def test_all_read_marks_none_that_is_filtered_out(library: Library) -> None:
    async with reading(library, query="snails") as reader:
        await reader.press("A")
        assert read(library) == {SNAILS}


async def test_all_read_is_taken_back_as_one(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("A", "u")
        assert library.unread == 5


# What the tests above are built of


def starred(library: Library) -> set[str]:
    """Return the ids of the papers with a star."""
    return {paper_id for paper_id, marks in library.all_marks.items() if marks.starred}


def read(library: Library) -> set[str]:
    """Return the ids of the papers marked read."""
    return {paper_id for paper_id, marks in library.all_marks.items() if marks.read}
