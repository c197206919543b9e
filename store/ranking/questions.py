"""Any words: how well papers answer a question, though none has all of its words.

Papers are scored by BM25 over stems, and over the words that papers have for everyday ones
(store.ranking.everyday). What is rare counts for less than BM25 has it: words of a question are
often rare because nobody writes so in an abstract. Stems let in what is only alike, so the first
hundred are looked at again: those with the very words, and with neighbouring ones side by side, get
ahead. What ranks by meaning (vectors of sentences) can be in place of `rank`: text in,
scores out.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from store.model import Paper
from store.ranking.everyday import others
from store.ranking.stems import folded, words_of
from store.ranking.terms import Terms, best_rows, text_of

LOOKED_AT = 100
"""So many of the best are looked at again."""
EXACT, PAIR = 0.5, 1.0
"""What a very word, and a very pair of neighbours, add, as shares of what the rarer one says."""
TYPED, LONG = 4, 12
"""A query of more words than the first is asked in one's own: its very words count for less the
longer it is, and not at all in one of more than the second."""
OTHER = 0.7
"""What another word for the same counts, of what the word of the question does."""
TEMPERED = 0.7
"""The power of idf that is taken."""
MOST_WORDS = 64
"""Different words of a question that are looked for."""


def content_words(terms: Terms, text: str) -> dict[str, str]:
    """Return the words of a question that say something, in their order: stems by word."""
    words = dict.fromkeys(words_of(text)[: 4 * MOST_WORDS])
    stems = {word: stem for word in words if (stem := terms.stems[word])}
    return dict(list(stems.items())[:MOST_WORDS])


def rank(terms: Terms, paper_at: Callable[[int], Paper], text: str) -> dict[int, float]:
    """Return how well papers answer a question, by row; those with no word of it lack."""
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
    """Return the stems of what papers call a word besides, of those that any paper has."""
    return [other for other in others().get(stem, ()) if terms.df(other)]


def neighbours(text: str, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the words of a question that are side by side there, both of which say something."""
    return [pair for pair in pairwise(words_of(text)) if pair[0] in words and pair[1] in words]


def _weighted(terms: Terms, stems: Iterable[str]) -> tuple[dict[str, float], dict[str, float]]:
    """Return what each stem of a question is worth, and that with the other words for them.

    A word is worth no more than the commonest of the others: what many papers say in one of them
    is not rare.
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
    """Return what the very words of a question in a text are worth."""
    gain = sum(EXACT * worth[stem] for word, stem in words.items() if f" {word} " in text)
    for one, other in pairs:
        if f" {one} {other} " in text:
            gain += PAIR * min(worth[words[one]], worth[words[other]])
    return gain
