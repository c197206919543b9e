"""The digest: the papers that are new to its reader, by day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from store.export.citing import Entry
from store.model import Paper


@dataclass(frozen=True, slots=True)
class News:
    """News of one paper."""

    paper: Paper
    lines: tuple[str, ...]
    """Each a day and words; the oldest first."""

    @property
    def keys(self) -> frozenset[str]:
        """The names under which a digest remembers that it reported them."""
        return frozenset(f"{self.paper.id} {line}" for line in self.lines)


@dataclass(frozen=True, slots=True)
class Digest:
    """The contents of one message."""

    days: tuple[tuple[str, tuple[Entry, ...]], ...]
    """Papers by the day they were listed (YYYY-MM-DD, or empty), the newest day first."""
    count: int
    """Number of new papers, with those left out."""
    all_days: int
    """Number of their days."""
    query: str = ""
    """The query that found them."""
    news: tuple["News", ...] = ()
    """News of starred papers, whatever the query."""

    @property
    def left_out(self) -> int:
        """Number of new papers beyond the limit."""
        return self.count - sum(len(entries) for _, entries in self.days)


def new_entries(
    found: Iterable[Entry], known: Collection[str] | None, since: str, week: str
) -> list[Entry]:
    """Return the papers that a digest reports, of those that its query finds, in that order.

    With a day `since` it reports all papers listed from then on, the first digest (`known` is None)
    those from the day `week` on. Otherwise the day does not matter, as a paper may be imported
    late: it reports papers whose ids are not in `known`, the ids that it reported before.
    """
    since = since or (week if known is None else "")
    if since:
        return [entry for entry in found if entry[0].date >= since]
    reported = known or ()
    return [entry for entry in found if not any(key in reported for key in entry[0].keys)]


def new_news(
    entries: Iterable[Entry], known: Collection[str] | None, since: str, week: str
) -> list[News]:
    """Return the news of papers that were not reported, or those since a day; see `new_entries`."""
    since = since or (week if known is None else "")
    reported = known or ()
    found = []
    for paper, marks in entries:
        names = paper.keys
        lines = tuple(
            line
            for line in marks.news
            if (line >= since if since else not any(f"{name} {line}" in reported for name in names))
        )
        if lines:
            found.append(News(paper, lines))
    return found


def make_digest(
    entries: Sequence[Entry], limit: int, query: str, news: Sequence[News] = ()
) -> Digest:
    """Return the digest with the first `limit` papers and all news."""
    days: dict[str, list[Entry]] = {}
    for entry in islice(entries, limit):
        days.setdefault(entry[0].date, []).append(entry)
    newest_first = sorted(days.items(), reverse=True)
    return Digest(
        tuple((day, tuple(some)) for day, some in newest_first),
        len(entries),
        len({paper.date for paper, _ in entries}),
        query,
        tuple(news),
    )
