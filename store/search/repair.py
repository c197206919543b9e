"""Corrections of misspelt words."""

from dataclasses import dataclass

from store.search.words import Words

MOST = 8
"""How many corrections of a word are tried."""

LONGEST = 40
"""Longer words are not corrected."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word, or the beginning of one, that may have been meant."""

    text: str
    typos: int
    whole: bool
    """Whether it is a word of its own."""
    same_start: bool
    """Whether its first letter is the one that was typed."""


class Repairs:
    """Finds words of titles and names that are one or two typos away from a word."""

    def __init__(self, titles: Words, names: Words, never: bool = False) -> None:
        """With `never` it corrects no word."""
        self._never = never
        self._titles = titles
        self._names = names
        self._by_length: dict[int, list[str]] = {}
        """All words by their length; empty until they are needed."""
        self._starts: dict[int, list[str]] = {}
        """The beginnings of longer words of titles, by their length."""
        self._known: dict[str, list[Correction]] = {}
        """A query keeps its typo while more is typed."""

    def clear(self) -> None:
        """Record that the words have changed."""
        self._by_length.clear()
        self._starts.clear()
        self._known.clear()

    def corrections(self, word: str) -> list[Correction]:
        """Return the nearest words to a word.

        One typo (a letter too many, missing, wrong, or two that changed places) is forgiven from
        four letters, two from seven; three letters may lack the fourth. Fewer typos come first,
        then whole words, then those with the same first letter, then those in most papers.
        """
        if self._never:
            return []
        if word not in self._known:
            self._known[word] = self._nearest(word)
        return self._known[word]

    def _nearest(self, word: str) -> list[Correction]:
        from rapidfuzz.distance import OSA  # here because most searches do without
        from rapidfuzz.process import extract

        size = len(word)
        if not 3 <= size <= LONGEST or word.isdigit():
            return []
        typos = 1 if size < 7 else 2
        shortest = size + 1 if size == 3 else size - typos
        found: dict[str, Correction] = {}
        for whole in (True, False):
            for length in range(shortest, size + typos + 1):
                words = self._words(length) if whole else self._beginnings(length)
                near = extract(word, words, scorer=OSA.distance, score_cutoff=typos, limit=None)
                for text, distance, _ in near:
                    same_start = text[0] == word[0]
                    found.setdefault(text, Correction(text, int(distance), whole, same_start))
            if any(each.typos == 1 for each in found.values()):
                break
        rows = self._titles.rows
        return sorted(
            found.values(),
            key=lambda each: (
                *(each.typos, not each.whole, not each.same_start),
                *(-len(rows.get(each.text, ())), each.text),
            ),
        )[:MOST]

    def _words(self, length: int) -> list[str]:
        if not self._by_length:
            for word in self._titles.rows.keys() | self._names.rows.keys():
                self._by_length.setdefault(len(word), []).append(word)
        return self._by_length.get(length, [])

    def _beginnings(self, length: int) -> list[str]:
        """Return the beginnings of a length of the longer words of titles."""
        starts = self._starts.get(length)
        if starts is None:
            longer = {word[:length] for word in self._titles.rows if len(word) > length}
            starts = self._starts[length] = list(longer)
        return starts
