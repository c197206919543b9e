"""Hidden papers in the reader: counted, shown with a key, and rules made from a paper."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from conftest import OpenLibrary, paper
from http_helpers import Server, hf_day
from screen_helpers import CROWS, PEBBLES, PUDDLES, SNAILS, TODAY, Reader, reading, until

from store.fetching.subscriptions import Subscriptions
from store.model import Change
from store.rules.file import RulesFile

HIDE = Change(hidden=True)


@pytest.fixture
def one_hidden(filled: OpenLibrary) -> OpenLibrary:
    library = filled()
    library.read_all()
    library.mark([SNAILS], HIDE)
    library.commit()
    return filled


async def test_hidden_paper_is_not_in_the_list_and_counted_on_every_screen(
    one_hidden: OpenLibrary,
) -> None:
    async with reading(one_hidden()) as reader:
        assert SNAILS not in reader.ids
        assert reader.status.startswith("1 hidden")
        assert "4 unread · 5 papers · 1 hidden: H" in reader.text
        for size in [(50, 15), (40, 12), (160, 48)]:
            await reader.pilot.resize_terminal(*size)
            await reader.shows("1 hidden")


async def test_key_shows_hidden_papers_and_hides_them_again(one_hidden: OpenLibrary) -> None:
    async with reading(one_hidden()) as reader:
        await reader.press("j", "H")
        assert (reader.cursor, SNAILS in reader.ids) == (PUDDLES, True)
        await reader.shows("1 hidden shown: H")
        await reader.shows(" ×  Counting Snails")
        await reader.press("H")
        assert (reader.cursor, SNAILS in reader.ids) == (PUDDLES, False)


async def test_detail_says_which_rule_hid_a_paper(one_hidden: OpenLibrary) -> None:
    library = one_hidden()
    library.mark([PUDDLES], HIDE)
    library.commit()
    said = {SNAILS: "rules: title:snails → hide", PUDDLES: "rules: no rule hides it"}
    RulesFile(library.folder).add("title:snails", ["hide"])
    async with reading(library, query="is:hidden") as reader:
        for key in ("j", "k"):
            await reader.press(key)  # to the next paper, and back
            await reader.shows(said[reader.cursor])


async def test_filter_that_finds_only_hidden_papers_says_so(one_hidden: OpenLibrary) -> None:
    async with reading(one_hidden(), query="is:hidden") as reader:
        assert reader.ids == [SNAILS], "who asks for hidden papers gets them"
        await reader.press("slash", *"snails")
        assert reader.ids == []
        await reader.shows("1 hidden paper matches: H shows hidden papers.")
        await reader.press("enter", "H")
        assert reader.ids == [SNAILS]


async def test_library_that_is_all_hidden_says_so(filled: OpenLibrary) -> None:
    library = filled()
    library.read_all()
    library.mark(list(library.papers), HIDE)
    library.commit()
    async with reading(filled()) as reader:
        assert "All 5 papers are hidden: H shows them." in reader.text


async def test_paper_that_another_program_hides_leaves_the_list(filled: OpenLibrary) -> None:
    async with reading(filled()) as reader:
        other = filled()
        other.read_all()
        other.mark([PEBBLES], HIDE)
        other.commit()
        await until(lambda: PEBBLES not in reader.ids, "the paper gone")
        assert reader.cursor == SNAILS
        await reader.press("u")
        assert reader.ids[0] == PEBBLES


async def test_unread_days_leave_hidden_papers_out(one_hidden: OpenLibrary) -> None:
    async with reading(one_hidden(), size=(160, 48)) as reader:
        await reader.press("b")
        await until(lambda: reader.screen.panes.counts.spans, "the days counted")
        assert sum(span.unread for span in reader.screen.panes.counts.spans[:2]) == 4


# Rules


def by(author: str, number: int, day: date = TODAY) -> Callable[[], object]:
    return partial(
        paper, f"arxiv:2507.0000{number}", f"Work {number}", authors=(author,), date=str(day)
    )


@pytest.fixture
def authors(open_library: OpenLibrary) -> OpenLibrary:
    """Three papers of Jo Doe, one of them old, and one of somebody else."""
    made = [by("Jo Doe", 1), by("Jo Doe", 2), by("Jo Doe", 3, date(2025, 1, 1)), by("A. Roe", 4)]
    open_library().add([each() for each in made], "hf")  # type: ignore[misc]
    return open_library


async def choose_author(reader: Reader) -> None:
    await reader.press("M")
    await reader.shows('author:"Jo Doe"')
    await reader.press("1")


async def test_muting_makes_a_rule_and_hides_what_was_shown(authors: OpenLibrary) -> None:
    async with reading(authors()) as reader:
        await reader.press("M")
        await reader.shows('1  author:"Jo Doe"')
        await reader.shows("2 in 30 days")
        await reader.press("1")
        await reader.shows("2 papers of the last 30 days:")
        await reader.shows("m  mute: hide them")
        await reader.press("m")
        await reader.notifies("2 hidden by 1 rule; u undoes it.")
        await reader.shows("4 papers · 2 hidden: H")
        await reader.saved()
        assert RulesFile(reader.library.folder).read() == {'author:"Jo Doe"': ("hide",)}
        await reader.press("u")
        assert len(reader.ids) == 4


async def test_following_stars_and_scores_once(authors: OpenLibrary) -> None:
    async with reading(authors(), query="sort:-score") as reader:
        for _ in range(2):
            await choose_author(reader)
            await reader.press("f")
        marks = reader.library.marks(reader.cursor)
        assert (marks.starred, marks.score) == (True, 5)
        await reader.shows("score +5")


async def test_rule_can_be_forgotten_where_it_was_made(authors: OpenLibrary) -> None:
    async with reading(authors()) as reader:
        rules = RulesFile(reader.library.folder)
        await choose_author(reader)
        await reader.press("escape")
        assert (rules.read(), reader.library.unsaved) == ({}, 0), "cancelling changes nothing"
        await choose_author(reader)
        await reader.press("r")
        await choose_author(reader)
        await reader.shows("x  remove the rule (read)")
        await reader.press("x")
        await until(lambda: rules.read() == {}, "the rule forgotten")


async def test_one_paper_is_hidden_and_shown_again_and_none_is_there_before(
    filled: OpenLibrary,
) -> None:
    async with reading(filled()) as reader:
        await reader.press("H")
        await reader.notifies("No paper is hidden.")
        await reader.press("M", "h")
        assert (reader.ids[0], reader.cursor) == (SNAILS, SNAILS)
        await reader.press("H", "k", "M", "h", "H")
        assert reader.ids[0] == PEBBLES


async def test_fetch_runs_rules_and_says_so(filled: OpenLibrary, server: Server) -> None:
    address = server.says("/feed.json", hf_day("2508.00009 Naming Robins"))
    library = filled()
    RulesFile(library.folder).add("title:robins", ("hide",))
    Subscriptions(library.folder).add([address])
    async with reading(filled()) as reader:
        await reader.press("R")
        await reader.notifies("rules: 1 hidden by 1 rule; H shows hidden papers")
        await reader.shows("1 hidden: H")
        assert CROWS in reader.ids
