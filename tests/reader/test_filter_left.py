"""How a filter is left: Esc goes back to what stood before, and one that is wrong is mended."""

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
    """Tell whether keys are for the filter."""
    return isinstance(reader.app.focused, FilterInput)


@pytest.mark.parametrize("way", ["click", "tab"])
async def test_escape_goes_back_however_one_came_to_the_filter(library: Library, way: str) -> None:
    async with reading(library, query="puddle") as reader:
        reader.screen.finding.go_to("snails")
        if way == "click":
            await reader.pilot.click("#query")
        else:
            await reader.press("tab", "tab")
        assert in_filter(reader)
        await reader.press("ctrl+u", "c", "escape")
        assert (reader.screen.panes.bar.value, reader.ids) == ("snails", [SNAILS])


async def test_enter_stays_in_a_wrong_filter_and_remembers_none(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"rain )", "enter")
        assert (in_filter(reader), reader.screen.filter_line.history) == (True, ())
        await reader.shows("nothing is open")
        await reader.press("backspace", "enter")
        assert (in_filter(reader), reader.ids) == (False, [SNAILS])


@pytest.mark.parametrize("key", ["A", "e", "S"])
async def test_key_for_all_that_is_shown_refuses_a_wrong_filter(library: Library, key: str) -> None:
    async with reading(library, query="snails )") as reader:
        await reader.press(key)
        await reader.notifies("The filter is wrong: nothing is open")
        assert reader.app.screen is reader.screen
        assert library.all_marks == {}


async def test_empty_inbox_says_that_nothing_is_unread(library: Library) -> None:
    library.mark(IDS, Change(read=True))
    async with reading(library, query="is:unread") as reader:
        await reader.shows("Nothing is unread.")
        await reader.press("slash", "space", "x")
        await reader.shows("No paper matches.")


# The filter that is there when one begins to type


async def test_letter_takes_the_place_of_the_filter(filled: OpenLibrary) -> None:
    async with reading(filled(), query="crows") as reader:
        await reader.press("slash", *"snails", "enter")
        assert reader.screen.panes.bar.value == "snails"


@pytest.mark.parametrize("key", ["right", "end"])
async def test_arrow_keeps_the_filter(filled: OpenLibrary, key: str) -> None:
    async with reading(filled(), query="crows") as reader:
        await reader.press("slash", key, *" queue", "enter")
        assert reader.screen.panes.bar.value == "crows queue"


async def test_enter_leaves_the_filter_as_it_is(filled: OpenLibrary) -> None:
    async with reading(filled(), query="crows") as reader:
        await reader.press("slash", "enter")
        assert reader.screen.panes.bar.value == "crows"


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
