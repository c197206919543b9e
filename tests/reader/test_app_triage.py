"""Cards: what is unread, one paper a screen; skipped, kept, tagged, undone; what was kept."""

import pytest
from conftest import Asked, OpenLibrary, paper
from http_helpers import Server
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
from terminal import MODERN, OpenTerminal

from store.fulltext.texts import FullTexts
from store.library import Library
from store.model import Change, Links
from tui.reader.triage.cards import Cards


@pytest.fixture
def library(open_library: OpenLibrary, server: Server, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library with the small feed; a server of this machine has the text of one paper."""
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    monkeypatch.setenv("PAPERS_TUI_ARXIV", server.url)
    server.says("/papers/2508.00002.md", b"Snails are slow.")
    open_library().add(small_feed(), "hf")
    return open_library()


async def card(reader: Reader, title: str, *others: str) -> None:
    """Wait until a paper is on the card, and the screen has other words."""
    await until(lambda: reader.text.split("\n")[1].strip(" ┃") == title, f"the card {title}")
    for text in others:
        await reader.shows(text)


async def test_cards_are_skipped_kept_and_undone_and_the_last_one_lists_what_was_kept(
    library: Library,
) -> None:
    texts = FullTexts(library.folder / "texts")
    async with reading(library) as reader:
        await reader.press("j", "r", "C")  # what is read has no card
        await card(reader, "Sorting Pebbles by Lamp Light", "1 of 4 · 0 kept")
        await reader.press("escape", "j", "r", "C", "n")
        await card(reader, "Counting Snails in the Rain")
        await reader.press("s")
        await card(reader, "A Map of Every Puddle", "3 of 5 · 1 kept")
        await reader.press("s", "u")
        await reader.shows("Undid: starred, marked read · A Map of Every Puddle")
        await reader.press("p", "n", "n")
        await card(reader, "Teaching Crows to Queue")
        await reader.press("t", *"queue", "enter")
        await reader.shows("#queue")
        await reader.press("n", "n")
        await until(lambda: texts.names(), "the text fetched behind the cards")
        await reader.shows("The text of one is here")
        assert reader.text.split("\n")[1:6] == [
            " 5 papers seen, 2 kept", "", " ★ Counting Snails in the Rain",
            "   Teaching Crows to Queue #queue", "",
        ]  # fmt: skip
        await reader.press("s", "u")  # nothing is on the card to be starred
        await card(reader, "Bread That Reads Recipes")
        await reader.press("n", "enter")
        papers = reader.screen.panes.list
        await until(lambda: sorted(papers.selected_here()) == [SNAILS, CROWS], "what was kept")
        assert reader.cursor == SNAILS
        await reader.saved()
    marks = Library(library.folder).all_marks
    assert [each for each in IDS if marks[each].read] == IDS
    assert [each for each in IDS if marks[each].starred] == [SNAILS]
    assert marks[CROWS].tags == ("queue",)


async def test_text_and_page_open_from_a_card_and_leaving_goes_to_its_paper(
    library: Library, opened: Asked
) -> None:
    page = Links(page="https://pebbles.example/snails")
    library.add([paper(SNAILS, "Counting Snails in the Rain", links=page)], "hf")
    async with reading(library, (60, 12)) as reader:
        await reader.press("C", "n", "o", "enter")
        await reader.shows("Snails are slow.")
        await reader.press("s", "escape")
        await reader.shows("★ Counting Snails")
        await until(lambda: opened() == [page.page], "a browser asked")
        await reader.press("q")
        await reader.notifies("2 papers seen, 1 kept.")
        await until(lambda: reader.app.screen is reader.screen, "the list")
        assert reader.cursor == SNAILS
        await reader.press("C", "enter")
        await reader.shows("Snails are slow.")
        reader.app.screen.leave_for(BREAD)  # type: ignore[attr-defined]
        await until(lambda: reader.app.screen is reader.screen, "the list")
        await until(lambda: reader.cursor == BREAD, "the other paper")


async def test_selection_has_cards_of_its_own_and_nothing_unread_has_none(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("G", "v", "k", "C")
        await reader.shows("1 of 2 · 0 kept")
        await reader.press("n", "n")
        await reader.shows("2 papers seen, 0 kept")
        await reader.press("enter", "escape", "A", "C")
        await reader.notifies("Nothing that is shown is unread.")
        assert reader.app.screen is reader.screen


@pytest.mark.slow
def test_command_opens_the_cards_of_a_query(
    open_terminal: OpenTerminal, filled: OpenLibrary
) -> None:
    filled()
    terminal = open_terminal(MODERN, "triage", "date:2025-07-31")
    terminal.shows("1 of 2 · 0 kept")
    terminal.type("sn")
    terminal.shows("2 papers seen, 1 kept")
    terminal.type("\x1bq")
    assert terminal.leaves() == 0
    assert [each for each, marks in filled().all_marks.items() if marks.starred] == [CROWS]


def walk(library: Library, *ids: str) -> tuple[Cards, list[tuple[object, ...]]]:
    """Return cards, and what they ask the reader for: marks are changed at once."""
    asked: list[tuple[object, ...]] = []

    def do(name: str, *of: object) -> object:
        asked.append((name, *of))
        if name == "marking.mark":
            library.mark(*of[:2])  # type: ignore[arg-type]
        return None

    return Cards(ids, library.papers, library.marks, do), asked


@pytest.fixture
def read_in(open_library: OpenLibrary) -> Library:
    """A library in memory."""
    open_library().add(small_feed(), "hf")
    library = open_library()
    for month in library.months():
        library.apply_months(library.load_month(month))
    return library


def test_marks_that_were_there_keep_no_paper_and_a_star_elsewhere_does(read_in: Library) -> None:
    read_in.mark([PEBBLES], Change(starred=True, add_tags=("old",)))
    cards, asked = walk(read_in, PEBBLES, SNAILS, PUDDLES)
    cards.skip()
    read_in.mark([SNAILS, PUDDLES], Change(starred=True))
    assert (cards.kept, cards.seen) == ([SNAILS], 2)  # the third was not come to
    cards.skip()
    assert [each for each in asked if each[0] == "reading.text_behind"] == [
        ("reading.text_behind", SNAILS)
    ]


def test_keeping_leaves_a_star_that_is_there(read_in: Library) -> None:
    read_in.mark([PEBBLES], Change(starred=True))
    cards, _ = walk(read_in, PEBBLES)
    cards.keep()
    assert (read_in.marks(PEBBLES).read, read_in.marks(PEBBLES).starred) == (True, True)
    assert cards.kept == [PEBBLES]
    cards.move(-1)
    assert cards.paper_id == PEBBLES


def test_paper_that_left_the_library_is_passed_without_a_mark(read_in: Library) -> None:
    cards, asked = walk(read_in, "arxiv:2508.99999", PEBBLES)
    assert cards.paper is None
    for do in (cards.tag, cards.open_text, cards.open_page, cards.open_pdf, cards.keep):
        do()
    assert (asked, cards.paper_id, cards.kept) == ([], PEBBLES, [])
