"""Text from outside does nothing to a terminal."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text.clean import are_clean, clean_line, clean_tag, clean_text, is_tag

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ANY_TEXT = st.text(st.characters(exclude_categories=()))
HOSTILE_TEXT = st.text(
    st.sampled_from("ab \n\r\t\x00\x07\x1b\x7f\x85\x9b\ud800\u2028\ufeff\u200b\u0301" + BIDI)
)


@given(ANY_TEXT | HOSTILE_TEXT)
def test_no_control_character_but_newline_comes_through(text: str) -> None:
    assert not [c for c in clean_text(text) if c != "\n" and unicodedata.category(c) == "Cc"]


@given(ANY_TEXT | HOSTILE_TEXT)
def test_no_bidi_control_comes_through(text: str) -> None:
    assert not set(clean_text(text)) & set(BIDI)


@given(ANY_TEXT | HOSTILE_TEXT)
def test_clean_text_can_be_encoded(text: str) -> None:
    clean_text(text).encode()


@given(ANY_TEXT | HOSTILE_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(ANY_TEXT, st.integers(1, 20))
def test_clean_text_keeps_to_its_limit(text: str, limit: int) -> None:
    assert len(clean_text(text, limit)) <= limit


@given(ANY_TEXT | HOSTILE_TEXT)
def test_clean_line_is_one_line(text: str) -> None:
    assert len(clean_line(text).splitlines()) <= 1


@given(ANY_TEXT | st.text(st.sampled_from("ab ,#+-\t\n")))
def test_tag_is_one_word_without_sigils(text: str) -> None:
    assert re.fullmatch(r"(?![#+-])[^\s,]*", clean_tag(text))


def test_plain_text_stays_as_it_is() -> None:
    assert clean_text("Größe of 3 ∈ ℕ\n\n日本語") == "Größe of 3 ∈ ℕ\n\n日本語"


def test_escape_becomes_a_replacement_character() -> None:
    assert clean_text("a\x1b[2Jb") == "a\ufffd[2Jb"


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_every_line_ending_becomes_a_newline(ending: str) -> None:
    assert clean_text(f"a{ending}b") == "a\nb"


def test_tab_becomes_a_space() -> None:
    assert clean_text("a\tb") == "a b"


@pytest.mark.parametrize("hidden", ["\u200b", "\ufeff", "\u00ad", "\U000e0041"])
def test_invisible_characters_are_dropped(hidden: str) -> None:
    assert clean_text(f"a{hidden}b") == "ab"


def test_at_most_four_combining_marks_stay_in_a_row() -> None:
    assert clean_text("a" + "\u0301" * 9 + "b") == "a" + "\u0301" * 4 + "b"


def test_cut_text_ends_in_an_ellipsis() -> None:
    assert clean_text("abcdef", 4) == "abc…"


def test_line_folds_white_space() -> None:
    assert clean_line("  a \n\n b\t c ") == "a b c"


def test_tag_loses_its_hash_sign() -> None:
    assert clean_tag("#to-read") == "to-read"


def test_accent_of_a_tag_is_part_of_its_letter() -> None:
    assert clean_tag("cafe\u0301") == "caf\u00e9"


def test_long_tag_is_not_cut() -> None:
    assert clean_tag("a" * 200) == "a" * 200


@pytest.mark.parametrize("tag", ["caf\u00e9", "cafe\u0301", "a" * 60])
def test_tag_as_any_version_makes_it_is_one(tag: str) -> None:
    assert is_tag(tag)


@pytest.mark.parametrize("text", ["", "#a", "a b", "a,b", "a" * 61, "a\x1b"])
def test_text_that_is_no_tag(text: str) -> None:
    assert not is_tag(text)


def test_words_of_a_tag_are_joined() -> None:
    assert clean_tag("to read, later") == "to-read-later"


@given(st.lists(st.text("ab |") | ANY_TEXT | HOSTILE_TEXT))
def test_lines_that_are_clean_together_are_so_one_by_one(lines: list[str]) -> None:
    if are_clean(lines, 20):
        assert [clean_line(line, 20) for line in lines] == list(filter(None, lines)) == lines


def test_plain_names_are_clean_together() -> None:
    assert are_clean(["Ada Byron", "E. Stone-Wall"], 20)
