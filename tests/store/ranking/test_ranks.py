"""Papers that answer a question, and papers that are like one."""

from dataclasses import replace
from datetime import date

import pytest

from store.model import Marks, Paper
from store.query.syntax import parse
from store.ranking.ranks import SLICE
from store.search.found import Found
from store.search.index import Index

TODAY = date(2025, 9, 10)
FOLD = Paper(
    "arxiv:2508.00001",
    "Folding Towels",
    authors=("Ada Root",),
    abstract="A robot learns to fold laundry.",
)
CLOTH = Paper(
    "arxiv:2508.00002",
    "Cloth by Hand",
    authors=("Bo Sten",),
    abstract="Robots fold cloth from videos.",
)
WALK = Paper(
    "arxiv:2508.00003", "Gaits", authors=("Ada Root",), abstract="Legged robots walk on gravel."
)
TIDE = Paper(
    "arxiv:2508.00004", "Tides", authors=("Cy Lund",), abstract="We measure the tides of a harbour."
)
ALL = (FOLD, CLOTH, WALK, TIDE)


def index_of(*papers: Paper) -> Index:
    index = Index()
    index.add(papers)
    return index


def search(index: Index, query: str, marks: dict[str, Marks] | None = None) -> Found:
    return index.search(parse(query), marks or {}, TODAY)


def found(query: str, *papers: Paper) -> list[str]:
    return list(search(index_of(*papers), query).ids)


def test_question_finds_papers_with_some_of_its_words() -> None:
    ids = found('about:"how can a robot fold my laundry"', *ALL)
    assert ids == [FOLD.id, CLOTH.id, WALK.id]


def test_forms_of_a_word_are_found() -> None:
    assert found('about:"measuring tide"', *ALL) == [TIDE.id]


def test_question_of_words_that_say_nothing_finds_nothing() -> None:
    assert found('about:"how do we propose it"', *ALL) == []


def test_very_words_side_by_side_come_first() -> None:
    apart = Paper("apart", "One", abstract="Flows of masks. Sparsity and flow, some mask.")
    near = Paper("near", "Two", abstract="Flow of masks here; a sparse flow is what we have.")
    assert found('about:"sparse flow zeolite"', apart, near) == ["near", "apart"]


def test_other_conditions_narrow_what_is_ranked() -> None:
    marks = {FOLD.id: Marks(read=True)}
    ids = search(index_of(*ALL), 'is:unread about:"robot fold"', marks).ids
    assert ids == [CLOTH.id, WALK.id]


def test_at_most_fifty_are_found_among_what_other_conditions_leave() -> None:
    many = [Paper(f"p{n}", "Pebbles", date=f"2025-08-{n % 28 + 1:02}") for n in range(120)]
    assert len(found("about:pebbles", *many)) == 50
    assert len(found("about:pebbles date:2025-08-01..2025-08-14", *many)) == 50


def test_related_papers_leave_out_the_paper_itself() -> None:
    ids = found(f"like:{FOLD.id}", *ALL)
    assert ids[0] == CLOTH.id
    assert FOLD.id not in ids


def test_shared_author_makes_a_paper_like_another() -> None:
    assert WALK.id in found(f"like:{FOLD.id}", FOLD, replace(WALK, abstract="Gravel."), TIDE)


@pytest.mark.parametrize("name", ["2508.00001", "arxiv:2508.00001v2", "arXiv:2508.00001"])
def test_paper_is_named_as_in_other_fields(name: str) -> None:
    assert found(f"like:{name}", *ALL)[0] == CLOTH.id


def test_paper_that_is_not_there_is_reported() -> None:
    result = search(index_of(*ALL), "like:2508.99999")
    assert (list(result.ids), result.missing) == ([], ("2508.99999",))


def test_related_papers_can_be_left_out() -> None:
    assert found(f"-like:{FOLD.id}", *ALL) == [FOLD.id, TIDE.id]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_small_libraries_have_answers(count: int) -> None:
    index = index_of(*ALL[:count])
    assert FOLD.id not in search(index, f"like:{FOLD.id}").ids
    assert search(index, "about:laundry").ids == [FOLD.id]


