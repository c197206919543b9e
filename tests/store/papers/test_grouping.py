"""Which descriptions are of one paper."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_helpers import record

from store.identity import title_key
from store.papers.grouping import group
from store.papers.records import Record


def sizes(*records: Record) -> list[int]:
    """Return how many records each paper has, the most first."""
    return sorted(map(len, group(records)), reverse=True)


def test_one_arxiv_id_is_one_paper_under_any_title() -> None:
    assert sizes(record("arxiv:1", title="A Draft"), record("arxiv:1", title="The End")) == [2]


def test_one_doi_is_one_paper_under_another_title() -> None:
    assert sizes(record("doi:1", title="A Draft"), record("doi:1", title="The End")) == [2]


def test_doi_of_a_volume_does_not_make_its_chapters_one_paper() -> None:
    one = record("doi:1", title="On Pebbles", authors=("Ada Byron",))
    other = record("doi:1", title="On Sand", authors=("Eve Stone",))
    assert sizes(one, other) == [1, 1]


def test_equal_titles_are_one_paper_where_one_has_no_authors() -> None:
    assert sizes(record(), record("arxiv:1", authors=("Ada Byron",))) == [2]


def test_equal_titles_are_one_paper_where_an_author_is_shared() -> None:
    one = record("doi:10.1000/1", authors=("A. Byron", "Eve Stone"))
    assert sizes(one, record("arxiv:1", authors=("Ada Byron",))) == [2]


@pytest.mark.parametrize("id", ["doi:10.1000/1", ""])
def test_equal_titles_are_two_papers_where_no_author_is_shared(id: str) -> None:
    assert sizes(record(id, authors=("Eve Stone",)), record(authors=("Ada Byron",))) == [1, 1]


@pytest.mark.parametrize("scheme", ["arxiv:", "doi:"])
def test_equal_titles_are_two_papers_where_ids_disagree(scheme: str) -> None:
    assert sizes(record(f"{scheme}1"), record(f"{scheme}2")) == [1, 1]


def test_ids_that_are_aliases_count() -> None:
    assert sizes(record("arxiv:1", aliases=("doi:1",)), record("doi:2")) == [1, 1]


def test_title_that_fits_two_papers_stays_alone() -> None:
    byron, stone = (
        record("arxiv:1", authors=("Ada Byron",)),
        record("arxiv:2", authors=("E Stone",)),
    )
    assert sizes(byron, stone, record()) == [1, 1, 1]


def test_earlier_title_ties_a_paper_to_a_feed_that_still_has_it() -> None:
    renamed = record("arxiv:1", title="The End", aliases=(title_key("A Draft"),))
    assert sizes(renamed, record(title="A Draft", feed="page")) == [2]


def test_record_with_both_ids_joins_what_each_names() -> None:
    both = record("arxiv:1", aliases=("doi:1",), title="Both")
    assert sizes(record("arxiv:1"), record("doi:1", title="Other"), both) == [3]


RECORDS = st.builds(
    record,
    id=st.sampled_from(["", "arxiv:1", "arxiv:2", "doi:1", "doi:2"]),
    feed=st.sampled_from(["hf", "arxiv", "bibtex"]),
    title=st.sampled_from(["On Pebbles", "On Sand"]),
    authors=st.sampled_from([(), ("Ada Byron",), ("Eve Stone",), ("Ada Byron", "Eve Stone")]),
    aliases=st.sampled_from([(), ("doi:1",)]),
)


@given(st.lists(RECORDS, min_size=1, max_size=6), st.randoms())
def test_order_does_not_matter(records: list[Record], random: Any) -> None:
    shuffled = random.sample(records, len(records))
    as_sets = [
        sorted(sorted(repr(each) for each in one) for one in group(given))
        for given in (records, shuffled)
    ]
    assert as_sets[0] == as_sets[1]


@given(st.lists(RECORDS, min_size=1, max_size=6))
def test_every_record_is_in_one_paper(records: list[Record]) -> None:
    assert sum(map(len, group(records))) == len(records)
