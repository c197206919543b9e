"""A visit to a feed: what is requested, in which parts, and what comes of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from store.errors import PapersError

CURSOR = "{cursor}"
"""In an address: replaced by the number of entries on the pages before."""
CATCH_UP = 31
"""Most days before the last that are requested without a date from the user."""
FIRST_TIME = 7
"""Days that are requested at the first visit."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Visit:
    """The days to fetch from a feed, and what was fetched before."""

    today: date
    """In UTC, as for the days of services."""
    complete: date | None = None
    """The last day that was fetched after its end; None at the first visit."""
    since: date | None = None
    """The first day that the user asks for; None for the days that are missing."""
    until: date | None = None
    """The last day that the user asks for; None for today."""

    @property
    def last(self) -> date:
        """The last day to fetch."""
        return self.until or self.today

    def first_missing(self, latest: date, last: date) -> date:
        """Return the first day that was not fetched completely, at most `latest`.

        It is within CATCH_UP days, at the first visit within FIRST_TIME, up to `last`.
        """
        if self.complete is None:
            return last - (FIRST_TIME - 1) * DAY
        return max(min(self.complete + DAY, latest), last - (CATCH_UP - 1) * DAY)


@dataclass(frozen=True, slots=True)
class Part:
    """What is requested and stored in one go: a day of a feed, or all of it."""

    address: str
    """The address of the first page."""
    form: str | None = None
    """The format's name (see store.feeds.formats); None if it is recognised by the content."""
    day: date | None = None
    """The day of the papers; None for all of the feed."""
    listed: bool = False
    """Whether `day` is the papers' day of listing; else the feed has it."""
    covers: date | None = None
    """The day up to which the feed is complete with this part."""
    newest_listing: bool = False
    """Whether that day is the latest one of its papers."""
    counter: str = ""
    """The parameter for the number of the page, or `CURSOR`; empty for a single page."""
    step: int = 1
    """The difference of the counter from page to page."""
    pages: int = 100
    """Most pages that are requested."""
    while_new: bool = False
    """Whether to stop at a page without a new paper."""
    otherwise: "Part | None" = None
    """The part to request if this one lists nothing."""
    full: int = 0
    """For BibTeX: the entries of a page that another follows; an empty page is then no error."""

    @property
    def label(self) -> str:
        """The day in words, or "the newest"."""
        return self.day.isoformat() if self.day else "the newest"

    def page(self, number: int, entries: int = 0) -> str:
        """Return the address of a page, counted from 0, after so many entries."""
        if CURSOR in self.address:
            return self.address.replace(CURSOR, str(entries))
        if not self.counter:
            return self.address
        return f"{self.address}&{self.counter}={number * self.step}"


@dataclass(frozen=True, slots=True)
class Progress:
    """The part that is being fetched."""

    feed: str
    number: int
    """Its number among the parts of the feed, from 1."""
    total: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of fetching a feed, in numbers of papers."""

    feed: str
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    days: tuple[date, ...] = ()
    """The days that were fetched, including those without papers."""
    empty: tuple[date, ...] = ()
    """The days without papers."""
    problems: tuple[str, ...] = ()
    """What could not be read or was left out, in words."""
    newest: bool = False
    """Whether nothing was listed, so that the newest papers were fetched."""
    error: PapersError | None = None
    """The error that ended it early; None without one."""


def left_out(parts: list[Part], visit: Visit) -> date | None:
    """Return the first day that was missed and is too long ago to be fetched; None if none is."""
    if visit.since or visit.until or visit.complete is None:
        return None
    days = [part.day for part in parts if part.day]
    missed = visit.complete + DAY
    return missed if days and days[0] > missed else None


def days(first: date, last: date) -> Iterator[date]:
    """Yield the days from one to another, both included."""
    while first <= last:
        yield first
        if first == date.max:
            return
        first += DAY
