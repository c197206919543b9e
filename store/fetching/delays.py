"""How long to wait before the next request: as the server asks, or longer after each failure."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

LONGEST = 10 * 366 * 86_400.0
"""Seconds; a server that asks for more is wrong, and no calendar has the time."""

_LIMIT = re.compile(
    r";\s*r=(\d{1,15})\b.*?;\s*t=(\d{1,15})\b|;\s*t=(\d{1,15})\b.*?;\s*r=(\d{1,15})\b"
)


def retry_after(value: str, now: datetime) -> float:
    """Return the seconds in a Retry-After header, 0 if it can't be understood.

    Its value is a number of seconds or a date (RFC 9110, section 10.2.3).
    """
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,15}", value):
        return min(float(value), LONGEST)
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - now).total_seconds()
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0.0
    return min(max(seconds, 0.0), LONGEST)


def rate_limit(value: str) -> float:
    """Return the seconds until a RateLimit header allows requests again, 0 if it does now.

    Hugging Face sends `"api";r=0;t=55`: no request for 55 seconds (IETF draft
    httpapi-ratelimit-headers).
    """
    found = _LIMIT.search(value)
    if found is None:
        return 0.0
    remaining, seconds = (int(found[1] or found[4]), int(found[2] or found[3]))
    return min(float(seconds), LONGEST) if remaining == 0 else 0.0


def asked_delay(headers: Mapping[str, str], now: datetime) -> float:
    """Return the seconds to wait before the next request by the headers of an answer, or 0.

    Names of headers are in lower case.
    """
    return max(
        retry_after(headers.get("retry-after", ""), now),
        rate_limit(headers.get("ratelimit", "")),
    )


def back_off(attempt: int, chance: float) -> float:
    """Return the seconds to wait after a failed attempt, counted from 0.

    They double each time. `chance`, from 0 to 1, spreads them between half and all of it, so that
    clients that failed together do not all come back at once.
    """
    return float(2.0 ** (attempt + 1) * (0.5 + chance / 2))


def moment_after(now: datetime, seconds: float) -> str:
    """Return the local time after so many seconds in words, with the day if it is not today."""
    moment = (now + timedelta(seconds=seconds)).astimezone()
    today = moment.date() == now.astimezone().date()
    return f"{moment:%H:%M}" if today else f"{moment:%Y-%m-%d %H:%M}"
