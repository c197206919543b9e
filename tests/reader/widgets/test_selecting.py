"""Selecting with the mouse: what is copied is what is seen, and no clipboard is emptied."""

import pytest
from conftest import OpenLibrary, paper
from screen_helpers import Reader, reading, until

from store.library import Library


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed."""
    return filled()


def place(reader: Reader, text: str) -> tuple[int, int]:
    """Return column and row of a text on the screen."""
    lines = reader.text.split("\n")
    row = next(y for y, line in enumerate(lines) if text in line)
    return lines[row].index(text), row


async def drag(reader: Reader, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press the mouse at a place, move it to another and let it go."""
    await reader.pilot.mouse_down(offset=start)
    await reader.pilot.hover(offset=end)
    await reader.pilot.mouse_up(offset=end)


async def copied(reader: Reader) -> str:
    """Copy what is selected; return it."""
    await reader.press("ctrl+c")
    await until(lambda: reader.app.clipboard, "something on the clipboard")
    return reader.app.clipboard


async def test_words_and_lines_and_rows_are_copied_as_they_are_seen(library: Library) -> None:
    async with reading(library) as reader:
        await reader.shows("the room")
        for first, last, text in (
            ("small model", "small model", "small model"),
            ("colour when", "the room", "colour when the light in\nthe room"),
            ("Counting", "Counting Snails", "Counting Snails"),
        ):
            (x, y) = place(reader, last)
            await drag(reader, place(reader, first), (x + len(last) - 1, y))
            await reader.press("ctrl+c")
            await reader.notifies(text.splitlines()[-1])
            assert reader.app.clipboard == text


async def test_wide_letters_are_copied_whole(open_library: OpenLibrary) -> None:
    open_library().add([paper(title="夜の灯り and lamps")], "hf")
    async with reading(open_library()) as reader:
        await reader.shows("and lamps")
        x, y = place(reader, "夜")
        await drag(reader, (x, y), (x + 2, y))
        assert await copied(reader) == "夜の"


async def test_what_is_selected_looks_so(library: Library) -> None:
    async with reading(library) as reader:
        await reader.shows("small model")
        x, y = place(reader, "small model")
        before = reader.app.screen.get_style_at(x, y).bgcolor
        await drag(reader, (x, y), (x + 5, y))
        await until(
            lambda: reader.app.screen.get_style_at(x, y).bgcolor != before, "another ground"
        )
        assert reader.app.screen.get_style_at(x + 6, y).bgcolor == before


async def test_nothing_is_sent_where_nothing_is_selected(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("y")
        link = await copied(reader)
        x, y = place(reader, "small model")
        await drag(reader, (x, y - 1), (x + 5, y - 1))
        await reader.press("ctrl+c")
        await reader.notifies("There is no text to copy.")
        assert reader.app.clipboard == link


async def test_dragging_the_thumb_selects_nothing(library: Library) -> None:
    async with reading(library, size=(80, 17)) as reader:
        await reader.shows("┃")
        x, y = place(reader, "┃")
        await drag(reader, (x, y), (x - 9, y + 4))
        assert not reader.app.screen.selections


async def test_two_clicks_open_and_select_nothing(library: Library) -> None:
    async with reading(library) as reader:
        await reader.shows("Counting")
        (x, y), rows = place(reader, "Counting"), reader.screen.panes.list
        await reader.pilot.double_click(rows, offset=(x - rows.region.x, y - rows.region.y))
        await until(lambda: reader.library.marks("arxiv:2508.00002").read, "the paper opened")
        assert not reader.app.screen.selections
