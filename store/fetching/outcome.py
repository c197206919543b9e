"""What fetching tells while it goes on, and at the end of each feed."""

from dataclasses import dataclass
from datetime import date

from store.errors import PapersError


@dataclass(frozen=True, slots=True)
class Progress:
    """What is asked for now."""

    feed: str
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
    newest: bool = False
    """Whether nothing was listed, and the newest papers before were asked for."""
    error: PapersError | None = None
    """Why it ended early."""
