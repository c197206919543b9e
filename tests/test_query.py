"""The query language: what texts mean, and what is said about those that mean nothing."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.query import And, Field, Node, Not, Or, Phrase, Query, Word, parse, to_text

PIECES = [
    *("rlhf", "gpt-4", '"reward model"', "-", "NOT ", " OR ", " AND ", "(", ")", '"', "#dpo", "#"),
    *("is:unread", "is:", "is:foo", 'author:"y lecun"', 'tag:"', "date:2025-08", "date:20", ":"),
    *(
        "upvotes:>=50",
        "sort:-upvotes",
        "http://a.b/c",
        "who:me",
        "unread",
        "&",
        " ",
        "  ",
        "é",
        "中",
    ),
]
texts = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)


def messages(query: Query) -> list[str]:
    return [problem.message for problem in query.problems]


@given(texts, st.booleans())
def test_any_text_is_parsed(text: str, typing: bool) -> None:
    query = parse(text, typing)
    assert all(0 <= each.start < each.end <= len(text) for each in query.problems)


@given(texts)
@example("a OR (b -(c OR d)) NOT e")
def test_a_printed_tree_parses_to_itself(text: str) -> None:
    tree = parse(text).tree
    assert parse(to_text(tree)).tree == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", None),
        ("rlhf survey", And((Word("rlhf"), Word("survey")))),
        ("a b OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("a (b OR c)", And((Word("a"), Or((Word("b"), Word("c")))))),
        ("a AND (b c)", And((Word("a"), Word("b"), Word("c")))),
        ("-a", Not(Word("a"))),
        ("NOT a", Not(Word("a"))),
        ("--a", Word("a")),
        ("-(a b)", Not(And((Word("a"), Word("b"))))),
        ("gpt-4", Word("gpt-4")),
        ("a - b & c", And((Word("a"), Word("b"), Word("c")))),
        ('"reward model"', Phrase("reward model")),
        ('author:"y lecun"', Field("author", "y lecun")),
        ("Title:x", Field("title", "x")),
        ("#dpo", Field("tag", "dpo")),
        ("unread", Field("is", "unread")),
        ("-starred", Not(Field("is", "starred"))),
        ("is:Unread", Field("is", "unread")),
        ("id:arxiv:2501.00001", Field("id", "arxiv:2501.00001")),
        ("http://arxiv.org", Word("http://arxiv.org")),
        ("BERT: a", And((Word("BERT:"), Word("a")))),
    ],
)
def test_text_means_tree(text: str, tree: Node | None) -> None:
    assert parse(text) == Query(tree)


def test_terms_know_where_they_stand() -> None:
    tree = parse("ab -is:read").tree
    assert isinstance(tree, And)
    word, excluded = tree.children
    assert isinstance(word, Word)
    assert isinstance(excluded, Not)
    assert isinstance(excluded.child, Field)
    assert (word.start, word.end) == (0, 2)
    assert (excluded.child.start, excluded.child.end) == (4, 11)


def test_sort_keys_are_no_condition() -> None:
    assert parse("a sort:-upvotes,title") == Query(Word("a"), sort=("-upvotes", "title"))


def test_unknown_field_is_marked_and_taken_as_text() -> None:
    query = parse("a who:me b")
    assert query.tree == And((Word("a"), Word("who:me"), Word("b")))
    assert messages(query) == ["there is no field who"]
    assert (query.problems[0].start, query.problems[0].end) == (2, 6)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("is:foo", "is: takes read, unread, starred, tagged or new"),
        ("has:foo", "has: takes code, note, pdf or abstract"),
        ("date:xyz", "date: takes 2025, 2025-08, a..b, 7d or today"),
        ("date:2025-13", "date: takes 2025, 2025-08, a..b, 7d or today"),
        ("upvotes:abc", "upvotes: takes a number, >=50, <50 or 10..20"),
        ("sort:size", "sort: takes date, published, upvotes, title or relevance"),
        ("tag:", "tag: needs a value"),
        ("view:mine", "no view named mine"),
        ('"open', "this quote is never closed"),
        ("(a", "this parenthesis is never closed"),
        ("a)", "nothing is open that this could close"),
        ("a OR", "OR needs something after it"),
        ("OR a", "OR needs something before it"),
        ("a NOT", "NOT needs something after it"),
    ],
)
def test_problem_is_told(text: str, message: str) -> None:
    assert messages(parse(text)) == [message]


@pytest.mark.parametrize(
    "end",
    [
        *("is:", "tag:", "#", "is:unr", "has:c", "date:20", "date:2025-0", "date:tod", "date:7"),
        *("upvotes:>", "sort:-up", "sort:-", "sort:title,", "-", "NOT", "OR", "(", '"', 'author:"'),
    ],
)
def test_half_typed_end_is_left_out(end: str) -> None:
    assert parse(f"a {end}", typing=True) == Query(Word("a"))


def test_open_quote_and_parenthesis_are_closed_while_typing() -> None:
    assert parse('(a "b c', typing=True) == Query(And((Word("a"), Phrase("b c"))))


@pytest.mark.parametrize("text", ["is:unr a", "is:foo", "(a OR) b", "upvotes:abc"])
def test_what_more_typing_cannot_mend_is_told_at_once(text: str) -> None:
    assert len(messages(parse(text, typing=True))) == 1


@pytest.mark.parametrize(
    "text", ["(" * 10_000 + "a", "-(a OR " * 10_000, ")" * 1_000, "-" * 10_000]
)
def test_deep_nesting_is_quick_and_harmless(text: str) -> None:
    started = time.perf_counter()
    to_text(parse(text).tree)
    assert time.perf_counter() - started < 1


def test_too_deep_nesting_is_told_once() -> None:
    assert messages(parse("(" * 70 + "a" + ")" * 70)) == [
        "more than 50 parentheses inside each other"
    ]
