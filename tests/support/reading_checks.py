"""What has to hold of every reading of a feed, whatever the feed holds."""

import gc
import resource
import sys
import time
from collections.abc import Callable

from hypothesis import settings

from store.feeds.reading import FeedReading
from store.text.clean import ABSTRACT_LIMIT, clean_line


def check_harmless(reading: FeedReading) -> None:
    """Check that nothing in a reading can do harm on a screen, in a file or as an address."""
    assert all(problem == clean_line(problem) for problem in reading.problems)
    for one in reading.papers:
        assert one.title
        lines = (one.title, one.venue, one.comment, *one.authors, *one.keywords, *one.categories)
        for line in lines:
            assert line == clean_line(line)
        assert len(one.abstract) <= ABSTRACT_LIMIT
        assert all(
            not link or link.startswith(("http://", "https://"))
            for link in (one.links.page, one.links.pdf, one.links.code, one.links.project)
        )


def many(count: int) -> int:
    """Return how many are many: a few of what a file may have, but all of it in thorough runs."""
    return count if settings.get_current_profile_name() == "thorough" else count // 20


def peak_megabytes() -> float:
    """Return the most memory this process ever had."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def check_costs_little(read: Callable[[], object]) -> None:
    """Check that reading something of many parts takes little time and memory."""
    before = peak_megabytes()
    # As the program reads: without looking for garbage among what all tests before have left.
    gc.disable()
    began = time.process_time()
    try:
        read()
    finally:
        took = time.process_time() - began
        gc.enable()
    assert took < max(many(2), 1)
    assert peak_megabytes() - before < max(many(300), 100)
