"""The orders of papers: by rank, by date or by `sort:`; words side by side come first."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from store.model import NO_MARKS, Marks, Paper
from store.search.matching import MENDED
from store.search.places import ABSTRACT, INSIDE
from store.search.rows import Levels, in_order, rows_as_set, rows_of, union

Value: TypeAlias = tuple[int, str]
"""A sort value: a number, or a text after 0."""


Liked: TypeAlias = Callable[[Iterable[int], Mapping[str, Marks]], Mapping[int, float]]
"""Returns the scores of rows by the user's taste, from the marks."""
_SOME = 200
"""Most rows that are inserted one by one."""
LIKED = "foryou"
"""The key of `sort:` for the user's taste."""


class Orders:
    """The orders of the papers in a list and their folded titles; both may grow."""

    def __init__(self, papers: list[Paper], titles: list[str]) -> None:
        self._papers = papers
        self._titles = titles
        self._newest = _Order(lambda: [paper.date for paper in papers], descending=True)
        self._shortest = _Order(lambda: list(map(len, titles)))
        self._ranks: dict[str, list[int]] = {}
        """The rank of each row's value among all values, by key of `sort:`."""

    def changed(self, rows: Iterable[int]) -> None:
        """Record that the papers of rows have changed."""
        rows = set(rows)
        self._newest.moved |= rows
        self._shortest.moved |= rows
        self._ranks.clear()

    def newest(self, rows: int) -> Iterable[int]:
        """Return the rows of a set, the newest paper first; of one day in the order of adding."""
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
    """All rows sorted by a value, then by the order of adding; updated when needed."""

    def __init__(self, values: Callable[[], list[Any]], descending: bool = False) -> None:
        """`values` returns the values of all rows."""
        self._values = values
        self._descending = descending
        self.rows: list[int] = []
        self.place: list[int] = []
        """The position of each row in `rows`."""
        self.moved: set[int] = set()
        """Rows whose value may have changed."""

    def bring_up_to_date(self, count: int) -> None:
        """Sort changed and new rows into the order."""
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
    """Return the position of each row in an order."""
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


def is_pooled(cost: int) -> bool:
    """Return whether rows with a cost have one of the words only in the abstract."""
    return ABSTRACT <= cost < MENDED


def titles_first(levels: Levels, words: list[list[str]], titles: Sequence[str]) -> Levels:
    """Return levels in which titles with the words side by side are first, then those in order."""
    if len(words) < 2:
        return levels
    groups = [f"(?:{'|'.join(map(re.escape, each))})" for each in words]
    each_word = [re.compile(f" {group}").search for group in groups]
    side_by_side = re.compile(" " + " ".join(groups)).search
    count = len(titles)
    better: Levels = {}
    for cost, rows in levels.items():
        if cost % MENDED < INSIDE:
            ordered = [row for row in rows_of(rows) if _in_order(each_word, titles[row])]
            phrases = [row for row in ordered if side_by_side(titles[row])]
            first = 2 * (cost - cost % MENDED) - 1
            better[first] = better.get(first, 0) | rows_as_set([phrases], count)
            better[2 * cost] = rows_as_set([ordered], count) & ~better[first]
    done = union(better)
    return better | {2 * cost + 1: rows & ~done for cost, rows in levels.items()}


def _in_order(words: Sequence[Callable[[str, int], re.Match[str] | None]], title: str) -> bool:
    """Return whether a title has the words in this order."""
    at = 0
    for find in words:
        found = find(title, at)
        if found is None:
            return False
        at = found.end()
    return True
