"""The reader as its user meets it: moving, the filter, the mouse, help, any size of terminal."""

import pytest
from conftest import OpenLibrary, paper
from screen_helpers import BREAD, CROWS, IDS, PEBBLES, PUDDLES, SNAILS, reading, small_feed, until
from textual.binding import Binding
from textual.widgets import Input

from store.library import Library
from tui.reader.keyboard.keys import KEYS


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """A library with the small feed, opened again."""
    open_library().add(small_feed(), "hf")
    return open_library()


# Moving


async def test_keys_move_the_cursor_and_mark_nothing(library: Library) -> None:
    moves: list[tuple[str, str]] = [
        ("j", SNAILS),
        ("j j k", SNAILS),
        ("k", PEBBLES),
        ("G", BREAD),
        ("G j", BREAD),
        ("G g", PEBBLES),
        ("down down up", SNAILS),
        ("]", CROWS),
        ("G [", CROWS),
    ]
    async with reading(library) as reader:
        assert reader.cursor == PEBBLES
        for keys, paper_id in moves:
            await reader.press("g", *keys.split())
            assert (keys, reader.cursor) == (keys, paper_id)
        assert not library.all_marks


async def test_detail_shows_the_paper_under_the_cursor(library: Library) -> None:
    async with reading(library) as reader:
        await reader.shows("We measure how well")
        await reader.press("j")
        await reader.shows_not("We measure how well")


# Filter


