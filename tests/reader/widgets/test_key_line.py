"""The line of keys: what has room, what a click does, whose keys it shows."""

import pytest
from conftest import OpenLibrary
from screen_helpers import PEBBLES, reading, small_feed
from textual.binding import Binding

from store.library import Library
from tui.reader.widgets.key_line import fitting

KEYS = [
    (Binding(key, key, name, id=f"app.{name.lower()}"), key)
    for key, name in (("r", "Read"), ("s", "Star"), ("h", "Help"), ("q", "Quit"))
]


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """A library with the small feed."""
    open_library().add(small_feed(), "hf")
    return open_library()


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, "r Read  s Star  h Help  q Quit"),
        (30, "r Read  s Star  h Help  q Quit"),
        (29, "r Read s Star h Help q Quit"),
        (26, "r Read s Star h Help"),
        (19, "r Read h Help"),
        (12, "h Help"),
        (0, "h Help"),
    ],
)
def test_keys_are_left_out_from_the_end_and_help_never(width: int, shown: str) -> None:
    assert fitting(KEYS, width).plain == shown


def test_no_keys_are_an_empty_line() -> None:
    assert fitting([], 80).plain == ""


async def test_help_is_on_every_screen(library: Library) -> None:
    async with reading(library, size=(160, 48)) as reader:
        for size in ((80, 24), (50, 15), (30, 10)):
            await reader.shows("? Help")
            await reader.pilot.resize_terminal(*size)
            assert reader.app.size == size
        await reader.shows("? Help")


async def test_click_presses_the_key(library: Library) -> None:
    async with reading(library) as reader:
        line = reader.text.splitlines()[-1]
        await reader.pilot.click("KeyLine", offset=(line.index("Star"), 0))
        await reader.shows("★ Sorting")
        assert library.marks(PEBBLES).starred


async def test_dialog_shows_its_own_keys_and_no_others(library: Library) -> None:
    async with reading(library) as reader:
        for key, shown in (
            ("t", "⏎ Done  tab Complete"),
            ("N", "esc Save  ^e Editor"),
            ("S", "⏎ Choose  j/k Move  esc Cancel"),
            ("e", "⏎ Export  tab Next format"),
            ("?", "j/k Scroll  / Search  esc Close"),
            ("/", "⏎ To the list  esc Back"),
        ):
            await reader.press(key)
            await reader.shows(shown)
            assert "Next unread" not in reader.text.splitlines()[-1]
            await reader.press("escape")
            await reader.shows_not(shown)