def test_papers_without_abstracts_are_ranked_by_their_titles() -> None:
    bare = [Paper("a", "Sorting pebbles"), Paper("b", "A pebble sorted"), Paper("c", "Bread")]
    assert found("like:a", *bare) == ["b"]


def test_slices_answer_of_the_papers_read_so_far_and_then_of_all() -> None:
    count = SLICE + 5
    many = [Paper(f"p{n}", f"Pebbles {n}", date=f"{2000 + n}-08-01") for n in range(count)]
    index, query = index_of(*many), parse("about:pebbles")
    assert not index.scan(query, 100)
    part = index.search(query, {}, TODAY, abstracts=False).ids
    assert set(part) == {f"p{n}" for n in range(5, count)}
    assert index.is_reading(query)
    while not index.scan(query, 100):
        pass
    assert len(index.search(query, {}, TODAY).ids) == count


def test_paper_with_another_text_is_found_by_that() -> None:
    index = index_of(*ALL)
    assert search(index, "about:tides").ids == [TIDE.id]
    index.add([replace(TIDE, title="Bread", abstract="On ovens."), Paper("new", "Rye ovens")])
    assert search(index, "about:tides").ids == []
    assert set(search(index, "about:ovens").ids) == {TIDE.id, "new"}


def test_paper_that_left_is_not_found() -> None:
    index = index_of(*ALL)
    search(index, f"like:{FOLD.id}")
    index.remove([CLOTH.id])
    assert CLOTH.id not in search(index, f"like:{FOLD.id} OR about:cloth").ids


def test_reason_is_in_the_words_of_the_paper() -> None:
    index = index_of(*ALL)
    search(index, f"like:{FOLD.id}")
    rows = index.row_of
    assert set(index.ranks.why_like(rows[FOLD.id], rows[CLOTH.id])) == {"robots", "fold"}
    assert index.ranks.why_about("robots folding laundry", rows[CLOTH.id]) == ["robots", "folding"]


def test_a_very_long_text_is_read() -> None:
    index = index_of(Paper("long", "Words", abstract="pebble " * 1_000_000), *ALL)
    assert search(index, "about:pebble").ids == ["long"]


def test_question_stays_in_order_where_both_forms_of_a_word_stand_in_a_paper() -> None:
    both = Paper("both", "T", abstract="A pebble among pebbles. " + "Other sand here. " * 9)
    once = Paper("once", "T", abstract="A pebble among stones. " + "Other sand here. " * 9)
    assert found("about:pebbles", once, both) == ["both", "once"]


def test_everyday_word_finds_what_papers_call_it() -> None:
    clip = Paper("clip", "Stitching", abstract="Restoration of a video, frame by frame.")
    assert found('about:"repair old films"', *ALL, clip)[0] == "clip"
    index = index_of(*ALL, clip)
    search(index, "about:films")
    assert index.ranks.why_about("repair old films", index.row_of["clip"]) == [
        "restoration",
        "video",
    ]


def test_the_words_of_the_question_count_more_than_what_papers_call_them() -> None:
    video = Paper("video", "One", abstract="A video of the sea.")
    film = Paper("film", "Two", abstract="A film of the sea.")
    assert found('about:"film sea"', video, film, *ALL)[:2] == ["film", "video"]


def test_rare_words_make_papers_alike_more_than_common_ones() -> None:
    own = Paper("own", "Zeolites", abstract="Zeolites hold water and salt. Pebbles are round.")
    rare = Paper("rare", "Zeolites", abstract="Zeolites hold other things in cages of glass.")
    common = Paper("common", "Stones", abstract="Water and salt make round stones in rivers.")
    filler = [Paper(f"f{n}", "Water", abstract="Round salt water.") for n in range(8)]
    assert found("like:own", own, common, rare, *filler)[0] == "rare"
