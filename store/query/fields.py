"""The fields of a query: their names, their valid values, the meaning of dates and numbers."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from store.text.fold import STRAIGHT

FIELDS = (
    *(
        "is",
        "has",
        "tag",
        "author",
        "title",
        "abstract",
        "text",
        "note",
        "id",
        "arxiv",
        "doi",
        "feed",
    ),
    *("date", "published", "upvotes", "score", "about", "like", "sort", "view"),
    *("type", "cat", "comment", "keyword", "venue"),
)
"""The names that may be before a colon."""

STRING = r'"(?:\\["\\]|[^"])*'
"""A quoted text up to its second quote, if it has one."""
_NEEDS_QUOTES = re.compile(r'[\s(),"“”„‟＂]')
_ESCAPED = re.compile(r'["\\]')
_BACKSLASH = re.compile(r'\\(["\\])')

_DATE = (
    r"(?:[1-9]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?|-w(?:0[1-9]|[1-4]\d|5[0-3]))?"
    r"|\d{1,5}d|today|yesterday)"
)
SORTS = ("date", "published", "upvotes", "rising", "score", "foryou", "title", "relevance")
"""The keys of `sort:`; a `-` before one reverses it."""
ANNOUNCED = ("new", "cross", "replace", "replace-cross")
"""The types of arXiv's announcements, for `type:`."""
WORDS: Mapping[str, tuple[str, ...]] = {
    "is": ("unread", "read", "starred", "tagged", "new", "hidden", "updated", "begun"),
    "has": ("code", "note", "pdf", "pdf-file", "text", "abstract"),
    "type": ANNOUNCED,
    "sort": tuple(f"{sign}{key}" for sign in ("", "-") for key in SORTS),
}
"""The words that a field accepts, the likeliest first, for fields that accept only words."""
_DAYS = ("today", "yesterday", "7d", "30d")
OFFERED: Mapping[str, tuple[str, ...]] = {**WORDS, "date": _DAYS, "published": _DAYS}
"""The values that completion offers, the same in every library, the likeliest first."""
_SORT_KEY = f"-?(?:{'|'.join(SORTS)})"
_DATE_VALUE = (rf"{_DATE}|{_DATE}\.\.(?:{_DATE})?|\.\.{_DATE}", "2025, 2025-08, a..b, 7d or today")
_VALUES = {
    "is": ("|".join(WORDS["is"]), "read, unread, starred, tagged, new, hidden, updated or begun"),
    "has": ("|".join(WORDS["has"]), "code, note, pdf, pdf-file, text or abstract"),
    "type": ("|".join(ANNOUNCED), f"{', '.join(ANNOUNCED[:-1])} or {ANNOUNCED[-1]}"),
    "date": _DATE_VALUE,
    "published": _DATE_VALUE,
    "upvotes": (
        r"(?:[<>]=?|=)?\d{1,9}|\d{1,9}\.\.(?:\d{1,9})?|\.\.\d{1,9}",
        "a number, >=50, <50 or 10..20",
    ),
    "score": (
        r"(?:[<>]=?|=)?-?\d{1,7}|-?\d{1,7}\.\.(?:-?\d{1,7})?|\.\.-?\d{1,7}",
        "a number, >=5, <0 or -3..10",
    ),
    "sort": (rf"{_SORT_KEY}(?:,{_SORT_KEY})*", f"{', '.join(SORTS[:-1])} or {SORTS[-1]}"),
}
"""The valid values of a field, as a pattern and in words; other fields accept anything."""

_DATES = ("2024-01-01", "2024-10-30", "2024-w11", "7d", "today", "yesterday", "..2024-01-01")
_EXAMPLES: dict[str, tuple[str, ...]] = {
    "is": WORDS["is"],
    "has": WORDS["has"],
    "type": ANNOUNCED,
    "date": _DATES,
    "published": _DATES,
    "upvotes": (">=50", "10..20"),
    "score": (">=-5", "-3..-1"),
    "sort": ("-date", *SORTS),
}
"""Valid values; every half-typed value becomes valid with the end of one."""


def quoted(value: str) -> str:
    """Return a value as written in a query, after `#` or the colon of a field."""
    return in_quotes(value) if not value or _NEEDS_QUOTES.search(value) else value


def in_quotes(value: str) -> str:
    """Return a text quoted for a query; a quote in it gets a backslash."""
    return '"' + _ESCAPED.sub(r"\\\g<0>", value.translate(STRAIGHT)) + '"'


def unquoted(text: str) -> str:
    """Return the text inside quotes, without backslashes."""
    return _BACKSLASH.sub(r"\1", text)


def in_one_case(name: str, value: str) -> str:
    """Return a value for comparison: in lower case if its field accepts only certain words."""
    return value.lower() if name in _VALUES else value


def value_problem(name: str, value: str) -> str:
    """Return what is wrong with a field's value, in words; empty if it is valid."""
    if not value.strip(" \t\n,"):
        return f"{name}: takes {_VALUES[name][1]}" if name in _VALUES else f"{name}: needs a value"
    if name not in _VALUES:
        return ""
    pattern, words = _VALUES[name]
    if not re.fullmatch(pattern, value, re.ASCII):
        return f"{name}: takes {words}"
    if name in ("date", "published"):
        for part in value.split(".."):
            if not _in_the_calendar(part):
                return f"{name}: there is no {part.upper()} in the calendar"
    return ""


def is_half_typed(name: str, value: str) -> bool:
    """Return whether an invalid value may become valid when more is typed."""
    return not value or any(
        not value_problem(name, value + example[start:])
        for example in _EXAMPLES.get(name, ())
        for start in range(len(example))
    )


def _in_the_calendar(text: str) -> bool:
    """Return whether a day or week exists; True for anything else."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            date.fromisoformat(text)
        elif "-w" in text:
            date.fromisocalendar(int(text[:4]), int(text[6:]), 1)
    except ValueError:
        return False
    return True


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
