"""Rules: which are understood, and what is said of the others."""

import pytest

from store.rules.rule import RuleError, are_opposite, make_rule


def test_rule_keeps_what_it_does_as_it_is_written() -> None:
    rule = make_rule("title:survey", ["Hide", "tag: later", "score:3"])
    assert rule.then == ("hide", "tag:later", "score:+3")
    assert rule.score == 3


def test_one_action_needs_no_list() -> None:
    assert make_rule("title:survey", "hide").then == ("hide",)


def test_star_stands_for_every_paper() -> None:
    assert make_rule("*", ["read"]).query.tree is None


def test_rule_may_name_a_view() -> None:
    assert make_rule("view:mine", ["star"], views={"mine": "author:doe"}).query.tree


@pytest.mark.parametrize(
    ("query", "then", "words"),
    [
        ("is:foo", ["hide"], "is: takes"),
        ("(a", ["hide"], "not closed"),
        ("who:me", ["hide"], "there is no field who"),
        ("", ["hide"], "query takes a query"),
        (7, ["hide"], "query takes a query"),
        ("sort:date", ["hide"], "no condition"),
        ("a", [], "then takes"),
        ("a", None, "then takes"),
        ("a", [["hide"]], "there is no"),
        ("a", ["bury"], "there is no 'bury'"),
        ("a", ["score:"], "there is no 'score:'"),
        ("a", ["score:0"], "a score is from 1 to 999"),
        ("a", ["score:1000"], "a score is from 1 to 999"),
        ("a", ["tag:"], "can't be a tag"),
        ("a", ["hide", "show"], "hide and show contradict each other"),
        ("a", ["star", "hide"], "star and hide contradict each other"),
        ("a", ["tag:x", "untag:x"], "tag:x and untag:x contradict each other"),
    ],
)
def test_what_is_no_rule_is_reported(query: object, then: object, words: str) -> None:
    with pytest.raises(RuleError) as told:
        make_rule(query, then)
    assert words in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("one", "other", "opposite"),
    [("star", "hide", True), ("tag:x", "untag:x", True), ("tag:x", "untag:y", False),
     ("tag:x", "tag:x", False), ("score:+1", "score:-1", False), ("read", "unread", True)],
)  # fmt: skip
def test_opposites(one: str, other: str, opposite: bool) -> None:
    assert are_opposite(one, other) is opposite
    assert are_opposite(other, one) is opposite
