"""The user's taste, learned from stars, tags, notes and papers read without a star.

Rocchio's method: the mean of the liked papers minus most of the mean of the papers read and left,
over TF-IDF of words and of pairs of neighbouring words, and a little of authors. The latest stars
weigh more, so that the taste follows changing interests. At most 1,800 papers are read, whatever
the size of the library, and nothing is stored on disk.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import TypeAlias

from store.model import NO_MARKS, Marks, Paper
from store.ranking.basis import FEW_LEFT, Basis, Liked, gathering
from store.ranking.stems import STOP, singular, words_of
from store.ranking.terms import text_of
from store.text.fold import fold

Term: TypeAlias = str | tuple[str, str]
"""A word in the singular, two that are neighbours without the stop words, or "@" and an author."""

AGAINST = 0.8
"""The weight of the papers left, compared with that of the papers liked."""
EVEN, RECENT, HALF_LIFE = 0.6, 0.4, 10
"""The share of weight that all stars have alike, the share that the latest have more of, and the
number of stars after which that is halved."""
AUTHORS = 0.09
"""The weight of authors, compared with that of words."""
POINT = 0.002
"""The worth of a point of the score from rules; learned scores differ by about as much."""
SLICE = 20
"""Papers in a slice of work, about 2 ms; keys are handled between slices."""
MOST_AUTHORS = 60
"""Longer lists of authors are cut."""
MOST_KEPT = 50_000
"""Words that are remembered without their plural."""
REASONS = 3
"""Most terms in a reason."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a paper has its place in the ranking."""

    paper: Paper
    """The liked paper that is most similar."""
    starred: bool
    """Whether that one has a star; else it has a tag or a note."""
    terms: tuple[str, ...]
    """The terms of both, as written in the ranked paper."""


class Taste:
    """A learned taste: how much each term counts for or against a paper."""

    def __init__(
        self,
        idf: Mapping[Term, float],
        unknown: float,
        weights: Mapping[Term, float],
        liked: Sequence[tuple[Liked, Mapping[Term, float]]],
    ) -> None:
        self._terms = {term: (each, weights.get(term, 0.0)) for term, each in idf.items()}
        self._unknown = unknown
        self._weights = weights
        self._liked = liked

    def score(self, paper: Paper) -> float:
        """Return the score of a paper; higher is better, and 0 says nothing."""
        if not self._liked:
            return 0.0
        total, square, unknown, known = 0.0, 0.0, self._unknown, self._terms
        without = unknown, 0.0
        for term, times in Counter(terms_of(paper)).items():
            idf, weight = known.get(term, without)
            value = idf if times == 1 else (1 + log(times)) * idf
            square += value * value
            total += value * weight
        score = total / sqrt(square) if square else 0.0
        names = authors_of(paper)
        by_authors = sum(self._weights.get(name, 0.0) for name in names)
        return score + (by_authors / sqrt(len(names)) if names else 0.0)

    def reason(self, paper: Paper) -> Reason | None:
        """Return why a paper has its place; None if nothing speaks for it."""
        own = _with_authors(paper, _vector(paper, self._idf_of, self._unknown))
        best: tuple[float, Liked, list[Term]] | None = None
        for liked, vector in self._liked:
            shares = {
                term: gain
                for term, value in own.items()
                if (gain := value * vector.get(term, 0.0) * self._weights.get(term, 0.0)) > 0
            }
            total = sum(shares.values()) * liked.weight
            if liked.paper.id != paper.id and total > (best[0] if best else 0.0):
                terms = sorted(shares, key=lambda term: (-shares[term], str(term)))
                best = total, liked, terms
        if best is None:
            return None
        return Reason(best[1].paper, best[1].weight == 1.0, tuple(_in_words(best[2], paper)))

    def _idf_of(self, term: Term) -> float | None:
        known = self._terms.get(term)
        return known[0] if known else None


def learning(basis: Basis) -> Generator[None, None, Taste]:
    """Learn a taste, a slice of the papers at each step; the generator returns it."""
    if not basis.liked:
        return Taste({}, 0.0, {}, ())
    vocabulary: dict[Term, int] = {}
    for number, each in enumerate(basis.liked, 1):
        vocabulary.update(dict.fromkeys(terms_of(each.paper), 0))
        if number % SLICE == 0:
            yield
    for number, paper in enumerate(basis.background, 1):
        for term in dict.fromkeys(terms_of(paper)):
            if term in vocabulary:
                vocabulary[term] += 1
        if number % SLICE == 0:
            yield
    count = len(basis.background)
    unknown = log((count + 1) / 2)
    idf = {
        term: log((count + 1) / (max(df, 1) + 1)) if df <= count / 2 or count < FEW_LEFT else 0.0
        for term, df in vocabulary.items()
    }
    del vocabulary
    yield
    weights: dict[Term, float] = {}
    vectors: list[tuple[Liked, Mapping[Term, float]]] = []
    shares = _shares(basis.liked)
    for number, (each, share) in enumerate(zip(basis.liked, shares, strict=True), 1):
        vector = _with_authors(each.paper, _vector(each.paper, idf.get, unknown))
        vectors.append((each, vector))
        for term, value in vector.items():
            weights[term] = weights.get(term, 0.0) + share * value
        if number % SLICE == 0:
            yield
    for number, paper in enumerate(basis.left, 1):
        against = AGAINST / len(basis.left)
        for term, value in _with_authors(paper, _vector(paper, idf.get, unknown)).items():
            if term in weights:
                weights[term] -= against * value
        if number % SLICE == 0:
            yield
    for term in weights:
        if isinstance(term, str) and term[0] == "@":
            weights[term] *= AUTHORS
    return Taste(idf, unknown, weights, vectors)


