"""Fetch feeds into a library, one after the other; only one program at a time.

A feed is fetched part by part: request, read, store, record. So it may end anywhere.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Protocol, TypeAlias

from store.errors import (
    FetchCancelledError,
    FetchError,
    LibraryBusyError,
    NotAFeedError,
    PapersError,
)
from store.feeds.reading import FeedReading
from store.fetching.client import UNKNOWN, Page, Validators
from store.fetching.sources import Source
from store.fetching.subscriptions import NEVER, FeedState, Subscriptions
from store.fetching.visit import CURSOR, Outcome, Part, Progress, Visit, left_out
from store.files.locks import lock_holder, locked
from store.model import Paper
from store.papers.months import Added
from store.text.clean import clean_line

Get: TypeAlias = Callable[[str, Validators], Page]
"""Requests a page, like Client.get."""

_TOTAL = re.compile(rb"totalResults[^<>]{0,200}>\s*(\d{1,9})\s*<")
"""The entries on all pages, of arXiv's API."""
_COUNT = re.compile(rb'"count"\s*:\s*"?(\d{1,9})\b')
"""The entries on a page, of bioRxiv's API."""
_ALL = re.compile(rb'"total"\s*:\s*"?(\d{1,9})\b')
"""The entries on all pages, of bioRxiv's API."""
_BIBTEX = re.compile(rb"^[ \t]*@", re.MULTILINE)


class Add(Protocol):
    """Adds the papers of a feed to a library, like Library.add."""

    def __call__(self, papers: Iterable[Paper], feed: str, *, tex: bool) -> Added:
        """Return how many were new; `tex` is whether their texts are TeX throughout."""


