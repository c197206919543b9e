"""Words that a filter looks for are marked where they are found."""

import pytest
from conftest import OpenLibrary
from screen_helpers import IDS, Reader, reading

from store.library import Library
from tui.render import cut_at_matches, matches_of


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed."""
    return filled()


def underlined(reader: Reader) -> list[str]:
    """Return what is underlined in the list."""
    papers = reader.screen.papers
    rows = (papers.render_line(y) for y in range(papers.page))
    return [part.text for row in rows for part in row if part.style and part.style.underline]


async def test_matches_are_marked_in_titles(library: Library) -> None:
    async with reading(library, query="snails OR rec") as reader:
        assert sorted(underlined(reader)) == ["Rec", "Snails"]


async def test_word_that_was_mended_is_marked(library: Library) -> None:
    async with reading(library, query="snials") as reader:
        assert underlined(reader) == ["Snails"]


async def test_nothing_is_marked_once_the_filter_is_gone(library: Library) -> None:
    async with reading(library, query="snails") as reader:
        await reader.press("escape")
        assert (reader.ids, underlined(reader)) == (IDS, [])


@pytest.mark.parametrize(
    ("text", "words", "parts"),
    [
        ("Snails", (), [("Snails", False)]),
        ("A snail", ("snail",), [("A ", False), ("snail", True), ("", False)]),
        ("Escargot", ("go",), [("Escargot", False)]),
        ("a+b", ("a+",), [("", False), ("a+", True), ("b", False)]),
    ],
)
def test_text_is_cut_at_matches(
    text: str, words: tuple[str, ...], parts: list[tuple[str, bool]]
) -> None:
    assert list(cut_at_matches(text, matches_of(words))) == parts
