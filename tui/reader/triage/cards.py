"""The papers that one goes through on cards, and what became of them. Knows no screen."""

from collections.abc import Callable, Mapping, Sequence

from store.model import Change, Marks, Paper


class Cards:
    """Papers in an order, and the one whose card is looked at.

    What is kept is read off the marks, so an undo, a key of the full text and another program
    count as well.
    """

    def __init__(
        self,
        paper_ids: Sequence[str],
        papers: Mapping[str, Paper],
        marks: Callable[[str], Marks],
        do: Callable[..., object],
    ) -> None:
        """`do` calls a method of a part of the reader, as "marking.undo"."""
        self._ids = tuple(paper_ids)
        self._papers = papers
        self._marks = marks
        self._do = do
        self._before = {each: marks(each) for each in paper_ids}
        self._chosen: set[str] = set()
        """What was kept by its key, which may have had a star before."""
        self._reached = 0
        """The last place that was come to."""
        self.place = 0
        """That of the card; behind the last paper there is the closing card."""

    @property
    def total(self) -> int:
        """How many papers there are."""
        return len(self._ids)

    @property
    def ended(self) -> bool:
        """Whether all papers were gone through."""
        return self.place >= self.total

    @property
    def seen(self) -> int:
        """How many papers were come to."""
        return min(self._reached + 1, self.total)

    @property
    def paper_id(self) -> str:
        """The paper on the card; behind the last one that."""
        return self._ids[min(self.place, self.total - 1)]

    @property
    def paper(self) -> Paper | None:
        """The paper on the card; None at the end, and where it has left the library."""
        return None if self.ended else self._papers.get(self.paper_id)

    @property
    def marks(self) -> Marks:
        """The marks of the paper on the card."""
        return self._marks(self.paper_id)

    @property
    def kept(self) -> list[str]:
        """The papers come to that have a star or a tag which they had not at first."""
        return [each for each in self._ids[: self._reached + 1] if self._is_kept(each)]

    def marked(self, paper_ids: Sequence[str]) -> list[tuple[Paper, Marks]]:
        """Return papers with their marks."""
        return [(self._papers[each], self._marks(each)) for each in paper_ids]

    def _is_kept(self, paper_id: str) -> bool:
        before, marks = self._before[paper_id], self._marks(paper_id)
        starred = marks.starred and (not before.starred or paper_id in self._chosen)
        tagged = not set(before.tags).issuperset(marks.tags)
        return paper_id in self._papers and (starred or tagged)

    def texts_kept(self, paper_ids: Sequence[str]) -> int:
        """Return of how many papers the text can be read offline."""
        count = self._do("reading.texts_kept", paper_ids)
        return count if isinstance(count, int) else 0

    def skip(self) -> None:
        """Mark the paper read, and go on."""
        self._mark(Change(read=True))
        self.move(1)

    def keep(self) -> None:
        """Star the paper, mark it read, and go on; its text is fetched meanwhile."""
        self._chosen.add(self.paper_id)
        self._mark(Change(read=True, starred=True))
        self.move(1)

    def tag(self) -> None:
        """Ask for tags."""
        if self.paper:
            self._do("marking.tag", self.paper_id)

    def move(self, step: int) -> None:
        """Go on, or back; as far as the closing card."""
        # Before the step, so that the text of what was tagged is fetched too.
        if step > 0 and self.paper and self._is_kept(self.paper_id):
            self._do("reading.text_behind", self.paper_id)
        self.place = max(0, min(self.place + step, self.total))
        self._reached = max(self._reached, min(self.place, self.total - 1))

    def undo(self) -> None:
        """Undo the last change of marks, and go to the card of its paper."""
        undone = self._do("marking.undo")
        for paper_id in undone if isinstance(undone, tuple) else ():
            if paper_id in self._ids:
                self._chosen.discard(paper_id)
                self.place = self._ids.index(paper_id)
                return

    def open_text(self) -> None:
        """Show the full text of the paper."""
        if self.paper:
            self._do("reading.full_text", self.paper_id)

    def open_page(self) -> None:
        """Open the paper's page in the browser."""
        if self.paper:
            self._do("parts.taking.open_page", self.paper_id)

    def open_pdf(self) -> None:
        """Open the paper's PDF."""
        if self.paper:
            self._do("parts.pdfs.open", self.paper_id)

    def _mark(self, change: Change) -> None:
        if self.paper:
            self._do("marking.mark", [self.paper_id], change, True)
