"""Read the dates of feeds, as days in the time zone they are written in."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"([12][0-9]{3})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?(?![0-9-])")
_MAIL = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?([0-9]{1,2})[ -]+([A-Za-z]{3})[a-z]{0,6}\.?[ -]+([12][0-9]{3})"
)


def feed_day(text: str | None) -> str:
    """Return the day of a date as YYYY-MM-DD, empty for what is not a date or an impossible one.

    Dates are of ISO 8601 (RFC 3339; a missing month or day is the first) or of RFC 822.
    """
    text = (text or "").strip()
    if match := _ISO.match(text):
        year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    elif (match := _MAIL.match(text)) and match[2].lower() in _MONTHS:
        year, month, day = int(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1])
    else:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
