"""Going to views with a digit, and saving the filter as one."""

import os
from pathlib import Path

import pytest
from conftest import OpenLibrary
from screen_helpers import BREAD, CROWS, IDS, PEBBLES, PUDDLES, SNAILS, Reader, reading, until

from store.library import Library
from store.model import Change
from store.views.file import ViewsFile
from store.views.known import View
from tui.settings.config import Config


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed; the first paper is read, the second starred."""
    library = filled()
    library.mark([PEBBLES], Change(read=True))
    library.mark([SNAILS], Change(starred=True))
    library.commit()
    return library


def saved(library: Library) -> tuple[View, ...]:
    """Return the views on disk."""
    return ViewsFile(library.folder).read().views


def keep(library: Library, *views: View) -> None:
    """Save views before the reader is opened."""
    ViewsFile(library.folder).change(lambda saved: views)


async def save_as(reader: Reader, *keys: str) -> None:
    """Save the filter under what is typed."""
    await reader.press("m")
    await reader.shows("Save the filter as a view")
    await reader.press(*keys, "enter")


# Going there


async def test_digit_goes_to_a_view(library: Library) -> None:
    keep(library, View("rain", "snails", "5"))
    views = {
        "0": ("", IDS),
        "1": ("is:unread", [SNAILS, PUDDLES, CROWS, BREAD]),
        "2": ("is:starred", [SNAILS]),
        "3": ("date:today", [PEBBLES, SNAILS, PUDDLES]),
        "4": ("bread", [BREAD]),
        "5": ("snails", [SNAILS]),
    }
    async with reading(library, query="crows", config=Config(views={"loaf": "bread"})) as reader:
        for digit, shown in views.items():
            await reader.press(digit)
            assert (digit, (reader.screen.panes.bar.value, reader.ids)) == (digit, shown)
        await reader.press("7")
        await reader.notifies("No view has the digit 7; m saves")


async def test_digit_leaves_the_open_paper_for_the_list(library: Library) -> None:
    async with reading(library, size=(50, 15)) as reader:
        await reader.press("enter", "5", "0", "j")
        assert reader.cursor == SNAILS


async def test_view_begins_at_its_top_and_everything_keeps_the_cursor(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("G", "3")
        assert reader.cursor == PEBBLES
        await reader.press("2", "0")
        assert reader.cursor == SNAILS
        await reader.press("slash", "1")
        assert reader.screen.panes.bar.value == "1", "a digit is a letter in the filter"


# Its name


async def test_header_names_the_view(library: Library) -> None:
    async with reading(library, query="view:starred") as reader:
        await reader.shows("papers-tui   Starred   4 unread")
        await reader.press("1")
        await reader.shows("papers-tui   Inbox   4 unread · 5 papers")
        await reader.press("slash", "space", "a")
        await reader.shows("papers-tui   4 unread")


# Saving


async def test_filter_is_saved_under_name_and_digit(library: Library) -> None:
    async with reading(library, size=(50, 15), query="snails") as reader:
        await save_as(reader, *"rain", "tab", "4")
        await reader.notifies("rain is saved: 4 goes there.")
        await reader.press("0", "4")
        assert reader.ids == [SNAILS]
        await until(lambda: saved(library) == (View("rain", "snails", "4"),), "the view on disk")


async def test_view_needs_no_digit_and_is_on_disk_when_the_reader_has_ended(
    library: Library,
) -> None:
    async with reading(library, query="snails") as reader:
        await reader.press("m", *"rain", "enter")  # typed ahead of the dialog
        await reader.notifies("rain is saved: b lists views.")
        await reader.press("slash", "ctrl+u", *"view:rain", "enter")
        assert reader.ids == [SNAILS]
        await reader.quit()
    assert saved(library) == (View("rain", "snails"),)


async def test_no_filter_is_no_view_and_escape_saves_nothing(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("m")
        await reader.notifies("There is no filter to save")
        await reader.press("slash", *"snails", "enter", "m", *"rain", "escape", "5")
        await reader.notifies("No view has the digit 5")
    assert saved(library) == ()


async def test_saving_over_a_view_keeps_its_digit_and_says_what_is_lost(library: Library) -> None:
    keep(library, View("rain", "puddle", "5"))
    async with reading(library, query="snails") as reader:
        await save_as(reader, *"rain")
        await reader.notifies(
            "rain is saved: 5 goes there. It replaces rain (puddle). Until you quit, b u"
        )


async def test_saved_view_can_be_saved_again_with_another_digit(library: Library) -> None:
    keep(library, View("rain", "snails", "5"))
    async with reading(library, query="snails") as reader:
        await save_as(reader)
        await reader.notifies("rain is saved: 5 goes there.")
        assert "undoes that" not in reader.notifications
        await save_as(reader, "tab", "backspace", "6")
        await until(lambda: saved(library) == (View("rain", "snails", "6"),), "the view on disk")


async def test_what_can_not_be_saved_is_reported_in_place(library: Library) -> None:
    async with reading(library, query="bread )") as reader:
        await save_as(reader, *"dry")
        await reader.shows("The filter is wrong: this parenthesis closes nothing")
        assert reader.app.screen is not reader.screen
    assert saved(library) == ()


# When something is wrong


async def test_damaged_file_is_told_and_the_views_that_come_along_work(library: Library) -> None:
    (library.folder / "views.json").write_bytes(b"{")
    async with reading(library) as reader:
        await reader.notifies("views.json is damaged")
        await reader.press("2")
        assert reader.ids == [SNAILS]
    assert (library.folder / "views.json").read_bytes() == b"{"


async def test_view_that_can_not_be_written_is_undone_and_told(library: Library) -> None:
    async with reading(library, query="snails") as reader:
        (library.folder / "views.json").mkdir()
        await save_as(reader, *"rain", "tab", "4")
        await reader.notifies("Views not saved")
        await until(lambda: "is saved" not in reader.notifications, "no word of success")
        await reader.press("4")
        await reader.notifies("No view has the digit 4")


@pytest.fixture
def later(library: Library) -> Path:
    """The state file of a library that a later version of the program has written to."""
    path = library.folder / "state.json"
    path.write_bytes(path.read_bytes().replace(b'"schema":2', b'"schema":99'))
    return path


async def test_library_of_a_later_version_gets_no_views(
    later: Path, open_library: OpenLibrary
) -> None:
    async with reading(open_library(), query="snails") as reader:
        await reader.press("escape", "m")
        await reader.notifies("Read only")
    assert not os.path.exists(later.with_name("views.json"))
