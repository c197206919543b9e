"""The reader as its user meets it: keys, marks, filter, mouse, and text that means harm."""

import re

import pytest
from conftest import OpenLibrary, paper
from screen_helpers import (
    BREAD,
    CROWS,
    IDS,
    PEBBLES,
    PUDDLES,
    SNAILS,
    Reader,
    reading,
    small_feed,
    until,
)
from textual.binding import Binding
from textual.pilot import Pilot
from textual.widgets import Input

from store.library import Library
from store.model import Change, Links, Paper
from tui.keys import KEYS

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


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
        await reader.shows("● ★ Sorting Pebbles")


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


async def test_tags_are_added_and_removed(library: Library) -> None:
    library.mark([PEBBLES], Change(add_tags=("b",)))
    async with reading(library) as reader:
        await tag(reader, "+a -b")
        assert library.marks(PEBBLES).tags == ("a",)


async def test_tab_completes_a_tag(library: Library) -> None:
    library.mark([BREAD], Change(add_tags=("kitchen",)))
    async with reading(library) as reader:
        await reader.press("t")
        await until(lambda: reader.app.focused is not None, "a line to type in")
        await reader.type("+ki")
        line = reader.app.screen.query_one(Input)
        await until(lambda: line._suggestion, "a completion")
        await reader.press("tab")
        assert line.value == "+kitchen"


async def test_escape_leaves_the_tags_alone(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("t", "x", "escape")
        await until(lambda: reader.app.screen is reader.screen, "the prompt closed")
        assert not library.all_marks


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
        assert not reader.screen.papers.selected


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
        assert reader.screen.bar.value == "snails"


async def test_escape_in_the_filter_goes_back_to_the_paper_before(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("j", "slash", *"crows", "escape")
        await until(lambda: reader.ids == IDS, "the whole list")
        assert reader.cursor == SNAILS


async def test_escape_in_the_list_clears_the_filter(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"snails", "enter", "escape")
        assert (reader.ids, reader.screen.bar.value) == (IDS, "")


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
        await reader.pilot.click("#list", offset=(10, 4))
        assert reader.cursor == PUDDLES


async def test_click_on_a_heading_moves_nothing(library: Library) -> None:
    async with reading(library) as reader:
        await reader.pilot.click("#list", offset=(10, 5))
        assert reader.cursor == PEBBLES


async def test_double_click_opens(library: Library) -> None:
    async with reading(library) as reader:
        await reader.pilot.click("#list", offset=(10, 4), times=2)
        await until(lambda: read(library) == {PUDDLES}, "the paper opened")
        assert reader.screen.focused is reader.screen.detail


# Help


async def test_help_lists_every_key(library: Library) -> None:
    async with reading(library, size=(120, 90)) as reader:
        await reader.press("question_mark")
        await reader.shows("The filter")
        missing = [b.id for b in explained_bindings() if b.tooltip not in reader.text]
        assert not missing


async def test_help_closes_with_escape(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("question_mark", "escape")
        await until(lambda: reader.app.screen is reader.screen, "the help closed")


# Text that means harm

HOSTILE = [
    "[@click=app.quit]x[/]",
    "[/]",
    "[Re] Seven [b]bold[/b] claims [",
    "a\x1b]52;c;ZXZpbA==\x07b",
    "a\x9b31mb\x90qc\x9d0;t\x9c",
    "abc\u202egnp.exe\u2066\u200f",
    "line\r\nbreak\x0b\x0c\x00\x7f",
]


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
async def test_no_control_character_is_drawn(library: Library, title: str) -> None:
    library.add([hostile(title)], "hf")
    library.mark(["doi:10.1000/x"], Change(add_tags=("a\x1b[2Jb",), note="\x1b]0;owned\x07"))
    async with reading(library, size=(120, 40)) as reader:
        await until(lambda: reader.cursor == "doi:10.1000/x", "the hostile paper shown")
        assert not CONTROL.search(reader.text)


async def test_title_of_a_megabyte_is_drawn(library: Library) -> None:
    library.add([paper("doi:10.1000/x", "long " * 200_000, date="2025-08-09")], "hf")
    async with reading(library) as reader:
        await reader.shows("long long")


@pytest.mark.parametrize("title", HOSTILE[:3])
async def test_markup_in_a_title_is_text(library: Library, title: str) -> None:
    library.add([hostile(title)], "hf")
    async with reading(library, size=(120, 30)) as reader:
        await reader.shows(title)


async def test_link_in_a_title_does_nothing(library: Library) -> None:
    library.add([hostile(HOSTILE[0])], "hf")
    async with reading(library) as reader:
        await reader.pilot.click("#list", offset=(6, 2))
        await reader.pilot.click("#detail", offset=(2, 1))
        await reader.press("j")
        assert reader.app.is_running


async def test_hostile_tag_is_completed_as_text(library: Library) -> None:
    library.mark([PEBBLES], Change(add_tags=("[@click=app.quit]x[/]", "a\x1bb")))
    async with reading(library) as reader:
        await reader.press("t")
        await reader.shows("[@click=app.quit]x[/]")
        assert not CONTROL.search(reader.text)


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


async def tag(reader: Reader, line: str) -> None:
    """Type a line of tags for what is under the cursor."""
    await reader.press("t")
    await until(lambda: reader.app.screen is not reader.screen, "a line to type in")
    await reader.type(line)
    await reader.press("enter")
    await until(lambda: reader.app.screen is reader.screen, "the prompt closed")
    await reader.pilot.pause()


def hostile(title: str) -> Paper:
    """Return the newest paper of the library, with the text everywhere a feed may put it."""
    return paper(
        "doi:10.1000/x", title, date="2025-08-09", authors=(title,), abstract=title, venue=title,
        summary=title, links=Links(page=title),
    )  # fmt: skip


def explained_bindings() -> list[Binding]:
    """Return the bindings that have a tooltip."""
    return [key for key in KEYS if isinstance(key, Binding) and key.tooltip]


async def resize(pilot: Pilot[None], width: int, height: int) -> None:
    """Change the terminal's size."""
    await pilot.resize_terminal(width, height)
    await pilot.pause()
