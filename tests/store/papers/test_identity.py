"""A paper has one key, whatever way it is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.identity import (
    arxiv_key,
    doi_key,
    family_names,
    fold_title,
    key_named,
    key_order,
    title_key,
)


@pytest.mark.parametrize(
    "text",
    [
        "2508.00001",
        "2508.00001v3",
        "arXiv:2508.00001v1",
        "http://arxiv.org/abs/2508.00001v2",
        "https://arxiv.org/pdf/2508.00001",
        "https://arxiv.org/pdf/2508.00001v2.pdf",
        "https://www.arxiv.org/html/2508.00001",
        "10.48550/arXiv.2508.00001",
        "https://doi.org/10.48550/arXiv.2508.00001",
        "  2508.00001\n",
    ],
)
def test_every_name_of_an_arxiv_paper_gives_its_key(text: str) -> None:
    assert arxiv_key(text) == "arxiv:2508.00001"


def test_old_style_arxiv_id_loses_its_version() -> None:
    assert arxiv_key("http://arxiv.org/abs/quant-ph/0201082v1") == "arxiv:quant-ph/0201082"


@pytest.mark.parametrize("text", ["", "hello", "10.1000/182", "2508.1", "see 2508.00001 there"])
def test_other_text_is_no_arxiv_key(text: str) -> None:
    assert arxiv_key(text) is None


@pytest.mark.parametrize(
    "text", ["10.1000/ABC", "doi:10.1000/abc", "doi: 10.1000/abc", "https://dx.doi.org/10.1000/Abc"]
)
def test_every_name_of_a_doi_gives_its_key(text: str) -> None:
    assert doi_key(text) == "doi:10.1000/abc"


def test_doi_of_arxiv_gives_an_arxiv_key() -> None:
    assert doi_key("10.48550/arXiv.2508.00001") == "arxiv:2508.00001"


def test_other_text_is_no_doi() -> None:
    assert doi_key("11.1000/abc") is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2508.00001v2", "arxiv:2508.00001"),
        ("arxiv.org/abs/2508.00001", "arxiv:2508.00001"),
        ("https://huggingface.co/papers/2508.00001", "arxiv:2508.00001"),
        ("www.huggingface.co/papers/2508.00001", "arxiv:2508.00001"),
        ("https://huggingface.co/papers/2508.00001#comments", "arxiv:2508.00001"),
        ("https://arxiv.org/html/2508.00001v2?x=1#S3", "arxiv:2508.00001"),
        ("https://www.alphaxiv.org/abs/2508.00001", "arxiv:2508.00001"),
        ("https://doi.org/10.1000/ABC", "doi:10.1000/abc"),
        ("10.48550/arXiv.2508.00001", "arxiv:2508.00001"),
        ("2508", None),
        ("2025-08-01", None),
        ("https://huggingface.co/2508.00001", None),
        ("arxiv.org/list/2508.00001", None),
        ("10.5", None),
    ],
)
def test_text_copied_from_elsewhere_names_a_key(text: str, key: str | None) -> None:
    assert key_named(text) == key


@given(st.text())
def test_keys_of_any_text_raise_nothing(text: str) -> None:
    assert {type(arxiv_key(text)), type(doi_key(text))} <= {str, type(None)}


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


def test_subject_class_is_no_part_of_an_old_arxiv_id() -> None:
    assert arxiv_key("math.GT/0309136v2") == arxiv_key("math/0309136") == "arxiv:math/0309136"


def test_suffix_is_no_family_name() -> None:
    assert family_names(["John F. Nash Jr.", "Eve Stone III"]) == {"nash", "stone"}
