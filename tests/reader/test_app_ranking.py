"""Related papers, any words and "For you" in the reader."""

import subprocess
import sys

import pytest
from conftest import OpenLibrary, done, paper
from screen_helpers import BREAD, CROWS, PEBBLES, PUDDLES, SNAILS, reading, until

from store.model import Change, Paper
from tui.settings.config import Config

KILN, GLAZE, TIDE = (f"arxiv:2508.1000{number}" for number in range(1, 4))
STAR, READ = Change(starred=True, read=True), Change(read=True)


def ceramics() -> list[Paper]:
    return [
        paper(KILN, "A Kiln for Clay", abstract="Clay is fired in a kiln with a glaze of ash."),
        paper(TIDE, "Tides", abstract="Buoys measure the tides of the harbour."),
        paper(GLAZE, "Ash on Clay", abstract="The glaze of a kiln is ash on clay."),
    ]


@pytest.fixture
def pots(filled: OpenLibrary) -> OpenLibrary:
    filled().add(ceramics(), "hf")
    return filled


async def test_related_papers_are_gone_to_and_back_from_one_by_one(pots: OpenLibrary) -> None:
    async with reading(pots()) as reader:
        before = reader.ids
        reader.screen.panes.list.move_to_paper(KILN)
        await reader.press("x")
        await until(lambda: reader.ids == [GLAZE], "the related paper alone")
        assert reader.status.startswith("1 like «A Kiln for Clay»")
        await reader.press("x")
        await until(lambda: reader.ids == [KILN], "what is like the other")
        await reader.press("escape")
        assert reader.ids == [GLAZE]
        await reader.press("escape")
        assert (reader.ids, reader.cursor) == (before, KILN)


async def test_escape_goes_back_to_the_filter_that_stood(pots: OpenLibrary) -> None:
    async with reading(pots(), query="clay") as reader:
        await reader.press("x", "escape")
        assert reader.screen.panes.bar.value == "clay"
        await reader.press("x", "3", "escape")
        assert reader.screen.panes.bar.value == "", "it clears a filter that came since"
        await reader.press("2", "x")
        await reader.notifies("There is no paper under the cursor.")


async def test_related_paper_says_why_and_is_named_in_the_open_one(pots: OpenLibrary) -> None:
    async with reading(pots(), size=(120, 40)) as reader:
        reader.screen.panes.list.move_to_paper(KILN)
        await reader.press("enter")
        assert "Related" not in reader.text
        await reader.press("escape", "x")
        await reader.shows("like it: ")
        await reader.press("escape", "enter")
        await reader.shows("Related")
        assert reader.text.count("Ash on Clay") == 2


async def test_few_papers_are_followed_by_those_with_any_of_the_words(pots: OpenLibrary) -> None:
    async with reading(pots()) as reader:
        await reader.press("slash")
        await reader.type("buoys of clay zzqqx")
        await reader.shows("── any of these words ──")
        assert set(reader.ids) == {KILN, GLAZE, TIDE}
        assert reader.status.startswith("0 of 8")


async def test_what_has_all_words_stands_above_the_heading(pots: OpenLibrary) -> None:
    async with reading(pots(), query="glaze fired") as reader:
        await reader.shows("── any of these words ──")
        assert reader.ids == [KILN, GLAZE]
        text = reader.text
        assert 0 < text.index("A Kiln") < text.index("any of these")
        await reader.press("A")  # leaves alone what has some of the words
        assert [reader.library.marks(each).read for each in (KILN, GLAZE)] == [True, False]


async def test_paper_below_the_heading_says_which_words_it_has(pots: OpenLibrary) -> None:
    async with reading(pots(), query="buoys zzqqxx laundry", size=(120, 40)) as reader:
        await reader.shows("has buoys")
        reader.screen.finding.go_to("buoys")
        await until(lambda: not reader.screen.background.busy, "nothing left to do")
        assert reader.ids == [TIDE], "one word has no other papers below"


async def test_view_for_you_begins_with_what_is_like_the_stars(pots: OpenLibrary) -> None:
    library = pots()
    library.read_all()
    done(library, STAR, ids=[KILN])
    done(library, READ, ids=[PEBBLES, SNAILS, PUDDLES, CROWS, BREAD])
    async with reading(pots(), size=(120, 40)) as reader:
        await reader.press("9")
        await until(lambda: reader.ids == [GLAZE, TIDE], "what is like it first")
        assert "from 1 star" in reader.status
        await reader.shows("because you starred «A Kiln for Clay»")


async def test_without_stars_for_you_says_what_would_change_it(pots: OpenLibrary) -> None:
    async with reading(pots(), size=(120, 40)) as reader:
        await reader.press("9")
        await until(lambda: "newest first: no stars yet" in reader.status, "that it has no stars")
        await reader.shows("newest first; star papers")


async def test_marks_from_before_the_day_of_the_settings_do_not_count(pots: OpenLibrary) -> None:
    library = pots()
    library.read_all()
    done(library, STAR, ids=[KILN])
    later = Config(foryou_since="2025-08-02")
    async with reading(pots(), query="sort:foryou", config=later) as reader:
        await until(lambda: "no stars yet" in reader.status, "that the star does not count")


async def test_paper_that_is_not_here_is_reported(pots: OpenLibrary) -> None:
    async with reading(pots(), query="like:2508.99999") as reader:
        await reader.shows("like: there is no paper 2508.99999 here")


def test_nothing_that_ranks_is_imported_with_the_reader() -> None:
    code = "import sys, tui.reader.app\nprint([m for m in sys.modules if 'ranking' in m])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert out.stdout.strip() == "[]"
