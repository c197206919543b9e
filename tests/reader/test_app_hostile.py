"""Text that means harm reaches the screen as text."""

import re

import pytest
from conftest import OpenLibrary, paper
from screen_helpers import reading, small_feed

from store.library import Library
from store.model import Change, Links, Paper

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """A library with the small feed, opened again."""
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


async def test_no_control_character_is_drawn_and_markup_is_text(library: Library) -> None:
    library.add([hostile(n, title) for n, title in enumerate(HOSTILE)], "hf")
    changed = Change(add_tags=("a\x1b[2Jb", "[@click=app.quit]x[/]"), note="\x1b]0;owned\x07")
    library.mark([f"doi:10.1000/{n}" for n in range(len(HOSTILE))], changed)
    async with reading(library, size=(120, 40)) as reader:
        for n, title in enumerate(HOSTILE):
            reader.screen.panes.list.move_to_paper(f"doi:10.1000/{n}")
            await reader.settled()
            assert not CONTROL.search(reader.text), title
            assert title in reader.text or title in HOSTILE[3:]
        await reader.press("t")
        await reader.shows("[@click=app.quit]x[/]")
        assert not CONTROL.search(reader.text)


async def test_title_of_a_megabyte_is_drawn(library: Library) -> None:
    library.add([paper("doi:10.1000/x", "long " * 200_000, date="2025-08-09")], "hf")
    async with reading(library) as reader:
        await reader.shows("long long")


async def test_link_in_a_title_does_nothing(library: Library) -> None:
    library.add([hostile(0, HOSTILE[0])], "hf")
    async with reading(library) as reader:
        await reader.pilot.click("#list", offset=(6, 2))
        await reader.pilot.click("#detail", offset=(2, 1))
        await reader.press("j")
        assert reader.app.is_running


def hostile(number: int, title: str) -> Paper:
    """Return one of the newest papers, with the text everywhere a feed may put it."""
    return paper(
        f"doi:10.1000/{number}", title, date="2025-08-09", authors=(title,), abstract=title,
        venue=title, summary=title, links=Links(page=title),
    )  # fmt: skip
