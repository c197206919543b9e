"""What services are asked of a query: its words, and arXiv's fields in arXiv's syntax."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.query.elsewhere import AskedElsewhere, asked_elsewhere
from store.query.syntax import parse


def asked(text: str) -> AskedElsewhere:
    """Return what services are asked of a text."""
    return asked_elsewhere(parse(text))


@pytest.mark.parametrize(
    ("text", "words", "arxiv"),
    [
        ("snails rain", "snails rain", "all:snails AND all:rain"),
        ('"wet snails"', "wet snails", 'all:"wet snails"'),
        ("chain-of-thought", "chain-of-thought", 'all:"chain of thought"'),
        ("title:snails author:crow", "snails crow", "ti:snails AND au:crow"),
        ('author:"e crow"', "e crow", "au:crow"),
        ('abstract:"wet stone"', "wet stone", 'abs:"wet stone"'),
        ("(snails OR slugs) rain", "snails slugs rain", "(all:snails OR all:slugs) AND all:rain"),
        ("all the snails", "all the snails", "all:snails"),
        ("(the OR slugs)", "the slugs", "all:slugs"),
        ("über", "über", "all:über"),
    ],
)
def test_words_and_fields_are_asked_for(text: str, words: str, arxiv: str) -> None:
    assert asked(text)[:2] == (words, arxiv)


def test_what_the_library_alone_knows_is_left_out_and_named() -> None:
    found = asked("snails is:unread -slugs #wet date:7d (rain OR is:starred) sort:date")
    assert found.words == "snails"
    assert found.left_out == (*("is:unread", "-slugs", "tag:wet", "date:7d", "rain OR is:starred"),)


@pytest.mark.parametrize(
    "text", ["", "is:unread", "-snails", "sort:date", '"', "view:none", "https://snails.example/a"]
)
def test_query_without_words_asks_nothing(text: str) -> None:
    assert asked(text)[:2] == ("", "")


@given(st.text())
def test_nothing_typed_gets_out_of_its_quotes(text: str) -> None:
    assert asked(text).arxiv.count('"') % 2 == 0
    assert not set(asked(text).arxiv) & set("[]{}\\+-^~*?!")
