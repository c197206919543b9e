"""Taking back a change of the views saved, whatever became of them since."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.views.change import ViewsChange
from store.views.known import View, one_digit_each, saved_with, saved_without

ONE, TWO, CROWS = View("one", "policy", "4"), View("two", "video"), View("crows", "crows", "5")
BEFORE = (ONE, TWO, CROWS)
RENAMED = saved_with(BEFORE, View("two", "policy", "4"), "one")
"""One has become two, and the earlier two is lost."""
MADE = saved_with(BEFORE, View("new", "bread", "5"))
"""A view was made that has taken a digit."""
REMOVED = saved_without(BEFORE, "one")

views = st.lists(
    st.builds(View, st.sampled_from("abCcd"), st.sampled_from("xy"), st.sampled_from(["", *"45"])),
    max_size=4,
    unique_by=lambda view: view.name.casefold(),
).map(one_digit_each)


@pytest.mark.parametrize("after", [RENAMED, MADE, REMOVED], ids=["renamed", "made", "removed"])
def test_change_is_undone(after: tuple[View, ...]) -> None:
    assert ViewsChange(BEFORE, after).taken_back(after) == BEFORE


def test_view_that_another_made_since_stays() -> None:
    theirs = View("theirs", "rain")
    assert ViewsChange(BEFORE, MADE).taken_back((*MADE, theirs)) == (*BEFORE, theirs)


def test_view_that_another_removed_since_stays_away() -> None:
    now = saved_without(MADE, "crows")
    assert ViewsChange(BEFORE, MADE).taken_back(now) == (ONE, TWO)


def test_view_that_another_saved_since_stays() -> None:
    theirs = View("one", "rain")
    now = saved_with(REMOVED, theirs)
    assert ViewsChange(BEFORE, REMOVED).taken_back(now) == (theirs, TWO, CROWS)


def test_filter_that_another_changed_since_stays_and_the_digit_goes_back() -> None:
    now = saved_with(MADE, View("crows", "ravens"))
    back = ViewsChange(BEFORE, MADE).taken_back(now)
    assert back == (ONE, TWO, View("crows", "ravens", "5"))


def test_view_comes_back_without_a_digit_that_another_view_has_now() -> None:
    theirs = View("theirs", "rain", "4")
    back = ViewsChange(BEFORE, REMOVED).taken_back((*REMOVED, theirs))
    assert back == (View("one", "policy"), TWO, CROWS, theirs)


@given(views, views)
def test_nothing_is_left_of_a_change_undone(
    before: tuple[View, ...], after: tuple[View, ...]
) -> None:
    assert set(ViewsChange(before, after).taken_back(after)) == set(before)


@given(views, views)
def test_change_that_never_happened_changes_nothing(
    before: tuple[View, ...], after: tuple[View, ...]
) -> None:
    assert ViewsChange(before, after).taken_back(before) == before


@given(views, views, views)
def test_one_view_has_a_name_and_one_a_digit_and_the_others_stay(
    before: tuple[View, ...], after: tuple[View, ...], now: tuple[View, ...]
) -> None:
    back = ViewsChange(before, after).taken_back(now)
    touched = {view.name.casefold() for view in set(before) ^ set(after)}
    held = [view.digit for view in back if view.digit]
    names = [view.name.casefold() for view in back]
    assert (len(held), len(names)) == (len(set(held)), len(set(names)))
    assert {view for view in now if view.name.casefold() not in touched} <= set(back)