async def test_list_narrows_at_each_letter_and_forgives_a_typo(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", "s", "n")
        assert reader.ids == [SNAILS]
        await reader.shows("1 of 5")
        await reader.press("ctrl+u", *"is:unr")
        assert "5 of 5" in reader.status, "what is not finished is no error"
        await reader.press("ctrl+u", *"snials")
        assert reader.ids == [SNAILS]


async def test_escape_goes_back_to_the_filter_and_the_paper_before(library: Library) -> None:
    async with reading(library, query="snails") as reader:
        await reader.press("slash", *" xyzzy", "escape")
        await until(lambda: reader.ids == [SNAILS], "the list of the filter before")
        assert reader.screen.panes.bar.value == "snails"
        await reader.press("escape")
        assert (reader.ids, reader.screen.panes.bar.value) == (IDS, "")
        assert reader.cursor == SNAILS, "the cursor stays on its paper when the filter goes"
        await reader.press("slash", *"crows", "escape")
        await until(lambda: reader.ids == IDS, "the whole list")
        assert reader.cursor == SNAILS


async def test_keys_are_for_the_list_after_enter(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"snails", "enter", "s")
        assert starred(library) == {SNAILS}


async def test_paper_just_read_stays_until_the_list_is_made_again(
    library: Library, open_library: OpenLibrary
) -> None:
    async with reading(library, query="is:unread") as reader:
        await reader.press("r", "j")
        assert reader.ids == IDS
        open_library().add([paper("arxiv:2508.00009", "Newest", date="2025-08-02")], "hf")
        await until(lambda: len(reader.ids) == 6, "the new paper in the list")
        assert (reader.cursor, PEBBLES in reader.ids) == (SNAILS, True)
        await reader.press("R", "R")  # to what is new, and then again
        await until(lambda: PEBBLES not in reader.ids, "what is read gone")


async def test_wrong_query_is_explained_in_the_bar_and_keeps_the_list(library: Library) -> None:
    async with reading(library, size=(120, 24)) as reader:
        await reader.press("slash", *"snails )")
        assert "this parenthesis closes nothing" in reader.status
        await reader.shows("this parenthesis closes nothing")
        assert reader.ids == [SNAILS]
        await reader.press("ctrl+u", *"snails who:me ")
        await reader.shows("there is no field who")
        line = reader.screen.panes.bar.query_one("#query", Input).render_line(0)
        underlined = "".join(s.text for s in line if s.style and s.style.underline)
        assert underlined == "who:"
        await reader.press("ctrl+u", *"is:blue ")
        await until(lambda: "is:" in reader.status, "the problem in the bar")
        assert (reader.notifications, reader.ids) == ("", IDS)


# Mouse


async def test_click_moves_the_cursor_and_a_double_click_opens(library: Library) -> None:
    async with reading(library) as reader:
        await reader.pilot.click("#list", offset=(10, 3))
        await until(lambda: reader.cursor == PUDDLES, "the cursor on the paper")
        await reader.pilot.click("#list", offset=(10, 4))  # a heading
        await reader.settled()
        assert reader.cursor == PUDDLES
        await reader.pilot.click("#list", offset=(10, 2), times=2)
        await until(lambda: read(library) == {SNAILS}, "the paper opened")
        await until(lambda: reader.screen.focused is reader.screen.panes.detail, "the detail")


# Help


async def test_help_lists_every_key(library: Library) -> None:
    async with reading(library, size=(99, 190)) as reader:
        await reader.press("question_mark")
        await reader.shows("The filter")
        text = reader.text
        assert not [b.id for b in explained_bindings() if b.tooltip not in text]


async def test_help_begins_with_the_keys_of_the_place_in_two_columns(library: Library) -> None:
    async with reading(library, size=(100, 60)) as reader:
        await reader.press("question_mark")
        await reader.shows("The next paper")
        headings = [line for line in reader.text.splitlines() if "Moving  " in line]
        assert len(headings[0].split()) > 3
        await reader.press("escape")
        await until(lambda: reader.app.screen is reader.screen, "the help closed")
        await reader.pilot.resize_terminal(80, 24)
        await reader.press("enter", "question_mark")
        await reader.shows("In the open paper")
        await reader.shows("The next paper")
        assert reader.text.index("In the open paper") < reader.text.index("The next paper")


async def test_help_in_a_narrow_column_breaks_no_words(library: Library) -> None:
    async with reading(library, size=(20, 30)) as reader:
        await reader.press("question_mark")
        await reader.shows("    The next")


async def test_help_is_searched(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("question_mark", "slash", *"once pdf")
        await reader.shows("Open the paper's PDF")
        await reader.shows_not("The next paper")
        await reader.press("ctrl+u", *"xyzzy")
        await reader.shows("No key does that.")
        await reader.press("escape")
        await reader.shows("The next paper")
        await reader.press("escape")
        await until(lambda: reader.app.screen is reader.screen, "the help closed")


async def test_message_of_textual_has_no_markup_in_the_line(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("ctrl+c")
        await reader.shows("Press q to quit")


# Small terminals


async def test_every_size_works(library: Library) -> None:
    async with reading(library, size=(1, 1)) as reader:
        for size in [(1, 1), (20, 5), (250, 70)]:
            await reader.pilot.resize_terminal(*size)
            await reader.press("g", "j", "enter", "j", "escape")
            await reader.press("slash", "x", "escape", "t", "escape", "s")
            assert (size, starred(library)) == (size, {SNAILS})
            await reader.press("u")


async def test_growing_and_shrinking_keeps_the_cursor_and_says_its_place_once(
    library: Library,
) -> None:
    async with reading(library) as reader:
        await reader.press("j", "j")
        await reader.pilot.resize_terminal(50, 15)
        await reader.shows("3 of 5")
        await reader.pilot.resize_terminal(160, 48)
        await until(lambda: reader.status == "", "the place gone from the filter")
        assert (reader.cursor, reader.text.count("3 of 5")) == (PUDDLES, 1)


async def test_empty_library_says_how_to_fill_it(open_library: OpenLibrary) -> None:
    async with reading(open_library()) as reader:
        await reader.press("j", "s", "enter", "n", "A", "space", "v", "t", "y", "o")
        await reader.shows("No papers yet")


# What the tests above are built of


def starred(library: Library) -> set[str]:
    """Return the ids of the papers with a star."""
    return {paper_id for paper_id, marks in library.all_marks.items() if marks.starred}


def read(library: Library) -> set[str]:
    """Return the ids of the papers marked read."""
    return {paper_id for paper_id, marks in library.all_marks.items() if marks.read}


def explained_bindings() -> list[Binding]:
    """Return the bindings that have a tooltip."""
    return [key for key in KEYS if isinstance(key, Binding) and key.tooltip]
