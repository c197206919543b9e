"""Corrections of misspelt words."""

from dataclasses import dataclass

from store.search.words import Words

MOST = 8
"""Most corrections of a word."""

LONGEST = 40
"""Longer words are not corrected."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word, or the beginning of one, that the user may have meant."""

    text: str
    typos: int
    whole: bool
    """Whether it is a whole word."""
    same_start: bool
    """Whether it has the first letter of the typed word."""


class Repairs:
    """Finds words of titles and names that are one or two typos away from a word."""

    def __init__(self, titles: Words, names: Words, never: bool = False) -> None:
        """With `never` no word is corrected."""
        self._never = never
        self._titles = titles
        self._names = names
        self._by_length: dict[int, list[str]] = {}
        """All words by their length; empty until they are needed."""
        self._starts: dict[int, list[str]] = {}
        """The beginnings of longer words of titles, by their length."""
        self._known: dict[str, list[Correction]] = {}
        """Corrections by word: a query keeps its typo while the user types on."""

    def clear(self) -> None:
        """Record that the words changed."""
        self._by_length.clear()
        self._starts.clear()
        self._known.clear()

    def corrections(self, word: str) -> list[Correction]:
        """Return the most similar words.

        A typo is a letter too many, missing or wrong, or two that are swapped. A word may have one
        from four letters on, two from seven; three letters may lack a fourth. Fewer typos come
        first, then whole words, then the same first letter, then words in more papers.
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
        """Return the beginnings of longer words in titles, cut to a length."""
        starts = self._starts.get(length)
        if starts is None:
            longer = {word[:length] for word in self._titles.rows if len(word) > length}
            starts = self._starts[length] = list(longer)
        return starts
