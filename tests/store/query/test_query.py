"""The query language: what texts mean, and what is said about those that mean nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.query.fields import quoted
from store.query.syntax import MAX_TERMS, Problem, Query, parse
from store.query.tree import And, Field, Node, Not, Or, Phrase, Word, to_text

CURLY = set("“”„‟＂")

PIECES = [
    *("rlhf", "gpt-4", '"reward model"', "-", "NOT ", " OR ", " AND ", "(", ")", '"', "#dpo", "#"),
    *("is:unread", "is:", "is:foo", 'author:"y lecun"', 'tag:"', "date:2025-08", "date:20", ":"),
    *(
        "upvotes:>=50",
        "sort:-upvotes",
        "http://a.b/c",
        "who:me",
        "view:a",
        "view:b ",
        "date:2025-w36..7d",
        "unread",
        "&",
        " ",
        "  ",
        "é",
        "中",
    ),
]
LONG_TEXTS = [
    *("(" * 10_000 + "a", "-(a OR " * 10_000, ")" * 10_000, "-" * 10_000, '"' * 9_999),
    *(
        "word " * 2_000,
        "x" * 100_000,
        "a OR " * 2_000,
        "[.*+?^${}|\\\\" * 1_000,
        "\x00\x1b" * 5_000,
    ),
    *("\u202eשלום " * 1_500, "\ud800" * 10_000, "sort:date " * 1_000, "tag:" + "a," * 5_000),
]
pieces = st.lists(st.sampled_from(PIECES)).map("".join)
texts = st.text() | pieces


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
        ("-2501.00001v2", Not(Field("id", "arxiv:2501.00001"))),
        ("https://arxiv.org/abs/2501.00001", Field("id", "arxiv:2501.00001")),
        ("lamp 10.1000/ABC", And((Word("lamp"), Field("id", "doi:10.1000/abc")))),
        ("2501.1", Word("2501.1")),
        ("10.5/x", Word("10.5/x")),
        ("10/12", Word("10/12")),
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
        ("is:foo", "is: takes read, unread, starred, tagged, new, hidden, updated or begun"),
        ("has:foo", "has: takes code, note, pdf, pdf-file, text or abstract"),
        ("date:xyz", "date: takes 2025, 2025-08, a..b, 7d or today"),
        ("date:2025-13", "date: takes 2025, 2025-08, a..b, 7d or today"),
        ("upvotes:abc", "upvotes: takes a number, >=50, <50 or 10..20"),
        (
            "sort:size",
            "sort: takes date, published, upvotes, rising, score, foryou, title or relevance",
        ),
        ("tag:", "tag: needs a value"),
        ("view:mine", "no view named mine"),
        ('"open', "this quote is not closed"),
        ("(a", "this parenthesis is not closed"),
        ("a)", "this parenthesis closes nothing"),
        ("a OR", "OR needs something after it"),
        ("OR a", "OR needs something before it"),
        ("a NOT", "NOT needs something after it"),
    ],
)
def test_problem_is_reported(text: str, message: str) -> None:
    assert messages(parse(text)) == [message]


@pytest.mark.parametrize(
    "end",
    [
        *("upvotes:1.", "date:2025-W3", "date:.", "date:2025-08-1", 'has:"co', "sort:title,-d"),
        *("is:", "tag:", "#", "is:unr", "has:c", "date:20", "date:2025-0", "date:tod", "date:7"),
        *("upvotes:>", "sort:-up", "sort:-", "sort:title,", "-", "NOT", "OR", "(", '"', 'author:"'),
    ],
)
def test_half_typed_end_is_left_out(end: str) -> None:
    assert parse(f"a {end}", typing=True) == Query(Word("a"))


def test_open_quote_and_parenthesis_are_closed_while_typing() -> None:
    assert parse('(a "b c', typing=True) == Query(And((Word("a"), Phrase("b c"))))


@pytest.mark.parametrize(
    "text", ["is:unr a", "is:foo", "(a OR) b", "upvotes:abc", "date:2025-02-30", "date:last"]
)
def test_what_more_typing_cannot_mend_is_reported_at_once(text: str) -> None:
    assert len(messages(parse(text, typing=True))) == 1


@pytest.mark.parametrize("text", LONG_TEXTS)
@pytest.mark.parametrize("typing", [False, True])
def test_long_and_deep_texts_are_harmless(text: str, typing: bool) -> None:
    tree = parse(text, typing).tree
    assert parse(to_text(tree)).tree == tree


def test_too_deep_nesting_is_reported_once() -> None:
    assert messages(parse("(" * 70 + "a" + ")" * 70)) == ["more than 50 nested parentheses"]


def test_too_many_terms_are_reported_once() -> None:
    query = parse("a " * (MAX_TERMS + 50))
    assert messages(query) == [f"more than {MAX_TERMS} words and fields"]
    assert query.error is not None


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2025-02-30", "date: there is no 2025-02-30 in the calendar"),
        ("2025-W53", "date: there is no 2025-W53 in the calendar"),
        ("2025-01..2025-06-31", "date: there is no 2025-06-31 in the calendar"),
    ],
)
def test_day_that_does_not_exist_is_reported(value: str, message: str) -> None:
    assert messages(parse(f"date:{value}")) == [message]


def test_unknown_field_is_no_error() -> None:
    assert parse("who:me").error is None


def test_first_error_is_reported_apart() -> None:
    query = parse("who:me is:foo (a")
    assert query.error == query.problems[1]


def test_what_is_still_being_typed_is_open() -> None:
    tree = parse("tag:a tag:b", typing=True).tree
    assert isinstance(tree, And)
    assert [child.closed for child in tree.children if isinstance(child, Field)] == [True, False]


def test_id_that_is_being_typed_may_still_go_on() -> None:
    for end, closed in (("", False), (" ", True)):
        tree = parse(f"2501.0000{end}", typing=True).tree
        assert isinstance(tree, Field)
        assert (tree.value, tree.closed) == ("arxiv:2501.0000", closed)


@pytest.mark.parametrize("text", ["tag:b ", 'tag:"b"', "(tag:b)"])
def test_what_is_followed_by_anything_is_closed(text: str) -> None:
    tree = parse(text, typing=True).tree
    assert isinstance(tree, Field)
    assert tree.closed


VIEWS = {
    "Mine": "is:starred -survey sort:title",
    "to read": "is:unread (view:mine OR #todo) sort:-date,title",
    "loop": "a view:back",
    "back": "view:Loop OR b",
    "wrong": "(a is:foo",
    "text": "who:me",
    "nothing": "",
}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("view:Mine gpt", "is:starred -survey gpt sort:title"),
        ("view:mine", "is:starred -survey sort:title"),
        ("view:mine sort:-upvotes", "is:starred -survey sort:-upvotes"),
        ('-view:"to read"', "-(is:unread ((is:starred -survey) OR #todo)) sort:-date,title"),
        ("gpt view:nothing", "gpt"),
    ],
)
def test_view_stands_for_its_query(text: str, same: str) -> None:
    assert parse(text, views=VIEWS) == parse(same)


def test_what_a_view_holds_stands_where_it_is_named() -> None:
    tree = parse("gpt view:mine", views=VIEWS).tree
    assert isinstance(tree, And)
    starred = tree.children[1]
    assert isinstance(starred, Field)
    assert (starred.start, starred.end) == (4, 13)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a view:none", [Problem("no view named none", 2, 11)]),
        (
            "view:loop",
            [Problem("view back: a view can't contain itself: loop → back → loop", 0, 9)],
        ),
        (
            "view:wrong",
            [
                Problem(
                    "view wrong: is: takes read, unread, starred, tagged, new, hidden, updated "
                    "or begun",
                    0,
                    10,
                ),
                Problem("view wrong: this parenthesis is not closed", 0, 10),
            ],
        ),
        ("view:text", [Problem("view text: there is no field who", 0, 9, error=False)]),
    ],
)
def test_problem_of_a_view_is_told_where_it_is_named(text: str, problems: list[Problem]) -> None:
    assert list(parse(text, views=VIEWS).problems) == problems


@pytest.mark.parametrize(("text", "count"), [("view:mi", 0), ("view:x", 1), ("view:mi a", 1)])
def test_view_that_may_still_become_one_is_left_out(text: str, count: int) -> None:
    assert len(messages(parse(text, typing=True, views=VIEWS))) == count


def test_views_that_double_each_other_come_to_an_end() -> None:
    views = {f"v{n}": f"view:v{n + 1} view:v{n + 1}" for n in range(40)} | {"v40": "a"}
    assert parse("view:v0", views=views).error is not None


def test_long_chain_of_views_comes_to_an_end() -> None:
    views = {f"v{n}": f"view:v{n + 1}" for n in range(2_000)}
    assert "nested views" in messages(parse("view:v0", views=views))[0]


@given(st.dictionaries(st.sampled_from("abc"), pieces, max_size=3), pieces, st.booleans())
def test_any_views_are_parsed(views: dict[str, str], text: str, typing: bool) -> None:
    query = parse(text, typing, views)
    assert all(0 <= each.start < each.end <= len(text) for each in query.problems)
    assert parse(to_text(query.tree)).tree == query.tree


# Quotes


@pytest.mark.parametrize("text", ["“reward model”", "„reward model“", '"reward model"'])
def test_quotes_of_all_shapes_are_quotes(text: str) -> None:
    assert parse(text) == parse('"reward model"')


def test_value_in_curly_quotes_is_one_value() -> None:
    assert parse("author:“y lecun” x").tree == parse('author:"y lecun" x').tree


def test_problem_with_a_curly_quote_stands_where_it_is() -> None:
    assert parse("a “b").problems == (Problem("this quote is not closed", 2, 4),)


@pytest.mark.parametrize(
    ("text", "value"),
    [(r'tag:"a\"b"', 'a"b'), (r'tag:"a\\"', "a\\"), (r'tag:"a\b"', r"a\b"), (r"tag:a\b", r"a\b")],
)
def test_backslash_stands_before_a_quote_in_quotes(text: str, value: str) -> None:
    assert parse(text) == Query(Field("tag", value))


@given(st.text(min_size=1).filter(lambda text: text.strip(" \t\n,") and not set(text) & CURLY))
def test_quoted_name_is_read_as_it_was(name: str) -> None:
    assert parse(f"author:{quoted(name)}").tree == Field("author", name)
