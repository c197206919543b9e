"""Rank papers by all their words: how well they answer a question, how similar they are to one.

The index of words is built on first use, the newest papers first, and lives in memory only. A row
is a paper's place in the list of papers.
"""

from collections.abc import Iterable

from store.model import Paper
from store.ranking import questions, related
from store.ranking.stems import words_of
from store.ranking.terms import Terms, best_rows, text_of

SLICE = 32
"""Papers in a slice of work, 2 to 3 ms; keys are handled between slices."""
MOST = 50
"""Most papers in a ranking."""


class Ranks:
    """Ranks the papers of a list that may grow."""

    def __init__(
        self, papers: list[Paper], newest_first: Iterable[int], written_by: related.Having
    ) -> None:
        """`written_by` returns the rows of an author's papers, by the folded name."""
        self._papers = papers
        self._written_by = written_by
        self._terms = Terms()
        self._waiting: list[int] = []
        """The rows to read, the next one last."""
        self.update(newest_first)

    def update(self, rows: Iterable[int]) -> None:
        """Record that rows have a new or changed paper."""
        self._waiting[:0] = [*rows][::-1]

    def drop(self, rows: Iterable[int]) -> None:
        """Record that rows no longer have a paper."""
        gone = set(rows)
        self._waiting = [row for row in self._waiting if row not in gone]
        for row in gone:
            self._terms.forget(row)

    @property
    def progress(self) -> float:
        """The share of papers that has been read, from 0 to 1."""
        done = len(self._terms)
        return done / (done + len(self._waiting)) if self._waiting else 1.0

    def read(self, at_most: int | None = None) -> bool:
        """Read all papers, or at most `at_most` and SLICE; return whether all have been read."""
        waiting = self._waiting
        for _ in range(len(waiting) if at_most is None else min(at_most, SLICE, len(waiting))):
            row = waiting.pop()
            self._terms.add(row, self._papers[row])
        if not waiting:
            self._terms.rest()
        return not waiting

    def content(self, text: str) -> int:
        """Return the number of words in a question that say something."""
        return len(questions.content_words(self._terms, text))

    def about(self, text: str, among: int) -> list[int]:
        """Return the rows of a set that answer a question, the best first, at most MOST."""
        return self._best(questions.rank(self._terms, self._papers.__getitem__, text), among)

    def like(self, row: int, among: int) -> list[int]:
        """Return the rows of a set most similar to the paper of a row, at most MOST."""
        paper = self._papers[row]
        authors = related.by_authors(
            paper, self._written_by, self._papers.__getitem__, len(self._papers)
        )
        scores = related.rank(self._terms, authors, paper)
        scores.pop(row, None)
        return self._best(scores, among)

    def why_about(self, text: str, row: int) -> list[str]:
        """Return the words of a question that the paper of a row has in any form.

        A word that it lacks is replaced by its other word for the same, as written in the paper.
        """
        terms = self._terms
        there = {terms.stems[word]: word for word in reversed(words_of(self._text(row)))}
        found: dict[str, None] = {}
        for word, stem in questions.content_words(terms, text).items():
            if stem in there:
                found[word] = None
            elif called := [each for each in questions.other_words(terms, stem) if each in there]:
                found[there[called[0]]] = None
        return list(found)

    def why_like(self, liked: int, row: int) -> list[str]:
        """Return the words of the paper of a row that make it similar to another."""
        return related.reasons(self._terms, self._papers[liked], self._papers[row], row)

    def _text(self, row: int) -> str:
        return text_of(self._papers[row])

    def _best(self, scores: dict[int, float], among: int) -> list[int]:
        if self._waiting or among.bit_count() < len(self._terms):
            bits = among.to_bytes(len(self._papers) // 8 + 1, "little")
            scores = {
                row: score for row, score in scores.items() if bits[row >> 3] >> (row & 7) & 1
            }
        return best_rows(scores, MOST)
