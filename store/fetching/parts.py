"""What is asked of a feed on one visit, and in which parts."""

from dataclasses import dataclass
from datetime import date, timedelta

CURSOR = "{cursor}"
"""Stands in an address for how many entries the pages before had."""


@dataclass(frozen=True, slots=True)
class Visit:
    """For when a feed is asked, and what was fetched of it before."""

    today: date
    """In UTC, by which the services count their days."""
    complete: date | None = None
    """The last day that was fetched when it was over; None at the first visit."""
    since: date | None = None
    """The first day asked for; None for what is missing."""
    until: date | None = None
    """The last day asked for; None for today."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked for and stored in one go: a day of a feed, or all there is."""

    address: str
    """Of the first page."""
    form: str | None = None
    """The format's name (see store.feeds.formats); None if it is recognised by the content."""
    day: date | None = None
    """The day that is asked for; None if it is all there is."""
    listed: bool = False
    """Whether the papers are listed on that day; else their feed says when they are."""
    covers: date | None = None
    """The day that is complete with it."""
    newest_listing: bool = False
    """Whether its papers say up to which day it is complete."""
    counter: str = ""
    """The parameter that counts pages, or `CURSOR`; empty if there is one page only."""
    step: int = 1
    """How much the counter grows from page to page."""
    pages: int = 100
    """The most pages that are asked for."""
    while_new: bool = False
    """Whether to stop at a page without a new paper."""
    otherwise: "Part | None" = None
    """What is asked for where nothing is listed."""
    full: int = 0
    """Entries on a page that is not the last, in BibTeX; an empty page is then no error."""

    @property
    def label(self) -> str:
        """The day, or that it is the newest."""
        return self.day.isoformat() if self.day else "the newest"

    def page(self, number: int, entries: int = 0) -> str:
        """Return the address of a page, counted from 0, behind so many entries."""
        if CURSOR in self.address:
            return self.address.replace(CURSOR, str(entries))
        if not self.counter:
            return self.address
        return f"{self.address}&{self.counter}={number * self.step}"


def left_out(parts: list[Part], visit: Visit) -> date | None:
    """Return the first day that is not caught up though it was missed, None if none is."""
    if visit.since or visit.until or visit.complete is None:
        return None
    days = [part.day for part in parts if part.day]
    missed = visit.complete + timedelta(days=1)
    return missed if days and days[0] > missed else None
