"""The digest: which papers are new to whoever gets it, by day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from store.export.citing import Entry
from store.model import Paper


@dataclass(frozen=True, slots=True)
class News:
    """What became of one paper."""

    paper: Paper
    lines: tuple[str, ...]
    """Day and words, the oldest first."""

    @property
    def keys(self) -> frozenset[str]:
        """What a digest remembers to have told."""
        return frozenset(f"{self.paper.id} {line}" for line in self.lines)


@dataclass(frozen=True, slots=True)
class Digest:
    """What one message tells of."""

    days: tuple[tuple[str, tuple[Entry, ...]], ...]
    """Papers by the day they were listed (YYYY-MM-DD, or empty), the newest day first."""
    count: int
    """Number of new papers, with those that found no room."""
    all_days: int
    """Number of days that they are of."""
    query: str = ""
    """What they were looked for with."""
    news: tuple["News", ...] = ()
    """News of starred papers, whatever was looked for."""

    @property
    def left_out(self) -> int:
        """Number of new papers that found no room."""
        return self.count - sum(len(entries) for _, entries in self.days)


def new_entries(
    found: Iterable[Entry], known: Collection[str] | None, since: str, week: str
) -> list[Entry]:
    """Return what a digest tells of, among what its query finds, in that order.

    `known` holds the ids of papers that it told of before; None stands for the first digest, which
    takes the papers listed from the day `week` on. A day `since` is what counts, if there is one.
    The days at which papers were listed do not decide otherwise: a paper imported late is new.
    """
    since = since or (week if known is None else "")
    if since:
        return [entry for entry in found if entry[0].date >= since]
    told = known or ()
    return [
        entry for entry in found if not any(key in told for key in (entry[0].id, *entry[0].aliases))
    ]


def new_news(
    entries: Iterable[Entry], known: Collection[str] | None, since: str, week: str
) -> list[News]:
    """Return what became of papers and was not told of, or since a day; see `new_entries`."""
    since = since or (week if known is None else "")
    told = known or ()
    found = []
    for paper, marks in entries:
        names = (paper.id, *paper.aliases)
        lines = tuple(
            line
            for line in marks.news
            if (line >= since if since else not any(f"{name} {line}" in told for name in names))
        )
        if lines:
            found.append(News(paper, lines))
    return found


def make_digest(
    entries: Sequence[Entry], limit: int, query: str, news: Sequence[News] = ()
) -> Digest:
    """Return the digest of papers, of which the first `limit` have room, and of what is new."""
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
