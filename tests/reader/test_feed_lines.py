"""The feeds in the sidebar: when each was fetched, what is unread of it, which filter shows it."""

from datetime import UTC, datetime, timedelta

import pytest

from store.fetching.subscriptions import NEVER, FeedState
from tui.reader.feed_lines import FeedLine, age, feed_lines

NOW = datetime(2025, 8, 1, 12, tzinfo=UTC)


def state(ago: timedelta, error: str = "", feed: str = "") -> FeedState:
    """Return the state of a feed that was fetched so long ago."""
    return FeedState(fetched=(NOW - ago).isoformat(), error=error, feed=feed)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=-90), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=1), "1m"),
        (timedelta(minutes=59), "59m"),
        (timedelta(hours=23), "23h"),
        (timedelta(days=13), "13d"),
        (timedelta(days=14), "2w"),
        (timedelta(days=3_000), "99w"),
    ],
)
def test_age_is_a_number_and_a_letter(ago: timedelta, words: str) -> None:
    assert age(state(ago).fetched, NOW) == words


def test_line_counts_by_the_name_that_papers_have() -> None:
    site = "https://www.a.example/x,y"
    lines = feed_lines(
        [
            ("hf", state(timedelta(hours=3), "no connection", "hf")),
            (site, state(timedelta(), feed="A, B")),
            ("new", NEVER),
        ],
        {"hf": 12, "A, B": 0},
        NOW,
    )
    assert lines == (
        FeedLine("hf", "hf", "feed:hf is:unread", 12, "3h", True),
        FeedLine(site, "a.example/x,y", 'feed:"A, B"', 0, "now", False),
        FeedLine("new", "new", "feed:new", None, "–", False),
    )
