"""What can become of a paper, and which of it is news."""

import pytest
from conftest import paper

from store.model import Links
from store.watch.facts import (
    Facts,
    from_arxiv,
    from_citations,
    from_document,
    is_withdrawn,
    known_facts,
    news,
    to_document,
    with_news,
)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (Facts(version=1), Facts(version=2), ["new version 2"]),
        (Facts(version=0), Facts(version=2), []),
        (Facts(version=3), Facts(version=2), []),
        (Facts(), Facts(doi="10.1000/x"), ["published: doi:10.1000/x"]),
        (Facts(), Facts(doi="10.1000/x", venue="J. 7"), ["published: J. 7, doi:10.1000/x"]),
        (Facts(venue="J. 7"), Facts(venue="J. 7 (2026)"), []),
        (Facts(version=1), Facts(version=2, withdrawn=True), ["withdrawn"]),
        (Facts(), Facts(code="https://a.b/c"), ["code: https://a.b/c"]),
        (Facts(code="https://a.b/c"), Facts(code="https://a.b/d"), []),
        (Facts(), Facts(models=100, stars=1_000), []),
        (Facts(models=0), Facts(models=1), ["1 model on Hugging Face"]),
        (Facts(models=1), Facts(models=9), []),
        (Facts(models=9), Facts(models=12), ["12 models on Hugging Face"]),
        (Facts(datasets=0), Facts(datasets=1), ["1 data set on Hugging Face"]),
        (Facts(datasets=12), Facts(datasets=9), []),
        (Facts(stars=99), Facts(stars=6_000), ["6,000 stars on GitHub"]),
        (Facts(), Facts(citations=90), []),
        (Facts(citations=0), Facts(citations=10), ["cited 10 times, 10 more"]),
    ],
)
def test_news(before: Facts, after: Facts, told: list[str]) -> None:
    assert list(news(before, after)) == told
    assert list(news(after, after)) == []


@pytest.mark.parametrize(
    ("known", "count", "after"),
    [(None, 7, 7), (7, 16, 7), (7, 17, 17), (100, 119, 100), (100, 120, 120), (100, 3, 100)],
)
def test_citations_are_news_when_there_are_noticeably_more(
    known: int | None, count: int, after: int
) -> None:
    assert from_citations(Facts(citations=known), count).citations == after


@pytest.mark.parametrize(
    ("comment", "abstract", "withdrawn"),
    [
        ("This paper has been withdrawn by the author", "", True),
        ("Withdrawn due to an error", "", True),
        ("", "This submission has been withdrawn by arXiv", True),
        ("12 pages", "Banks from which money was withdrawn", False),
        ("How papers are withdrawn", "", False),
    ],
)
def test_withdrawn(comment: str, abstract: str, withdrawn: bool) -> None:
    assert is_withdrawn(paper(comment=comment, abstract=abstract)) is withdrawn


def test_what_the_library_knows_comes_before() -> None:
    known = paper(version=2, aliases=("doi:10.1000/x",), links=Links(code="https://a.b/c"))
    assert known_facts(known) == Facts(version=2, doi="10.1000/x", code="https://a.b/c")


def test_what_arxiv_does_not_say_stays() -> None:
    before = Facts(version=3, doi="10.1000/x", venue="J.", stars=5)
    assert from_arxiv(before, paper(version=1)) == before


def test_what_was_told_is_not_told_again() -> None:
    lines = with_news((), "2025-08-01", ["new version 2"])
    assert with_news(lines, "2025-08-09", ["new version 2"]) is lines
    assert with_news(lines, "2025-08-09", ["withdrawn"]) == (
        "2025-08-01 new version 2", "2025-08-09 withdrawn",
    )  # fmt: skip


def test_only_the_latest_lines_are_kept() -> None:
    lines: tuple[str, ...] = ()
    for number in range(30):
        lines = with_news(lines, "2025-08-01", [f"new version {number}"])
    assert len(lines) == 20
    assert lines[-1].endswith("29")


def test_facts_come_back_from_their_document() -> None:
    facts = Facts(3, "10.1000/x", "J.", True, "https://a.b/c", 0, 1, 2)
    assert from_document(to_document(facts)) == facts


@pytest.mark.parametrize("wrong", [{"version": "3"}, {"models": "1"}, {"doi": 7}, {"who": 1}])
def test_facts_of_another_kind_are_damage(wrong: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        from_document(wrong)
