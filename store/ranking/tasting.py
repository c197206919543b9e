"""Papers by what one likes: learned again where marks changed, in slices, and kept till then."""

from collections.abc import Iterable, Iterator, Mapping

from store.model import NO_MARKS, Marks, Paper
from store.ranking.foryou import POINT, SLICE, Basis, Reason, Taste, gathering, learning


class Tasting:
    """Scores the papers of a list, which its owner keeps adding to, by the marks given."""

    def __init__(self, papers: list[Paper]) -> None:
        self._papers = papers
        self._taste: Taste | None = None
        self._basis: Basis | None = None
        """What the taste was learned from."""
        self._scores: dict[int, tuple[Paper, float]] = {}
        """By row the paper that was scored, and its score."""
        self.progress = 1.0
        """How much of what was asked last has been done, from 0 to 1."""

    @property
    def stars(self) -> int:
        """How many papers that are liked it was learned from."""
        return len(self._basis.liked) if self._basis else 0

    def steps(
        self,
        rows: Iterable[int],
        marks: Mapping[str, Marks],
        since: str,
        there: Iterable[int],
    ) -> Iterator[None]:
        """Learn, where marks changed, and score rows, a slice at a time.

        `there` are the rows that have a paper; marks from before `since` do not count.
        """
        self.progress = 0.0
        papers = self._papers
        basis = yield from gathering(map(papers.__getitem__, there), marks, since)
        if basis != self._basis:
            taste = yield from learning(basis)
            self._taste, self._basis = taste, basis
            self._scores.clear()
        taste = self._taste or Taste({}, 0.0, {}, ())
        wanted = list(rows)
        for number, row in enumerate(wanted, 1):
            known = self._scores.get(row)
            if known is None or known[0] is not papers[row]:
                self._scores[row] = papers[row], taste.score(papers[row])
                if number % SLICE == 0:
                    self.progress = number / len(wanted)
                    yield
        self.progress = 1.0

    def scores(self, rows: Iterable[int], marks: Mapping[str, Marks]) -> dict[int, float]:
        """Return the scores of rows, those that rules gave among them; 0 if not worked out."""
        papers, known = self._papers, self._scores
        return {
            row: (known[row][1] if row in known else 0.0)
            + POINT * marks.get(papers[row].id, NO_MARKS).score
            for row in rows
        }

    def reason(self, paper: Paper) -> Reason | None:
        """Return why a paper is where it is; None if nothing speaks for it."""
        return self._taste.reason(paper) if self._taste else None
