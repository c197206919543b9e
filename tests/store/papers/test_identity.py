"""A paper has one key, whatever way it is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.identity import family_names, fold_title, key_order, title_key


def test_title_key_ignores_case_accents_and_punctuation() -> None:
    assert title_key("Poincaré's Map: A Study") == title_key("POINCARES MAP — a study")


def test_titles_with_other_words_have_other_keys() -> None:
    assert title_key("Graph Theory") != title_key("Group Theory")


def test_titles_of_symbols_only_stay_apart() -> None:
    assert title_key("???") != title_key("!!!")


@given(st.text(min_size=1))
def test_folding_twice_changes_nothing_more(title: str) -> None:
    assert fold_title(fold_title(title)) == fold_title(title)


@pytest.mark.parametrize(
    ("better", "worse"), [("arxiv:1", "doi:1"), ("doi:1", "sha:1"), ("arxiv:1", "sha:1")]
)
def test_keys_are_in_order_of_what_they_tell(better: str, worse: str) -> None:
    assert key_order(better) < key_order(worse)


def test_title_of_another_author_has_another_key() -> None:
    assert title_key("Graph Theory", ("Ada Byron",)) != title_key("Graph Theory", ("Eve Stone",))


def test_first_name_does_not_change_the_key_of_a_title() -> None:
    assert title_key("Graph Theory", ("A. Byron",)) == title_key("Graph Theory", ("Ada Byron",))


def test_suffix_is_no_family_name() -> None:
    assert family_names(["John F. Nash Jr.", "Eve Stone III"]) == {"nash", "stone"}


@given(st.text(st.characters(codec="ascii")))
def test_title_in_ascii_is_folded_as_any_other(title: str) -> None:
    assert fold_title(f"x{title}é") == fold_title(f"x{title}") + "e"
