"""The order of papers with the words of a query in their abstracts.

All of them have the same cost (see store.search.index), so they are sorted by BM25. It is computed
from their texts alone, without an index. A whole word counts as one, a beginning or inside of a
word as a fraction; neighbours in the query that are neighbours in the text count extra. Titles
count like abstracts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from store.text.fold import one_space

K1, B = 0.9, 1.0
WHOLE, BEGINNING, INSIDE = 1.0, 0.3, 0.1
PAIR = 1.0
"""The worth of two neighbours, as a share of the idf of the rarer one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word or phrase of the query."""

    forms: tuple[str, ...]
    """The folded words to search for: the typed one, or its corrections."""
    df: int
    """Number of papers with it."""


class Pool:
    """Papers that are scored in slices and then sorted."""

    def __init__(
        self,
        rows: Sequence[int],
        texts: Callable[[int], tuple[str, str]],
        wanted: Sequence[Wanted],
        count: int,
    ) -> None:
        """`texts` returns title and abstract of a row, folded, with a space at both ends.

        `count` is the number of all papers.
        """
        self._rows = rows
        self._texts = texts
        self._wanted = [each for each in wanted if each.forms]
        self._idf = [log(1 + (count - each.df + 0.5) / (each.df + 0.5)) for each in self._wanted]
        pairs = zip(pairwise(self._wanted), pairwise(self._idf), strict=True)
        self._pairs = [
            (f" {one} {other}", PAIR * min(idfs))
            for (first, second), idfs in pairs
            for one in first.forms
            for other in second.forms
        ]
        self._several = bool(self._pairs) or any(" " in f for w in self._wanted for f in w.forms)
        """Whether anything of several words is searched."""
        self._found: list[_Counted] = []
        self._order: list[int] | None = None

    def __len__(self) -> int:
        return len(self._rows)

    def score(self, at_most: int | None = None) -> bool:
        """Score some papers, or all; return whether all are scored."""
        start = len(self._found)
        stop = None if at_most is None else start + at_most
        self._found += map(self._look, self._rows[start:stop])
        return len(self._found) == len(self._rows)

    def ordered(self) -> list[int]:
        """Return the rows, the best first; equal ones by length of title, then by row."""
        if self._order is None:
            self.score()
            average = sum(each.length for each in self._found) / max(len(self._found), 1) or 1.0
            keys = [
                (-self._worth(each, average), each.title, row)
                for each, row in zip(self._found, self._rows, strict=True)
            ]
            self._order = [row for *_, row in sorted(keys)]
        return self._order

    def _look(self, row: int) -> "_Counted":
        title, abstract = self._texts(row)
        text = f"{title}|{abstract}"
        if self._several:
            text = one_space(text)
        return _Counted(
            [max(_times(text, form) for form in each.forms) for each in self._wanted],
            sum(worth for pair, worth in self._pairs if pair in text),
            abstract.count(" "),
            len(title),
        )

    def _worth(self, found: "_Counted", average: float) -> float:
        norm = K1 * (1 - B + B * found.length / average)
        parts = zip(self._idf, found.times, strict=True)
        return found.gain + sum(idf * times / (times + norm) for idf, times in parts if times)


@dataclass(frozen=True, slots=True)
class _Counted:
    """The counts in a paper."""

    times: list[float]
    """For each word of the query."""
    gain: float
    """The worth of neighbours."""
    length: int
    """Number of spaces in the abstract."""
    title: int
    """Length of the title in characters."""


def _times(text: str, form: str) -> float:
    """Return how often a text has a word, as a whole, a beginning or inside another."""
    starts = text.count(f" {form}")
    whole = text.count(f" {form} ")
    inside = text.count(form) - starts
    return WHOLE * whole + BEGINNING * (starts - whole) + INSIDE * inside
