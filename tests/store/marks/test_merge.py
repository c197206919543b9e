"""Marks are a last-writer-wins map."""

from datetime import UTC, datetime, timedelta, timezone
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.marks.cells import (
    Cells,
    Stamps,
    cells_of,
    check_harmless,
    inverse,
    is_stamp,
    later_in,
    latest_stamp,
    marks_of,
    merge_cells,
    needed,
    upgrade_marks,
    without,
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
        "#x": FLAG,
        "#y": FLAG,
    },
).map(lambda cells: cast(Cells, cells))
TAGS = st.sampled_from([(), ("x",), ("x", "y")])
FLAGS = st.none() | st.booleans()
CHANGES = st.builds(Change, FLAGS, FLAGS, st.none() | st.sampled_from(["", "a"]), TAGS)
LATER, LATEST = "2025-08-02T12:00:00.000Z/aa", "2025-08-03T12:00:00.000Z/aa"


def values_of(marks: Marks) -> Change:
    """Return the change that sets all that the marks have."""
    return Change(marks.read, marks.starred, marks.note, marks.tags)


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


def test_mark_undone_has_no_time() -> None:
    assert marks_of(cells_of(Change(starred=False), EARLY)).starred_at == ""


def test_latest_stamp_of_any_cell_is_found() -> None:
    cells: Cells = {"read": [True, EARLY], "#a": [False, LATE]}
    assert latest_stamp(cells) == LATE


@given(CELLS, CHANGES)
def test_inverse_brings_the_marks_back(cells: Cells, change: Change) -> None:
    before = marks_of(cells)
    part = needed(before, change)
    changed = merge_cells(cells, cells_of(part, LATER))
    back = marks_of(merge_cells(changed, cells_of(inverse(before, part), LATEST)))
    assert needed(before, values_of(back)) == Change()


@given(CELLS, CHANGES)
def test_what_was_changed_needs_no_change(cells: Cells, change: Change) -> None:
    changed = marks_of(merge_cells(cells, cells_of(change, LATER)))
    assert needed(changed, change) == Change()


@given(CHANGES)
def test_change_without_all_it_sets_is_no_change(change: Change) -> None:
    assert without(change, cells_of(change, EARLY)) == Change()


def test_cells_that_changed_since_they_were_seen_are_reported() -> None:
    seen: Cells = {"read": [True, EARLY], "#a": [True, EARLY]}
    cells: Cells = {"read": [True, EARLY], "#a": [False, LATE], "#b": [True, EARLY]}
    assert later_in(cells, seen, of=["read", "#a", "#b"]) == {"#a", "#b"}


def test_cells_that_nobody_asks_about_are_not_told() -> None:
    assert later_in({"#a": [False, LATE]}, {}, of=["read"]) == set()


@pytest.mark.parametrize(
    "stamp",
    [
        "",
        "2025-08-01",
        "2025-08-01T12:00:00.000Z",
        "2025-08-01T12:00:00.000Z/",
        "2025-08-01T12:00:00.000Z/a/b",
        "2025-02-30T12:00:00.000Z/a",
        "9999-12-31T23:59:59.999Z/a",
        "2025-08-01T12:00:00Z/a",
    ],
)
def test_what_is_no_stamp_is_reported(stamp: str) -> None:
    assert not is_stamp(stamp)


@pytest.mark.parametrize(
    "document",
    [
        {"read": True},
        {"read": [True]},
        {"note": {"a": 1, "b": 2}},
        {"read": [1, EARLY]},
        {"read": [True, 1]},
        {"read": [True, "now"]},
        {"note": [True, EARLY]},
        {"note": ["\x1b[2J", EARLY]},
        {"tags": {"a": [True, EARLY]}},
        {"#": [True, EARLY]},
        {"#a b": [True, EARLY]},
        {"#\u202ea": [True, EARLY]},
        {"": [True, EARLY]},
        {"later": [None, EARLY]},
        {"later": [["a"], EARLY]},
        {"later": ["\x1b[2J", EARLY]},
        {"Later than now": [True, EARLY]},
    ],
)
def test_marks_from_outside_that_are_none_are_refused(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        check_harmless({"a": document})


def test_layout_1_with_its_map_of_tags_is_brought_to_layout_2() -> None:
    tables = {"marks": {"a": {"read": [True, EARLY], "tags": {"x": [False, LATE]}}}}
    upgrade_marks(tables)
    assert tables == {"marks": {"a": {"read": [True, EARLY], "#x": [False, LATE]}}}


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
