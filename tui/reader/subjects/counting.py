"""Counting for the sidebar: unread papers of each day and feed, and matches of each view.

It takes longer than a key may wait, so it runs in slices, and only while the sidebar is open.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from store.model import NO_MARKS
from tui.reader.background import Background, Priority
from tui.reader.panes import Panes
from tui.reader.session import Session

if TYPE_CHECKING:
    from store.fetching.subscriptions import FeedState

COUNTED = 2_000
"""Papers that are counted before keys are let through."""
SLICE = 3_000
"""Abstracts that are searched before keys are let through."""
RECOUNTED_AFTER = 0.2
"""Seconds from a change to the next count: several changes in a row are counted once."""


class Counting:
    """Keeps the counts of the sidebar."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        background: Background,
        last_visit: Callable[[date], date | None],
        followed: "Callable[[], Sequence[tuple[str, FeedState]]]",
    ) -> None:
        self._session = session
        self._panes = panes
        self._background = background
        self._last_visit = last_visit
        self._followed = followed

    def anew(self, delay: float = RECOUNTED_AFTER) -> None:
        """Count after some seconds if the sidebar is open."""
        if self._panes.sidebar_shown:
            self._panes.paint_sidebar()
            self._background.start(Priority.COUNTS, self._count(), delay)

    def _count(self) -> Iterator[None]:
        """Count the unread papers of each day and feed, then the matches of each view."""
        from store.fetching.client import utc_now
        from store.query.syntax import parse
        from tui.reader.feed_lines import feed_lines
        from tui.reader.timeline import timeline

        session, counts = self._session, self._panes.counts
        unread: dict[str, int] = {}
        of_feeds = Counter[str]()
        for number, paper in enumerate(list(session.library.papers.values()), 1):
            marks = session.all_marks.get(paper.id, NO_MARKS)
            is_unread = not marks.read and (session.show_hidden or not marks.hidden)
            unread[paper.date] = unread.get(paper.date, 0) + is_unread
            if is_unread:
                of_feeds.update(paper.feeds)
            if number % COUNTED == 0:
                yield
        today = session.today()
        counts.feeds = feed_lines(self._followed(), of_feeds, utc_now())
        counts.spans = timeline(unread, today, self._last_visit(today))
        self._panes.paint_sidebar()
        views: dict[str, int] = {}
        for view in session.known_views:
            yield
            if not self._panes.sidebar_shown:
                return
            for count in session.count(parse(view.query, views=session.views), SLICE):
                if count is None:
                    yield
                else:
                    views[view.query] = count
        counts.views = views
        self._panes.paint_sidebar()
