"""Any words: how well papers answer a question, though none has all of its words.

Papers are scored by BM25 over stems. Stems let in what is only alike, so the first hundred are
looked at again: those with the very words, and with neighbouring ones side by side, get ahead.
What ranks by meaning (vectors of sentences) can stand in the place of `rank`: text in, scores out.
"""

from collections.abc import Callable, Mapping
from heapq import nlargest
from itertools import pairwise
from operator import neg

from store.model import Paper
from store.ranking.stems import folded, words_of
from store.ranking.terms import Terms, text_of

LOOKED_AT = 100
"""So many of the best are looked at again."""
EXACT, PAIR = 0.5, 1.0
"""What a very word, and a very pair of neighbours, add, as shares of what the rarer one says."""
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
    idf = {stem: terms.idf(stem) for stem in words.values()}
    scores = terms.scores(idf)
    if len(words) < 2:
        return scores
    pairs = neighbours(text, words)
    for score, place in nlargest(LOOKED_AT, zip(scores.values(), map(neg, scores), strict=True)):
        text_there = folded(text_of(paper_at(-place)))
        scores[-place] = score + _exact(text_there, words, pairs, idf)
    return scores


def neighbours(text: str, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the words of a question that stand side by side there, both of which say something."""
    return [pair for pair in pairwise(words_of(text)) if pair[0] in words and pair[1] in words]


def _exact(
    text: str,
    words: Mapping[str, str],
    pairs: list[tuple[str, str]],
    idf: Mapping[str, float],
) -> float:
    """Return what the very words of a question in a text are worth."""
    gain = sum(EXACT * idf[stem] for word, stem in words.items() if f" {word} " in text)
    for one, other in pairs:
        if f" {one} {other} " in text:
            gain += PAIR * min(idf[words[one]], idf[words[other]])
    return gain
