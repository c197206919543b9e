"""Search abstracts, in slices if there are many, without a second copy of them.

An ASCII abstract is folded on each search, which takes as long as searching it. Only the few others
(one in forty, because of a quotation mark or a name) stay in memory folded.
"""

from collections.abc import Iterable

from store.model import Paper
from store.search.rows import rows_as_set, rows_of
from store.text.fold import fold, one_space, spaced

KEPT = 256
"""Number of needles whose rows are remembered."""


class Abstracts:
    """The abstracts of the papers in a list that may grow."""

    def __init__(self, papers: list[Paper]) -> None:
        self._papers = papers
        self._folded: dict[int, str] = {}
        """Folded abstracts outside ASCII, with a space at both ends, by row."""
        self._found: dict[str, int] = {}
        self._needles: tuple[str, ...] = ()
        """The needles of the current search, in the rows `_rows`, done up to `_at`."""
        self._rows: list[int] = []
        self._at = 0
        self._hits: list[list[int]] = []

    def changed(self, row: int | None = None) -> None:
        """Record that papers were added, or that the paper of a row changed."""
        if row is not None:
            self._folded.pop(row, None)
        self._found.clear()
        self._needles = ()

    def scan(self, needles: Iterable[str], at_most: int | None = None) -> bool:
        """Search some abstracts for all needles, or all abstracts; return whether all are done.

        A call with other needles ends an unfinished search.
        """
        missing = tuple(dict.fromkeys(each for each in needles if each not in self._found))
        if not missing:
            return True
        if missing != self._needles:
            self._begin(missing)
        stop = len(self._rows) if at_most is None else min(len(self._rows), self._at + at_most)
        self._look(self._rows[self._at : stop])
        self._at = stop
        if stop < len(self._rows):
            return False
        for needle, rows in zip(missing, self._hits, strict=True):
            if len(self._found) >= KEPT:
                del self._found[next(iter(self._found))]
            self._found[needle] = rows_as_set([rows], len(self._papers))
        self._needles, self._rows, self._hits = (), [], []
        return True

    def having(self, needle: str) -> int:
        """Return the set of rows with the needle in the abstract."""
        self.scan([needle])
        return self._found[needle]

    def text(self, row: int) -> str:
        """Return the folded abstract of a row, with spaces at both ends and between words."""
        abstract = self._papers[row].abstract
        return spaced(abstract) if abstract.isascii() else self._fold(row)

    def _begin(self, needles: tuple[str, ...]) -> None:
        """Begin a search; if the beginnings of all needles are known, only in their rows."""
        self._needles, self._at, self._hits = needles, 0, [[] for _ in needles]
        rows = 0
        for needle in needles:
            starts = (needle[:length] for length in range(min(len(needle) - 1, 40), 0, -1))
            known = next((start for start in starts if start in self._found), None)
            if known is None:
                self._rows = list(range(len(self._papers)))
                return
            rows |= self._found[known]
        self._rows = rows_of(rows)

    def _look(self, rows: list[int]) -> None:
        papers = self._papers
        wanted = [
            (needle, max(needle.split(), key=len) if " " in needle else "", hits)
            for needle, hits in zip(self._needles, self._hits, strict=True)
        ]
        for row in rows:
            abstract = papers[row].abstract
            plain = abstract.isascii()
            text, spread = abstract.lower() if plain else self._fold(row), ""
            for needle, word, hits in wanted:
                if needle in text:
                    hits.append(row)
                elif word and plain and word in text:
                    # The abstract may have punctuation where the needle has a space.
                    spread = spread or spaced(text)
                    if " " in needle[1:]:
                        spread = one_space(spread)
                    if needle in spread:
                        hits.append(row)

    def _fold(self, row: int) -> str:
        text = self._folded.get(row)
        if text is None:
            text = self._folded[row] = f" {fold(self._papers[row].abstract)} "
        return text
