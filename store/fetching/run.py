"""Fetch feeds: ask, read, store and remember, part by part, so that an end at any point is safe."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

from store.clean import clean_line
from store.errors import (
    FetchCancelledError,
    FetchError,
    LibraryBusyError,
    NotAFeedError,
    PapersError,
)
from store.feeds.reading import FeedReading
from store.fetching.client import UNKNOWN, Page, Validators
from store.fetching.sources import Part, Source, Visit, left_out
from store.fetching.subscriptions import NEVER, FeedState, Subscriptions
from store.locks import lock_holder, locked
from store.model import Paper
from store.shelves import Added

Add: TypeAlias = Callable[[Sequence[Paper], str], Added]
"""Puts the papers that a feed lists into a library, as Library.add does."""
Get: TypeAlias = Callable[[str, Validators], Page]
"""Asks for a page, as Client.get does."""

_TOTAL = re.compile(rb"totalResults[^<>]{0,200}>\s*(\d{1,9})\s*<")


@dataclass(frozen=True, slots=True)
class Progress:
    """What is asked for now."""

    feed: str
    label: str
    """The day, or that it is the newest."""
    number: int
    """Which of the feed's parts it is, counted from 1."""
    total: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of fetching one feed, in numbers of papers."""

    feed: str
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    days: tuple[date, ...] = ()
    """The days that were fetched, those without papers too."""
    empty: tuple[date, ...] = ()
    """The days without papers."""
    problems: tuple[str, ...] = ()
    """What could not be read, or was left out, in words."""
    error: PapersError | None = None
    """Why it ended early."""


@dataclass(slots=True)
class _Tally:
    """An outcome in the making."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    days: list[date] = field(default_factory=list)
    empty: list[date] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    error: PapersError | None = None

    def add(self, added: Added) -> None:
        """Count what was added."""
        self.imported += added.imported
        self.updated += added.updated
        self.unchanged += added.unchanged

    def outcome(self, feed: str) -> Outcome:
        """Return the outcome of a feed."""
        return Outcome(
            feed,
            self.imported,
            self.updated,
            self.unchanged,
            tuple(self.days),
            tuple(self.empty),
            tuple(self.problems),
            self.error,
        )


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches feeds into one library."""

    folder: Path
    """The library's."""
    add: Add
    get: Get
    now: Callable[[], datetime]
    """The time in UTC."""

    def fetch(
        self, sources: Sequence[Source], since: date | None = None, until: date | None = None
    ) -> Iterator[Progress | Outcome]:
        """Fetch feeds one after the other; yield what is done, and at the end of each its outcome.

        A feed that fails does not stop the others; being cancelled does, with an outcome. Raises
        LibraryError where the library can't be used, FetchError where another program fetches.
        """
        with _alone(self.folder):
            subscriptions = Subscriptions(self.folder)
            states = subscriptions.states()
            for source in sources:
                state = states.get(source.name, NEVER)
                visit = Visit(self.now().date(), state.complete, since, until)
                tally = _Tally()
                yield from self._fetch_feed(source, state, visit, tally, subscriptions)
                yield tally.outcome(source.name)
                if isinstance(tally.error, FetchCancelledError):
                    return

    def _fetch_feed(
        self,
        source: Source,
        state: FeedState,
        visit: Visit,
        tally: _Tally,
        subscriptions: Subscriptions,
    ) -> Iterator[Progress]:
        parts = source.parts(visit)
        if missed := left_out(parts, visit):
            tally.problems.append(
                f"days from {missed} are left out, so long ago; --since {missed} fetches them"
            )
        try:
            for number, part in enumerate(parts, 1):
                yield Progress(source.name, part.label, number, len(parts))
                state = self._fetch_part(source, part, state, visit, tally)
                subscriptions.save(source.name, state)
        except (FetchError, NotAFeedError, FetchCancelledError) as error:
            tally.error = error
        if isinstance(tally.error, FetchCancelledError):
            return
        if tally.error:
            state = replace(state, error=clean_line(str(tally.error)))
        else:
            fetched = self.now().isoformat(timespec="seconds")
            state = replace(state, error="", fetched=fetched)
        subscriptions.save(source.name, state)

    def _fetch_part(
        self, source: Source, part: Part, state: FeedState, visit: Visit, tally: _Tally
    ) -> FeedState:
        """Fetch and store the pages of a part; return the state after it."""
        again = visit.since or visit.until
        known = UNKNOWN if again else state.validators.get(part.address, UNKNOWN)
        version, feed, papers, pages = UNKNOWN, state.feed, dict[str, Paper](), 0
        for number in range(part.pages):
            page = self.get(part.page(number), known if number == 0 else UNKNOWN)
            if page.unchanged:
                break
            version = version if number else page.validators
            reading = _read(page.body, part, visit.today)
            tally.problems += _problems(reading, part)
            new = [paper for paper in reading.papers if paper.id not in papers]
            total = _total(page.body)
            if not new:
                if not part.while_new and total > number * part.step:
                    tally.problems.append(_missing(part, len(papers), total))
                break
            pages += 1
            feed = source.name if part.form else reading.feed or source.name
            added = self.add(new, feed)
            tally.add(added)
            papers.update((paper.id, paper) for paper in new)
            if not part.counter or 0 < total <= (number + 1) * part.step:
                break
            if part.while_new and not added.imported:
                break
        if part.day:
            tally.days.append(part.day)
            if not papers and not page.unchanged:
                tally.empty.append(part.day)
        validators = dict(state.validators)
        if not page.unchanged:
            # The first of several pages says nothing about the others.
            validators.pop(part.address, None)
            if version != UNKNOWN and pages < 2:
                validators[part.address] = version
        complete = _complete(state.complete, part, visit, papers.values())
        return replace(state, complete=complete, feed=feed, validators=validators)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other programs from fetching into this library."""
    path = folder / "fetch"
    with ExitStack() as held:
        try:
            held.enter_context(locked(path))
        except LibraryBusyError as error:
            holder = lock_holder(path) or "another program"
            raise FetchError(f"{holder} is fetching into this library already") from error
        yield


def _read(body: bytes, part: Part, today: date) -> FeedReading:
    """Return what a page lists."""
    from store.feeds.formats import read_feed

    return read_feed(body, part.form, today, part.day if part.listed else None)


def _problems(reading: FeedReading, part: Part) -> list[str]:
    day = f"{part.label}: " if part.day else ""
    return [f"{day}{problem}" for problem in reading.problems]


def _total(body: bytes) -> int:
    """Return how many papers arXiv's API says there are on all pages, 0 where it does not."""
    total = _TOTAL.search(body[:4096])
    return int(total[1]) if total else 0


def _missing(part: Part, got: int, total: int) -> str:
    return f"{part.label}: arXiv sent {got:,} papers of {total:,}; --since {part.label} asks again"


def _complete(
    complete: date | None, part: Part, visit: Visit, papers: Iterable[Paper]
) -> date | None:
    """Return up to which day the feed was fetched, now that a part of it was."""
    covers = part.covers
    if part.newest_listing:
        listed = [paper.date for paper in papers if paper.date]
        covers = date.fromisoformat(max(listed)) if listed else None
    if covers is None or complete is None:
        return covers or complete
    if visit.since and not part.newest_listing and (covers - complete).days > 1:
        return complete  # there is a gap between
    return max(covers, complete)
