"""The sort menu: what it offers, in words that fit into it."""

import pytest

from store.query.syntax import parse
from tui.reader.subjects.sorting import BY_LETTER, Sorting

WORDS = 55
"""Cells that the menu has for the words of a choice."""


@pytest.mark.parametrize("letter", BY_LETTER)
def test_words_of_an_order_fit_into_the_menu(letter: str) -> None:
    once = Sorting(parse("")).applied("", letter)
    for query in (once, Sorting(parse(once)).applied(once, letter)):
        assert max(len(words) for _, words in Sorting(parse(query)).choices()) <= WORDS
