"""Options for what counts as read, and for where the cursor goes after a mark."""

from functools import partial

import pytest
from conftest import OpenLibrary
from screen_helpers import CROWS, PEBBLES, PUDDLES, SNAILS, Reader, reading, until

from store.library import Library
from tui.settings.config import Config

ADVANCING = Config(advance_after_mark=True)


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed."""
    return filled()


async def test_n_leaves_a_paper_unread_where_that_is_wanted(library: Library) -> None:
    async with reading(library, config=Config(read_on_next=False)) as reader:
        await reader.press("n")
        assert (reader.cursor, library.marks(PEBBLES).read) == (SNAILS, False)


async def test_mark_goes_on_to_the_next_paper(library: Library) -> None:
    async with reading(library, config=ADVANCING) as reader:
        for keys, paper_id in (("s", SNAILS), ("r", PUDDLES), ("t x enter", CROWS)):
            await reader.press(*keys.split())
            await until(partial(at, reader, paper_id), f"the paper behind the one marked by {keys}")
        assert list(library.all_marks) == [PEBBLES, SNAILS, PUDDLES]


def at(reader: Reader, paper_id: str) -> bool:
    """Return whether the cursor is at a paper."""
    return reader.cursor == paper_id


async def test_mark_stays_by_default(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("s")
        assert reader.cursor == PEBBLES
        assert reader.screen.reading._dwelling is None, "nothing is read by resting"


async def test_mark_of_a_selection_or_in_the_open_paper_or_not_given_stays(
    library: Library,
) -> None:
    async with reading(library, config=ADVANCING) as reader:
        await reader.press("t", "escape")
        await until(lambda: reader.app.screen is reader.screen, "the prompt closed")
        assert reader.cursor == PEBBLES
        await reader.press("enter", "s", "escape")
        assert reader.cursor == PEBBLES
        await reader.press("space", "s")
        assert (reader.cursor, reader.ids[0]) == (SNAILS, PEBBLES)


async def test_paper_that_the_cursor_rests_on_is_read_and_none_passed_by(library: Library) -> None:
    async with reading(library, config=Config(read_on_dwell=0.5)) as reader:
        reader.screen.panes.list.move(1)
        reader.screen.panes.list.move(1)  # before anything else can happen
        await until(lambda: library.marks(PUDDLES).read, "the paper marked read")
        assert not library.marks(SNAILS).read


async def test_paper_marked_unread_by_hand_stays_so(library: Library) -> None:
    async with reading(library, config=Config(read_on_dwell=0.05)) as reader:
        await until(lambda: library.marks(PEBBLES).read, "the paper marked read")
        await reader.press("r")
        reader.screen.panes.list.move_to_paper(CROWS)
        await until(lambda: library.marks(CROWS).read, "another paper marked read")
        assert not library.marks(PEBBLES).read
