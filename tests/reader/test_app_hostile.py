"""Text that means harm reaches the screen as text."""

import re

import pytest
from conftest import OpenLibrary, paper
from screen_helpers import PEBBLES, reading, small_feed, until

from store.library import Library
from store.model import Change, Links, Paper

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """A library with the small feed, opened anew."""
    open_library().add(small_feed(), "hf")
    return open_library()


HOSTILE = [
    "[@click=app.quit]x[/]",
    "[/]",
    "[Re] Seven [b]bold[/b] claims [",
    "a\x1b]52;c;ZXZpbA==\x07b",
    "a\x9b31mb\x90qc\x9d0;t\x9c",
    "abc\u202egnp.exe\u2066\u200f",
    "line\r\nbreak\x0b\x0c\x00\x7f",
]


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
async def test_no_control_character_is_drawn(library: Library, title: str) -> None:
    library.add([hostile(title)], "hf")
    library.mark(["doi:10.1000/x"], Change(add_tags=("a\x1b[2Jb",), note="\x1b]0;owned\x07"))
    async with reading(library, size=(120, 40)) as reader:
        await until(lambda: reader.cursor == "doi:10.1000/x", "the hostile paper shown")
        assert not CONTROL.search(reader.text)


async def test_title_of_a_megabyte_is_drawn(library: Library) -> None:
    library.add([paper("doi:10.1000/x", "long " * 200_000, date="2025-08-09")], "hf")
    async with reading(library) as reader:
        await reader.shows("long long")


@pytest.mark.parametrize("title", HOSTILE[:3])
async def test_markup_in_a_title_is_text(library: Library, title: str) -> None:
    library.add([hostile(title)], "hf")
    async with reading(library, size=(120, 30)) as reader:
        await reader.shows(title)


async def test_link_in_a_title_does_nothing(library: Library) -> None:
    library.add([hostile(HOSTILE[0])], "hf")
    async with reading(library) as reader:
        await reader.pilot.click("#list", offset=(6, 2))
        await reader.pilot.click("#detail", offset=(2, 1))
        await reader.press("j")
        assert reader.app.is_running


async def test_hostile_tag_is_completed_as_text(library: Library) -> None:
    library.mark([PEBBLES], Change(add_tags=("[@click=app.quit]x[/]", "a\x1bb")))
    async with reading(library) as reader:
        await reader.press("t")
        await reader.shows("[@click=app.quit]x[/]")
        assert not CONTROL.search(reader.text)


def hostile(title: str) -> Paper:
    """Return the newest paper of the library, with the text everywhere a feed may put it."""
    return paper(
        "doi:10.1000/x", title, date="2025-08-09", authors=(title,), abstract=title, venue=title,
        summary=title, links=Links(page=title),
    )  # fmt: skip
