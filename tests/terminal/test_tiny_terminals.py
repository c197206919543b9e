"""A terminal of a few cells: nothing can be read there, and nothing ends the reader."""

import pytest
from conftest import OpenLibrary
from screen_helpers import reading, until

SIZES = [(1, 1), (2, 5), (3, 2), (4, 4), (5, 3), (8, 1)]


@pytest.mark.parametrize(
    "keys",
    [
        *("j", "S", "Y", "ctrl+p", "ctrl+p a", "t", "T", "N", "e", "question_mark", "slash x"),
        *("b", "b d", "enter", "z", "f"),
    ],
)
async def test_reader_goes_on_at_any_size(filled: OpenLibrary, keys: str) -> None:
    async with reading(filled()) as reader:
        await reader.press("t", *"wet", "enter", *keys.split())
        for size in SIZES:
            await reader.pilot.resize_terminal(*size)
            await reader.press("down", "x")
        await reader.pilot.resize_terminal(80, 24)
        await reader.press("escape", "escape", "escape", "escape")
        await until(lambda: reader.app.screen is reader.screen, "the list")
        await reader.shows("of 5")
