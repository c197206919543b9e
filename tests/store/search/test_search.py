"""What queries find, and in which order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model import Links, Marks, Paper, Votes
from store.query.fields import date_range, number_range
from store.query.syntax import parse
from store.query.wanted import MatchedWord
from store.search.found import Found
from store.search.index import Index
from store.text.fold import fold, fold_titles

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
    return list(found(text).ids)


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
        ("title:s", {REWARD}),
        ("title:sc", {REWARD}),
        ("title:ca", set()),
        ("author:re", set()),
        ("author:ry", {FAKING}),
        ("note:co", {FAKING}),
        ("note:om", set()),
        ("abstract:io", set()),
        ("abstract:de", {FAKING}),
        ("title:中", {CHINESE}),
        ("title:++", set()),
        ("author:+", set()),
        ("note:+", set()),
        ("abstract:+", set()),
        ("-title:+ is:starred", {GPT}),
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


def test_many_texts_are_folded_like_each() -> None:
    titles = ["", "Ärger", "&", "x\x01y", "“fine”  Tuning"]
    assert fold_titles(titles) == [" ", " arger ", " ", " x y ", " fine tuning "]
    assert fold_titles(["", "A"]) == [" ", " a "]


def test_no_words_give_the_newest_first() -> None:
    assert found("") == Found([REWARD, GPT, MODEL, FAKING, CHINESE], ranked=False)


def test_better_places_come_first() -> None:
    assert ids("scaling") == [REWARD, MODEL, GPT, CHINESE]


def test_words_side_by_side_come_first() -> None:
    assert ids("model of reward") == [MODEL]
    assert ids("reward model") == [REWARD, MODEL]


def test_typo_is_repaired() -> None:
    answer = found("algnment faking")
    assert answer == Found(
        [FAKING], ranked=True, words=(MatchedWord(" alignment"), MatchedWord("faking"))
    )


@pytest.mark.parametrize("text", ["xlignment", "aligmnent", "algnm", "lamguage modle"])
def test_typo_is_repaired_anywhere_in_a_word(text: str) -> None:
    assert ids(text)[-1] == FAKING


def test_short_words_and_numbers_are_not_repaired() -> None:
    assert found("gtp").ids == found("20250").ids == []


def test_word_in_an_abstract_is_not_repaired() -> None:
    assert found("laws").words == (MatchedWord("laws"),)


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


@pytest.mark.parametrize(
    "text",
    ["scaling -images", "scaling -title:images", 'scaling -(author:ada OR "a model")'],
)
def test_excluded_words_are_not_reported(text: str) -> None:
    assert found(text).words == (MatchedWord("scaling"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"reward model"', (MatchedWord(" reward model "),)),
        ("ya", (MatchedWord(" ya"),)),
        ("gpt4", (MatchedWord(" gpt 4 "), MatchedWord("gpt4"))),
        ("gpt-4", (MatchedWord(" gpt 4"),)),
        ("rewrad", (MatchedWord(" reward"),)),
        ("title:Scaling", (MatchedWord("scaling", "title"),)),
        ("abstract:decept", (MatchedWord("decept", "abstract"),)),
        ('author:"y lecun"', (MatchedWord("y lecun", "author"),)),
        ("author:le", (MatchedWord(" le", "author"),)),
        ("note:angstrom", (MatchedWord("angstrom", "note"),)),
        ("title:zzz", ()),
        ("is:read tag:safety", ()),
    ],
)
def test_what_was_found_is_reported(text: str, words: tuple[MatchedWord, ...]) -> None:
    assert found(text).words == words


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


def test_rising_sorts_by_upvotes_gained_and_what_has_no_earlier_votes_comes_last() -> None:
    index = Index()
    votes = {"a": (90, 89), "b": (5, None), "c": (30, 10), "d": (7, 9)}
    for name, (now, earlier) in votes.items():
        before = None if earlier is None else Votes("2025-08-01", earlier, 0)
        index.add([Paper(f"arxiv:{name}", "Lamps", upvotes=now, earlier_votes=before)])
    rising = index.search(parse("sort:-rising"), {}, TODAY).ids
    assert [each[-1] for each in rising] == ["c", "a", "d", "b"]


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


def test_word_finds_its_spelling_with_a_space_and_without_the_hyphen() -> None:
    index = Index()
    titles = {"a": "On Fine-Tuning", "b": "Finetuning", "c": "Fine Art Tuning"}
    index.add(Paper(key, title) for key, title in titles.items())
    assert index.search(parse("finetuning"), {}, TODAY).ids == ["b", "a"]
    assert index.search(parse("fine-tuning"), {}, TODAY).ids == ["a", "b"]
    assert index.search(parse("fine tuning"), {}, TODAY).ids == ["a", "c", "b"]


def test_phrase_is_found_only_as_it_is_written() -> None:
    index = Index()
    index.add([Paper("a", "On Fine-Tuning"), Paper("b", "Finetuning")])
    assert index.search(parse('"finetuning"'), {}, TODAY).ids == ["b"]
    assert index.search(parse('"fine tuning"'), {}, TODAY).ids == ["a"]


@pytest.mark.parametrize(("text", "expected"), [("al", [FAKING]), ("ar", []), ("-ar", [*ids("")])])
def test_two_letters_stand_at_the_beginning_of_a_word(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


def test_word_stands_at_the_beginning_of_a_name() -> None:
    assert ids("cun") == []
    assert ids("author:cun") == [REWARD]


def test_words_that_are_nowhere_together_are_mended() -> None:
    index = Index()
    index.add([Paper("a", "Reward at Scale"), Paper("b", "Garage Sale")])
    assert index.search(parse("reward sale"), {}, TODAY).ids == ["a"]
    assert index.search(parse("sale"), {}, TODAY).ids == ["b"]


def test_what_was_typed_comes_before_what_was_mended() -> None:
    index = Index()
    index.add([Paper("a", "Reward at Scale"), Paper("b", "Other", abstract="A reward for a sale.")])
    assert index.search(parse("reward sale"), {}, TODAY).ids == ["b", "a"]


def test_words_in_the_order_typed_come_first() -> None:
    index = Index()
    index.add([Paper("a", "Scale a Reward"), Paper("b", "Reward at a Much Larger Scale")])
    assert index.search(parse("reward scale"), {}, TODAY).ids == ["b", "a"]


def test_missing_letter_of_a_short_word_is_repaired() -> None:
    index = Index()
    index.add([Paper("a", "Tiny Fast Model")])
    assert index.search(parse("fst model"), {}, TODAY).ids == ["a"]
    assert index.search(parse("fat mdl"), {}, TODAY).ids == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("#visi", [GPT]), ("id:2509.", [REWARD, GPT]), ("feed:hf", [FAKING]), ("tag:a,saf", [FAKING])],
)
def test_tag_feed_and_id_are_found_by_their_beginning_while_typed(
    text: str, expected: list[str]
) -> None:
    assert INDEX.search(parse(text, typing=True), MARKS, TODAY).ids == expected
    assert ids(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("date:..2025-08 -date:2024", {MODEL}), ("date:2025-09..2025-08", {REWARD, MODEL, GPT})],
)
def test_ends_of_a_range_may_change_places(text: str, expected: set[str]) -> None:
    assert set(ids(text)) == expected


def test_tag_named_like_a_state_is_a_tag() -> None:
    assert INDEX.search(parse("tag:new"), {MODEL: Marks(read=True, tags=("new",))}, TODAY).ids == [
        MODEL
    ]


def test_scanning_in_slices_comes_to_an_end() -> None:
    index, query = library(), parse("deception")
    assert [index.scan(query, 2) for _ in range(3)] == [False, False, True]
    assert index.scan(query, 0)
    assert index.search(query, {}, TODAY).ids == [FAKING]


def test_another_query_stops_a_scan() -> None:
    index, query = library(), parse("deception")
    index.scan(query, 2)
    assert index.scan(parse("preferences"))
    assert not index.scan(query, 2)


def test_what_comes_in_during_a_scan_is_found() -> None:
    index, query = library(), parse("deception")
    index.scan(query, 2)
    index.add(
        [
            Paper(
                "new",
                "A longer title than that of the other one",
                abstract="Deception, again.",
                date="2025-01-01",
            )
        ]
    )
    while not index.scan(query, 2):
        pass
    assert index.search(query, {}, TODAY).ids == ["new", FAKING]


def test_misspelt_word_is_looked_for_in_abstracts_as_what_it_may_be() -> None:
    index = Index()
    index.add([Paper("a", "Alignment"), Paper("b", "Other", abstract="On alignment.")])
    query = parse("algnment")
    while not index.scan(query, 1):
        pass
    assert index.search(query, {}, TODAY).ids == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "a",
        "-(a OR " * 10_000,
        "x" * 100_000,
        "אב " * 3_000,
        "[.*+?^${}|\\\\" * 1_000,
    ],
)
def test_long_and_deep_queries_are_searched(text: str) -> None:
    INDEX.search(parse(text, typing=True), MARKS, TODAY)


def test_title_of_many_equal_words_is_harmless() -> None:
    index = Index()
    index.add([Paper("a", "b " + "a " * 500)])
    assert index.search(parse("a " * 30 + "b"), {}, TODAY).ids == ["a"]


def test_comma_in_quotes_is_part_of_the_name_of_a_feed() -> None:
    address = "https://a.example/?c=1,2"
    index = Index()
    index.add([Paper("sha:1", "One", feeds=(address,)), Paper("sha:2", "Two", feeds=("2",))])
    assert list(index.search(parse(f'feed:"{address}"'), {}, TODAY).ids) == ["sha:1"]
    assert list(index.search(parse("feed:2,3"), {}, TODAY).ids) == ["sha:2"]
