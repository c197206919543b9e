"""How well papers answer a question, even if none has all of its words.

Papers are scored by BM25 over stems, and over the words of papers for everyday ones
(store.ranking.everyday). Rare words count less than in BM25: words of a question are often rare
only because abstracts use others. Stems also match words that are merely similar, so the best
hundred are scored again: exact words, and exact pairs of neighbours, move papers up.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from store.model import Paper
from store.ranking.everyday import others
from store.ranking.stems import folded, words_of
from store.ranking.terms import Terms, best_rows, text_of

LOOKED_AT = 100
"""Number of the best papers that are scored again."""
EXACT, PAIR = 0.5, 1.0
"""The worth of an exact word and of an exact pair, as a share of the idf of the rarer one."""
TYPED, LONG = 4, 12
"""Numbers of words. A question longer than the first is in the user's own words: the longer it is,
the less its exact words count, and beyond the second not at all."""
OTHER = 0.7
"""The weight of another word for the same, compared with the word of the question."""
TEMPERED = 0.7
"""The exponent of idf."""
MOST_WORDS = 64
"""Most different words of a question."""


def content_words(terms: Terms, text: str) -> dict[str, str]:
    """Return the stem of each word of a question that says something, in order."""
    words = dict.fromkeys(words_of(text)[: 4 * MOST_WORDS])
    stems = {word: stem for word in words if (stem := terms.stems[word])}
    return dict(list(stems.items())[:MOST_WORDS])


def rank(terms: Terms, paper_at: Callable[[int], Paper], text: str) -> dict[int, float]:
    """Return the scores of papers for a question, by row; papers without a word of it have none."""
    words = content_words(terms, text)
    worth, weights = _weighted(terms, words.values())
    scores = terms.scores(weights)
    if not 2 <= len(words) <= LONG:
        return scores
    share = min(1.0, (TYPED / len(words)) ** 2)
    pairs = neighbours(text, words)
    for row in best_rows(scores, LOOKED_AT):
        there = folded(text_of(paper_at(row)))
        scores[row] += share * _exact(there, words, pairs, worth)
    return scores


def other_words(terms: Terms, stem: str) -> list[str]:
    """Return the stems of other words for a stem, if any paper has them."""
    return [other for other in others().get(stem, ()) if terms.df(other)]


def neighbours(text: str, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the pairs of neighbours in a question, both of which say something."""
    return [pair for pair in pairwise(words_of(text)) if pair[0] in words and pair[1] in words]


def _weighted(terms: Terms, stems: Iterable[str]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the worth of each stem of a question, and the weights including other words for it.

    A word is worth no more than the most common of the other words for the same.
    """
    called = {stem: other_words(terms, stem) for stem in stems}
    worth = {
        stem: min(map(terms.idf, (stem, *besides))) ** TEMPERED for stem, besides in called.items()
    }
    weights = dict(worth)
    for stem, besides in called.items():
        for other in besides:
            if other not in worth:
                weights[other] = max(weights.get(other, 0.0), OTHER * worth[stem])
    return worth, weights


def _exact(
    text: str,
    words: Mapping[str, str],
    pairs: list[tuple[str, str]],
    worth: Mapping[str, float],
) -> float:
    """Return the worth of the exact words and pairs of a question in a text."""
    gain = sum(EXACT * worth[stem] for word, stem in words.items() if f" {word} " in text)
    for one, other in pairs:
        if f" {one} {other} " in text:
            gain += PAIR * min(worth[words[one]], worth[words[other]])
    return gain
