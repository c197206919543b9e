"""A citation as plain text."""

import pytest
from conftest import paper

from store.export.citing import citation
from store.model import Paper

TITLE = "Sorting Pebbles"


@pytest.mark.parametrize(
    ("cited", "text"),
    [
        (paper(authors=("Ada Ek",)), "Ada Ek. Sorting Pebbles. arXiv:2508.00001, 2025."),
        (
            paper(authors=("Ada Ek", "Bo Marsh", "Cleo Tan"), venue="Pebble Letters"),
            "Ada Ek, Bo Marsh and Cleo Tan. Sorting Pebbles. Pebble Letters, 2025.",
        ),
        (paper("doi:10.1000/kettle"), "Sorting Pebbles. doi:10.1000/kettle, 2025."),
        (paper("sha:0", title="Why Pebbles?"), "Why Pebbles? 2025."),
        (paper("sha:0", date=""), "Sorting Pebbles."),
        (
            paper(authors=tuple(f"Ada {letter}" for letter in "ABCDEFG"), published="2019-03-01"),
            "Ada A et al. Sorting Pebbles. arXiv:2508.00001, 2019.",
        ),
        (
            paper(authors=("Ada Ek", "Bo Marsh"), authors_incomplete=True),
            "Ada Ek, Bo Marsh et al. Sorting Pebbles. arXiv:2508.00001, 2025.",
        ),
        (paper(authors=("Sam Doe Jr.",)), "Sam Doe Jr. Sorting Pebbles. arXiv:2508.00001, 2025."),
    ],
)
def test_citation(cited: Paper, text: str) -> None:
    assert citation(cited) == text


def test_citation_is_one_harmless_line() -> None:
    assert citation(paper(title="a\x1b]52;c;x\x07\nb", venue="v\u202ex")).isprintable()
