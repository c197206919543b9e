"""An inverted index of stems: which papers have a word in any of its forms, and how often.

Kept in memory alone: a posting is a number, the paper's place and how often the word stands there,
and those of a stem are an array of them. Two forms of a word in one paper are two postings until
the stem is first asked for, when they become one: few stems ever are. Reading 10,000 papers takes
less than a second of a processor, so it is done in slices, newest papers first; what asks before
the end is answered of the papers read so far.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from math import log

from store.model import Paper
from store.ranking.stems import Stems, words_of

K1, B = 0.9, 0.6
"""BM25's: how soon more of a word counts less, and how much a long text is held against it."""
BITS = 6
"""Of a posting, for how often a word stands in a paper."""
MOST_TIMES = (1 << BITS) - 1
LONGEST = 65_535
"""Words of a text that are counted as its length at most."""
MOST_LETTERS = 200_000
"""Letters of a text that are read; abstracts have two thousand."""

_NONE: "array[int]" = array("I")


def text_of(paper: Paper) -> str:
    """Return what is read of a paper."""
    return f"{paper.title}. {paper.abstract}"[:MOST_LETTERS]


class Terms:
    """The stems of papers. A paper has a place in the order of reading, and its owner's row."""

    def __init__(self) -> None:
        self.stems = Stems()
        self.rows: list[int] = []
        """The row of the paper at each place; -1 where it was forgotten."""
        self.place_of: dict[int, int] = {}
        """The place of each row that has been read."""
        self._postings: dict[str, array[int]] = {}
        self._whole: dict[str, int] = {}
        """By stem how many of its postings are one for each paper."""
        self._count: dict[str, Callable[[int], object]] = {}
        """What takes the postings of a word, while many papers are read."""
        self._lengths = array("H")
        """By place the number of words."""
        self._total = 0
        self._norms: list[float] = []
        """By place what a text's length adds below the fraction of BM25; empty until needed."""

    def __len__(self) -> int:
        return len(self.place_of)

    def add(self, row: int, paper: Paper) -> None:
        """Read a paper; one that the row had before is forgotten."""
        self.forget(row)
        words = words_of(text_of(paper))
        place = self.place_of[row] = len(self.rows)
        self.rows.append(row)
        base, count = place << BITS, self._count
        for word, times in Counter(words).items():
            try:
                take = count[word]
            except KeyError:
                take = count[word] = self._counted_by(word)
            take(base + times if times < MOST_TIMES else base + MOST_TIMES)
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
        self._count.clear()
        self.stems.clear()

    def df(self, stem: str) -> int:
        """Return how many papers have a stem, those forgotten among them."""
        return len(self._papers_with(stem))

    def idf(self, stem: str) -> float:
        """Return how much having a stem says, as BM25 has it."""
        df = self.df(stem)
        return log(1 + (max(len(self), df) - df + 0.5) / (df + 0.5))

    def scores(self, weights: Mapping[str, float]) -> dict[int, float]:
        """Return the sum over stems of weight and BM25's fraction, by row; rows with none lack."""
        norms = self._norms or self._with_norms()
        total = [0.0] * len(norms)
        for stem, weight in weights.items():
            for posting in self._papers_with(stem):
                place, times = posting >> BITS, posting & MOST_TIMES
                total[place] += weight * times / (times + norms[place])
        return {
            row: score for row, score in zip(self.rows, total, strict=True) if score and row >= 0
        }

    def shares(self, weights: Mapping[str, float], row: int) -> dict[str, float]:
        """Return what each stem adds to the score of a row; those it lacks are not there."""
        norms = self._norms or self._with_norms()
        place = self.place_of.get(row, -1)
        found: dict[str, float] = {}
        for stem, weight in weights.items():
            postings = self._papers_with(stem)
            at = bisect_left(postings, place << BITS)
            if place >= 0 and at < len(postings) and postings[at] >> BITS == place:
                times = postings[at] & MOST_TIMES
                found[stem] = weight * times / (times + norms[place])
        return found

    def _papers_with(self, stem: str) -> "array[int]":
        """Return the postings of a stem, one for each paper."""
        postings = self._postings.get(stem)
        if postings is None:
            return _NONE
        done = self._whole.get(stem, 0)
        if done < len(postings):
            kept: list[int] = []
            last = -1
            for posting in postings[done:]:
                if posting >> BITS == last:
                    times = (kept.pop() & MOST_TIMES) + (posting & MOST_TIMES)
                    posting = last << BITS | min(times, MOST_TIMES)
                last = posting >> BITS
                kept.append(posting)
            postings[done:] = array("I", kept)
            self._whole[stem] = len(postings)
        return postings

    def _counted_by(self, word: str) -> Callable[[int], object]:
        """Return what takes the postings of a word; for one that says nothing, what drops them."""
        stem = self.stems[word]
        # No test for each word: a call of a built-in function costs less.
        return self._postings.setdefault(stem, array("I")).append if stem else abs

    def _with_norms(self) -> list[float]:
        average = self._total / max(len(self), 1) or 1.0
        self._norms = [K1 * (1 - B + B * each / average) for each in self._lengths]
        return self._norms
