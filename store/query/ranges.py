"""The meaning of dates and numbers in a query: their first and last, both included."""

import re
from datetime import date, timedelta


def date_range(value: str, today: date) -> tuple[str, str]:
    """Return the first and last day, both included and written YYYY-MM-DD, of a date's value.

    `7d` is the day seven days ago at an end of a range; alone it means since that day.
    The ends of a range may be in either order.
    """
    if re.fullmatch(r"\d+d", value):
        value += ".."
    first, dots, last = value.partition("..")
    ends = [_days(each, today) for each in (first, last if dots else first) if each]
    return (
        min(start for start, _ in ends) if first else "0000",
        max(end for _, end in ends) if last or not dots else "9999-12-31",
    )


def number_range(value: str) -> tuple[float, float]:
    """Return the smallest and greatest matching number; a bare number is the smallest."""
    if ".." in value:
        low, _, high = value.partition("..")
        ends = float(low or "-inf"), float(high or "inf")
        return (min(ends), max(ends))
    sign, number = value.rstrip("-0123456789"), float(value.lstrip("<>="))
    if sign == "=":
        return (number, number)
    step = 0 if sign.endswith("=") or not sign else 1
    if sign.startswith("<"):
        return (float("-inf"), number - step)
    return (number + step, float("inf"))


def _days(value: str, today: date) -> tuple[str, str]:
    """Return the first and last day of one date: a day, month, week, year or `7d`."""
    value = {"today": "0d", "yesterday": "1d"}.get(value, value)
    try:
        if value.endswith("d"):
            day = (today - timedelta(days=int(value[:-1]))).isoformat()
            return (day, day)
        year, _, week = value.partition("-w")
        if week:
            monday = date.fromisocalendar(int(year), 1, 1) + timedelta(weeks=int(week) - 1)
            return (monday.isoformat(), (monday + timedelta(days=6)).isoformat())
    except OverflowError:  # before the year 1 or after 9999
        return ("0000", "0000") if value.endswith("d") else ("9999-12-31", "9999-12-31")
    return (value + "-01-01"[len(value) - 4 :], value + "-12-31"[len(value) - 4 :])
