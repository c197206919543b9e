"""The orders of papers: by rank, by date, or by `sort:`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from store.model import NO_MARKS, Marks, Paper
from store.search.rows import Levels, in_order

Value: TypeAlias = tuple[int, str]
"""A sort value: a number, or a text after 0."""


Liked: TypeAlias = Callable[[Iterable[int], Mapping[str, Marks]], Mapping[int, float]]
"""Returns the scores of rows by the user's taste, from the marks."""
_SOME = 200
"""Up to this many rows are inserted one by one."""
LIKED = "foryou"
"""The key of `sort:` for the user's taste."""


class Orders:
    """The orders of the papers of a list and of their folded titles, to which others add."""

    def __init__(self, papers: list[Paper], titles: list[str]) -> None:
        self._papers = papers
        self._titles = titles
        self._newest = _Order(lambda: [paper.date for paper in papers], descending=True)
        self._shortest = _Order(lambda: list(map(len, titles)))
        self._ranks: dict[str, list[int]] = {}
        """The place of each row's value among all values, for a key of `sort:`."""

    def changed(self, rows: Iterable[int]) -> None:
        """Record that the papers of rows have changed."""
        rows = set(rows)
        self._newest.moved |= rows
        self._shortest.moved |= rows
        self._ranks.clear()

    def newest(self, rows: int) -> Iterable[int]:
        """Return the rows of a set, the newest paper first, else in the order of adding."""
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
        """Return rows sorted by the keys of `sort:`; rows without a value come last.

        `liked` returns the scores for `sort:foryou`; the best comes first.
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
            if name == "score":  # marks change too often to be sorted beforehand
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
    """All rows sorted by a value, else in the order of adding; updated when needed."""

    def __init__(self, values: Callable[[], list[Any]], descending: bool = False) -> None:
        """`values` returns the values of all rows."""
        self._values = values
        self._descending = descending
        self.rows: list[int] = []
        self.place: list[int] = []
        """Where each row is in `rows`."""
        self.moved: set[int] = set()
        """Rows whose value may have changed since."""

    def bring_up_to_date(self, count: int) -> None:
        """Insert a few rows into the order."""
        new = range(len(self.rows), count)
        moved, self.moved = self.moved | set(new), set()
        if not moved:
            return
        values = self._values()
        # A new list: earlier results keep the earlier order.
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
    """Return the place of each row in the order."""
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
