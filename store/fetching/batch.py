"""Papers on their way into a library.

In a large library storing takes long, however few papers it is for. Several days' papers are then
stored together, so that storing takes no more time than fetching.
"""

from collections.abc import Callable, Iterable
from time import monotonic
from typing import Protocol

from store.model import Paper
from store.papers.months import Added


class Add(Protocol):
    """Puts the papers that a feed lists into a library, as Library.add does."""

    def __call__(self, papers: Iterable[Paper], feed: str, *, tex: bool) -> Added:
        """Tell how many of them were new."""


class Batch:
    """Papers that were fetched and are not stored yet."""

    def __init__(self, add: Add, clock: Callable[[], float] = monotonic) -> None:
        self._add = add
        self._clock = clock
        self._waiting: dict[tuple[str, bool], list[Paper]] = {}
        self._stored_at = clock()
        self._cost = 0.0
        """Seconds that storing took the last time."""

    def put(self, papers: Iterable[Paper], feed: str, tex: bool) -> None:
        """Let papers of a feed wait; `tex` tells that their texts are TeX source throughout."""
        self._waiting.setdefault((feed, tex), []).extend(papers)

    @property
    def is_due(self) -> bool:
        """Whether fetching has gone on for as long as storing took the last time."""
        return self._clock() - self._stored_at >= self._cost

    def store(self) -> Added:
        """Store all that waits."""
        started = self._clock()
        imported = updated = unchanged = 0
        while self._waiting:
            (feed, tex), papers = self._waiting.popitem()
            added = self._add(papers, feed, tex=tex)
            imported += added.imported
            updated += added.updated
            unchanged += added.unchanged
        self._stored_at = self._clock()
        self._cost = self._stored_at - started
        return Added(imported, updated, unchanged)
