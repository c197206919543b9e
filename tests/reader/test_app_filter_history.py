"""The filter: those typed before, completion, what to leave out where nothing matches."""

from dataclasses import replace
from datetime import date

import pytest
from conftest import OpenLibrary
from screen_helpers import IDS, PEBBLES, PUDDLES, SNAILS, Reader, reading, small_feed, until

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


@pytest.mark.parametrize(
    ("keys", "query"),
    [
        (["up"], "snails"),
        (["up", "up"], "crows"),
        (["up", "up", "up"], "crows"),
        (["up", "up", "down"], "snails"),
        (["up", "down"], ""),
        (["a", "up", "down"], "a"),
        (["up", "x"], "snailsx"),
        (["up", "x", "up"], "snails"),
    ],
)
async def test_up_and_down_go_through_earlier_filters(
    used: Library, keys: list[str], query: str
) -> None:
    async with reading(used) as reader:
        await reader.press("slash", *keys)
        assert reader.screen.panes.bar.value == query


async def test_list_follows_an_earlier_filter(used: Library) -> None:
    async with reading(used) as reader:
        await reader.press("slash", "up")
        assert reader.ids == [SNAILS]


async def test_down_behind_the_latest_goes_to_the_list(used: Library) -> None:
    async with reading(used) as reader:
        await reader.press("slash", "up", "down", "down", "g")
        assert (reader.screen.panes.bar.value, reader.cursor) == ("", PEBBLES)


async def test_escape_from_an_earlier_filter_restores_the_one_before(used: Library) -> None:
    async with reading(used, query="puddle") as reader:
        await reader.press("slash", "up", "up", "escape")
        assert (reader.screen.panes.bar.value, reader.ids) == ("puddle", [PUDDLES])


async def test_filter_just_typed_is_the_latest(used: Library) -> None:
    async with reading(used) as reader:
        await type_filter(reader, "puddle")
        await reader.press("escape", "slash", "up")
        assert reader.screen.panes.bar.value == "puddle"


async def test_filter_that_was_escaped_from_is_not_kept(used: Library) -> None:
    async with reading(used) as reader:
        await reader.press("slash", *"puddle", "escape", "slash", "up")
        assert reader.screen.panes.bar.value == "snails"


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


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("is:u", "is:unread"),
        ("dat", "date:"),
        ("#ra", "#rain"),
        ("-#ra", "-#rain"),
        ("tag:sn", "tag:snails"),
        ("view:st", "view:Starred"),
        ("feed:h", "feed:hf"),
        ("author:ad", "author:ada Lindqvist"),
        ("author:mar", "author:marsh"),
    ],
)
async def test_completion_is_shown_behind_what_is_typed(
    library: Library, typed: str, shown: str
) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *typed)
        assert bar(reader).casefold() == shown.casefold()


@pytest.mark.parametrize("key", ["tab", "shift+tab", "right"])
async def test_completion_is_taken(library: Library, key: str) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"-#ra", key)
        assert (reader.screen.panes.bar.value, len(reader.ids)) == ("-#rain", 4)


async def test_completion_gets_the_quotes_it_needs(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"author:ad", "tab")
        assert (reader.screen.panes.bar.value, reader.ids) == ('author:"ada Lindqvist"', [PEBBLES])


async def test_tab_without_a_completion_stays_in_the_filter(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"xyz", "tab", "a")
        assert reader.screen.panes.bar.value == "xyza"


async def test_completion_goes_with_the_next_letter(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"dat", "x")
        assert bar(reader) == "datx"


async def test_right_moves_inside_the_text(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("slash", *"dat", "left", "right", "x")
        assert reader.screen.panes.bar.value == "datx"


# No match


async def test_what_could_be_left_out_is_said(library: Library) -> None:
    async with reading(library, query="is:starred date:2025-08-01") as reader:
        await reader.shows("without is:starred: 3")


async def test_all_that_could_be_left_out_is_said(library: Library) -> None:
    async with reading(library, query="#rain puddle") as reader:
        await reader.shows("without #rain: 1")
        await reader.shows("without puddle: 1")


async def test_words_that_never_come_together_are_counted_alone(library: Library) -> None:
    async with reading(library, query="title:pebbles title:snails title:xyzzyx") as reader:
        await reader.shows("only title:pebbles: 1")
        await reader.shows("only title:snails: 1")


async def test_nothing_is_said_where_nothing_helps(library: Library) -> None:
    async with reading(library, query="xyzzyx is:starred #nothing") as reader:
        background = reader.screen.background
        await until(lambda: not background.busy, "everything tried")
        assert "No paper matches." in reader.text
        assert "without" not in reader.text


async def test_list_that_is_back_says_nothing(library: Library) -> None:
    async with reading(library, query="is:starred puddle") as reader:
        await reader.shows("without is:starred: 1")
        await reader.press("escape")
        assert reader.ids == IDS
