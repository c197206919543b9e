"""What has to hold of every reading of a feed, whatever the feed holds."""

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
