"""The rows of days and weeks that are left to catch up, and their bars."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.query.fields import date_range
from store.query.syntax import parse
from tui.reader.timeline import Span, bar, timeline

TODAY = date(2025, 8, 15)
"""A Friday."""


def rows(unread: Mapping[str, int], last_visit: date | None = None) -> list[tuple[str, str, int]]:
    """Return label, filter and count of each row."""
    return [(span.label, span.query, span.unread) for span in timeline(unread, TODAY, last_visit)]


def test_no_papers_have_no_rows() -> None:
    assert rows({}) == []


def test_days_have_a_row_each_the_newest_first() -> None:
    assert rows({"2025-08-14": 2, "2025-08-15": 3}) == [
        ("Fri 15 Aug", "date:2025-08-15", 3),
        ("Thu 14 Aug", "date:2025-08-14", 2),
    ]


def test_day_that_is_read_has_a_row() -> None:
    assert rows({"2025-08-14": 0}) == [("Thu 14 Aug", "date:2025-08-14", 0)]


def test_days_of_a_week_are_one_row_after_two_weeks() -> None:
    assert rows({"2025-07-21": 2, "2025-07-27": 3}) == [("21–27 Jul", "date:2025-W30", 5)]


def test_week_of_two_months_names_both() -> None:
    assert rows({"2025-07-01": 1})[0][0] == "30 Jun–6 Jul"


def test_week_of_another_year_names_it() -> None:
    assert rows({"2024-07-01": 1}) == [("1–7 Jul 2024", "date:2024-W27", 1)]


def test_last_week_of_a_year_may_begin_in_the_one_before() -> None:
    assert rows({"2024-12-31": 1})[0][1] == "date:2025-W01"


def test_week_in_which_two_weeks_ago_lies_ends_there() -> None:
    assert rows({"2025-07-28": 1, "2025-08-01": 2, "2025-08-02": 4}) == [
        ("Sat 2 Aug", "date:2025-08-02", 4),
        ("28 Jul–1 Aug", "date:2025-07-28..2025-08-01", 3),
    ]


def test_day_to_come_has_a_row() -> None:
    assert rows({"2025-08-16": 1}) == [("Sat 16 Aug", "date:2025-08-16", 1)]


def test_papers_without_a_day_have_none() -> None:
    assert rows({"": 3, "2025-02-31": 2}) == []


def test_all_since_the_last_visit_come_first() -> None:
    unread = {"2025-08-15": 1, "2025-08-13": 2, "2025-08-12": 4}
    assert rows(unread, date(2025, 8, 13))[0] == ("Since last visit", "date:2025-08-13..", 3)


def test_bars_of_days_and_weeks_are_of_one_scale() -> None:
    unread = {"2025-08-15": 10, "2025-08-14": 5, "2025-07-21": 40, "2025-07-14": 20}
    parts = [(span.share or 0) ** 2 for span in timeline(unread, TODAY)]
    assert parts == pytest.approx([0.25, 0.125, 1, 0.5])


@given(
    st.dictionaries(
        st.dates(date(1990, 1, 1), date(2025, 8, 20)).map(date.isoformat), st.integers(0, 9)
    ),
    st.integers(0, 400),
)
def test_every_day_is_in_one_row(unread: dict[str, int], later: int) -> None:
    spans = timeline(unread, TODAY + timedelta(days=later))
    assert dict.fromkeys(unread, 1) == {day: len(holding(day, spans)) for day in unread}


@given(
    st.dictionaries(
        st.dates(date(1990, 1, 1), date(2025, 8, 20)).map(date.isoformat), st.integers(0, 9)
    )
)
def test_rows_are_filters_that_can_be_understood(unread: dict[str, int]) -> None:
    assert not [span for span in timeline(unread, TODAY) if parse(span.query).problems]


def holding(day: str, spans: tuple[Span, ...]) -> list[Span]:
    """Return the rows whose filter finds the papers of a day."""
    held = []
    for span in spans:
        first, last = date_range(span.query.removeprefix("date:").lower(), TODAY)
        if first <= day <= last:
            held.append(span)
    return held


@pytest.mark.parametrize(
    ("share", "drawn"),
    [(0, "     "), (0.001, "╸    "), (0.5, "━━╸  "), (1, "━━━━━")],
)
def test_bar(share: float, drawn: str) -> None:
    assert bar(share, 5) == drawn
