"""One feed, fetched once."""

from datetime import UTC, date, datetime

import pytest

from store.fetching.client import Page, Validators
from store.fetching.feed_run import FeedRun
from store.fetching.sources import Mirrors, find_source
from store.fetching.subscriptions import FeedState
from store.fetching.visit import Visit
from store.library import Library

pytestmark = pytest.mark.slow

THURSDAY, FRIDAY, SATURDAY = (date(2025, 7, 31), date(2025, 8, 1), date(2025, 8, 2))


def nothing_new(address: str, known: Validators) -> Page:
    return Page(b"", known, unchanged=True)


def test_unchanged_days_that_are_over_count_as_fetched(library: Library) -> None:
    states: list[FeedState] = []
    run = FeedRun(
        find_source("hf", Mirrors()),
        Visit(SATURDAY, complete=THURSDAY),
        FeedState(complete=THURSDAY),
        nothing_new,
        library.add,
        states.append,
    )
    list(run.run(lambda: datetime(2025, 8, 2, 12, tzinfo=UTC)))
    assert states[-1].complete == FRIDAY
