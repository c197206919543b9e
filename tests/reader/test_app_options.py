"""Options for what counts as read, and for where the cursor goes after a mark."""

import pytest
from conftest import OpenLibrary
from screen_helpers import CROWS, PEBBLES, PUDDLES, SNAILS, reading, until

from store.library import Library
from tui.config import Config

ADVANCING = Config(advance_after_mark=True)


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed."""
    return filled()


async def test_n_leaves_a_paper_unread_where_that_is_wanted(library: Library) -> None:
    async with reading(library, config=Config(read_on_next=False)) as reader:
        await reader.press("n")
        assert (reader.cursor, library.marks(PEBBLES).read) == (SNAILS, False)


@pytest.mark.parametrize("keys", [["s"], ["r"], ["t", "x", "enter"]], ids=["s", "r", "t"])
async def test_mark_goes_on_to_the_next_paper(library: Library, keys: list[str]) -> None:
    async with reading(library, config=ADVANCING) as reader:
        await reader.press(*keys)
        await until(lambda: reader.cursor == SNAILS, "the next paper")
        assert list(library.all_marks) == [PEBBLES]


async def test_mark_stays_by_default(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("s")
        assert reader.cursor == PEBBLES


async def test_mark_of_a_selection_stays(library: Library) -> None:
    async with reading(library, config=ADVANCING) as reader:
        await reader.press("space", "s")
        assert (reader.cursor, reader.ids[0]) == (SNAILS, PEBBLES)


async def test_mark_in_the_open_paper_stays(library: Library) -> None:
    async with reading(library, config=ADVANCING) as reader:
        await reader.press("enter", "s")
        assert reader.cursor == PEBBLES


async def test_tag_that_was_not_given_stays(library: Library) -> None:
    async with reading(library, config=ADVANCING) as reader:
        await reader.press("t", "escape")
        await until(lambda: reader.app.screen is reader.screen, "the prompt closed")
        assert reader.cursor == PEBBLES


async def test_paper_that_the_cursor_rests_on_is_read(library: Library) -> None:
    async with reading(library, config=Config(read_on_dwell=0.05)) as reader:
        await reader.press("j", "j")
        await until(lambda: library.marks(PUDDLES).read, "the paper marked read")


async def test_paper_passed_by_stays_unread(library: Library) -> None:
    async with reading(library, config=Config(read_on_dwell=0.5)) as reader:
        reader.screen.panes.list.move(1)
        reader.screen.panes.list.move(1)
        await until(lambda: library.marks(PUDDLES).read, "the paper marked read")
        assert not library.marks(SNAILS).read


async def test_paper_marked_unread_by_hand_stays_so(library: Library) -> None:
    async with reading(library, config=Config(read_on_dwell=0.05)) as reader:
        await until(lambda: library.marks(PEBBLES).read, "the paper marked read")
        await reader.press("r")
        reader.screen.panes.list.move_to_paper(CROWS)
        await until(lambda: library.marks(CROWS).read, "another paper marked read")
        assert not library.marks(PEBBLES).read


async def test_nothing_is_read_by_resting_by_default(library: Library) -> None:
    async with reading(library) as reader:
        assert reader.screen.reading._dwelling is None
