"""Texts of feeds become lines and paragraphs."""

from hypothesis import given
from hypothesis import strategies as st

from store.feeds.feed_text import names, unwrapped


@given(st.text("ab \n\t\r\f").map(str.strip).filter(bool))
def test_text_in_ascii_is_unwrapped_as_any_other(text: str) -> None:
    assert unwrapped(f"{text}é") == f"{unwrapped(text)}é"


def test_lines_of_a_paragraph_are_joined() -> None:
    assert unwrapped(" Of\npebbles and\nsnails. \n") == "Of pebbles and snails."


def test_paragraphs_begin_behind_an_empty_line_or_indented() -> None:
    assert unwrapped("Of pebbles.\n\nOf\nsnails.\n  Of lamps.") == (
        "Of pebbles.\n\nOf snails.\n\nOf lamps."
    )


def test_each_name_is_kept_once() -> None:
    assert names(["snails", "pebbles", "snails"]) == ("snails", "pebbles")


def test_names_are_made_harmless() -> None:
    assert names(["snails", " two\x1b[31m  words", ""]) == ("snails", "two\ufffd[31m words")
