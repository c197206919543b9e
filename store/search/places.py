"""The places of words in titles and authors, and the cost of each place."""

from collections.abc import Iterable, Mapping, Sequence

from store.model import Paper
from store.search.rows import Levels, cheapest, rows_as_set
from store.search.words import Words
from store.text.fold import BREAK, fold_people, fold_titles

# The cost of each place of a word; each is more than two of the cheaper kind together.
TITLE, TITLE_START, PERSON, PERSON_START, INSIDE, ABSTRACT = 1, 4, 16, 64, 256, 1024

AT_ONCE = 1_000
"""Number of papers whose text is folded together."""

KEPT = 64
"""Number of words whose places are remembered: while one is typed, the others stay."""


class Places:
    """The folded titles and authors of the papers. A row is a paper's place in the order of
    adding."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        """Folded, with a space at both ends, like `people`."""
        self.people: list[str] = []
        self.words = Words()
        """The words of the titles."""
        self._found: dict[str, Levels] = {}
        self.names = Words()
        """The words of authors' names, for the rows that `prepare` has read."""
        self._named = 0

    def add(self, papers: Sequence[Paper]) -> None:
        """Add papers, a row for each."""
        for start in range(0, len(papers), AT_ONCE):
            some = papers[start : start + AT_ONCE]
            titles = fold_titles([paper.title for paper in some])
            self.words.add(enumerate(titles, len(self.titles)))
            self.titles += titles
            self.people += fold_people([paper.authors for paper in some])
        self._forget()

    def replace(self, papers: Mapping[int, Paper]) -> None:
        """Replace the papers of rows."""
        new = papers.values()
        titles = _others(self.titles, papers, fold_titles([paper.title for paper in new]))
        people = _others(self.people, papers, fold_people([paper.authors for paper in new]))
        self.words.remove((row, self.titles[row]) for row in titles)
        self.words.add(titles.items())
        named = {row: text for row, text in people.items() if row < self._named}
        self.names.remove((row, _without_breaks(self.people[row])) for row in named)
        self.names.add((row, _without_breaks(text)) for row, text in named.items())
        for texts, others in ((self.titles, titles), (self.people, people)):
            for row, text in others.items():
                texts[row] = text
        self._forget()

    @property
    def is_prepared(self) -> bool:
        """Whether the names of all papers have been read."""
        return self._named == len(self.people)

    def prepare(self, at_most: int | None = None) -> None:
        """Read the names of some papers; before that they are searched more slowly."""
        stop = len(self.people) if at_most is None else self._named + at_most
        some = self.people[self._named : stop]
        self.names.add(enumerate(map(_without_breaks, some), self._named))
        self._named += len(some)

    def find(self, wanted: str) -> Levels:
        """Return the places of a needle (see store.query.meaning)."""
        levels = self._found.get(wanted)
        if levels is None:
            phrase = " " in wanted.strip() or wanted.endswith(" ")
            levels = self._phrase(wanted) if phrase else self._word(wanted)
            if len(self._found) >= KEPT:
                del self._found[next(iter(self._found))]
            self._found[wanted] = levels
        return levels

    def written_by(self, name: str) -> list[int]:
        """Return the rows of an author's papers, by the folded name."""
        return self._people_having(f" {name} ")

    def in_titles(self, wanted: str) -> int:
        """Return the set of rows with `wanted` in the title; it begins with a space."""
        whole = _whole_words(wanted)
        if not whole:
            return self._set([self.words.rows[word] for word in self.words.starting(wanted[1:])])
        lists = [self.words.rows.get(word, []) for word in whole]
        titles = self.titles
        return self._set([[row for row in min(lists, key=len) if wanted in titles[row]]])

    def _word(self, wanted: str) -> Levels:
        """Find a word or, if `wanted` begins with a space, a word's beginning."""
        part, rows = wanted.strip(), self.words.rows
        words = self.words.starting(part) if wanted != part else self.words.containing(part)
        starting = [word for word in words if word.startswith(part)]
        inside = [word for word in words if not word.startswith(part)]
        people, name = self.people, f" {part} "
        names, others = self._names_like(part)
        whole = [row for row in others if name in people[row]]
        return cheapest(
            (TITLE, self._set([rows.get(part, [])])),
            (TITLE_START, self._set(rows[word] for word in starting)),
            (PERSON, self._set([self.names.rows.get(part, []), whole])),
            (PERSON_START, self._set([*names, others])),
            (INSIDE, self._set(rows[word] for word in inside)),
        )

    def _phrase(self, wanted: str) -> Levels:
        return cheapest(
            (TITLE, self.in_titles(wanted)), (PERSON, self._set([self._people_having(wanted)]))
        )

    def _names_like(self, part: str) -> tuple[list[list[int]], list[int]]:
        """Return the rows with a name that begins with `part`: lists of prepared ones, and others.

        In scripts that write a name as one word, `part` may also be inside.
        """
        names = self.names.starting(part) if part.isascii() else self.names.containing(part)
        start = f" {part}" if part.isascii() else part
        return [self.names.rows[name] for name in names], self._not_yet_named(start)

    def _people_having(self, phrase: str) -> list[int]:
        """Return the rows with a phrase in the authors; it begins with a space."""
        whole, people = _whole_words(phrase), self.people
        if not whole:
            names, others = self._names_like(phrase.strip())
            return [row for rows in (*names, others) for row in rows]
        lists = [self.names.rows.get(word, []) for word in whole]
        rows = [row for row in min(lists, key=len) if phrase in people[row]]
        return rows + self._not_yet_named(phrase)

    def _not_yet_named(self, text: str) -> list[int]:
        """Return the rows with a text in their names, of those that `prepare` has not read."""
        left = range(self._named, len(self.people))
        return [row for row in left if text in self.people[row]]

    def _set(self, lists: Iterable[Iterable[int]]) -> int:
        return rows_as_set(lists, len(self.titles))

    def _forget(self) -> None:
        self._found.clear()


def _whole_words(wanted: str) -> list[str]:
    """Return the words of a phrase, without the last one if it may be part of a word."""
    words = wanted.split()
    return words if wanted.endswith(" ") else words[:-1]


def _without_breaks(people: str) -> str:
    return people.replace(f" {BREAK} ", " ")


def _others(known: Sequence[str], rows: Iterable[int], texts: Iterable[str]) -> dict[int, str]:
    """Return the texts that differ from those known in their rows."""
    return {row: text for row, text in zip(rows, texts, strict=True) if known[row] != text}
