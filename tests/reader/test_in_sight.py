"""What was marked, undone or said is in sight: the paper it is about, and one message."""

from pathlib import Path

import pytest
from conftest import OpenLibrary, done
from screen_helpers import IDS, PEBBLES, PUDDLES, SNAILS, Reader, reading, until

from store.library import Library
from store.model import Change
from tui.settings.config import Config
from tui.words import in_home


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed."""
    return filled()


def said(reader: Reader) -> list[str]:
    """Return the messages that are shown."""
    return [each.message for each in reader.app._notifications]


# Undo and redo


async def test_undo_and_redo_name_the_paper_and_go_there(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("j", "s", "G", "u")
        assert (reader.cursor, said(reader)) == (
            SNAILS,
            ["Undid: starred · Counting Snails in the Rain"],
        )
        await reader.press("G", "ctrl+r")
        assert (reader.cursor, said(reader)) == (
            SNAILS,
            ["Redid: starred · Counting Snails in the Rain"],
        )


async def test_undo_brings_back_what_the_filter_hid(library: Library) -> None:
    async with reading(library, query="is:unread") as reader:
        await reader.press("r", "R")
        assert PEBBLES not in reader.ids
        await reader.press("G", "u")
        assert (reader.ids, reader.cursor) == (IDS, PEBBLES)
        await until(lambda: not reader.screen.parts.fetching.running, "fetching ended")
        await reader.press("A", "R")
        assert reader.ids == []
        await reader.press("u")
        assert reader.ids == IDS


async def test_undo_of_many_leaves_the_cursor(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("A", "j", "j", "u")
        assert reader.cursor == PUDDLES


async def test_undone_read_counts_for_no_reading(filled: OpenLibrary) -> None:
    done(filled(), Change(read=True))
    async with reading(filled(), config=Config(read_on_dwell=3_600)) as reader:
        await reader.press("G", "u")
        assert reader.cursor == PEBBLES
        assert reader.screen.reading._dwelling is None
        await reader.press("j")
        assert reader.screen.reading._dwelling


async def test_paper_does_not_count_as_read_behind_something_else(library: Library) -> None:
    async with reading(library, config=Config(read_on_dwell=3_600)) as reader:
        for key, shown in (("b", "All  "), ("question_mark", "esc Close"), ("t", "Done  tab")):
            await reader.press(key)
            await reader.shows(shown)
            reader.screen.reading._dwelt()
            assert (key, dict(library.all_marks)) == (key, {})
            await reader.press("escape")
            await reader.shows_not(shown)
        reader.screen.reading._dwelt()
        assert library.marks(PEBBLES).read


# Marks


async def test_mark_is_reported_where_it_is_of_another_paper(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("space", "k", "s", "r")
        assert (library.marks(PEBBLES).read, said(reader)) == (True, [])
        await reader.press("j", "s")
        assert said(reader) == ["1 paper unstarred; u undoes it."]


# Messages


async def test_passing_message_takes_the_place_of_the_one_before(library: Library) -> None:
    async with reading(library) as reader:
        reader.screen.messages.say_for_long("Not saved", "no room")
        await reader.press("u", "G", "n")
        assert said(reader) == ["no room\nesc closes this.", "No more unread papers here."]


async def test_lasting_message_is_said_once_and_names_files_from_home_on(library: Library) -> None:
    async with reading(library) as reader:
        for _ in range(2):
            reader.screen.messages.say_for_long("Sync", f"{Path.home()}/papers/x.json is damaged")
            await reader.pilot.pause()
        assert said(reader) == ["~/papers/x.json is damaged\nesc closes this."]


def test_only_what_is_in_the_home_folder_is_named_from_there() -> None:
    home = Path.home()
    assert in_home(f"{home}/a and {home}/b") == "~/a and ~/b"
    assert in_home(f"{home}less/a") == f"{home}less/a"


async def test_message_is_under_no_dialog_and_a_dialog_has_its_own(filled: OpenLibrary) -> None:
    async with reading(filled()) as reader:
        reader.screen.messages.say_for_long("Not saved", "The disk is full.")
        await reader.shows("The disk is full.")
        await reader.press("S")
        await reader.shows("Sort by")
        await reader.shows_not("The disk is full.")
        await reader.press("escape")
        await reader.shows("The disk is full.")


async def test_passing_message_does_not_stay_for_a_dialog(filled: OpenLibrary) -> None:
    async with reading(filled()) as reader:
        await reader.press("u")
        await reader.shows("Nothing to undo.")
        await reader.press("question_mark")
        await reader.shows_not("Nothing to undo.")
