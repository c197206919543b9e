"""Colours of tags, and how many tags a row shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.reader.appearance.tag_colours import COLOURS, colour_number, cut_at
from tui.reader.drawing.render import tags_within

tags = st.lists(st.text(st.sampled_from("ab中é-"), min_size=1, max_size=9), unique=True, max_size=9)


def test_colour_of_a_tag_is_the_same_in_every_run() -> None:
    assert [colour_number(tag) for tag in ("rlhf", "agents", "vision")] == [1, 2, 1]


def test_case_makes_no_difference_to_the_colour() -> None:
    assert colour_number("RLHF") == colour_number("rlhf")


def test_many_tags_have_all_colours() -> None:
    assert {colour_number(f"tag-{number}") for number in range(50)} == set(range(len(COLOURS)))


def test_text_is_cut_at_its_tags() -> None:
    pieces = cut_at(" #a #ab +1 Ada ", ("a", "ab", "b"))
    assert pieces == [(" ", ""), ("#a", "a"), (" ", ""), ("#ab", "ab"), (" +1 Ada ", "")]


@given(st.text(), tags)
def test_cutting_loses_nothing(text: str, names: list[str]) -> None:
    assert "".join(piece for piece, _ in cut_at(text, tuple(names))) == text


@pytest.mark.parametrize(
    ("room", "shown"),
    [(30, "#agents #dpo #rlhf"), (17, "#agents #dpo +1"), (10, "#agents +2"), (6, "#agen…")],
)
def test_as_many_tags_as_fit_are_shown(room: int, shown: str) -> None:
    assert tags_within(("agents", "dpo", "rlhf"), room) == shown


@given(tags, st.integers(0, 40))
def test_tags_stay_within_their_room(names: list[str], room: int) -> None:
    assert cell_len(tags_within(tuple(names), room)) <= room
