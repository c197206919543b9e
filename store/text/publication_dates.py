"""Make a calendar day of the dates that bibliographies state."""

import re
from collections.abc import Sequence
from datetime import date
from unicodedata import normalize

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

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
"""Months whose first three letters are not those of the English name, without accents."""
_LETTERS = re.compile(r"[a-z]+")
_COMPACT = re.compile(r"\D{0,3}((?:1[5-9]|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)?(?!\d)")
_NUMERIC = re.compile(r"\D{0,3}(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?![0-9])")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_MONTH = re.compile(rf"(?<![a-z])(?:{'|'.join(MONTHS)})(?:[a-z]{{0,6}})(?![a-z])")
_DAY = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)")


def stated_day(text: str) -> tuple[int, int, int]:
    """Return the year, month and day that a text states, each 0 if it does not.

    Of a range it is the first day. Read are 2020-03-15, 20200315, 2020/3, "15 Mar 2020",
    "März 2020" and the like; "15/03/2020" gives the year alone, since it may be either way round.
    """
    text = text[:100]
    if numeric := _NUMERIC.match(text) or _COMPACT.match(text):
        return int(numeric[1]), int(numeric[2]), int(numeric[3] or 0)
    year, month = _YEAR.search(text), _month(text)
    day = _DAY.search(text) if month else None
    return int(year[0]) if year else 0, month, int(day[0]) if day else 0


def _month(text: str) -> int:
    """Return the month that a text names in one of several languages, or 0."""
    plain = text.lower()
    if not plain.isascii():
        plain = "".join(filter(str.isascii, normalize("NFKD", plain)))
    if match := _MONTH.search(plain):
        return MONTHS.index(match[0][:3]) + 1
    return next((_ABROAD[word] for word in _LETTERS.findall(plain) if word in _ABROAD), 0)


def iso_day(year: int, month: int, day: int) -> str:
    """Return YYYY-MM-DD with what is 0 or impossible as 01, or nothing where the year is."""
    for candidate in ((year, month, day), (year, month, 1), (year, 1, 1)):
        try:
            return date(*candidate).isoformat()
        except ValueError:
            continue
    return ""


def agreed_day(statements: Sequence[str]) -> str:
    """Return the day that several fields of an entry state, YYYY-MM-DD, or nothing.

    The first year stated is the year; the month and day are those of the most precise statement
    that is of this year or of none.
    """
    stated = [stated_day(statement) for statement in statements if statement]
    year = next((year for year, _, _ in stated if year), 0)
    agreeing = [(month, day) for its_year, month, day in stated if its_year in (0, year)]
    month, day = max(agreeing, key=lambda pair: (pair[0] > 0, pair[1] > 0), default=(0, 0))
    return iso_day(year, month, day)
