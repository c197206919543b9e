"""What the screen looks like, as text that can be read in a diff: tests/golden/*.txt.

After a wanted change write them anew and read the difference before committing it:

    PAPERS_TUI_WRITE_GOLDEN=1 python -m pytest tests/test_golden.py
"""

import os
from pathlib import Path

import pytest
from conftest import ABSTRACT, OpenLibrary, paper
from screen_helpers import TODAY, Reader, reading

from store.library import Library
from store.model import Change, Links, Paper

FOLDER = Path(__file__).parent / "golden"
ANEW = "PAPERS_TUI_WRITE_GOLDEN"


def feed() -> list[Paper]:
    """Return eight papers of two days, with all that a row and the detail can show."""
    lamp = Links(page="https://pebbles.example/lamps", code="https://github.com/pebbles/lamps")
    return [
        paper("arxiv:2508.00001", "Sorting Pebbles by Lamp Light", abstract=ABSTRACT, links=lamp,
              authors=("Ada Lindqvist", "Bo Marsh", "Cleo Tan"), upvotes=41),
        paper("arxiv:2508.00002", "Counting Snails in the Rain Without Getting Wet: A Benchmark "
              "of Umbrellas, Cameras and Patience", authors=("Dov Ek",), upvotes=7),
        paper("arxiv:2508.00003", "A Map of Every Puddle", abstract="Puddles, mapped.", upvotes=0),
        paper("doi:10.1000/kettle", "The Kettle Problem", authors=("Eve Falk", "Finn Gray")),
        paper("arxiv:2507.00004", "[Re] Teaching Crows to Queue", date="2025-07-31", upvotes=120),
        paper("arxiv:2507.00005", "Bread That Reads Recipes", date="2025-07-31"),
        paper("arxiv:2507.00006", "夜の灯台は誰のために光るのか", date="2025-07-31", upvotes=3),
        paper("arxiv:2507.00007", "On the Length of Coastlines and Short Lunches",
              date="2025-07-31", authors=("Gil Hahn",)),
    ]  # fmt: skip


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """A library with the feed and a mark of each kind."""
    open_library().add(feed(), "hf")
    library = open_library()
    library.mark(["arxiv:2508.00001"], Change(starred=True, add_tags=("light",)))
    library.mark(["arxiv:2508.00002"], Change(read=True, add_tags=("rain", "snails")))
    library.mark(["arxiv:2507.00004"], Change(read=True, starred=True, note="Ask the crows."))
    library.commit()
    return library


@pytest.mark.parametrize("size", [(160, 48), (80, 24), (50, 15)], ids=["160x48", "80x24", "50x15"])
async def test_list(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size=size) as reader:
        check(reader, f"list-{size[0]}x{size[1]}")


async def test_reading_on_a_small_terminal(library: Library) -> None:
    async with reading(library, size=(50, 15)) as reader:
        await reader.press("enter")
        await reader.saved()
        await reader.shows("We measure")
        await reader.shows_not("unsaved")
        check(reader, "reading-50x15")


@pytest.mark.parametrize("size", [(80, 24), (50, 15)], ids=["80x24", "50x15"])
async def test_tagging(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size=size) as reader:
        await reader.press("j", "space", "space", "t")
        await reader.shows("now #rain on 1")
        await reader.type("+li -r")
        await reader.press("down")
        await reader.shows("removes #rain")
        check(reader, f"tagging-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [(160, 48), (80, 24), (50, 15)], ids=["160x48", "80x24", "50x15"])
async def test_writing_a_note(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size=size) as reader:
        await reader.press("N")
        await reader.shows("Esc saves")
        await reader.type("ask Ada")
        await reader.shows("ask Ada")
        check(reader, f"note-{size[0]}x{size[1]}")


async def test_paper_with_a_note(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("G", "k", "k", "k")
        await reader.shows("✎ Ask the crows.")
        check(reader, "noted-80x24")


def check(reader: Reader, name: str) -> None:
    """Compare the screen with the file of that name, or write the file where that is asked."""
    file = FOLDER / f"{name}.txt"
    if os.environ.get(ANEW):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(reader.text + "\n", encoding="utf-8")
    assert reader.text + "\n" == file.read_text(encoding="utf-8")


def test_day_of_the_screens_is_that_of_the_feed() -> None:
    assert TODAY.isoformat() == feed()[0].date