class Tasting:
    """Scores the papers of a list by taste; it learns again when marks change."""

    def __init__(self, papers: list[Paper]) -> None:
        self._papers = papers
        self._taste: Taste | None = None
        self._basis: Basis | None = None
        """The papers that the taste was learned from."""
        self._scores: dict[int, tuple[Paper, float]] = {}
        """The scored paper and its score, by row."""
        self.progress = 1.0
        """The finished share of the last task, from 0 to 1."""

    @property
    def stars(self) -> int:
        """Number of liked papers that the taste was learned from."""
        return len(self._basis.liked) if self._basis else 0

    def steps(
        self,
        rows: Iterable[int],
        marks: Mapping[str, Marks],
        since: str,
        there: Iterable[int],
    ) -> Iterator[None]:
        """Learn again if marks changed, then score rows; a slice at each step.

        `there` are all rows with a paper; marks from before the day `since` do not count.
        """
        self.progress = 0.0
        papers = self._papers
        basis = yield from gathering(map(papers.__getitem__, there), marks, since)
        if basis != self._basis:
            taste = yield from learning(basis)
            self._taste, self._basis = taste, basis
            self._scores.clear()
        taste = self._taste or Taste({}, 0.0, {}, ())
        wanted = list(rows)
        for number, row in enumerate(wanted, 1):
            known = self._scores.get(row)
            if known is None or known[0] is not papers[row]:
                self._scores[row] = papers[row], taste.score(papers[row])
                if number % SLICE == 0:
                    self.progress = number / len(wanted)
                    yield
        self.progress = 1.0

    def scores(self, rows: Iterable[int], marks: Mapping[str, Marks]) -> dict[int, float]:
        """Return the scores of rows, including those from rules; 0 for a paper not scored yet."""
        papers, known = self._papers, self._scores
        return {
            row: (known[row][1] if row in known else 0.0)
            + POINT * marks.get(papers[row].id, NO_MARKS).score
            for row in rows
        }

    def reason(self, paper: Paper) -> Reason | None:
        """Return why a paper has its place; None if nothing speaks for it."""
        return self._taste.reason(paper) if self._taste else None


def terms_of(paper: Paper) -> list[Term]:
    """Return the words and pairs of a paper, each as often as the paper has it."""
    words = list(filter(None, map(_word, words_of(text_of(paper)))))
    return [*words, *pairwise(words)]


def authors_of(paper: Paper) -> list[Term]:
    """Return the terms of a paper's authors."""
    return [f"@{name}" for name in dict.fromkeys(map(fold, paper.authors[:MOST_AUTHORS])) if name]


class _Words(dict[str, str]):
    """Words in the singular, added on first use; empty for stop words."""

    def __missing__(self, word: str) -> str:
        if len(self) > MOST_KEPT:
            self.clear()
        self[word] = "" if word in STOP or len(word) < 2 else singular(word)
        return self[word]


_word = _Words().__getitem__


def _shares(liked: Sequence[Liked]) -> list[float]:
    """Return the share of weight of each liked paper, the latest first."""
    total = sum(each.weight for each in liked)
    recent = [each.weight * 2 ** (-age / HALF_LIFE) for age, each in enumerate(liked)]
    all_recent = sum(recent)
    return [
        EVEN * each.weight / total + RECENT * lately / all_recent
        for each, lately in zip(liked, recent, strict=True)
    ]


def _vector(
    paper: Paper, idf_of: Callable[[Term], float | None], unknown: float
) -> dict[Term, float]:
    """Return the TF-IDF of the known terms of a paper, scaled to length 1 over all terms."""
    vector: dict[Term, float] = {}
    square = 0.0
    for term, times in Counter(terms_of(paper)).items():
        idf = idf_of(term)
        value = (1 + log(times)) * (unknown if idf is None else idf)
        square += value * value
        if idf:
            vector[term] = value
    length = sqrt(square) or 1.0
    return {term: value / length for term, value in vector.items()}


def _with_authors(paper: Paper, vector: dict[Term, float]) -> dict[Term, float]:
    names = authors_of(paper)
    return vector | dict.fromkeys(names, 1 / sqrt(len(names))) if names else vector


def _in_words(terms: Sequence[Term], paper: Paper) -> list[str]:
    """Return the first terms as written in a paper: pairs first, no term twice."""
    first = terms[: 4 * REASONS]
    chosen: list[Term] = []
    for term in [*(t for t in first if isinstance(t, tuple)), *first]:
        inside = any(term == each or (isinstance(each, tuple) and term in each) for each in chosen)
        shares_word = isinstance(term, tuple) and any(set(term) & set(each) for each in chosen)
        if not inside and not shares_word:
            chosen.append(term)
    written = _as_written(paper)
    return [written.get(term, "") for term in chosen[:REASONS] if written.get(term)]


def _as_written(paper: Paper) -> dict[Term, str]:
    """Return each term of a paper as the paper first writes it."""
    words = [(term, word) for word in words_of(text_of(paper)) if (term := _word(word))]
    written: list[tuple[Term, str]] = [*words]
    written += [
        ((one, two), f"{first} {second}") for (one, first), (two, second) in pairwise(words)
    ]
    written += [(f"@{fold(name)}", name) for name in paper.authors[:MOST_AUTHORS]]
    return dict(reversed(written))
