"""Related papers: those that have the words which say most of what a paper is about.

The heaviest words of the paper are the query, weighted as TF-IDF has it; papers are scored by BM25
over stems, and a little by the authors they share. That finds as much as TF-IDF's cosine does, at a
tenth of the cost.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log, sqrt
from typing import TypeAlias

from store.model import Paper
from store.ranking.stems import words_of
from store.ranking.terms import Terms, text_of
from store.text.fold import fold

WORDS = 60
AUTHORS = 0.2
"""What sharing all authors is worth, beside the best score by words."""
MOST_AUTHORS = 60
"""Longer lists of authors say nothing of who works with whom, and are cut."""
REASONS = 3

Having: TypeAlias = Callable[[str], Sequence[int]]


def by_authors(
    paper: Paper, having: Having, paper_at: Callable[[int], Paper], count: int
) -> dict[int, float]:
    """Return the cosine of authors, the rarer ones weighing more, by row, of those that share any.

    The authors of the other paper are taken to be as rare as those of this one. `having` returns
    the rows that have an author, by the folded name; `count` is how many papers there are.
    """
    names = dict.fromkeys(filter(None, map(fold, paper.authors[:MOST_AUTHORS])))
    total: dict[int, float] = {}
    own = 0.0
    for name in names:
        rows = having(name)
        weight = (log((count + 1) / (len(rows) + 1)) + 1) ** 2
        own += weight
        for row in rows:
            total[row] = total.get(row, 0.0) + weight
    return {
        row: min(shared / own * sqrt(len(names) / max(len(paper_at(row).authors), 1)), 1.0)
        for row, shared in total.items()
    }


def weights_of(terms: Terms, paper: Paper) -> dict[str, float]:
    """Return the heaviest words of a paper, as stems, of those that another paper has.

    What a word says counts on both sides, as in a cosine of TF-IDF: in the weights of this paper
    and, being part of BM25, in those of the other.
    """
    counts = Counter(terms.stems.of(words_of(text_of(paper))))
    total = len(terms)
    found = {
        stem: (1 + log(times)) * log((total + 1) / (df + 1))
        for stem, times in counts.items()
        if 2 <= (df := terms.df(stem)) < total
    }
    heaviest = sorted(found, key=lambda stem: (-found[stem], stem))[:WORDS]
    return {stem: found[stem] * terms.idf(stem) for stem in heaviest}


def rank(terms: Terms, authors: Mapping[int, float], paper: Paper) -> dict[int, float]:
    """Return how much papers are like one, by row; that one is the best of them.

    `authors` says how much they share its authors, by row.
    """
    scores = terms.scores(weights_of(terms, paper))
    best = max(scores.values(), default=1.0)
    for row, likeness in authors.items():
        scores[row] = scores.get(row, 0.0) + AUTHORS * best * likeness
    return scores


def reasons(terms: Terms, paper: Paper, other: Paper, row: int) -> list[str]:
    """Return the words that make another paper, that of a row, like one, as they are in it."""
    shares = terms.shares(weights_of(terms, paper), row)
    best = sorted(shares, key=lambda stem: (-shares[stem], stem))[:REASONS]
    return as_written(terms, text_of(other), best)


def as_written(terms: Terms, text: str, stems: Iterable[str]) -> list[str]:
    """Return the word that each stem stands for in a text, in its first form there."""
    words: dict[str, str] = {}
    for word in words_of(text):
        words.setdefault(terms.stems[word], word)
    return [words.get(stem, stem) for stem in stems]
