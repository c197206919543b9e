"""The orders that papers are shown in: by rank, by date, or as `sort:` asks."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from store.model import NO_MARKS, Marks, Paper
from store.search.rows import Levels, in_order

Value: TypeAlias = tuple[int, str]
"""What is sorted by: a number, or a text behind 0."""


Liked: TypeAlias = Callable[[Iterable[int], Mapping[str, Marks]], Mapping[int, float]]
"""What gives rows, by the marks, the scores of what one likes."""
_SOME = 200
"""So many rows are put where they belong one by one."""
LIKED = "foryou"
"""The key of `sort:` by what one likes."""


class Orders:
    """The orders of the papers of a list, and of their folded titles, which others add to."""

    def __init__(self, papers: list[Paper], titles: list[str]) -> None:
        self._papers = papers
        self._titles = titles
        self._newest = _Order(lambda: [paper.date for paper in papers], descending=True)
        self._shortest = _Order(lambda: list(map(len, titles)))
        self._ranks: dict[str, list[int]] = {}
        """For a key of `sort:` the place of each row's value among all values."""

    def changed(self, rows: Iterable[int]) -> None:
        """Notice that rows have other papers."""
        rows = set(rows)
        self._newest.moved |= rows
        self._shortest.moved |= rows
        self._ranks.clear()

    def newest(self, rows: int) -> Iterable[int]:
        """Return the rows of a set, the newest paper's first, else in the order of adding."""
        self._newest.bring_up_to_date(len(self._papers))
        return in_order({0: rows}, self._newest.rows, self._newest.place)

    def ranked(self, levels: Levels) -> Iterable[int]:
        """Return rows by cost, then the shorter title, then the order of adding."""
        self._shortest.bring_up_to_date(len(self._titles))
        return in_order(levels, self._shortest.rows, self._shortest.place)

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


class _Order:
    """All rows by a value, else in the order of adding; it is brought up to date when needed."""

    def __init__(self, values: Callable[[], list[Any]], descending: bool = False) -> None:
        """`values` returns the values of all rows there are."""
        self._values = values
        self._descending = descending
        self.rows: list[int] = []
        self.place: list[int] = []
        """Where each row is in `rows`."""
        self.moved: set[int] = set()
        """Rows whose value may be another one since."""

    def bring_up_to_date(self, count: int) -> None:
        """Put so many rows in order."""
        new = range(len(self.rows), count)
        moved, self.moved = self.moved | set(new), set()
        if not moved:
            return
        values = self._values()
        # A list of its own: what was found before goes on in the order of before.
        if self.rows and len(moved) <= _SOME:
            self.rows = [row for row in self.rows if row not in moved]
            for row in moved:
                self._insert(row, values)
        else:
            known = self.rows if len(moved) == len(new) else []
            self.rows = [*known, *range(len(known), count)]
            self.rows.sort(key=values.__getitem__, reverse=self._descending)
        self.place = _places(self.rows)

    def _insert(self, row: int, values: list[Any]) -> None:
        low, high = 0, len(self.rows)
        while low < high:
            middle = (low + high) // 2
            other = self.rows[middle]
            if values[other] == values[row]:
                is_before = other < row
            else:
                is_before = (values[other] > values[row]) == self._descending
            low, high = (middle + 1, high) if is_before else (low, middle)
        self.rows.insert(low, row)


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
