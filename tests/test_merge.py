"""Marks are a last-writer-wins map."""

from datetime import UTC, datetime, timedelta, timezone
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.merge import (
    Cells,
    Stamps,
    cells_of,
    difference,
    marks_of,
    merge_cells,
    needed,
    stamps_in,
)
from store.model import NO_MARKS, Change, Marks

EARLY, LATE = "2025-08-01T12:00:00.000Z/aa", "2025-08-01T12:00:01.000Z/aa"
NOON = datetime(2025, 8, 1, 12, tzinfo=UTC)

STAMP = st.sampled_from([EARLY, LATE, EARLY[:-2] + "bb", LATE[:-2] + "bb"])
FLAG = st.tuples(st.booleans(), STAMP).map(list)
NOTE = st.tuples(st.sampled_from(["", "a", "b"]), STAMP).map(list)
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "read": FLAG,
        "starred": FLAG,
        "note": NOTE,
        "tags": st.dictionaries(st.sampled_from("xyz"), FLAG),
    },
).map(lambda cells: cast(Cells, cells))
TAGS = st.lists(st.sampled_from("xyz"), unique=True).map(lambda tags: tuple(sorted(tags)))
MARKS = st.builds(Marks, st.booleans(), st.booleans(), TAGS, st.sampled_from(["", "a"]))


@given(CELLS, CELLS)
def test_merging_is_commutative(one: Cells, other: Cells) -> None:
    assert merge_cells(one, other) == merge_cells(other, one)


@given(CELLS, CELLS, CELLS)
def test_merging_is_associative(one: Cells, two: Cells, three: Cells) -> None:
    left = merge_cells(merge_cells(one, two), three)
    assert left == merge_cells(one, merge_cells(two, three))


@given(CELLS)
def test_merging_is_idempotent(cells: Cells) -> None:
    assert merge_cells(cells, cells) == cells


@given(CELLS, CELLS)
def test_merging_again_changes_nothing_more(one: Cells, other: Cells) -> None:
    merged = merge_cells(one, other)
    assert merge_cells(merged, other) == merged


@given(CELLS, CELLS)
def test_merging_leaves_its_arguments_alone(one: Cells, other: Cells) -> None:
    before = repr((one, other))
    merge_cells(one, other)
    assert repr((one, other)) == before


def test_later_change_of_a_field_wins() -> None:
    star, unstar = cells_of(Change(starred=True), EARLY), cells_of(Change(starred=False), LATE)
    assert not marks_of(merge_cells(unstar, star)).starred


def test_changes_of_different_fields_both_stay() -> None:
    merged = merge_cells(cells_of(Change(starred=True), EARLY), cells_of(Change(note="n"), LATE))
    assert (marks_of(merged).starred, marks_of(merged).note) == (True, "n")


def test_changes_of_different_tags_both_stay() -> None:
    one, other = Change(add_tags=("a",)), Change(add_tags=("b",))
    assert marks_of(merge_cells(cells_of(one, EARLY), cells_of(other, LATE))).tags == ("a", "b")


def test_tag_removed_later_stays_removed() -> None:
    one, other = Change(add_tags=("a",)), Change(remove_tags=("a",))
    assert marks_of(merge_cells(cells_of(other, LATE), cells_of(one, EARLY))).tags == ()


def test_no_cells_are_no_marks() -> None:
    assert marks_of({}) == NO_MARKS


def test_mark_tells_when_it_was_made() -> None:
    assert marks_of(cells_of(Change(read=True), EARLY)).read_at == "2025-08-01T12:00:00.000Z"


def test_mark_taken_back_has_no_time() -> None:
    assert marks_of(cells_of(Change(starred=False), EARLY)).starred_at == ""


def test_stamps_of_all_cells_are_found() -> None:
    cells = cells_of(Change(True, True, "n", ("a",), ("b",)), EARLY)
    assert list(stamps_in(cells)) == [EARLY] * 5


@given(MARKS, MARKS)
def test_difference_makes_the_new_marks(old: Marks, new: Marks) -> None:
    before = cells_of(difference(NO_MARKS, old), EARLY)
    after = marks_of(merge_cells(before, cells_of(difference(old, new), LATE)))
    assert difference(new, after) == Change()


@given(MARKS)
def test_marks_that_are_there_need_no_change(marks: Marks) -> None:
    assert needed(marks, difference(NO_MARKS, marks)) is None


def test_only_the_part_that_alters_something_is_needed() -> None:
    assert needed(Marks(read=True), Change(read=True, starred=True)) == Change(starred=True)


def test_stamp_is_the_time_in_utc_and_the_machine() -> None:
    berlin = NOON.astimezone(timezone(timedelta(hours=2)))
    assert Stamps("aa").next(berlin) == EARLY


def test_stamps_of_one_moment_differ() -> None:
    stamps = Stamps("aa")
    assert stamps.next(NOON) < stamps.next(NOON)


@pytest.mark.parametrize("machine", ["00", "zz"])
def test_stamp_is_later_than_the_latest_seen_though_the_clock_is_behind(machine: str) -> None:
    stamps = Stamps(machine)
    stamps.see(LATE)
    assert stamps.next(NOON) > LATE
