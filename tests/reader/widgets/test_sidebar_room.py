"""Where the sidebar has room: it never covers what keys are for, and goes for the detail."""

import pytest
from conftest import OpenLibrary
from screen_helpers import SNAILS, Reader, reading, until

from store.library import Library


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed."""
    return filled()


def panes(reader: Reader) -> str:
    """Return what is in sight, in capitals what keys are for."""
    screen = reader.screen
    parts = {
        "sidebar": screen.panes.sidebar,
        "list": screen.panes.list,
        "detail": screen.panes.detail,
        "filter": screen.panes.bar.input,
    }
    seen = {name: each for name, each in parts.items() if each and each.region.area}
    return " ".join(name.upper() if each.has_focus else name for name, each in seen.items())


async def pressed(reader: Reader, key: str, seen: str) -> None:
    """Press a key, or click on the filter, and wait until that is in sight."""
    if key == "click":
        await reader.pilot.click("#query")
    else:
        await reader.press(key)
    await sees(reader, seen)


async def sees(reader: Reader, seen: str) -> None:
    """Wait until that is in sight and no more."""
    await until(lambda: panes(reader) == seen, seen)


@pytest.mark.parametrize(
    ("size", "below"), [((80, 24), "list detail"), ((50, 15), "list")], ids=["80x24", "50x15"]
)
async def test_sidebar_over_the_list_goes_when_keys_are_for_something_else(
    library: Library, size: tuple[int, int], below: str
) -> None:
    in_list, in_filter = f"{below.replace('list', 'LIST')} filter", f"{below} FILTER"
    ways = {
        "tab": in_filter, "shift+tab": in_filter, "enter": in_list, "escape": in_list,
        "click": in_filter,
    }  # fmt: skip
    async with reading(library, size) as reader:
        for key, seen in ways.items():
            await reader.screen.action_sidebar()
            await sees(reader, "SIDEBAR filter")
            await pressed(reader, key, seen)


async def test_sidebar_and_detail_take_turns_where_there_is_room_for_one(library: Library) -> None:
    async with reading(library, (100, 30)) as reader:
        await pressed(reader, "b", "SIDEBAR list filter")
        await pressed(reader, "enter", "sidebar LIST filter")
        await pressed(reader, "j", "sidebar LIST filter")
        await pressed(reader, "enter", "list DETAIL filter")
        assert reader.cursor == SNAILS
        await pressed(reader, "b", "SIDEBAR list filter")


@pytest.mark.parametrize(
    ("keys", "wide", "middle", "narrow"),
    [
        ("b", "SIDEBAR list detail filter", "SIDEBAR list filter", "SIDEBAR filter"),
        ("b⏎", "sidebar LIST detail filter", "sidebar LIST filter", "LIST detail filter"),
        ("b⏎⏎", "sidebar list DETAIL filter", "list DETAIL filter", "list DETAIL filter"),
        ("b⏎/", "sidebar list detail FILTER", "sidebar list FILTER", "list detail FILTER"),
    ],
)
async def test_what_keys_are_for_stays_in_sight_when_the_terminal_shrinks(
    library: Library, keys: str, wide: str, middle: str, narrow: str
) -> None:
    async with reading(library, (160, 30)) as reader:
        for key in keys:
            await reader.press("enter" if key == "⏎" else key)
        for width, seen in ((160, wide), (100, middle), (80, narrow)):
            await reader.pilot.resize_terminal(width, 24)
            await sees(reader, seen)
