"""The order of papers that have a query's words in their abstracts."""

from datetime import date

import pytest

from store.model import Paper
from store.query.syntax import parse
from store.ranking.pool import Pool, Wanted
from store.search.index import Index

TODAY = date(2025, 9, 10)
FILLER = "some other words that fill the place of what an abstract goes on to tell"


def best(query: str, *papers: Paper) -> list[str]:
    index = Index()
    index.add(papers)
    return list(index.search(parse(query), {}, TODAY).ids)


def in_abstract(name: str, abstract: str, title: str = "") -> Paper:
    return Paper(name, title or f"On things {name}", abstract=abstract)


def test_words_side_by_side_come_before_words_apart() -> None:
    apart = in_abstract("apart", f"Heat flow. {FILLER}. A sparse mask. {FILLER}")
    near = in_abstract("near", f"A {FILLER} sparse flow. {FILLER} mask, {FILLER}")
    assert best("sparse flow mask", apart, near) == ["near", "apart"]


def test_whole_word_comes_before_its_beginning_and_that_before_its_inside() -> None:
    inside = in_abstract("inside", f"An overflowing bath. {FILLER}")
    start = in_abstract("start", f"Flowing water on it. {FILLER}")
    whole = in_abstract("whole", f"A flow of the water. {FILLER}")
    assert best("flow", inside, start, whole) == ["whole", "start", "inside"]


def test_word_of_the_title_counts_as_one_of_the_abstract() -> None:
    once = in_abstract("once", f"Flow and masks. {FILLER}", "A title about nothing")
    twice = in_abstract("twice", f"Flow and masks. {FILLER}", "A longer title about the flow of it")
    assert best("flow masks", once, twice) == ["twice", "once"]


def test_all_words_in_the_title_stay_first() -> None:
    many = in_abstract("many", "Flow masks, flow masks, flow masks.")
    title = Paper("title", "Masks that were made for a flow of very many other things")
    assert best("flow masks", many, title) == ["title", "many"]


def test_rare_word_counts_for_more_than_a_common_one() -> None:
    common = [in_abstract(f"c{n}", f"Flow. {FILLER}") for n in range(8)]
    rare = in_abstract("rare", f"Flow, {FILLER}, zeolite zeolite.")
    often = in_abstract("often", f"Flow flow, {FILLER}, zeolite.")
    assert best("flow zeolite", *common, often, rare)[0] == "rare"


def test_equal_ones_come_by_length_of_title_then_in_the_order_of_adding() -> None:
    papers = [
        in_abstract("a", "Flow.", "Longer title"),
        *(in_abstract(x, "Flow.", "T") for x in "bc"),
    ]
    assert best("flow", *papers) == ["b", "c", "a"]


def test_misspelt_word_counts_as_what_it_was_taken_for() -> None:
    named = Paper("named", "Zeolites")
    once = in_abstract("once", f"Zeolites. {FILLER}")
    often = in_abstract("often", f"Zeolites, zeolites. {FILLER}")
    assert best("zeolitse", named, once, often) == ["named", "often", "once"]


def test_sorted_by_something_else_the_order_is_that() -> None:
    old = Paper("old", "A", abstract="Flow flow flow.", date="2025-01-01")
    new = Paper("new", "B", abstract=f"Flow. {FILLER}", date="2025-02-01")
    assert best("flow sort:-date", old, new) == ["new", "old"]


def test_excluded_word_does_not_count() -> None:
    papers = [in_abstract("a", f"Flow. {FILLER}"), in_abstract("b", f"Flow flow. {FILLER}")]
    assert best("flow -zeolite", *papers) == ["b", "a"]


def test_accents_and_hyphens_are_compared_folded() -> None:
    plain = in_abstract("plain", f"Naive. {FILLER}. A GPT of 4.")
    exact = in_abstract("exact", f"Naïve, naïve GPT–4. {FILLER}")
    assert best("naive gpt-4", plain, exact)[0] == "exact"


@pytest.mark.parametrize("at_most", [1, 2, 100])
def test_order_does_not_depend_on_the_slices(at_most: int) -> None:
    texts = {row: (" t ", f" {'flow ' * row}and {FILLER} ") for row in range(5)}
    pool = Pool(range(5), texts.__getitem__, [Wanted(("flow",), 4)], 5)
    while not pool.score(at_most):
        pass
    assert pool.ordered() == [4, 3, 2, 1, 0]


def test_what_no_paper_has_to_say_divides_by_nothing() -> None:
    pool = Pool([0, 1], lambda row: (" ", " "), [], 2)
    assert pool.ordered() == [0, 1]
