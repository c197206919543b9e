"""Lines of the list: papers and the headings between days."""

from conftest import paper
from hypothesis import given
from hypothesis import strategies as st

from tui.reader.widgets.list_layout import DayRows

LENGTHS = st.lists(st.integers(1, 4), min_size=1, max_size=6)


def rows(lengths: list[int]) -> DayRows:
    """Return the rows of days with these numbers of papers."""
    days = [day for day, length in enumerate(lengths) for _ in range(length)]
    papers = {
        str(place): paper(str(place), date=f"2025-08-{31 - d}") for place, d in enumerate(days)
    }
    return DayRows(papers, list(papers), headings=True)


@given(LENGTHS)
def test_each_day_has_a_heading(lengths: list[int]) -> None:
    assert len(rows(lengths)) == sum(lengths) + len(lengths)


@given(LENGTHS)
def test_row_of_a_place_is_at_that_place(lengths: list[int]) -> None:
    lines = rows(lengths)
    assert [lines.place_at(lines.row_of(p)) for p in range(sum(lengths))] == list(
        range(sum(lengths))
    )


@given(LENGTHS)
def test_papers_are_in_rows_that_are_no_headings(lengths: list[int]) -> None:
    lines = rows(lengths)
    papers = [lines.row_of(place) for place in range(sum(lengths))]
    assert papers == [row for row in range(len(lines)) if not lines.is_heading(row)]


@given(LENGTHS)
def test_heading_is_at_the_place_of_the_first_paper_of_its_day(lengths: list[int]) -> None:
    lines = rows(lengths)
    headings = [row for row in range(len(lines)) if lines.is_heading(row)]
    assert [len(lines.day_of(lines.place_at(row))) for row in headings] == lengths


def test_next_day_begins_behind_this_one() -> None:
    assert rows([2, 3]).next_day(0, 1) == 2


def test_there_is_no_day_behind_the_last() -> None:
    assert rows([2, 3]).next_day(2, 1) is None


def test_previous_day_from_within_a_day_is_its_beginning() -> None:
    assert rows([2, 3]).next_day(4, -1) == 2


def test_previous_day_from_the_beginning_of_a_day_is_the_one_before() -> None:
    assert rows([2, 3]).next_day(2, -1) == 0


def test_no_papers_have_no_rows() -> None:
    assert len(DayRows({}, [], headings=True)) == 0
