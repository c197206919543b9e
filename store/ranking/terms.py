"""An inverted index of stems: which papers have a word in any of its forms, and how often.

It is in memory only. While papers are read, the place of a paper is appended to a stem for each
occurrence, with one call of a built-in function per word. Occurrences are counted when a stem is
first used, as few stems ever are. Reading 10,000 papers takes less than a second of CPU time; it is
done in slices, the newest papers first. Until it ends, answers cover the papers read so far.
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
"""The parameters of BM25: saturation of a word's frequency, and influence of a text's length."""
BITS = 6
"""Bits of a posting for the frequency of a word in a paper."""
MOST_TIMES = (1 << BITS) - 1
LONGEST = 65_535
"""Longest length of a text, in words."""
MOST_LETTERS = 200_000
"""Characters of a text that are read; abstracts have two thousand."""


class Postings(NamedTuple):
    """The papers with a stem, by their places in ascending order."""

    once: "array[int]"
    """Places of papers that have it once, which are most."""
    often: "array[int]"
    """Places of others, with frequency: place << BITS | times."""

    @property
    def df(self) -> int:
        """Number of papers with it."""
        return len(self.once) + len(self.often)


_NONE = Postings(array("I"), array("I"))


def text_of(paper: Paper) -> str:
    """Return the text of a paper that is read."""
    return f"{paper.title}. {paper.abstract}"[:MOST_LETTERS]


def best_rows(scores: Mapping[int, float], most: int) -> list[int]:
    """Return the rows with the best scores, at most so many; equal ones by row."""
    least = min(nlargest(most, scores.values()), default=0.0)
    best = sorted((-score, row) for row, score in scores.items() if score >= least)
    return [row for _, row in best[:most]]


class Terms:
    """The stems of papers. A place is a paper's number in the order of reading."""

    def __init__(self) -> None:
        self.stems = Stems()
        self.rows: list[int] = []
        """The row of the paper at each place; -1 if it was removed."""
        self.place_of: dict[int, int] = {}
        """The place of the paper in each row that was read."""
        self._raw: dict[str, array[int]] = {}
        """Uncounted occurrences by stem: a place for each."""
        self._packed: dict[str, bytes] = {}
        """The same from earlier reading, in a form that takes less memory and can't grow."""
        self._postings: dict[str, Postings] = {}
        self._take = _Takers(self._taker)
        """For each word, the function that records a paper's place, while many are read."""
        self._lengths = array("H")
        """The number of words at each place."""
        self._total = 0
        self._norms: list[float] = []
        """The length term in the denominator of BM25 at each place; empty until needed."""
        self._fractions: list[float] = []
        """The fraction of BM25 for a word that occurs once, at each place."""

    def __len__(self) -> int:
        return len(self.place_of)

    def add(self, row: int, paper: Paper) -> None:
        """Read a paper, in place of an earlier one of its row."""
        self.forget(row)
        words = words_of(text_of(paper))
        place = self.place_of[row] = len(self.rows)
        self.rows.append(row)
        deque(map(call, map(self._take.__getitem__, words), repeat(place)), 0)
        self._lengths.append(min(len(words), LONGEST))
        self._total += self._lengths[place]
        self._norms = []

    def forget(self, row: int) -> None:
        """Remove the paper of a row; its postings stay and are ignored."""
        place = self.place_of.pop(row, None)
        if place is not None:
            self.rows[place] = -1
            self._total -= self._lengths[place]
            self._norms = []

    def rest(self) -> None:
        """Free the memory that was needed while many papers were read."""
        self._take.clear()
        self.stems.clear()
        while self._raw:  # one shrinks while the other grows
            stem, raw = self._raw.popitem()
            self._packed[stem] = self._packed.get(stem, b"") + raw.tobytes()
        self._raw = {}

    def df(self, stem: str) -> int:
        """Return the number of papers with a stem, including removed ones."""
        return self._papers_with(stem).df

    def idf(self, stem: str) -> float:
        """Return the inverse document frequency of a stem, as in BM25."""
        df = self.df(stem)
        return log(1 + (max(len(self), df) - df + 0.5) / (df + 0.5))

    def scores(self, weights: Mapping[str, float]) -> dict[int, float]:
        """Return the sum of weight times BM25's fraction, for each row with any of the stems."""
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
        """Return the part of each stem in the score of a row, for the stems that its paper has."""
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
        """Return the postings of a stem; count its occurrences first."""
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
        """Return the function that records places of a word; for stop words it does nothing."""
        # Instead of a test for each word: calling a built-in function costs less.
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
    """The functions that record places, by word; added on first use."""

    def __init__(self, taker: Callable[[str], Callable[[int], object]]) -> None:
        self._taker = taker

    def __missing__(self, word: str) -> Callable[[int], object]:
        self[word] = self._taker(word)
        return self[word]
