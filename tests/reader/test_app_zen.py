"""The paper alone: what is shown, what is read, and the way back."""

import pytest
from conftest import OpenLibrary
from screen_helpers import SNAILS, reading, until

from store.library import Library


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed."""
    return filled()


SIZES = [(160, 48), (80, 24), (50, 15)]


async def test_paper_stands_alone_at_any_size_and_keys_go_back_to_the_list(
    library: Library,
) -> None:
    async with reading(library, SIZES[0]) as reader:
        for size, key in zip(SIZES, ("z", "escape", "h"), strict=True):
            await reader.pilot.resize_terminal(*size)
            await reader.press("g", "z")
            await reader.shows("We measure how well")
            await reader.shows_not("Counting Snails")
            assert "unread ·" not in reader.text
            await reader.press(key)
            await reader.shows("Counting Snails")
            await reader.press("j")
            assert (key, reader.cursor) == (key, SNAILS)
            assert reader.screen.focused is reader.screen.panes.list


async def test_lines_are_of_easy_length_and_in_the_middle(library: Library) -> None:
    async with reading(library, (160, 48)) as reader:
        await reader.press("z")
        await reader.shows_not("Counting Snails")
        lines = reader.text.split("\n")[:-2]
    assert max(len(line.strip()) for line in lines) <= 80
    assert {len(line) - len(line.lstrip()) for line in lines if line.strip()} == {39}


async def test_list_keeps_its_place(library: Library) -> None:
    async with reading(library, (80, 12)) as reader:
        await reader.press("G", "k")
        before = reader.text.split("\n")[:6]
        await reader.press("r", "z")
        await reader.shows_not("Bread That")
        await reader.press("z")
        await reader.shows("Bread That")
        assert [line[8:] for line in reader.text.split("\n")[2:5]] == [
            line[8:] for line in before[2:5]
        ]


async def test_zen_from_the_open_paper_goes_back_to_it(library: Library) -> None:
    async with reading(library, (80, 30)) as reader:
        await reader.press("enter", "z", "z")
        await reader.shows("Counting Snails")
        assert reader.screen.focused is reader.screen.panes.detail


async def test_zen_marks_read_and_n_reads_on_until_the_filter_brings_the_list_back(
    library: Library,
) -> None:
    async with reading(library) as reader:
        await reader.press("j", "z")
        assert library.marks(SNAILS).read
        await reader.press("n")
        await reader.shows("A Map of Every Puddle")
        assert "Teaching Crows" not in reader.text
        await reader.press("slash", *"snails")
        await reader.shows("1 of 5")
        assert reader.ids == [SNAILS]


async def test_filter_from_the_open_paper_shows_the_list_on_a_narrow_terminal(
    library: Library,
) -> None:
    async with reading(library, (50, 15)) as reader:
        await reader.press("enter", "slash", *"snails")
        await reader.shows("Counting Snails")


async def test_empty_library_has_no_paper_to_stand_alone(open_library: OpenLibrary) -> None:
    async with reading(open_library()) as reader:
        await reader.press("z")
        await until(lambda: "No papers yet" in reader.text, "the empty list")
