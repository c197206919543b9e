"""What a line of tags means and what it is completed to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model import Change, Marks
from tui.tag_line import Renaming, Tagging, completed, tag_uses

USES = {"rlhf": 12, "agents": 5, "rl": 3, "Robots": 1}
ONE = Tagging(USES, {"rl": 1}, 1)
MANY = Tagging(USES, {"rl": 3, "agents": 1}, 3)
RENAMING = Renaming(USES)

lines = st.text(alphabet=st.sampled_from("abrl+-#, \t中é\x1b\u202e"), max_size=20)


def offered(line: Tagging | Renaming, text: str) -> list[str]:
    """Return the tags that the last word may become."""
    return [choice.tag for choice in line.choices(text)]


@pytest.mark.parametrize(
    ("text", "added", "removed"),
    [
        ("+a -rl", ("a",), ("rl",)),
        ("a,b", ("a", "b"), ()),
        ("#a +#b", ("a", "b"), ()),
        ("a -a a", ("a",), ()),
        ("rl", (), ()),
        ("-agents", (), ()),
        ("+ - #", (), ()),
    ],
)
def test_line_is_a_change(text: str, added: tuple[str, ...], removed: tuple[str, ...]) -> None:
    assert ONE.change(text) == Change(add_tags=added, remove_tags=removed)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "has #rl"),
        ("+rlhf", "adds #rlhf"),
        ("rlfh", "adds #rlfh (new)"),
        ("-rl", "removes #rl"),
        ("rl", "#rl is there already"),
        ("-rlhf", "#rlhf is not there"),
    ],
)
def test_effect_on_one_paper(text: str, words: str) -> None:
    assert ONE.effect(text).words == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "now #rl on 3, #agents on 1"),
        ("+agents -rl", "adds #agents to 2 papers, removes #rl from 3 papers"),
        ("-agents", "removes #agents from 1 paper"),
        ("rl", "#rl is there already"),
    ],
)
def test_effect_on_many_papers(text: str, words: str) -> None:
    assert MANY.effect(text).words == words


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("", ["rlhf", "agents", "Robots"]),
        ("r", ["rlhf", "Robots"]),
        ("+RO", ["Robots"]),
        ("+ent", ["agents"]),
        ("rlhf ", ["agents", "Robots"]),
        ("agents", []),
        ("-", ["rl", "agents"]),
        ("-rl,-a", ["agents"]),
    ],
)
def test_completions_are_tags_that_would_change_something(text: str, tags: list[str]) -> None:
    assert offered(MANY, text) == tags


def test_what_begins_with_the_word_comes_before_what_has_it_inside() -> None:
    assert offered(Tagging({"url": 9, "rl-theory": 1}, {}, 1), "rl") == ["rl-theory", "url"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "rlhf "),
        ("+r", "+rlhf "),
        ("-#r", "-#rlhf "),
        ("a,R", "a,rlhf "),
        ("a r", "a rlhf "),
    ],
)
def test_completion_takes_the_place_of_the_last_word(text: str, line: str) -> None:
    assert completed(text, "rlhf") == line


@pytest.mark.parametrize(
    ("text", "words", "possible"),
    [
        ("", "the tag, then its new name", False),
        ("rlh", "no paper has #rlh", False),
        ("rlhf", "#rlhf is on 12 papers; now its new name", False),
        ("rlhf rlhf", "#rlhf is its name already", False),
        ("#rlhf #human-feedback", "renames #rlhf to #human-feedback on 12 papers", True),
        ("Robots human feedback", "renames #Robots to #human-feedback on 1 paper", True),
        ("rlhf,rl", "merges #rlhf into #rl, on 12 papers", True),
    ],
)
def test_effect_of_renaming(text: str, words: str, possible: bool) -> None:
    effect = RENAMING.effect(text)
    assert (effect.words, effect.possible) == (words, possible)


def test_new_name_is_completed_to_another_tag() -> None:
    assert offered(RENAMING, "rlhf r") == ["rl", "Robots"]


def test_tags_are_counted_the_most_used_first() -> None:
    marks = [Marks(tags=("b", "c")), Marks(tags=("a", "c")), Marks()]
    assert list(tag_uses(marks).items()) == [("c", 2), ("a", 1), ("b", 1)]


@given(lines)
def test_effect_speaks_of_what_the_change_does(text: str) -> None:
    change = MANY.change(text)
    words = MANY.effect(text).words
    assert all(f"adds #{tag}" in words for tag in change.add_tags)
    assert all(f"removes #{tag}" in words for tag in change.remove_tags)


@given(lines)
def test_every_completion_leads_to_a_change(text: str) -> None:
    changes = [MANY.change(completed(text, tag)) for tag in offered(MANY, text)]
    assert Change() not in changes


@given(lines)
def test_line_that_can_be_done_names_two_tags(text: str) -> None:
    old, new = RENAMING.names(text)
    assert RENAMING.effect(text).possible == (old in USES and new not in ("", old))


# What is one tag

CAFE = Tagging({"café": 2}, {"café": 1}, 2)


@pytest.mark.parametrize("typed", ["cafe", "CAFÉ", "cafe\u0301"])
def test_tag_in_use_is_offered_and_taken_in_its_own_spelling(typed: str) -> None:
    assert CAFE.effect(typed).words == "adds #café to 1 paper"
    assert CAFE.change(typed) == Change(add_tags=("café",))
    assert CAFE.change(f"-{typed}") == Change(remove_tags=("café",))
    assert offered(CAFE, "caf") == ["café"]


def test_accent_is_not_needed_for_a_completion() -> None:
    assert offered(Tagging({"élan": 1}, {}, 1), "ela") == ["élan"]


def test_other_spelling_of_another_tag_makes_one_of_both() -> None:
    renaming = Renaming({"tea": 1, "café": 2})
    assert renaming.effect("TEA CAFE").words == "merges #tea into #café, on 1 paper"


def test_tag_can_be_given_another_spelling() -> None:
    assert Renaming({"café": 2}).effect("café CAFÉ").words == "renames #café to #CAFÉ on 2 papers"


@pytest.mark.parametrize("line", [ONE, RENAMING], ids=["tagging", "renaming"])
def test_tag_that_is_too_long_is_refused(line: Tagging | Renaming) -> None:
    effect = line.effect("rl " + "a" * 61)
    assert not effect.possible
    assert effect.words.startswith("a tag has at most 60 characters")


def test_long_word_that_is_taken_away_is_none() -> None:
    assert ONE.effect("-" + "a" * 61).possible
