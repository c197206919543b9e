"""The reader as its user meets it: moving, the filter, the mouse, help, any size of terminal."""

import pytest
from conftest import OpenLibrary, paper
from screen_helpers import BREAD, CROWS, IDS, PEBBLES, PUDDLES, SNAILS, reading, small_feed, until
from textual.binding import Binding
from textual.pilot import Pilot
from textual.widgets import Input

from store.library import Library
from tui.reader.keys import KEYS


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """A library with the small feed, opened anew."""
    open_library().add(small_feed(), "hf")
    return open_library()


# Moving


@pytest.mark.parametrize(
    ("keys", "paper_id"),
    [
        ([], PEBBLES),
        (["j"], SNAILS),
        (["j", "j", "k"], SNAILS),
        (["k"], PEBBLES),
        (["G"], BREAD),
        (["G", "j"], BREAD),
        (["G", "g"], PEBBLES),
        (["down", "down", "up"], SNAILS),
        (["]"], CROWS),
        (["G", "["], CROWS),
    ],
)
async def test_key_moves_the_cursor(library: Library, keys: list[str], paper_id: str) -> None:
    async with reading(library) as reader:
        await reader.press(*keys)
        assert reader.cursor == paper_id


async def test_detail_shows_the_paper_under_the_cursor(library: Library) -> None:
    async with reading(library) as reader:
        await reader.shows("We measure how well")
        await reader.press("j")
        await reader.shows_not("We measure how well")


