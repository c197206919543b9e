"""The values that the fields of a query take."""

import re
from collections.abc import Mapping
from datetime import date

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
"""The names that may come before a colon."""

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
"""Fields that take only certain words, the likeliest first."""
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
"""Fields that take only certain values: the pattern, and the values in words."""

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
"""Values whose ends complete every half-typed value."""


def quoted(value: str) -> str:
    """Return a name as written in a query, after `#` or the colon of a field."""
    return in_quotes(value) if not value or _NEEDS_QUOTES.search(value) else value


def in_quotes(value: str) -> str:
    """Return a text quoted for a query; a quote in it gets a backslash."""
    return '"' + _ESCAPED.sub(r"\\\g<0>", value.translate(STRAIGHT)) + '"'


def unquoted(text: str) -> str:
    """Return the text inside quotes, without backslashes."""
    return _BACKSLASH.sub(r"\1", text)


def in_one_case(name: str, value: str) -> str:
    """Return the value for comparison: in lower case if the field has its own words."""
    return value.lower() if name in _VALUES else value


def value_problem(name: str, value: str) -> str:
    """Return the error of a field's value; empty if it is right."""
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
    """Return whether a wrong value becomes right when more is typed."""
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
