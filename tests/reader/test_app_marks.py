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
    """A library with the small feed, opened again."""
    open_library().add(small_feed(), "hf")
    return open_library()


# Marks


async def test_star_is_shown_at_once_and_on_disk_before_and_after_quitting(
    library: Library, open_library: OpenLibrary
) -> None:
    async with reading(library) as reader:
        await reader.press("s")
        await reader.shows("●★ Sorting Pebbles")
        await reader.saved()
        assert open_library().marks(PEBBLES).starred
        await reader.press("j", "s")
        await reader.quit()
    assert open_library().marks(SNAILS).starred


async def test_mark_is_given_and_taken_away_by_the_same_key(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("s", "r")
        assert (starred(library), read(library)) == ({PEBBLES}, {PEBBLES})
        await reader.press("s", "r")
        assert (starred(library), read(library)) == (set(), set())
        await reader.press("j", "enter")
        assert read(library) == {SNAILS}, "enter marks read"


async def test_n_leaves_the_paper_read_and_skips_what_is(library: Library) -> None:
    library.mark([SNAILS, PUDDLES], Change(read=True))
    async with reading(library) as reader:
        await reader.press("n")
        assert (reader.cursor, library.marks(PEBBLES).read) == (CROWS, True)
        await reader.press("G", "n")
        await reader.notifies("No more unread papers")


async def test_u_takes_the_last_mark_back_and_ctrl_r_does_it_again(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("s", "u")
        assert starred(library) == set()
        await reader.press("ctrl+r")
        assert starred(library) == {PEBBLES}
        await reader.press("u", "A")
        assert library.unread == 0
        await reader.press("u")
        assert library.unread == 5, "a mark of many is taken back as one"
        await reader.press("u")
        await reader.notifies("Nothing to undo")


# Marks on many


async def test_star_is_for_all_selected_or_the_range(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("space", "j", "space", "s")
        assert starred(library) == {PEBBLES, PUDDLES}
        await reader.press("u", "escape", "g", "j", "v", "j", "j", "s")
        assert starred(library) == {SNAILS, PUDDLES, CROWS}
        await reader.notifies("3 papers starred; u undoes it.")
        await reader.press("escape", "v", "j", "escape")
        assert not reader.screen.panes.list.selection.ids


async def test_all_read_marks_none_that_is_filtered_out(library: Library) -> None:
    async with reading(library, query="snails") as reader:
        await reader.press("A")
        assert read(library) == {SNAILS}


# What the tests above are built of


def starred(library: Library) -> set[str]:
    """Return the ids of the papers with a star."""
    return {paper_id for paper_id, marks in library.all_marks.items() if marks.starred}


def read(library: Library) -> set[str]:
    """Return the ids of the papers marked read."""
    return {paper_id for paper_id, marks in library.all_marks.items() if marks.read}
