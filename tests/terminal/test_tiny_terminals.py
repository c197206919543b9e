"""A terminal of a few cells: nothing can be read there, and nothing ends the reader."""

from itertools import cycle

from conftest import OpenLibrary
from screen_helpers import reading, until

SIZES = [(1, 1), (2, 5), (3, 2), (4, 4), (5, 3), (8, 1)]
OPENING = (
    *("j", "S", "Y", "ctrl+p", "ctrl+p a", "t", "T", "N", "e", "question_mark", "slash x"),
    *("b", "b d", "enter", "z", "f"),
)
"""Keys that open all that can be opened."""


async def test_reader_goes_on_at_any_size_whatever_is_open(filled: OpenLibrary) -> None:
    async with reading(filled()) as reader:
        await reader.press("t", *"wet", "enter")
        sizes = cycle(SIZES)
        await reader.pilot.resize_terminal(*next(sizes))
        for keys in OPENING:
            await reader.press(*keys.split(), "x", "down")
            await reader.pilot.resize_terminal(80, 24)
            await reader.pilot.resize_terminal(*next(sizes))
            await reader.press("escape", "escape")
            await until(lambda: reader.app.screen is reader.screen, f"the list behind {keys}")
        await reader.pilot.resize_terminal(80, 24)
        await reader.shows("of 5")
