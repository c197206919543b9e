"""What a filter looks for is marked where it is found, in the list and beside it."""

import pytest
from conftest import OpenLibrary, paper
from screen_helpers import IDS, PEBBLES, Reader, reading, small_feed

from store.library import Library
from store.model import Change, Links
from store.query.wanted import MatchedWord, wanted_in
from tui.reader.drawing.page import page
from tui.reader.widgets.paper_rows import cut_at_matches

JOSE = "arxiv:2507.00001"


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """A library with the small feed and a paper in which there is more to find."""
    library = open_library()
    more = paper(
        JOSE,
        "On Fine-Tuning 日本語のタイトル",
        authors=("José Lampe", "Ann Lee"),
        abstract="Misaligned lamps; see https://lamps.example/lamps.",
        summary="Lamps, aligned.",
        links=Links(page="https://lamps.example/lamps"),
        date="2025-07-01",
    )
    library.add([*small_feed(), more], "hf")
    library.mark([JOSE], Change(add_tags=("lampoon",), note="Ask Ann Lee about lamps."))
    library.mark([PEBBLES], Change(add_tags=("pebbles",)))
    library.commit()
    return library


def underlined(reader: Reader) -> list[str]:
    """Return what is underlined in the list."""
    papers = reader.screen.panes.list
    rows = (papers.render_line(y) for y in range(papers.page))
    return [part.text for row in rows for part in row if part.style and part.style.underline]


def marked(reader: Reader) -> list[str]:
    """Return what is marked in the paper beside the list."""
    detail, session = reader.screen.panes.detail, reader.screen.session
    paper_id = reader.cursor
    if not paper_id:
        return []
    content = page(
        session.papers[paper_id], session.library.marks(paper_id), detail.text_width,
        session.shown.words,
    )  # fmt: skip
    spans = sorted(content.spans, key=lambda span: span.start)
    return [content.plain[s.start : s.end] for s in spans if "bold underline" in str(s.style)]


async def test_list_marks_what_the_search_found(library: Library) -> None:
    found = {
        "finetuning": ["Fine-Tuning"],
        "fine-tuning": ["Fine-Tuning"],
        "title:tuning": ["Tuning"],
        "タイトル": ["タイトル"],
        '"fine tuning"': ["Fine-Tuning"],
        "snials": ["Snails"],
        "ebb": ["ebb", "ebb"],
        "snails OR rec": ["Snails", "Rec"],
        "is:unread -title:snails": [],
    }
    async with reading(library) as reader:
        for query, parts in found.items():
            reader.screen.finding.go_to(query)
            assert (query, underlined(reader)) == (query, parts)


async def test_wide_list_marks_the_first_author(library: Library) -> None:
    found = {"jose": ["José"], "author:lamp": ["Lamp"], "title:lamp": ["Lamp"]}
    async with reading(library, size=(200, 30)) as reader:
        for query, parts in found.items():
            reader.screen.finding.go_to(query)
            assert (query, underlined(reader)) == (query, parts)


async def test_paper_is_marked_where_the_query_looks(library: Library) -> None:
    found = {
        "lamp 日本": ["日本", "Lamp", "lamp", "lamp", "Lamp", "lamp"],
        "author:lamp": ["Lamp"],
        "note:lamp": ["lamp"],
        "abstract:align": ["align"],
        'author:"a lee"': ["Ann Lee"],
        'note:"lee about"': ["Lee about"],
        '"lampe ann"': [],
        "fine -abstract:pebbles": ["Fine"],
    }
    async with reading(library, size=(160, 40)) as reader:
        for query, parts in found.items():
            reader.screen.finding.go_to(query)
            reader.screen.panes.list.move_to_paper(JOSE)
            assert (query, marked(reader)) == (query, parts)


async def test_nothing_is_marked_once_the_filter_is_gone(library: Library) -> None:
    async with reading(library, query="snails") as reader:
        await reader.press("escape")
        assert (reader.ids, underlined(reader), marked(reader)) == ([*IDS, JOSE], [], [])


@pytest.mark.parametrize(
    ("text", "shown", "parts"),
    [
        ("Snails", "Snails", [("Snails", False)]),
        ("A snug", "A snug  ", [("A ", False), ("snug", True), ("  ", False)]),
        ("So snug", "So sn…", [("So ", False), ("sn…", True), ("", False)]),
        ("Now snug", "Now…", [("Now…", False)]),
    ],
)
def test_text_is_cut_at_matches(text: str, shown: str, parts: list[tuple[str, bool]]) -> None:
    pattern = wanted_in((MatchedWord("snug"),), "title")
    assert list(cut_at_matches(text, pattern, shown)) == parts
