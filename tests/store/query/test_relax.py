"""What a query would be without one of its conditions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.query.relax import parts, relaxations
from store.query.syntax import parse
from store.query.tree import to_text

VIEWS = {"lamps": "lamp is:starred"}


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("", {}),
        ("lamp", {}),
        ("lamp OR snails", {}),
        ("lamp is:unread", {"lamp": "is:unread", "is:unread": "lamp"}),
        ('lamp -survey "a b"', {
            "lamp": '-survey "a b"', "-survey": 'lamp "a b"', '"a b"': "lamp -survey",
        }),
        ("lamp (a OR b)", {"lamp": "a OR b", "a OR b": "lamp"}),
        ("view:lamps snails", {"view:lamps": "snails", "snails": "lamp is:starred"}),
        ("-view:lamps snails", {"-view:lamps": "snails", "snails": "-(lamp is:starred)"}),
        ("view:lamps", {}),
    ],
)  # fmt: skip
def test_each_condition_is_left_out(text: str, without: dict[str, str]) -> None:
    found = relaxations(parse(text, views=VIEWS), text)
    assert {name: to_text(query.tree) for name, query in found.items()} == without


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("lamp is:unread", {}),
        ("lamp snails -rain", {"lamp": "lamp", "snails": "snails"}),
        ("view:lamps a b", {"view:lamps": "lamp is:starred", "a": "a", "b": "b"}),
    ],
)
def test_each_of_three_conditions_is_tried_alone(text: str, alone: dict[str, str]) -> None:
    found = parts(parse(text, views=VIEWS), text)
    assert {name: to_text(query.tree) for name, query in found.items()} == alone


def test_phrase_is_tried_as_words() -> None:
    text = '"reward model"'
    found = relaxations(parse(text), text)
    assert {name: to_text(query.tree) for name, query in found.items()} == {
        "quotes": "reward model"
    }


def test_order_stays() -> None:
    text = "lamp is:unread sort:-upvotes"
    assert {query.sort for query in relaxations(parse(text), text).values()} == {("-upvotes",)}


@given(st.text(st.sampled_from('ab-:"() ORNTis:unread#')))
def test_what_is_left_out_stands_in_the_text(text: str) -> None:
    less = {**relaxations(parse(text), text), **parts(parse(text), text)}
    assert not [name for name in less if name != "quotes" and name.lstrip("-") not in text]
