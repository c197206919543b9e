"""An inverted index of stems: which papers have a word in any of its forms, and how often.

Kept in memory alone: while papers are read, a stem gets the place of a paper for each time it
is there, which takes a call of a built-in function a word and no more. They are counted when
the stem is first asked for: few stems ever are. Reading 10,000 papers takes less than a second of a
processor, so it is done in slices, newest papers first; what asks before the end is answered of the
papers read so far.
"""

from array import array
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Mapping
from heapq import nlargest
from itertools import repeat
from math import log
from operator import call
from typing import NamedTuple

from store.model import Paper
from store.ranking.stems import Stems, stem_of, words_of

K1, B = 0.9, 0.6
"""BM25's: how soon more of a word counts less, and how much a long text is held against it."""
BITS = 6
"""Of a posting, for how often a word is in a paper."""
MOST_TIMES = (1 << BITS) - 1
LONGEST = 65_535
"""Words of a text that are counted as its length at most."""
MOST_LETTERS = 200_000
"""Letters of a text that are read; abstracts have two thousand."""


class Postings(NamedTuple):
    """The papers that have a stem, by their places in order."""

    once: "array[int]"
    """Places where it stands once, which are most."""
    often: "array[int]"
    """Others, each with how often: place << BITS | times."""

    @property
    def df(self) -> int:
        """How many papers have it."""
        return len(self.once) + len(self.often)


_NONE = Postings(array("I"), array("I"))


def text_of(paper: Paper) -> str:
    """Return what is read of a paper."""
    return f"{paper.title}. {paper.abstract}"[:MOST_LETTERS]


def best_rows(scores: Mapping[int, float], most: int) -> list[int]:
    """Return the rows of the best scores, at most so many; of equal ones the first row first."""
    least = min(nlargest(most, scores.values()), default=0.0)
    best = sorted((-score, row) for row, score in scores.items() if score >= least)
    return [row for _, row in best[:most]]


class Terms:
    """The stems of papers. A paper has a place in the order of reading, and its owner's row."""

    def __init__(self) -> None:
        self.stems = Stems()
        self.rows: list[int] = []
        """The row of the paper at each place; -1 where it was forgotten."""
        self.place_of: dict[int, int] = {}
        """The place of each row that has been read."""
        self._raw: dict[str, array[int]] = {}
        """By stem what has not been counted: a place for each time that it is there."""
        self._packed: dict[str, bytes] = {}
        """The same, of what was read before: it takes less memory and can't grow."""
        self._postings: dict[str, Postings] = {}
        self._take = _Takers(self._taker)
        """What takes the place of a paper for each word, while many are read."""
        self._lengths = array("H")
        """By place the number of words."""
        self._total = 0
        self._norms: list[float] = []
        """By place what a text's length adds below the fraction of BM25; empty until needed."""
        self._fractions: list[float] = []
        """By place BM25's fraction of a word that is there once."""

    def __len__(self) -> int:
        return len(self.place_of)

    def add(self, row: int, paper: Paper) -> None:
        """Read a paper; one that the row had before is forgotten."""
        self.forget(row)
        words = words_of(text_of(paper))
        place = self.place_of[row] = len(self.rows)
        self.rows.append(row)
        deque(map(call, map(self._take.__getitem__, words), repeat(place)), 0)
        self._lengths.append(min(len(words), LONGEST))
        self._total += self._lengths[place]
        self._norms = []

    def forget(self, row: int) -> None:
        """Forget the paper of a row; what it left in the index is passed over."""
        place = self.place_of.pop(row, None)
        if place is not None:
            self.rows[place] = -1
            self._total -= self._lengths[place]
            self._norms = []

    def rest(self) -> None:
        """Give back the memory that is needed while many papers are read."""
        self._take.clear()
        self.stems.clear()
        while self._raw:  # one goes as the other comes
            stem, raw = self._raw.popitem()
            self._packed[stem] = self._packed.get(stem, b"") + raw.tobytes()
        self._raw = {}

    def df(self, stem: str) -> int:
        """Return how many papers have a stem, those forgotten among them."""
        return self._papers_with(stem).df

    def idf(self, stem: str) -> float:
        """Return how much having a stem says, as BM25 has it."""
        df = self.df(stem)
        return log(1 + (max(len(self), df) - df + 0.5) / (df + 0.5))

    def scores(self, weights: Mapping[str, float]) -> dict[int, float]:
        """Return the sum over stems of weight and BM25's fraction, by row; rows with none lack."""
        norms = self._norms or self._with_norms()
        fractions = self._fractions
        total = [0.0] * len(norms)
        for stem, weight in weights.items():
            postings = self._papers_with(stem)
            for place in postings.once:
                total[place] += weight * fractions[place]
            for posting in postings.often:
                place, times = posting >> BITS, posting & MOST_TIMES
                total[place] += weight * times / (times + norms[place])
        return {
            row: score for row, score in zip(self.rows, total, strict=True) if score and row >= 0
        }

    def shares(self, weights: Mapping[str, float], row: int) -> dict[str, float]:
        """Return what each stem adds to the score of a row; those it lacks are not there."""
        norms = self._norms or self._with_norms()
        place = self.place_of.get(row, -1)
        if place < 0:
            return {}
        found: dict[str, float] = {}
        for stem, weight in weights.items():
            once, often = self._papers_with(stem)
            at, more = bisect_left(once, place), bisect_left(often, place << BITS)
            if at < len(once) and once[at] == place:
                found[stem] = weight * self._fractions[place]
            elif more < len(often) and often[more] >> BITS == place:
                times = often[more] & MOST_TIMES
                found[stem] = weight * times / (times + norms[place])
        return found

    def _papers_with(self, stem: str) -> Postings:
        """Return the postings of a stem, counted."""
        waiting = array("I", self._packed.pop(stem, b""))
        if raw := self._raw.get(stem):
            waiting += raw
            del raw[:]
        if not waiting:
            return self._postings.get(stem, _NONE)
        once, often = self._postings.setdefault(stem, Postings(array("I"), array("I")))
        for place, times in Counter(waiting).items():
            if times == 1:
                once.append(place)
            else:
                often.append(place << BITS | min(times, MOST_TIMES))
        return self._postings[stem]

    def _taker(self, word: str) -> Callable[[int], object]:
        """Return what takes the places of a word; for one that says nothing, what drops them."""
        # No test for each word: a call of a built-in function costs less.
        stem = stem_of(word)
        if not stem:
            return abs
        if stem not in self._raw:
            self._raw[stem] = array("I")
        return self._raw[stem].append

    def _with_norms(self) -> list[float]:
        average = self._total / max(len(self), 1) or 1.0
        self._norms = [K1 * (1 - B + B * each / average) for each in self._lengths]
        self._fractions = [1 / (1 + norm) for norm in self._norms]
        return self._norms


class _Takers(dict[str, Callable[[int], object]]):
    """What takes the places of each word, found as words come along."""

    def __init__(self, taker: Callable[[str], Callable[[int], object]]) -> None:
        self._taker = taker

    def __missing__(self, word: str) -> Callable[[int], object]:
        self[word] = self._taker(word)
        return self[word]
