"""How a filter is left: Esc goes back to what stood before, and one that is wrong is corrected."""

from dataclasses import replace

import pytest
from conftest import OpenLibrary
from screen_helpers import IDS, IN_COLOUR, SNAILS, Reader, reading, until

from store.library import Library
from store.model import Change
from tui.reader.widgets.filter_bar import FilterInput


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed."""
    return filled()


def in_filter(reader: Reader) -> bool:
    """Return whether keys are for the filter."""
    return isinstance(reader.app.focused, FilterInput)


async def test_escape_goes_back_however_one_came_to_the_filter(library: Library) -> None:
    async with reading(library, query="puddle") as reader:
        reader.screen.finding.go_to("snails")
        await reader.pilot.click("#query")
        await until(lambda: in_filter(reader), "the filter clicked")
        await reader.press("ctrl+u", "c", "escape")
        assert (reader.screen.panes.bar.value, reader.ids) == ("snails", [SNAILS])
        await reader.press("tab", "tab")
        assert in_filter(reader)
        await reader.press("ctrl+u", "c", "escape")
        assert (reader.screen.panes.bar.value, reader.ids) == ("snails", [SNAILS])


async def test_enter_stays_in_a_wrong_filter_and_remembers_none(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"rain )", "enter")
        assert (in_filter(reader), reader.screen.filter_line.history) == (True, ())
        await reader.shows("this parenthesis closes nothing")
        await reader.press("backspace", "enter")
        assert (in_filter(reader), reader.ids) == (False, [SNAILS])


async def test_keys_for_all_that_is_shown_refuse_a_wrong_filter(library: Library) -> None:
    async with reading(library, query="snails )") as reader:
        for key in ("A", "e", "S"):
            await reader.press("u")
            await reader.notifies("Nothing to undo.")
            await reader.press(key)
            await reader.notifies("The filter is wrong: this parenthesis closes nothing")
            assert reader.app.screen is reader.screen
            assert library.all_marks == {}


async def test_empty_inbox_says_that_nothing_is_unread(library: Library) -> None:
    library.mark(IDS, Change(read=True))
    async with reading(library, query="is:unread") as reader:
        await reader.shows("Nothing is unread.")
        await reader.press("slash", "space", "x")
        await reader.shows("No paper matches.")


# The filter that is there when one begins to type


async def test_letter_takes_the_place_of_the_filter_and_an_arrow_keeps_it(
    filled: OpenLibrary,
) -> None:
    ways = [
        ([*"snails"], "snails"),
        (["right", *" que"], "crows que"),
        (["end", *" que"], "crows que"),
        ([], "crows"),
    ]
    async with reading(filled()) as reader:
        for keys, query in ways:
            reader.screen.finding.go_to("crows")
            await reader.press("slash", *keys, "enter")
            assert (keys, reader.screen.panes.bar.value) == (keys, query)


# What Esc does last


@pytest.mark.parametrize(("last", "query"), [("clear", ""), ("keep", "crows"), ("quit", "")])
async def test_setting_names_what_escape_does_last(
    filled: OpenLibrary, last: str, query: str
) -> None:
    config = replace(IN_COLOUR, escape_last=last)
    async with reading(filled(), query="crows", config=config) as reader:
        await reader.press("escape")
        assert (reader.screen.panes.bar.value, reader.app._exit) == (query, False)


async def test_escape_may_leave_the_program(filled: OpenLibrary) -> None:
    async with reading(filled(), config=replace(IN_COLOUR, escape_last="quit")) as reader:
        await reader.press("j", "enter", "escape")
        assert not reader.app._exit
        reader.app.simulate_key("escape")
        await until(lambda: reader.app._exit, "the reader has ended")
