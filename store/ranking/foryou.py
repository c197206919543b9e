"""What one likes, learned from stars, tags, notes and what was read and not starred.

Rocchio's method: the mean of what one starred less most of the mean of what one read and left, over
TF-IDF of words and of neighbouring pairs of words, and a little of authors. The latest stars weigh
more, so that it follows when interests move. It reads at most 1,800 papers, whatever the library's
size, and nothing of it is kept on disk.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from operator import attrgetter
from typing import TypeAlias

from store.model import NO_MARKS, Marks, Paper
from store.ranking.stems import STOP, singular, words_of
from store.ranking.terms import text_of
from store.text.fold import fold

Term: TypeAlias = str | tuple[str, str]
"""A word without its plural, two that are side by side once stop words are left out, or "@" and
the name of an author."""

STARS, LEFT, BACKGROUND = 300, 500, 1_000
"""So many papers are learned from: the latest starred, others that were read, any."""
FEW_LEFT = 50
"""Where fewer than this were read and not starred, others of the library are in."""
AGAINST = 0.8
"""What the papers that were left weigh against those starred."""
EVEN, RECENT, HALF_LIFE = 0.6, 0.4, 10
"""How much all stars weigh alike, how much the latest ones more, and after how many a star weighs
half of that."""
AUTHORS = 0.09
HALF = 0.5
"""Of a star: a tag or a note on a paper without one."""
POINT = 0.002
"""What a point of the score that rules give is worth; the learned scores of papers differ by as
much."""
GATHERED = 2_000
"""Papers whose marks are looked at before keys are let through."""
SLICE = 20
"""Papers that are read before keys are let through; about 2 ms."""
MOST_AUTHORS = 60
REASONS = 3


@dataclass(frozen=True, slots=True)
class Liked:
    """A paper that is liked, and how much: 1 for a star."""

    paper: Paper
    when: str
    """When it was starred, else read; ISO 8601 in UTC, or empty."""
    weight: float


@dataclass(frozen=True, slots=True)
class Basis:
    """What is learned from."""

    liked: tuple[Liked, ...]
    """The latest first."""
    left: tuple[Paper, ...]
    background: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a paper is ranked where it is."""

    paper: Paper
    """What was liked that is most like it."""
    starred: bool
    """Whether that has a star; else a tag or a note."""
    terms: tuple[str, ...]
    """What both have, as it is in the paper that is ranked."""


class Taste:
    """What was learned: how much each term counts for or against a paper."""

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
        """Return how much a paper is to the taste; more is better, 0 says nothing."""
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
        """Return why a paper is where it is; None if nothing speaks for it."""
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
        return Reason(best[1].paper, best[1].weight == 1.0, tuple(_told(best[2], paper)))

    def _idf_of(self, term: Term) -> float | None:
        known = self._terms.get(term)
        return known[0] if known else None


def gathering(
    papers: Iterable[Paper], all_marks: Mapping[str, Marks], since: str = ""
) -> Generator[None, None, Basis]:
    """Gather in slices what to learn from; what the generator returns is that.

    Marks from before the day `since` (YYYY-MM-DD) do not count. A tag or a note counts from when
    the paper was read or starred, as it has no day of its own.
    """
    days: defaultdict[str, list[Paper]] = defaultdict(list)
    for number, paper in enumerate(papers, 1):
        days[paper.date].append(paper)
        if number % GATHERED == 0:
            yield
    by_date: list[Paper] = []
    liked: list[Liked] = []
    left: list[Paper] = []
    others: list[Paper] = []
    in_order = (p for day in sorted(days) for p in sorted(days[day], key=attrgetter("id")))
    for paper in in_order:
        by_date.append(paper)
        if len(by_date) % GATHERED == 0:
            yield
        marks = all_marks.get(paper.id, NO_MARKS)
        if marks.starred and marks.starred_at >= since:
            liked.append(Liked(paper, marks.starred_at, 1.0))
        elif (marks.tags or marks.note) and max(marks.starred_at, marks.read_at) >= since:
            liked.append(Liked(paper, max(marks.starred_at, marks.read_at), HALF))
        elif marks.read and not marks.starred and marks.read_at >= since:
            left.append(paper)
        elif not marks.starred:
            others.append(paper)
    liked.sort(key=lambda each: (each.when, each.paper.date, each.paper.id), reverse=True)
    if len(left) < FEW_LEFT:
        left += evenly(others, LEFT - len(left))
    return Basis(
        tuple(liked[:STARS]), tuple(evenly(left, LEFT)), tuple(evenly(by_date, BACKGROUND))
    )


def learning(basis: Basis) -> Generator[None, None, Taste]:
    """Learn in slices; what the generator returns is the taste."""
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


def terms_of(paper: Paper) -> list[Term]:
    """Return the words and pairs of a paper, each as often as it is there."""
    words = list(filter(None, map(_word, words_of(text_of(paper)))))
    return [*words, *pairwise(words)]


def authors_of(paper: Paper) -> list[Term]:
    """Return the terms that a paper's authors are."""
    return [f"@{name}" for name in dict.fromkeys(map(fold, paper.authors[:MOST_AUTHORS])) if name]


def evenly(papers: Sequence[Paper], most: int) -> list[Paper]:
    """Return so many papers, evenly spaced."""
    if len(papers) <= most:
        return list(papers)
    return [papers[number * len(papers) // most] for number in range(most)]


class _Words(dict[str, str]):
    """Words without their plural, learnt as they come along; empty for those that say nothing."""

    def __missing__(self, word: str) -> str:
        if len(self) > MOST_KEPT:
            self.clear()
        self[word] = "" if word in STOP or len(word) < 2 else singular(word)
        return self[word]


MOST_KEPT = 50_000
_word = _Words().__getitem__


def _shares(liked: Sequence[Liked]) -> list[float]:
    """Return what each paper liked, the latest first, weighs among all."""
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
    """Return the TF-IDF of the known terms of a paper; its length is 1 over all its terms."""
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


def _told(terms: Sequence[Term], paper: Paper) -> list[str]:
    """Return the first terms in words of the paper, pairs first, none inside another."""
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
    """Return each term of a paper as it is there first."""
    words = [(term, word) for word in words_of(text_of(paper)) if (term := _word(word))]
    written: list[tuple[Term, str]] = [*words]
    written += [
        ((one, two), f"{first} {second}") for (one, first), (two, second) in pairwise(words)
    ]
    written += [(f"@{fold(name)}", name) for name in paper.authors[:MOST_AUTHORS]]
    return dict(reversed(written))
