"""The marks of papers, by the papers' ids."""

from collections.abc import Container, Iterator, Mapping
from typing import Any

from store.marks.cells import NOT_BY_HAND, Cells, marks_of
from store.model import Marks


class MarksByPaper(Mapping[str, Marks]):
    """The marks of every paper that has any, made from its cells on first use."""

    def __init__(self, cells: dict[str, Cells], papers: Container[str] = ()) -> None:
        self.cells = cells
        self._papers = papers
        self.read_here = 0
        """Number of papers in memory that are read and not hidden; see `count`."""
        self.hidden_here = 0
        """Number of papers in memory that are hidden."""
        self.read = {key for key, each in cells.items() if "read" in each and each["read"][0]}
        """Ids of the papers marked read."""
        self._hidden = {
            key for key, each in cells.items() if "hidden" in each and each["hidden"][0]
        }
        self._frozen: frozenset[str] | None = None
        self._made: dict[str, Marks] = {}

    def __getitem__(self, paper_id: str) -> Marks:
        marks = self._made.get(paper_id)
        if marks is None:
            marks = self._made[paper_id] = marks_of(self.cells[paper_id])
        return marks

    def get(self, paper_id: str, default: Any = None) -> Any:
        """Return a paper's marks, or the default if it has none."""
        return self[paper_id] if paper_id in self.cells else default

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def count(self, paper_id: str, change: int) -> None:
        """Count a paper that came into memory (1) or left it (-1)."""
        if paper_id in self._hidden:
            self.hidden_here += change
        elif paper_id in self.read:
            self.read_here += change

    @property
    def hidden(self) -> frozenset[str]:
        """Ids of the papers that are hidden; the same object while they are the same."""
        if self._frozen is None:
            self._frozen = frozenset(self._hidden)
        return self._frozen

    def marked(self) -> Iterator[str]:
        """Yield the papers that have a mark; a star that was removed is none.

        Hiding, scores and news do not count.
        """
        for paper_id, cells in self.cells.items():
            if any(cell[0] for name, cell in cells.items() if name not in NOT_BY_HAND):
                yield paper_id

    def set(self, paper_id: str, cells: Cells) -> None:
        """Replace a paper's cells; none removes it."""
        self._made.pop(paper_id, None)
        is_here = paper_id in self._papers
        if is_here:
            self.count(paper_id, -1)
        if cells:
            self.cells[paper_id] = cells
        else:
            self.cells.pop(paper_id, None)
        if "read" in cells and cells["read"][0]:
            self.read.add(paper_id)
        else:
            self.read.discard(paper_id)
        is_hidden = bool("hidden" in cells and cells["hidden"][0])
        if is_hidden != (paper_id in self._hidden):
            self._hidden ^= {paper_id}
            self._frozen = None
        if is_here:
            self.count(paper_id, 1)
