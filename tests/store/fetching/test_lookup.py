"""Searches for papers at Hugging Face and arXiv: what is asked, and what answers are good for."""

from urllib.parse import parse_qs, urlsplit

import pytest
from http_helpers import FRIDAY, PEBBLES, SNAILS, arxiv_answer, hf_day

from store.errors import NotAFeedError
from store.fetching.lookup import MOST, PaperSearch, paper_searches
from store.fetching.sources import Mirrors

HF, ARXIV = paper_searches("wet snails & co", 'all:"wet snails"', Mirrors())


def found(search: PaperSearch, answer: bytes) -> list[str]:
    """Return the ids of what is found in an answer."""
    return [paper.id for paper in search.find(lambda address, accept: answer, FRIDAY)]


def test_services_are_asked_for_their_best() -> None:
    assert (HF.service, ARXIV.service) == ("Hugging Face", "arXiv")
    assert parse_qs(urlsplit(HF.address).query) == {"q": ["wet snails & co"], "limit": ["50"]}
    assert parse_qs(urlsplit(ARXIV.address).query) == {
        "search_query": ['all:"wet snails"'],
        "sortBy": ["relevance"],
        "max_results": ["50"],
    }


def test_service_that_understands_nothing_of_it_is_not_asked() -> None:
    assert [each.service for each in paper_searches("the", "", Mirrors())] == ["Hugging Face"]


def test_mirrors_are_asked_in_place_of_services() -> None:
    mirrors = Mirrors(hf="http://hf.example", arxiv_api="http://arxiv.example")
    hosts = [urlsplit(each.address).netloc for each in paper_searches("a", "all:b", mirrors)]
    assert hosts == ["hf.example", "arxiv.example"]


def test_each_paper_is_found_once_and_is_in_no_feed() -> None:
    answer = arxiv_answer(SNAILS, SNAILS, PEBBLES)
    papers = ARXIV.find(lambda address, accept: answer, FRIDAY)
    assert [paper.id for paper in papers] == ["arxiv:2508.00001", "arxiv:2508.00002"]
    assert not any(paper.feeds for paper in papers)


def test_nothing_found_is_no_error() -> None:
    assert (found(HF, b"[]"), found(ARXIV, arxiv_answer())) == ([], [])


def test_more_than_was_asked_for_is_not_taken() -> None:
    assert len(found(HF, hf_day(*(f"2508.{n:05} Title {n}" for n in range(1, 200))))) == MOST


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<!doctype html><html><body>Sign in</body></html>",
        hf_day(SNAILS)[:-20],
        b'{"error": "busy"}',
        b"\x00\xff" * 100,
        b"42",
    ],
)
@pytest.mark.parametrize("search", [HF, ARXIV], ids=["hf", "arxiv"])
def test_answer_that_is_no_list_of_papers_is_refused(search: PaperSearch, answer: bytes) -> None:
    with pytest.raises(NotAFeedError):
        found(search, answer)