class FeedRun:
    """One feed, fetched once.

    `remember` stores the feed's state, always after the papers that it covers.
    """

    def __init__(
        self,
        source: Source,
        visit: Visit,
        state: FeedState,
        get: Get,
        add: Add,
        remember: Callable[[FeedState], None],
    ) -> None:
        self._source = source
        self._visit = visit
        self._state = state
        self._get = get
        self._add = add
        self._remember = remember
        self._outcome = Outcome(source.name)
        self._days: list[date] = []
        self._empty: list[date] = []
        self._problems: list[str] = []
        self._error: PapersError | None = None
        self._bare = 0
        """Number of empty parts, of those that may be empty."""

    def run(self, now: Callable[[], datetime]) -> Iterator[Progress]:
        """Fetch all parts; errors are in the outcome. Raises LibraryError."""
        parts = self._source.parts(self._visit)
        if missed := left_out(parts, self._visit):
            self._problems.append(
                f"days from {missed} are too long ago and skipped; --since {missed} fetches them"
            )
        try:
            for number, part in enumerate(parts, 1):
                yield Progress(self._source.name, number, len(parts))
                self._fetch(part)
                self._remember(self._state)
            if parts and self._bare == len(parts):
                self._problems.append("nothing is listed there; is it spelled like its page?")
            moment = now().isoformat(timespec="seconds")
            self._state = replace(self._state, error="", fetched=moment)
        except (FetchError, NotAFeedError) as error:
            self._error = error
            self._state = replace(self._state, error=clean_line(str(error)))
        except FetchCancelledError as error:
            self._error = error
        self._remember(self._state)

    def outcome(self) -> Outcome:
        """Return the outcome so far."""
        return replace(
            self._outcome,
            days=tuple(self._days),
            empty=tuple(self._empty),
            problems=tuple(self._problems),
            error=self._error,
        )

    def _store(self, papers: Iterable[Paper], feed: str, tex: bool) -> Added:
        """Store the papers of a page, and count them."""
        added, before = self._add(papers, feed, tex=tex), self._outcome
        self._outcome = replace(
            before,
            imported=before.imported + added.imported,
            updated=before.updated + added.updated,
            unchanged=before.unchanged + added.unchanged,
        )
        return added

    def _fetch(self, part: Part) -> None:
        """Fetch and store a part, and record it in the state."""
        state, visit = self._state, self._visit
        again = visit.since or visit.until or part.otherwise
        first = self._get(
            part.page(0), UNKNOWN if again else state.validators.get(part.address, UNKNOWN)
        )
        if part.day:
            self._days.append(part.day)
        papers: dict[str, Paper] = {}
        if first.unchanged:
            complete = _complete(state.complete, part, visit, ())
            self._state = replace(state, complete=complete)
            return
        pages = 0
        for new in self._pages(part, first, papers):
            pages += 1
            papers.update((paper.id, paper) for paper in new)
        if part.day and not papers:
            self._empty.append(part.day)
        if part.otherwise and not papers:
            self._outcome = replace(self._outcome, newest=True)
            self._fetch(part.otherwise)
            return
        self._bare += bool(part.full and not papers)
        validators = dict(state.validators)
        validators.pop(part.address, None)
        # The version of the first page says nothing about the others.
        if first.validators != UNKNOWN and pages < 2:
            validators[part.address] = first.validators
        complete = _complete(state.complete, part, visit, papers.values())
        self._state = replace(self._state, complete=complete, validators=validators)

    def _pages(self, part: Part, page: Page, known: dict[str, Paper]) -> Iterator[list[Paper]]:
        """Yield the papers of each page of a part that no page before had."""
        entries = 0
        for number in range(part.pages):
            page = self._get(part.page(number, entries), UNKNOWN) if number else page
            reading = _read(page.body, part, self._visit.today)
            entries += max(_number(_COUNT, page.body), len(reading.papers))
            day = f"{part.label}: " if part.day else ""
            self._problems += [f"{day}{problem}" for problem in reading.problems]
            new = [paper for paper in reading.papers if paper.id not in known]
            total = _number(_TOTAL, page.body)
            if not new:
                if not part.while_new and total > number * part.step:
                    self._problems.append(_missing(part, len(known), total))
                return
            feed = self._source.name if part.form else reading.feed or self._source.name
            self._state = replace(self._state, feed=feed)
            added = self._store(new, feed, reading.tex)
            yield new
            if not part.counter or 0 < total <= (number + 1) * part.step:
                return
            if part.counter == CURSOR and 0 < _number(_ALL, page.body) <= entries:
                return
            if len(_BIBTEX.findall(page.body)) < part.full:
                return
            if part.while_new and not added.imported:
                return
        if part.full:
            self._problems.append(f"only the first {part.pages * part.full:,} papers are read")


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches feeds into one library."""

    folder: Path
    """The library's folder."""
    add: Add
    get: Get
    now: Callable[[], datetime]
    """Returns the time in UTC."""

    def fetch(
        self, sources: Sequence[Source], since: date | None = None, until: date | None = None
    ) -> Iterator[Progress | Outcome]:
        """Fetch feeds one after the other; yield the progress, and after each its outcome.

        A feed that fails does not stop the others. Cancelling does, after an outcome. Raises
        LibraryError if the library can't be used, FetchError if another program is fetching.
        """
        with _alone(self.folder):
            subscriptions = Subscriptions(self.folder)
            states = subscriptions.states()
            for source in sources:
                state = states.get(source.name, NEVER)
                visit = Visit(self.now().date(), state.complete, since, until)
                remember = partial(subscriptions.save, source.name)
                run = FeedRun(source, visit, state, self.get, self.add, remember)
                yield from run.run(self.now)
                outcome = run.outcome()
                yield outcome
                if isinstance(outcome.error, FetchCancelledError):
                    return


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Lock fetching into this library; FetchError if another program has the lock."""
    path = folder / "fetch"
    with ExitStack() as held:
        try:
            held.enter_context(locked(path, patiently=False))
        except LibraryBusyError as error:
            holder = lock_holder(path) or "another program"
            raise FetchError(f"{holder} is fetching into this library already") from error
        yield


def _read(body: bytes, part: Part, today: date) -> FeedReading:
    """Return the papers of a page."""
    from store.feeds.formats import read_feed

    if part.full and not body.strip():
        return FeedReading("", [], [])
    reading = read_feed(body, part.form, today, part.day if part.listed else None)
    if part.full:  # a conference: its volumes are not papers
        papers = [paper for paper in reading.papers if paper.publication.kind != "proceedings"]
        return replace(reading, papers=papers)
    return reading


def _number(pattern: re.Pattern[bytes], body: bytes) -> int:
    """Return a number of entries that an API gives near the beginning of a page; 0 without one."""
    found = pattern.search(body[:4096])
    return int(found[1]) if found else 0


def _missing(part: Part, got: int, total: int) -> str:
    return f"{part.label}: arXiv sent {got:,} of {total:,} papers; --since {part.label} asks again"


def _complete(
    complete: date | None, part: Part, visit: Visit, papers: Iterable[Paper]
) -> date | None:
    """Return the day up to which a feed is complete after a part was fetched."""
    covers = part.covers
    if part.newest_listing:
        listed = [paper.date for paper in papers if paper.date]
        covers = date.fromisoformat(max(listed)) if listed else None
    if covers is None or complete is None:
        return covers or complete
    begin = visit.since or visit.until
    if begin and (begin - complete).days > 1:
        return complete  # the days between were not fetched
    return max(covers, complete)