async def test_moving_marks_nothing(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("j", "j", "G", "g")
        assert not library.all_marks


# Filter


async def test_list_narrows_at_each_letter(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", "s", "n")
        assert reader.ids == [SNAILS]


async def test_filter_shows_how_many_it_finds(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"snails")
        await reader.shows("1 of 5")


async def test_filter_forgives_a_typo(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"snials")
        assert reader.ids == [SNAILS]


async def test_escape_in_the_filter_restores_the_one_before(library: Library) -> None:
    async with reading(library, query="snails") as reader:
        await reader.press("slash", *" xyzzy", "escape")
        await until(lambda: reader.ids == [SNAILS], "the list of the filter before")
        assert reader.screen.panes.bar.value == "snails"


async def test_escape_in_the_filter_goes_back_to_the_paper_before(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("j", "slash", *"crows", "escape")
        await until(lambda: reader.ids == IDS, "the whole list")
        assert reader.cursor == SNAILS


async def test_escape_in_the_list_clears_the_filter(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"snails", "enter", "escape")
        assert (reader.ids, reader.screen.panes.bar.value) == (IDS, "")


async def test_keys_are_for_the_list_after_enter(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"snails", "enter", "s")
        assert starred(library) == {SNAILS}


async def test_cursor_stays_on_its_paper_when_the_filter_goes(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"crows", "enter", "escape")
        assert reader.cursor == CROWS


async def test_paper_read_under_unread_stays(library: Library) -> None:
    async with reading(library, query="is:unread") as reader:
        await reader.press("r", "j")
        assert reader.ids == IDS


async def test_reload_takes_away_what_no_longer_matches(library: Library) -> None:
    async with reading(library, query="is:unread") as reader:
        await reader.press("r", "R")
        assert reader.ids == IDS[1:]


async def test_wrong_query_keeps_the_list(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"snails )")
        assert reader.ids == [SNAILS]


async def test_wrong_query_is_explained_in_the_bar(library: Library) -> None:
    async with reading(library, size=(120, 24)) as reader:
        await reader.press("slash", *"snails )")
        assert "nothing is open that this could close" in reader.status
        await reader.shows("nothing is open that this could close")


async def test_wrong_query_shows_no_popup(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"is:blue ")
        assert (reader.notifications, reader.ids) == ("", IDS)


async def test_unfinished_query_is_no_error(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"is:unr")
        assert "5 of 5" in reader.status


async def test_reader_opens_narrowed_to_a_query(library: Library) -> None:
    async with reading(library, query="puddle") as reader:
        assert reader.ids == [PUDDLES]


async def test_filter_that_finds_nothing_says_what_to_do(library: Library) -> None:
    async with reading(library, query="xyzzyxyzzy") as reader:
        await reader.shows("No paper matches.")


# Mouse


async def test_click_moves_the_cursor(library: Library) -> None:
    async with reading(library) as reader:
        await reader.pilot.click("#list", offset=(10, 3))
        assert reader.cursor == PUDDLES


async def test_click_on_a_heading_moves_nothing(library: Library) -> None:
    async with reading(library) as reader:
        await reader.pilot.click("#list", offset=(10, 4))
        assert reader.cursor == PEBBLES


async def test_double_click_opens(library: Library) -> None:
    async with reading(library) as reader:
        await reader.pilot.click("#list", offset=(10, 3), times=2)
        await until(lambda: read(library) == {PUDDLES}, "the paper opened")
        assert reader.screen.focused is reader.screen.panes.detail


# Help


async def test_help_lists_every_key(library: Library) -> None:
    async with reading(library, size=(99, 190)) as reader:
        await reader.press("question_mark")
        await reader.shows("The filter")
        missing = [b.id for b in explained_bindings() if b.tooltip not in reader.text]
        assert not missing


async def test_help_has_two_columns_where_there_is_room(library: Library) -> None:
    async with reading(library, size=(100, 60)) as reader:
        await reader.press("question_mark")
        await reader.shows("The next paper")
        headings = [line for line in reader.text.splitlines() if "Moving  " in line]
        assert len(headings[0].split()) > 3


async def test_help_begins_with_the_keys_of_the_place(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("enter", "question_mark")
        await reader.shows("In the open paper")
        assert reader.text.index("In the open paper") < reader.text.index("The next paper")


async def test_help_is_searched(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("question_mark", "slash", *"once pdf")
        await reader.shows("Open the paper's PDF")
        await reader.shows_not("The next paper")
        await reader.press("escape")
        await reader.shows("The next paper")
        await reader.press("escape")
        await until(lambda: reader.app.screen is reader.screen, "the help closed")


async def test_search_of_the_help_that_finds_nothing_says_so(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("question_mark", "slash", *"xyzzy")
        await reader.shows("No key does that.")


async def test_help_closes_with_escape(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("question_mark", "escape")
        await until(lambda: reader.app.screen is reader.screen, "the help closed")


# Small terminals


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (60, 16), (250, 70)])
async def test_every_size_works(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size=size) as reader:
        await reader.press("j", "enter", "j", "escape", "question_mark", "escape", "slash", "x")
        await reader.press("escape", "t", "escape", "s")
        assert starred(library) == {SNAILS}


async def test_growing_and_shrinking_keeps_the_cursor(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("j", "j")
        await resize(reader.pilot, 20, 5)
        await resize(reader.pilot, 160, 48)
        assert reader.cursor == PUDDLES


async def test_enter_shows_the_detail_alone_on_a_narrow_terminal(library: Library) -> None:
    async with reading(library, size=(50, 15)) as reader:
        await reader.press("enter")
        await reader.shows("We measure how well")
        assert "Counting Snails" not in reader.text


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


async def resize(pilot: Pilot[None], width: int, height: int) -> None:
    """Change the terminal's size."""
    await pilot.resize_terminal(width, height)
    await pilot.pause()


async def test_paper_just_read_stays_when_another_program_imports(
    library: Library, open_library: OpenLibrary
) -> None:
    async with reading(library, query="is:unread") as reader:
        await reader.press("r")
        open_library().add([paper("arxiv:2508.00009", "Newest", date="2025-08-02")], "hf")
        await until(lambda: len(reader.ids) == 6, "the new paper in the list")
        assert reader.cursor == PEBBLES


async def test_wrong_place_in_a_query_is_underlined(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash")
        await reader.type("snails who:me ")
        await reader.shows("there is no field who")
        line = reader.screen.panes.bar.query_one("#query", Input).render_line(0)
        underlined = "".join(s.text for s in line if s.style and s.style.underline)
        assert underlined == "who:"


async def test_query_that_can_not_be_understood_keeps_the_list(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash")
        await reader.type("snails )")
        await reader.shows("nothing is open")
        assert reader.ids == [SNAILS]
