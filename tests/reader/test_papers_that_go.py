"""Papers that leave the library, or get a better key, while the reader is open or before it starts.

What the list shows, what a filter finds and what the library has are the same at every moment.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest
from conftest import OpenLibrary, paper
from screen_helpers import (
    BREAD,
    CROWS,
    IDS,
    PEBBLES,
    PUDDLES,
    SNAILS,
    Reader,
    reading,
    small_feed,
    until,
)

from store.library import Library
from store.model import Paper
from store.papers.month_file import write_month

OLD, NEW = "sha:0123456789abcdef", "arxiv:2507.00009"
AUGUST, JULY = "2025-08", "2025-07"


def write(library: Library, month: str, papers: Iterable[Paper]) -> None:
    """Let a month's file hold these papers, as another program may have left it."""
    folder = library.folder / "papers"
    folder.mkdir(exist_ok=True)
    write_month(folder / f"{month}.json", [(each, [], {}) for each in papers])


def renamed(date: str) -> Paper:
    """Return a paper that is known under a better key since."""
    return paper(NEW, "Weighing Moths", date=date, aliases=(OLD,))


def moths(date: str) -> Paper:
    """Return the same paper under its earlier key."""
    return paper(OLD, "Weighing Moths", date=date)


@pytest.fixture
def both(open_library: OpenLibrary, request: pytest.FixtureRequest) -> Library:
    """A library that was left by a kill between the two writes of an import."""
    library = open_library()
    old, new = request.param
    write(
        library, old, [*(each for each in small_feed() if each.date[:7] == old), moths(f"{old}-01")]
    )
    write(
        library,
        new,
        [*(each for each in small_feed() if each.date[:7] == new), renamed(f"{new}-02")],
    )
    return library


in_both_orders = pytest.mark.parametrize(
    "both", [(AUGUST, JULY), (JULY, AUGUST)], indirect=True, ids=["to-july", "to-august"]
)


async def agrees(reader: Reader) -> None:
    """Wait until list, filter and library say the same, and the list can be drawn."""
    library = reader.library
    await until(lambda: set(reader.ids) == library.papers.keys(), "the list as the library")
    await reader.pilot.resize_terminal(70, 20)
    await reader.press("G")
    assert f"{len(library.papers)}" in reader.text
    await reader.press("slash", *"-zz")
    await until(lambda: set(reader.ids) == library.papers.keys(), "the filter as the library")
    await reader.press("escape")


@in_both_orders
async def test_reader_starts_where_a_kill_left_a_paper_under_two_keys(both: Library) -> None:
    async with reading(both) as reader:
        await agrees(reader)
        assert NEW in reader.ids
        assert OLD not in reader.ids


@in_both_orders
def test_paper_under_two_keys_counts_once(both: Library) -> None:
    both.read_all()
    assert both.papers.keys() == {*IDS, NEW}


@in_both_orders
def test_paper_counts_under_its_earlier_key_where_the_other_file_goes(both: Library) -> None:
    both.read_all()
    [month] = [each for each in both.months() if NEW in each.read_text()]
    month.unlink()
    both.read_month(month)
    assert OLD in both.papers


def test_paper_that_moves_to_a_later_month_is_there_between_the_two_writes(
    open_library: OpenLibrary,
) -> None:
    library = open_library()
    write(library, JULY, [paper(date="2025-07-31")])
    library.read_all()
    write(library, AUGUST, [paper(date="2025-08-01")])
    seen = [library.apply_months(*map(library.load_month, library.changed_months()))]
    write(library, JULY, [])
    seen.append(library.apply_months(*map(library.load_month, library.changed_months())))
    assert [each.gone for each in seen] == [{}, {}]
    assert library.papers[PEBBLES].date == "2025-08-01"


