"""What queries find, and in which order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.evaluate import matches
from store.model import NO_MARKS, Links, Marks, Paper
from store.query import Query, parse
from store.ranges import date_range, number_range
from store.search import Found, Index, fold
from store.tree import Not

TODAY = date(2025, 9, 10)

PAPERS = [
    Paper(
        "arxiv:2412.14093",
        "Alignment faking in large language models",
        authors=("Ryan Greenblatt", "Carson Denison"),
        abstract="We present a demonstration of a model engaging in deception.",
        date="2024-12-19",
        published="2024-12-18",
        upvotes=8,
        feeds=("HF daily",),
        links=Links(pdf="https://example.org/a.pdf"),
    ),
    Paper(
        "arxiv:2509.00001",
        "Scaling the Reward Model",
        authors=("Yann LeCun", "José Ñandú"),
        abstract="On faking preferences.",
        date="2025-09-10",
        upvotes=60,
        links=Links(code="https://example.org/code"),
    ),
    Paper(
        "doi:10.1000/xyz",
        "A model of reward",
        authors=("Ada Scaling",),
        date="2025-08-31",
        aliases=("sha:0123456789abcdef",),
    ),
    Paper("arxiv:2509.00002", "Downscaling GPT-4 images", date="2025-09-09", upvotes=15),
    Paper("sha:0000000000000001", "中文模型的对齐研究", abstract="Scaling laws again."),
]
FAKING, REWARD, MODEL, GPT, CHINESE = (paper.id for paper in PAPERS)
MARKS = {
    FAKING: Marks(read=True, tags=("Safety", "to read"), note="Compare with Ångström"),
    GPT: Marks(starred=True, tags=("vision",)),
}


def library() -> Index:
    index = Index()
    index.add(PAPERS)
    return index


INDEX = library()


def found(text: str, abstracts: bool = True) -> Found:
    return INDEX.search(parse(text), MARKS, TODAY, abstracts)


def ids(text: str) -> list[str]:
    return found(text).ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is:read", {FAKING}),
        ("is:starred", {GPT}),
        ("is:tagged", {FAKING, GPT}),
        ("is:new", {REWARD, GPT}),
        ("has:code", {REWARD}),
        ("has:note has:pdf", {FAKING}),
        ("-has:abstract", {MODEL, GPT}),
        ("tag:safety,vision", {FAKING, GPT}),
        ("tag:safe", set()),
        ('tag:"to read"', {FAKING}),
        ("#VISION", {GPT}),
        ("author:nandu", {REWARD}),
        ('author:"y lecun"', {REWARD}),
        ('author:"lecun jose"', set()),
        ("title:SCALING", {REWARD, GPT}),
        ("abstract:deception", {FAKING}),
        ("id:2412.14093", {FAKING}),
        ("id:arxiv:2412.14093v2", {FAKING}),
        ("arxiv:2412.14093", {FAKING}),
        ("doi:10.1000/XYZ", {MODEL}),
        ("id:0123456789abcdef", {MODEL}),
        ("doi:2412.14093", set()),
        ("doi:10.48550/arXiv.2412.14093", {FAKING}),
        ('feed:"hf daily"', {FAKING}),
        ("date:2025", {REWARD, MODEL, GPT}),
        ("date:2025-09", {REWARD, GPT}),
        ("date:today", {REWARD}),
        ("date:..2025-08", {FAKING, MODEL}),
        ("published:2024", {FAKING}),
        ("upvotes:>=15", {REWARD, GPT}),
        ("upvotes:<15", {FAKING}),
        ("upvotes:8..15", {FAKING, GPT}),
        ("is:starred OR is:read", {FAKING, GPT}),
        ("-(is:starred OR is:read)", {REWARD, MODEL, CHINESE}),
    ],
)
def test_field_finds(text: str, expected: set[str]) -> None:
    assert set(ids(text)) == expected


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2025", ("2025-01-01", "2025-12-31")),
        ("2025-08", ("2025-08-01", "2025-08-31")),
        ("2025-08-07", ("2025-08-07", "2025-08-07")),
        ("2025-w36", ("2025-09-01", "2025-09-07")),
        ("2025-08..2025-09", ("2025-08-01", "2025-09-31")),
        ("2025-08..", ("2025-08-01", "9999-12-31")),
        ("..2024", ("0000", "2024-12-31")),
        ("yesterday", ("2025-09-09", "2025-09-09")),
        ("7d", ("2025-09-03", "9999-12-31")),
        ("30d..7d", ("2025-08-11", "2025-09-03")),
    ],
)
def test_date_value_is_range_of_days(value: str, days: tuple[str, str]) -> None:
    assert date_range(value, TODAY) == days


@given(st.from_regex(r"[1-9][0-9]{3}-w(0[1-9]|5[0-3])|[0-9]{1,5}d|[0-9]{1,5}d\.\.", fullmatch=True))
def test_any_date_the_parser_takes_has_a_range(value: str) -> None:
    if parse(f"date:{value}").tree is not None:
        date_range(value, TODAY)


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        ("50", (50, float("inf"))),
        (">50", (51, float("inf"))),
        ("<50", (float("-inf"), 49)),
        ("<=50", (float("-inf"), 50)),
        ("=50", (50, 50)),
        ("..20", (float("-inf"), 20)),
    ],
)
def test_upvotes_value_is_range(value: str, numbers: tuple[float, float]) -> None:
    assert number_range(value) == numbers


def test_folding_drops_case_accents_and_punctuation() -> None:
    assert fold("  José's “GPT-4”: Straße_中文 ") == "jose s gpt 4 strasse 中文"


def test_no_words_give_the_newest_first() -> None:
    assert found("") == Found([REWARD, GPT, MODEL, FAKING, CHINESE], ranked=False)


def test_better_places_come_first() -> None:
    assert ids("scaling") == [REWARD, MODEL, GPT, CHINESE]


def test_words_side_by_side_come_first() -> None:
    assert ids("model of reward") == [MODEL]
    assert ids("reward model") == [REWARD, MODEL]


def test_typo_is_repaired() -> None:
    answer = found("algnment faking")
    assert answer == Found([FAKING], ranked=True, words=("alignment", "faking"))


@pytest.mark.parametrize("text", ["xlignment", "aligmnent", "algnm", "lamguage modle"])
def test_typo_is_repaired_anywhere_in_a_word(text: str) -> None:
    assert ids(text)[-1] == FAKING


def test_short_words_and_numbers_are_not_repaired() -> None:
    assert found("gtp").ids == found("20250").ids == []


def test_word_in_an_abstract_is_not_repaired() -> None:
    assert found("laws").words == ("laws",)


def test_abstracts_can_be_left_out() -> None:
    assert ids("deception") == [FAKING]
    assert found("deception", abstracts=False).ids == []


def test_phrase_is_exact() -> None:
    assert ids('"reward model"') == [REWARD]
    assert ids('"reward mod"') == []


def test_phrase_being_typed_ends_anywhere() -> None:
    assert INDEX.search(parse('"reward mod', typing=True), {}, TODAY).ids == [REWARD]


def test_hyphenated_word_is_found_as_neighbours() -> None:
    assert ids("gpt-4") == [GPT]


def test_tags_and_notes_are_searched() -> None:
    assert ids("visio") == [GPT]
    assert ids("angstrom") == [FAKING]


def test_chinese_is_found_inside() -> None:
    assert ids("模型") == [CHINESE]


def test_excluded_words_are_not_reported() -> None:
    assert found("scaling -images").words == ("scaling",)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("scaling sort:date", [MODEL, GPT, REWARD, CHINESE]),
        ("scaling sort:-date", [REWARD, GPT, MODEL, CHINESE]),
        ("sort:-upvotes", [REWARD, GPT, FAKING, MODEL, CHINESE]),
        ("scaling sort:title", [MODEL, GPT, REWARD, CHINESE]),
        ("scaling sort:-relevance", [CHINESE, GPT, MODEL, REWARD]),
    ],
)
def test_sort_decides_the_order(text: str, order: list[str]) -> None:
    answer = found(text)
    assert (answer.ids, answer.ranked) == (order, False)


def test_added_again_a_paper_is_replaced_in_place() -> None:
    index = library()
    index.search(parse("deception"), {}, TODAY)
    index.add([Paper(FAKING, "Another title", abstract="Nothing", date="2024-12-19")])
    assert index.search(parse("faking"), {}, TODAY).ids == [REWARD]
    assert index.search(parse("another nothing"), {}, TODAY).ids == [FAKING]
    assert index.search(parse(""), {}, TODAY).ids[3] == FAKING


def test_narrowing_a_word_finds_what_a_fresh_search_finds() -> None:
    index = library()
    index.search(parse("pre"), {}, TODAY)
    index.search(parse("pref"), {}, TODAY)
    assert index.search(parse("prefer"), {}, TODAY).ids == [REWARD]


def test_preparing_in_slices_comes_to_an_end() -> None:
    index = library()
    assert [index.prepare(2) for _ in range(3)] == [False, False, True]


TERMS = [
    *(
        "scaling",
        "model",
        "reward",
        "a",
        "gpt-4",
        "模型",
        "vision",
        "the",
        "lecun",
        '"reward model"',
    ),
    *("algnment", "zzzz", "is:read", "is:new", "#vision", "date:2025", "upvotes:10", "author:s"),
]
queries = st.recursive(
    st.sampled_from(TERMS),
    lambda inner: (
        inner.map(lambda text: f"-({text})")
        | st.tuples(inner, inner).map(lambda pair: f"({pair[0]} {pair[1]})")
        | st.tuples(inner, inner).map(lambda pair: f"({pair[0]} OR {pair[1]})")
    ),
    max_leaves=6,
)


@given(queries)
def test_a_query_and_its_opposite_split_the_library(text: str) -> None:
    tree = parse(text).tree
    assert tree is not None
    found_ids = INDEX.search(Query(tree), MARKS, TODAY).ids
    other_ids = INDEX.search(Query(Not(tree)), MARKS, TODAY).ids
    assert sorted(found_ids + other_ids) == sorted(INDEX.row_of)


@given(queries.filter(lambda text: "algnment" not in text))
def test_the_index_agrees_with_the_definition(text: str) -> None:
    tree = parse(text).tree
    expected = {
        paper.id for paper in PAPERS if matches(tree, paper, MARKS.get(paper.id, NO_MARKS), TODAY)
    }
    assert set(ids(text)) == expected
