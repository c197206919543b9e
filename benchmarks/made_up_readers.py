"""Readers that are made up: what they like, star, read, and what they would want next.

A topic reader likes papers with any keyword of some clusters (one up to 5 stars, two up to 20, else
three); keywords are what no ranker reads. A reader stars in the order of time; a tenth of the stars
are on anything, a fifth of what is liked is missed. What counts is the next 28 days.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from random import Random

from benchmarks.related import normal
from store.model import Marks, Paper

DAYS, LEAST_DAYS, LEAST_LIKED = 28, 20, 5
KEPT, NOISE, NOISE_FROM = 0.8, 0.1, 5
"""How much of what is liked is starred, how many stars are on anything, and from how many on."""
TRIES = 400
_TOO_WIDE = ("benchmark", "dataset", "llm", "language model", "evaluation")


@dataclass(frozen=True, slots=True)
class MadeUpReader:
    """What one reader did, and wants."""

    starred: frozenset[int]
    """Places of papers among all, oldest first, like the next ones."""
    seen: range
    liked: frozenset[int]
    weeks: tuple[tuple[int, ...], ...]
    """What is listed in each of the next weeks, of papers with keywords."""

    @property
    def test(self) -> list[int]:
        """What is listed in all of them."""
        return [row for week in self.weeks for row in week]

    def marks(self, papers: Sequence[Paper]) -> dict[str, Marks]:
        """Return the marks of the reader: all that was seen is read."""
        return {
            papers[row].id: Marks(
                read=True,
                starred=row in self.starred,
                read_at=papers[row].date,
                starred_at=papers[row].date if row in self.starred else "",
            )
            for row in self.seen
        }


class Crowd:
    """Makes readers up, from papers of which most have keywords; the oldest is the first."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = papers
        self._keywords = [set(map(normal, paper.keywords)) - {""} for paper in papers]
        self._df = Counter(keyword for each in self._keywords for keyword in each)
        self._known = sum(map(bool, self._keywords))
        self._days = sorted({paper.date for paper in papers})
        self._seeds = [
            keyword
            for keyword, df in sorted(self._df.items())
            if 20 <= df <= 150 and not any(word in keyword for word in _TOO_WIDE)
        ]

    def reader(self, random: Random, stars: int) -> MadeUpReader | None:
        """Return a reader with so many stars; None if the papers give none."""
        clusters = 1 if stars <= 5 else 2 if stars <= 20 else 3
        for _ in range(TRIES if self._seeds else 0):
            wanted = {word for _ in range(clusters) for word in self._cluster(random)}
            if made := self._reader(random, stars, self._liked(wanted)):
                return made
        return None

    def drifting(self, random: Random, before: int, after: int) -> MadeUpReader | None:
        """Return a reader of one cluster who then stars papers of another, and wants those."""
        for _ in range(TRIES if self._seeds else 0):
            old, new = self._liked(self._cluster(random)), self._liked(self._cluster(random))
            if len(set(old) & set(new)) > 0.1 * min(len(old), len(new)):
                continue
            early = [row for row in old if row not in set(new)][:before]
            if len(early) < before:
                continue
            late = [row for row in new if row > early[-1]]
            if len(late) < after:
                continue
            made = self._next(range(early[0], late[after - 1] + 1), [*early, *late[:after]], new)
            if made:
                return made
        return None

    def _reader(self, random: Random, stars: int, liked: list[int]) -> MadeUpReader | None:
        kept = [row for row in liked if random.random() < KEPT]
        on_liked = stars if stars < NOISE_FROM else round(stars * (1 - NOISE))
        if len(kept) <= on_liked:
            return None
        begin = random.randrange(len(kept) - on_liked)
        starred = kept[begin : begin + on_liked]
        seen = range(starred[0], starred[-1] + 1)
        others = [row for row in seen if row not in set(liked)]
        noise = random.sample(others, min(stars - on_liked, len(others)))
        return self._next(seen, [*starred, *noise], liked)

    def _next(
        self, seen: range, starred: Sequence[int], liked: Sequence[int]
    ) -> MadeUpReader | None:
        last = self._papers[seen[-1]].date
        days = [day for day in self._days if day > last][:DAYS]
        if len(days) < LEAST_DAYS:
            return None
        later = range(seen[-1] + 1, len(self._papers))
        weeks = tuple(
            tuple(r for r in later if self._papers[r].date in week and self._keywords[r])
            for at in range(0, len(days), 7)
            for week in [set(days[at : at + 7])]
        )
        wanted = frozenset(liked)
        if sum(row in wanted for week in weeks for row in week) < LEAST_LIKED:
            return None
        return MadeUpReader(frozenset(starred), seen, wanted, weeks)

    def _cluster(self, random: Random) -> set[str]:
        """Return a keyword and up to six that stand with it more often than by chance."""
        seed = random.choice(self._seeds)
        beside = Counter(k for each in self._keywords if seed in each for k in each if k != seed)
        bound = []
        for keyword, times in sorted(beside.items()):
            if times >= 3 and 5 <= self._df[keyword] <= 150:
                chance = self._df[seed] * self._df[keyword] / self._known
                npmi = log(times / chance) / -log(times / self._known)
                if npmi > 0.35:
                    bound.append((-npmi, keyword))
        return {seed, *(keyword for _, keyword in sorted(bound)[:6])}

    def _liked(self, keywords: set[str]) -> list[int]:
        return [row for row, each in enumerate(self._keywords) if each & keywords]