async def test_papers_go_while_the_filter_is_wrong(filled: OpenLibrary) -> None:
    library = filled()
    async with reading(library) as reader:
        for typed in ("sort:zzz", "("):
            await reader.press("slash", "ctrl+u", *typed)
            filled().drop_feed("hf")
            await until(lambda: not library.papers, "the papers gone")
            await reader.settled()
            assert (typed, reader.ids) == (typed, [])
            filled().add(small_feed(), "hf")
            await until(lambda: len(library.papers) == 5, "the papers back")
            await reader.press("escape")
            await until(lambda: reader.ids == IDS, "the papers in the list")


async def test_paper_under_the_cursor_keeps_it_under_a_better_key(
    open_library: OpenLibrary,
) -> None:
    library = open_library()
    write(library, AUGUST, small_feed()[:3])
    write(library, JULY, [*small_feed()[3:], moths("2025-07-30")])
    async with reading(library) as reader:
        await reader.press("G", "space")
        assert reader.cursor == OLD
        write(library, AUGUST, [*small_feed()[:3], renamed("2025-08-01")])
        await until(lambda: reader.cursor == NEW, "the cursor on the better key")
        assert reader.screen.panes.list.targets() == [NEW]
        await agrees(reader)


@pytest.mark.parametrize(
    "keys",
    [["t", "N", "Y", "S", "e", "ctrl+p"], ["question_mark", "T", "f", "v j", "slash", "b z"]],
    ids="-".join,
)
async def test_papers_go_behind_whatever_is_open(
    filled: OpenLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)  # what is exported goes here
    library = filled()
    async with reading(library) as reader:
        await reader.press("j", "t", *"wet", "enter")
        for opening in keys:
            await reader.press("g", *opening.split())
            write(library, AUGUST, [small_feed()[1]])
            write(library, JULY, [])
            await until(lambda: library.papers.keys() == {SNAILS}, "the papers gone")
            await reader.press("j", "x", "enter", "escape")
            while reader.app.focused is not reader.screen.panes.list:
                await reader.press("escape")
            await reader.press("escape", "u", "u", "u")
            await until(lambda: reader.ids == [SNAILS], f"{opening}: the list as the library")
            write(library, AUGUST, small_feed()[:3])
            write(library, JULY, small_feed()[3:])
            await until(lambda: library.papers.keys() == {*IDS}, "the papers back")
        await agrees(reader)


async def test_month_that_can_not_be_read_leaves_its_papers_until_it_can(
    filled: OpenLibrary,
) -> None:
    library = filled()
    async with reading(library) as reader:
        month = library.months()[0]
        before = month.read_bytes()
        month.write_bytes(before[:100])
        await reader.notifies("A month is missing")
        await agrees(reader)
        assert set(reader.ids) == set(IDS)
        month.write_bytes(before)
        write(library, JULY, [small_feed()[4]])
        await until(lambda: CROWS not in library.papers, "the other month read again")
        await agrees(reader)


# Where the cursor goes


async def test_cursor_goes_to_the_next_paper_left_or_to_the_last(filled: OpenLibrary) -> None:
    async with reading(filled(), query="is:unread") as reader:
        await reader.press("enter", "escape", "j", "enter", "escape", "R")
        await until(lambda: PEBBLES not in reader.ids, "what is read gone")
        assert reader.cursor == PUDDLES
        await until(lambda: not reader.screen.parts.fetching.running, "fetching ended")
        await reader.press("G", "r", "R")
        await until(lambda: BREAD not in reader.ids, "what is read gone")
        assert reader.cursor == CROWS, "none is below"


async def test_escape_goes_back_near_the_paper_that_went_while_a_filter_was_typed(
    filled: OpenLibrary,
) -> None:
    library = filled()
    async with reading(library) as reader:
        await reader.press("j", "j", "slash", *"bread")
        write(library, AUGUST, small_feed()[:2])
        await until(lambda: PUDDLES not in library.papers, "the paper gone")
        await reader.press("escape")
        assert reader.cursor == CROWS
