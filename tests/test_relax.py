"""What a query would be without one of its conditions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.query import parse
from store.relax import relaxations
from store.tree import to_text

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


def test_order_stays() -> None:
    text = "lamp is:unread sort:-upvotes"
    assert {query.sort for query in relaxations(parse(text), text).values()} == {("-upvotes",)}


@given(st.text(st.sampled_from('ab-:"() ORNTis:unread#')))
def test_what_is_left_out_stands_in_the_text(text: str) -> None:
    assert not [name for name in relaxations(parse(text), text) if name.lstrip("-") not in text]
