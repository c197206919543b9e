"""Related papers: those with the most important words of a paper.

The words of the paper with the highest TF-IDF are the query. Papers are scored by BM25 over stems,
and a little by shared authors. This finds as much as the cosine of TF-IDF, at a tenth of its cost.
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
"""Words of the query."""
AUTHORS = 0.2
"""The worth of having all authors in common, as a share of the best score by words."""
MOST_AUTHORS = 60
"""Longer lists of authors do not show who works with whom; they are cut."""
REASONS = 3
"""Most words in a reason."""

Having: TypeAlias = Callable[[str], Sequence[int]]
"""Returns the rows of an author's papers, by the folded name."""


def by_authors(
    paper: Paper, having: Having, paper_at: Callable[[int], Paper], count: int
) -> dict[int, float]:
    """Return the cosine of authors, by row, for papers that share any; rare authors weigh more.

    The other authors of such a paper count as if they were as rare as those of `paper`. `count` is
    the number of all papers.
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
    """Return the weights of the WORDS most important stems of a paper that other papers have too.

    The idf of a word counts on both sides, as in a cosine of TF-IDF: in these weights, and in BM25
    for the other paper.
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
    """Return the similarity of papers to one, by row; that one itself has the highest.

    `authors` is the result of `by_authors`.
    """
    scores = terms.scores(weights_of(terms, paper))
    best = max(scores.values(), default=1.0)
    for row, likeness in authors.items():
        scores[row] = scores.get(row, 0.0) + AUTHORS * best * likeness
    return scores


def reasons(terms: Terms, paper: Paper, other: Paper, row: int) -> list[str]:
    """Return the words that make `other`, in a row, similar to `paper`, as written in `other`."""
    shares = terms.shares(weights_of(terms, paper), row)
    best = sorted(shares, key=lambda stem: (-shares[stem], stem))[:REASONS]
    return as_written(terms, text_of(other), best)


def as_written(terms: Terms, text: str, stems: Iterable[str]) -> list[str]:
    """Return the word of each stem as a text first writes it."""
    words: dict[str, str] = {}
    for word in words_of(text):
        words.setdefault(terms.stems[word], word)
    return [words.get(stem, stem) for stem in stems]
