"""The days on which papers were listed, and how much of each is unread: what is left to catch up.

The last two weeks have one row per day, what is older one row per week.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

DAYS = 14
"""So many days, today included, have a row each."""
WHOLE, HALF = "━", "╸"


@dataclass(frozen=True, slots=True)
class Span:
    """A day, a week, or all since a day."""

    label: str
    query: str
    """The filter that shows its papers."""
    unread: int
    share: float | None = None
    """The length of its bar from 0 to 1: the square root of its part of the fullest one, so that
    a flood on one day does not flatten all others."""


def timeline(
    unread: Mapping[str, int], today: date, last_visit: date | None = None
) -> tuple[Span, ...]:
    """Return the rows, newest first; before them, where it is known, all since the last visit.

    `unread` has the number of unread papers of every day with papers (YYYY-MM-DD); what is not a
    day is left out.
    """
    days: dict[date, int] = {}
    weeks: Counter[date] = Counter()
    for text, count in unread.items():
        try:
            day = date.fromisoformat(text)
        except ValueError:
            continue
        if day > today - timedelta(days=DAYS):
            days[day] = count
        else:
            # Counted by its Monday. A week that the limit cuts is shown from there on by days.
            weeks[day - timedelta(days=day.weekday())] += count
    spans = [_since(unread, last_visit)] if last_visit else []
    fullest = max([*days.values(), *weeks.values(), 1])
    spans += [
        Span(_short(day, today, "%a "), f"date:{day}", days[day], sqrt(days[day] / fullest))
        for day in sorted(days, reverse=True)
    ]
    last = today - timedelta(days=DAYS)
    for monday in sorted(weeks, reverse=True):
        sunday = monday + timedelta(days=6)
        year, week, _ = monday.isocalendar()
        if sunday > last:
            query, end = f"date:{monday}..{last}", last
        else:
            query, end = f"date:{year}-W{week:02}", sunday
        count = weeks[monday]
        spans.append(Span(_from_to(monday, end, today), query, count, sqrt(count / fullest)))
    return tuple(spans)


def bar(share: float, width: int) -> str:
    """Return a thin bar of so many cells; only that of nothing is empty."""
    halves = min(max(round(share * width * 2), 1 if share else 0), width * 2)
    full, rest = divmod(halves, 2)
    return (WHOLE * full + (HALF if rest else "")).ljust(width)


def _since(unread: Mapping[str, int], day: date) -> Span:
    count = sum(count for text, count in unread.items() if text >= day.isoformat())
    return Span("Since last visit", f"date:{day}..", count)


def _short(day: date, today: date, weekday: str = "") -> str:
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.strftime(weekday)}{day.day} {day:%b}{year}"


def _from_to(first: date, last: date, today: date) -> str:
    if first == last:
        return _short(first, today)
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%b}"
    return f"{start}–{_short(last, today)}"
