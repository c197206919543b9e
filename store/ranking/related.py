"""Related papers: those that have the words which say most of what a paper is about.

The forty heaviest words of the paper are the query, weighted as TF-IDF has it; papers are scored by
BM25 over stems, and a little by the authors they share. That puts papers in the order of TF-IDF's
cosine within noise, at a tenth of the cost.
"""

from collections import Counter
from collections.abc import Iterable
from math import log, sqrt

from store.model import Paper
from store.ranking.stems import words_of
from store.ranking.terms import Terms, text_of
from store.text.fold import fold

WORDS = 40
AUTHORS = 0.2
"""What sharing all authors is worth, beside the best score by words."""
MOST_AUTHORS = 60
"""Longer lists of authors say nothing of who works with whom, and are cut."""
REASONS = 3


class People:
    """Who wrote which paper, by row; names are compared folded."""

    def __init__(self) -> None:
        self._rows: dict[str, list[int]] = {}
        self._names: dict[int, tuple[str, ...]] = {}

    def add(self, row: int, paper: Paper) -> None:
        """Take in the authors of a paper."""
        self.forget(row)
        names = tuple(dict.fromkeys(filter(None, map(fold, paper.authors[:MOST_AUTHORS]))))
        self._names[row] = names
        for name in names:
            self._rows.setdefault(name, []).append(row)

    def forget(self, row: int) -> None:
        """Forget the paper of a row."""
        for name in self._names.pop(row, ()):
            self._rows[name].remove(row)

    def likeness(self, paper: Paper) -> dict[int, float]:
        """Return the cosine of authors, the rarer ones weighing more, with those who share any."""
        total: dict[int, float] = {}
        names = dict.fromkeys(filter(None, map(fold, paper.authors[:MOST_AUTHORS])))
        weights = {name: self._weight(name) for name in names}
        for name, weight in weights.items():
            for row in self._rows.get(name, ()):
                total[row] = total.get(row, 0.0) + weight * weight
        own = _length(weights.values())
        return {
            row: shared / own / _length(map(self._weight, self._names[row]))
            for row, shared in total.items()
        }

    def _weight(self, name: str) -> float:
        return log((len(self._names) + 1) / (len(self._rows.get(name, ())) + 1)) + 1


def weights_of(terms: Terms, paper: Paper) -> dict[str, float]:
    """Return the heaviest words of a paper, as stems, of those that another paper has."""
    counts = Counter(terms.stems.of(words_of(text_of(paper))))
    total = len(terms)
    found = {
        stem: (1 + log(times)) * log((total + 1) / (df + 1))
        for stem, times in counts.items()
        if 2 <= (df := terms.df(stem)) <= total
    }
    heaviest = sorted(found, key=lambda stem: (-found[stem], stem))[:WORDS]
    length = _length(found[stem] for stem in heaviest) or 1.0
    return {stem: found[stem] / length for stem in heaviest if found[stem] > 0}


def rank(terms: Terms, people: People, paper: Paper) -> dict[int, float]:
    """Return how much papers are like one, by row; that one is the best of them."""
    scores = terms.scores(weights_of(terms, paper))
    best = max(scores.values(), default=1.0)
    for row, likeness in people.likeness(paper).items():
        scores[row] = scores.get(row, 0.0) + AUTHORS * best * likeness
    return scores


def reasons(terms: Terms, paper: Paper, other: Paper, row: int) -> list[str]:
    """Return the words that make another paper, that of a row, like one, as they stand in it."""
    shares = terms.shares(weights_of(terms, paper), row)
    best = sorted(shares, key=lambda stem: (-shares[stem], stem))[:REASONS]
    return as_written(terms, text_of(other), best)


def as_written(terms: Terms, text: str, stems: Iterable[str]) -> list[str]:
    """Return the word that each stem stands for in a text, in its first form there."""
    words: dict[str, str] = {}
    for word in words_of(text):
        words.setdefault(terms.stems[word], word)
    return [words.get(stem, stem) for stem in stems]


def _length(weights: Iterable[float]) -> float:
    return sqrt(sum(weight * weight for weight in weights))
