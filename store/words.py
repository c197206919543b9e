"""The words of the papers: where each stands, and which one a misspelt one may stand for."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

REPAIRS = 3
"""How many corrections of a misspelt word are tried."""


class Words:
    """The words of one part of the papers, and the rows each stands in."""

    def __init__(self) -> None:
        self.rows: defaultdict[str, set[int]] = defaultdict(set)
        self._all = ""
        """All words with a line end at both sides of each; empty until it is needed."""

    def add(self, text: str, row: int) -> None:
        """Take the words of a folded text."""
        rows = self.rows
        for word in text.split():
            rows[word].add(row)
        self._all = ""

    def remove(self, text: str, row: int) -> None:
        """Forget the words of a text that was added."""
        for word in set(text.split()):
            self.rows[word].discard(row)
            if not self.rows[word]:
                del self.rows[word]
        self._all = ""

    def containing(self, part: str) -> list[str]:
        """Return the words that `part` stands in."""
        if not self._all:
            self._all = "\n" + "\n".join(self.rows) + "\n"
        text, words = self._all, []
        at = text.find(part)
        while at >= 0:
            end = text.index("\n", at)
            words.append(text[text.rindex("\n", 0, at) + 1 : end])
            at = text.find(part, end)
        return words


def corrections(
    word: str, titles: Mapping[str, Collection[int]], names: Iterable[str]
) -> list[str]:
    """Return the words, or beginnings of words in titles, that are nearest to a misspelt one.

    One typo is forgiven from four letters, two from seven. Fewer typos come first, then whole
    words, then those with the same first letter, then those in most papers.
    """
    from rapidfuzz.distance import OSA  # here because most searches do without
    from rapidfuzz.process import extract

    size = len(word)
    typos = 0 if size < 4 or word.isdigit() else 1 if size < 7 else 2
    if not typos:
        return []
    lengths = range(size - typos, size + typos + 1)
    whole = {other for words in (titles, names) for other in words if len(other) in lengths}
    near = extract(word, whole, scorer=OSA.distance, score_cutoff=typos, limit=None)
    if min((typo for _, typo, _ in near), default=2) > 1:
        # As long as the word, and one longer for a word that lacks a letter.
        starts = {other[: size + more] for other in titles for more in (0, 1)} - whole
        near += extract(word, starts, scorer=OSA.distance, score_cutoff=typos, limit=None)
    ranks = [
        (typo, other not in whole, other[0] != word[0], -len(titles.get(other, ())), other)
        for other, typo, _ in near
    ]
    ranks.sort()
    return [rank[-1] for rank in ranks[:REPAIRS] if rank[:3] == ranks[0][:3]]
