"""Read dates: those of feeds, and those that bibliographies state. A day is YYYY-MM-DD."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from unicodedata import normalize

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The first three letters of the English names."""
_ABROAD = {
    # German, Dutch, French, Italian, Spanish, Portuguese, Polish and Scandinavian.
    **dict.fromkeys(("januar", "janvier", "gennaio", "gen", "enero", "ene", "janeiro"), 1),
    **dict.fromkeys(("fevrier", "fevereiro", "fev", "fevr"), 2),
    **dict.fromkeys(("maerz", "mrz", "maart", "mrt"), 3),
    **dict.fromkeys(("avril", "avr", "abril", "abr"), 4),
    **dict.fromkeys(("mai", "mei", "maj", "maio", "maggio", "mag"), 5),
    **dict.fromkeys(("juin", "giugno", "giu"), 6),
    **dict.fromkeys(("juillet", "juil", "luglio", "lug"), 7),
    **dict.fromkeys(("aout", "agosto", "ago"), 8),
    **dict.fromkeys(("settembre", "setembro", "set"), 9),
    **dict.fromkeys(("oktober", "okt", "ottobre", "ott", "outubro", "out"), 10),
    **dict.fromkeys(
        ("dezember", "dez", "dezembro", "dicembre", "dic", "diciembre", "desember", "des"), 12
    ),
}
"""Months that do not begin like their English names, by their names without accents."""
_LETTERS = re.compile(r"[a-z]+")
_ISO = re.compile(r"([12][0-9]{3})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?(?![0-9-])")
_MAIL = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?([0-9]{1,2})[ -]+([A-Za-z]{3})[a-z]{0,6}\.?[ -]+([12][0-9]{3})"
)
_COMPACT = re.compile(r"\D{0,3}((?:1[5-9]|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)?(?!\d)")
_NUMERIC = re.compile(r"\D{0,3}(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?![0-9])")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_MONTH = re.compile(rf"(?<![a-z])(?:{'|'.join(MONTHS)})(?:[a-z]{{0,6}})(?![a-z])")
_DAY = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)")


@lru_cache(maxsize=1024)
def exact_day(text: str) -> str:
    """Return a day in the form of ISO 8601 as YYYY-MM-DD; empty for any other text.

    Answers are remembered: many papers have the same day.
    """
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def feed_day(text: str | None) -> str:
    """Return the day of a feed's date, in the time zone that it is written in; empty for none.

    Forms: ISO 8601 (RFC 3339; a missing month or day is the first one) and RFC 822.
    """
    text = (text or "").strip()
    if match := _ISO.match(text):
        year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    elif (match := _MAIL.match(text)) and match[2].lower() in MONTHS:
        year, month, day = int(match[3]), MONTHS.index(match[2].lower()) + 1, int(match[1])
    else:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def agreed_day(statements: Sequence[str]) -> str:
    """Return the day that the fields of an entry state together; empty without a year.

    The first year stated is the year. Month and day come from the most precise statement that
    names this year or none.
    """
    stated = [_stated_day(statement) for statement in statements if statement]
    year = next((year for year, _, _ in stated if year), 0)
    agreeing = [(month, day) for its_year, month, day in stated if its_year in (0, year)]
    month, day = max(agreeing, key=lambda pair: (pair[0] > 0, pair[1] > 0), default=(0, 0))
    return iso_day(year, month, day)


def iso_day(year: int, month: int, day: int) -> str:
    """Return YYYY-MM-DD, with 01 for an impossible month or day; empty for an impossible year."""
    for candidate in ((year, month, day), (year, month, 1), (year, 1, 1)):
        try:
            return date(*candidate).isoformat()
        except ValueError:
            continue
    return ""


def _stated_day(text: str) -> tuple[int, int, int]:
    """Return the year, month and day that a text states, each 0 if it does not.

    Of a range it is the first day. Forms: 2020-03-15, 20200315, 2020/3, "15 Mar 2020",
    "März 2020" and the like. "15/03/2020" states a year alone: the rest may be either way round.
    """
    text = text[:100]
    if numeric := _NUMERIC.match(text) or _COMPACT.match(text):
        return int(numeric[1]), int(numeric[2]), int(numeric[3] or 0)
    year, month = _YEAR.search(text), _month(text)
    day = _DAY.search(text) if month else None
    return int(year[0]) if year else 0, month, int(day[0]) if day else 0


def _month(text: str) -> int:
    """Return the number of the month that a text names, in one of several languages; else 0."""
    plain = text.lower()
    if not plain.isascii():
        plain = "".join(filter(str.isascii, normalize("NFKD", plain)))
    if match := _MONTH.search(plain):
        return MONTHS.index(match[0][:3]) + 1
    return next((_ABROAD[word] for word in _LETTERS.findall(plain) if word in _ABROAD), 0)
