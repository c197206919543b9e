"""The filter: those typed before, completion, what to leave out where nothing matches."""

from dataclasses import replace
from datetime import date

import pytest
from conftest import OpenLibrary
from screen_helpers import BREAD, IDS, PEBBLES, SNAILS, Reader, reading, small_feed, until

from store.library import Library
from store.model import Change
from store.views.file import ViewsFile


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """The small feed, with an author and two tags."""
    first, *others = small_feed()
    open_library().add([replace(first, authors=("Ada Lindqvist", "Bo Marsh")), *others], "hf")
    library = open_library()
    library.mark([SNAILS], Change(add_tags=("rain", "snails")))
    library.commit()
    return library


@pytest.fixture
def used(library: Library) -> Library:
    """The library, in which filters were typed on an earlier day."""
    ViewsFile(library.folder).end_visit(date(2025, 7, 31), ["crows", "snails"])
    return library


async def type_filter(reader: Reader, text: str) -> None:
    """Type a filter and go to the list."""
    await reader.press("slash", "ctrl+u", *text, "enter")


def bar(reader: Reader) -> str:
    """Return the filter as it is shown, with what completes it."""
    return reader.text.splitlines()[-2].split("   ")[0].removeprefix(" / ").rstrip()


# Those typed before


async def test_up_and_down_go_through_earlier_filters(used: Library) -> None:
    ways = [
        ("up", "snails"),
        ("up up", "crows"),
        ("up up up", "crows"),
        ("up up down", "snails"),
        ("up down", ""),
        ("a up down", "a"),
        ("up x", "snailsx"),
        ("up x up", "snails"),
    ]
    async with reading(used) as reader:
        for keys, query in ways:
            await reader.press("slash", *keys.split())
            assert (keys, reader.screen.panes.bar.value) == (keys, query)
            await reader.press("escape")


async def test_list_follows_an_earlier_filter_and_down_goes_back_to_it(used: Library) -> None:
    async with reading(used) as reader:
        await reader.press("slash", "up")
        assert reader.ids == [SNAILS]
        await reader.press("down", "down", "g")
        assert (reader.screen.panes.bar.value, reader.cursor) == ("", PEBBLES)


async def test_filter_just_typed_is_the_latest_unless_it_was_escaped_from(used: Library) -> None:
    async with reading(used, query="bread") as reader:
        await reader.press("slash", *"puddle", "up", "up", "escape")
        assert (reader.screen.panes.bar.value, reader.ids) == ("bread", [BREAD])
        await reader.press("escape", "slash", "up")
        assert reader.screen.panes.bar.value == "snails"
        await reader.press("escape")
        await type_filter(reader, "puddle")
        await reader.press("escape", "slash", "up")
        assert reader.screen.panes.bar.value == "puddle"


async def test_filters_are_kept_for_the_next_time(used: Library) -> None:
    async with reading(used) as reader:
        await type_filter(reader, "puddle")
        await type_filter(reader, "crows")
        await reader.quit()
    assert ViewsFile(used.folder).read().filters == ("snails", "puddle", "crows")


async def test_up_without_any_does_nothing(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"ab", "up")
        assert reader.screen.panes.bar.value == "ab"


# Completion


async def test_completion_is_shown_behind_what_is_typed(library: Library) -> None:
    completed = [
        ("is:u", "is:unread"),
        ("#ra", "#rain"),
        ("view:st", "view:Starred"),
        ("feed:h", "feed:hf"),
        ("author:ad", "author:ada Lindqvist"),
        ("datx", "datx"),
    ]
    async with reading(library) as reader:
        await reader.press("slash")
        for typed, shown in completed:
            await reader.press("ctrl+u", *typed)
            assert (typed, bar(reader).casefold()) == (typed, shown.casefold())


async def test_completion_is_taken(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash")
        for key in ("tab", "shift+tab", "right"):
            await reader.press("ctrl+u", *"-#ra", key)
            assert (key, reader.screen.panes.bar.value, len(reader.ids)) == (key, "-#rain", 4)
        await reader.press("ctrl+u", *"author:ad", "tab")
        assert (reader.screen.panes.bar.value, reader.ids) == ('author:"ada Lindqvist"', [PEBBLES])


async def test_keys_of_completion_stay_in_the_filter_without_one(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"xyz", "tab", "a")
        assert reader.screen.panes.bar.value == "xyza"
        await reader.press("ctrl+u", *"dat", "left", "right", "x")
        assert reader.screen.panes.bar.value == "datx"


# No match


async def test_what_could_be_left_out_is_reported(library: Library) -> None:
    async with reading(library, query="is:starred puddle") as reader:
        await reader.shows("without is:starred: 1")
        await reader.press("escape")
        assert reader.ids == IDS
        reader.screen.finding.go_to("#rain puddle")
        await reader.shows("without #rain: 1")
        await reader.shows("without puddle: 1")
        reader.screen.finding.go_to("title:pebbles title:snails title:xyzzyx")
        await reader.shows("only title:pebbles: 1")
        await reader.shows("only title:snails: 1")


async def test_nothing_is_reported_where_nothing_helps(library: Library) -> None:
    async with reading(library, query="xyzzyx is:starred #nothing") as reader:
        background = reader.screen.background
        await until(lambda: not background.busy, "everything tried")
        await reader.shows("No paper matches.")
        assert "without" not in reader.text
