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
    ("size", "below"), [((79, 24), "list detail"), ((50, 15), "list")], ids=["79x24", "50x15"]
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


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_sidebar_stays_beside_the_panes(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size) as reader:
        await pressed(reader, "b", "SIDEBAR list detail filter")
        await pressed(reader, "enter", "sidebar LIST detail filter")
        await pressed(reader, "j", "sidebar LIST detail filter")
        await pressed(reader, "slash", "sidebar list detail FILTER")
        assert reader.cursor == SNAILS


async def test_list_is_above_the_paper_where_the_sidebar_leaves_no_room(library: Library) -> None:
    async with reading(library, (120, 36)) as reader:
        panes = reader.screen.panes
        assert panes.list.region.y == panes.detail.region.y
        await pressed(reader, "b", "SIDEBAR list detail filter")
        assert panes.list.region.x == panes.detail.region.x
        await pressed(reader, "b", "LIST detail filter")
        assert panes.list.region.y == panes.detail.region.y


@pytest.mark.parametrize(
    ("keys", "wide", "narrow"),
    [
        ("b", "SIDEBAR list detail filter", "SIDEBAR filter"),
        ("b enter", "sidebar LIST detail filter", "LIST detail filter"),
        ("b enter enter", "sidebar list DETAIL filter", "DETAIL filter"),
        ("b enter slash", "sidebar list detail FILTER", "list detail FILTER"),
    ],
)
async def test_what_keys_are_for_stays_in_sight_when_the_terminal_shrinks(
    library: Library, keys: str, wide: str, narrow: str
) -> None:
    async with reading(library, (100, 30)) as reader:
        await reader.press(*keys.split())
        await sees(reader, wide)
        await reader.pilot.resize_terminal(79, 24)
        await sees(reader, narrow)
