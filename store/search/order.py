"""The orders that papers are shown in: by rank, by date, or as `sort:` asks."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from store.model import NO_MARKS, Marks, Paper
from store.search.rows import Levels, in_order

Value: TypeAlias = tuple[int, str]
"""What is sorted by: a number, or a text behind 0."""


Liked: TypeAlias = Callable[[Iterable[int], Mapping[str, Marks]], Mapping[int, float]]
"""What gives rows, by the marks, the scores of what one likes."""
LIKED = "foryou"
"""The key of `sort:` by what one likes."""


class Orders:
    """The orders of the papers of a list, and of their folded titles, which others add to."""

    def __init__(self, papers: list[Paper], titles: list[str]) -> None:
        self._papers = papers
        self._titles = titles
        self._newest: list[int] = []
        """All rows by date, the newest first, else in the order of adding; like the next, it is
        brought up to date when it is needed."""
        self._shortest: list[int] = []
        """All rows by the length of the title."""
        self._newest_place: list[int] = []
        self._shortest_place: list[int] = []
        self._ranks: dict[str, list[int]] = {}
        """For a key of `sort:` the place of each row's value among all values."""

    def clear(self) -> None:
        """Notice that a row has another paper."""
        self._newest, self._shortest = [], []
        self._ranks.clear()

    def newest(self, rows: int) -> Iterable[int]:
        """Return the rows of a set, the newest paper's first."""
        papers, order = self._papers, self._newest
        if len(order) < len(papers):
            # A list of its own: what was found before goes on in the order of before.
            order = self._newest = [*order, *range(len(order), len(papers))]
            order.sort(key=[paper.date for paper in papers].__getitem__, reverse=True)
            self._newest_place = _places(order)
        return in_order({0: rows}, order, self._newest_place)

    def ranked(self, levels: Levels) -> Iterable[int]:
        """Return rows by cost, then the shorter title, then the order of adding."""
        titles, order = self._titles, self._shortest
        if len(order) < len(titles):
            order = self._shortest = [*order, *range(len(order), len(titles))]
            order.sort(key=list(map(len, titles)).__getitem__)
            self._shortest_place = _places(order)
        return in_order(levels, order, self._shortest_place)

    def sorted(
        self,
        found: Iterable[int],
        keys: tuple[str, ...],
        marks: Mapping[str, Marks],
        liked: Liked | None = None,
    ) -> Iterable[int]:
        """Return rows sorted by the keys of `sort:`; what lacks a value comes last.

        `liked` gives the scores that `sort:foryou` goes by; the best comes first.
        """
        if keys in ((), ("relevance",)):
            return found
        rows = list(found)
        for key in reversed(keys):
            name = key.removeprefix("-")
            if name == "relevance":
                rows = rows[::-1] if key != name else rows
                continue
            if name == LIKED and liked:
                by_taste = liked(rows, marks)
                rows.sort(key=by_taste.__getitem__, reverse=key == name)
                continue
            if name == "score":  # marks change too often to be ranked beforehand
                scores = {row: self._score(row, marks) for row in rows}
                rows.sort(key=scores.__getitem__, reverse=key != name)
                continue
            ranks = self._ranks_by(name)
            known = [row for row in rows if ranks[row] >= 0]
            known.sort(key=ranks.__getitem__, reverse=key != name)
            rows = known + [row for row in rows if ranks[row] < 0]
        return rows

    def _score(self, row: int, marks: Mapping[str, Marks]) -> int:
        return marks.get(self._papers[row].id, NO_MARKS).score

    def _ranks_by(self, name: str) -> list[int]:
        ranks = self._ranks.get(name, [])
        if len(ranks) < len(self._papers):
            value_of = _VALUES[name]
            values = [value_of(self._papers[row], title) for row, title in enumerate(self._titles)]
            known = sorted({value for value in values if value is not None})
            rank: dict[Value | None, int] = {value: place for place, value in enumerate(known)}
            ranks = self._ranks[name] = [rank.get(value, -1) for value in values]
        return ranks


def _places(order: list[int]) -> list[int]:
    """Return where in the order each row stands."""
    places = [0] * len(order)
    for place, row in enumerate(order):
        places[row] = place
    return places


def _text(value: str) -> Value | None:
    return (0, value) if value else None


def _number(value: int | None) -> Value | None:
    return None if value is None else (value, "")


_VALUES: dict[str, Callable[[Paper, str], Value | None]] = {
    "date": lambda paper, title: _text(paper.date),
    "published": lambda paper, title: _text(paper.published),
    "upvotes": lambda paper, title: _number(paper.upvotes),
    "rising": lambda paper, title: _number(paper.rise),
    "title": lambda paper, title: _text(title),
}
