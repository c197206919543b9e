"""Where in titles and among authors a word stands, and how good a place that is."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from store.fold import fold_people, fold_titles
from store.model import Paper
from store.rowsets import Levels, cheapest, rows_as_set, rows_of
from store.words import Words

T = TypeVar("T")

# What finding a word in a place costs; each is more than two of the cheaper kind together.
TITLE, TITLE_START, PERSON, PERSON_START, INSIDE, ABSTRACT = 1, 4, 16, 64, 256, 1024

AT_ONCE = 1_000
"""So many papers' text is folded as one."""

KEPT = 64
"""The places of how many words are remembered; a longer word is only looked for among them."""


class Places:
    """The folded titles and authors of the papers. Rows are places in the order of adding."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        """Folded, with a space at both ends, like the next."""
        self.people: list[str] = []
        self.words = Words()
        """The words of the titles."""
        self._found: dict[str, Levels] = {}
        self._people_with: dict[str, int] = {}

    def add(self, papers: Sequence[Paper]) -> None:
        """Take papers in, a row for each."""
        for start in range(0, len(papers), AT_ONCE):
            some = papers[start : start + AT_ONCE]
            titles = fold_titles([paper.title for paper in some])
            self.words.add(titles, len(self.titles))
            self.titles += titles
            self.people += fold_people([paper.authors for paper in some])
        self._forget()

    def replace(self, row: int, paper: Paper) -> None:
        """Put a paper in the place of another."""
        self.words.remove(self.titles[row], row)
        titles = fold_titles([paper.title])
        self.words.add(titles, row)
        self.titles[row] = titles[0]
        self.people[row] = fold_people([paper.authors])[0]
        self._forget()

    def find(self, wanted: str) -> Levels:
        """Return where a needle (see store.evaluate) stands."""
        levels = self._found.get(wanted)
        if levels is None:
            phrase = " " in wanted.strip() or wanted.endswith(" ")
            levels = self._phrase(wanted) if phrase else self._word(wanted)
            _keep(self._found, wanted, levels)
        return levels

    def in_titles(self, wanted: str) -> int:
        """Return the rows whose title has `wanted`, which begins with a space."""
        whole = _whole_words(wanted)
        if not whole:
            return self._set([self.words.rows[word] for word in self.words.starting(wanted[1:])])
        lists = [self.words.rows.get(word, []) for word in whole]
        titles = self.titles
        return self._set([[row for row in min(lists, key=len) if wanted in titles[row]]])

    def _word(self, wanted: str) -> Levels:
        """Find a word, or where `wanted` begins with a space, a word's beginning."""
        part, rows = wanted.strip(), self.words.rows
        start, name = f" {part}", f" {part} "
        words = self.words.starting(part) if wanted == start else self.words.containing(part)
        starting = [word for word in words if word.startswith(part)]
        inside = [word for word in words if not word.startswith(part)]
        people = self.people
        having = self._people_having(start if part.isascii() else part)
        whole = [row for row in having if name in people[row]] if len(part) > 1 else []
        return cheapest(
            (TITLE, self._set([rows.get(part, [])])),
            (TITLE_START, self._set(rows[word] for word in starting)),
            (PERSON, self._set([whole])),
            (PERSON_START, self._set([having])),
            (INSIDE, self._set(rows[word] for word in inside)),
        )

    def _phrase(self, wanted: str) -> Levels:
        return cheapest(
            (TITLE, self.in_titles(wanted)), (PERSON, self._set([self._people_having(wanted)]))
        )

    def _people_having(self, wanted: str) -> list[int]:
        """Return the rows whose authors have `wanted`, looking only where a part of it was."""
        starts = (wanted[:length] for length in range(min(len(wanted) - 1, 40), 0, -1))
        known = next((start for start in starts if start in self._people_with), None)
        people = self.people
        if known is None:
            rows = [row for row, text in enumerate(people) if wanted in text]
        else:
            rows = [row for row in rows_of(self._people_with[known]) if wanted in people[row]]
        _keep(self._people_with, wanted, self._set([rows]))
        return rows

    def _set(self, lists: Iterable[Iterable[int]]) -> int:
        return rows_as_set(lists, len(self.titles))

    def _forget(self) -> None:
        self._found.clear()
        self._people_with.clear()


def _whole_words(wanted: str) -> list[str]:
    """Return the words of a phrase, without the last where that may be a part of one."""
    words = wanted.split()
    return words if wanted.endswith(" ") else words[:-1]


def _keep(memory: dict[str, T], key: str, value: T) -> None:
    """Remember a value, and forget the oldest where there are many."""
    if len(memory) >= KEPT:
        del memory[next(iter(memory))]
    memory[key] = value
