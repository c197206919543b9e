"""The feeds one follows, as the sidebar has them: what is unread of each, when it was fetched."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from store.fetching.subscriptions import FeedState
from store.query.fields import in_quotes, quoted

_UNITS = ((7 * 86_400, "w", 2), (86_400, "d", 1), (3_600, "h", 1), (60, "m", 1))
"""The seconds of a unit, its letter, and from how many of it on it is counted in."""


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A subscription."""

    name: str
    label: str
    query: str
    """The filter that shows its papers, those that are unread if some are."""
    unread: int | None
    """None if it has no papers, and was never fetched."""
    age: str
    """How long ago it was fetched, in at most three cells."""
    failed: bool
    """Whether the last try failed."""


def feed_lines(
    followed: Iterable[tuple[str, FeedState]], unread: Mapping[str, int], now: datetime
) -> tuple[FeedLine, ...]:
    """Return a line for each feed with its state; `unread` has counts by the papers' feed."""
    return tuple(_line(name, state, unread, now) for name, state in followed)


def _line(name: str, state: FeedState, unread: Mapping[str, int], now: datetime) -> FeedLine:
    feed = state.feed or name
    count = unread.get(feed, 0)
    query = f"feed:{in_quotes(feed) if ',' in feed else quoted(feed)}"
    return FeedLine(
        name=name,
        label=name.removeprefix("https://").removeprefix("http://").removeprefix("www."),
        query=f"{query} is:unread" if count else query,
        unread=count if count or state.fetched else None,
        age=age(state.fetched, now),
        failed=bool(state.error),
    )


def age(fetched: str, now: datetime) -> str:
    """Return how long ago a moment (ISO 8601, in UTC) was, as "3h"; a dash for none."""
    if not fetched:
        return "–"
    moment = datetime.fromisoformat(fetched)
    seconds = (now - moment.replace(tzinfo=moment.tzinfo or UTC)).total_seconds()
    for size, unit, least in _UNITS:
        count = int(seconds // size)
        if count >= least:
            return f"{min(count, 99)}{unit}"
    return "now"
