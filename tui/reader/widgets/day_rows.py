"""Which line of the list is which paper, and where the headings between days are."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise

from store.model import Paper


class DayRows:
    """The lines of a list: papers in their order and, on request, a heading above each day.

    A place is a paper's number among the papers, a row is a line's number among all lines. Only the
    places where a day begins are stored, so that a hundred thousand papers cost next to nothing.
    """

    def __init__(
        self,
        papers: Mapping[str, Paper],
        ids: Sequence[str],
        headings: bool,
        sections: Collection[int] = (),
    ) -> None:
        """If sections begin at some places, these have headings and days have none."""
        self._count = len(ids)
        self._has_days = headings
        self._starts: list[int] = []
        """The place of the first paper of each day or section; none without headings."""
        if headings and ids:
            days = [papers[paper_id].date for paper_id in ids]
            changes = enumerate(pairwise(days), 1)
            self._starts = [0, *(place for place, (day, other) in changes if day != other)]
        if sections:
            self._starts = sorted(sections)
        self._headings = [place + day for day, place in enumerate(self._starts)]
        """The row of each heading."""

    def __len__(self) -> int:
        return self._count + len(self._starts)

    @property
    def days(self) -> int:
        """Number of days that have a heading."""
        return len(self._starts)

    def row_of(self, place: int) -> int:
        """Return the row of the paper at a place."""
        return place + bisect_right(self._starts, place)

    def place_at(self, row: int) -> int:
        """Return the place of the paper in a row; of a heading, that of its first paper."""
        day = bisect_right(self._headings, row)
        return row - day + (1 if self.is_heading(row) else 0)

    def is_heading(self, row: int) -> bool:
        """Return whether a row is a heading."""
        day = bisect_right(self._headings, row)
        return day > 0 and self._headings[day - 1] == row

    def day_of(self, place: int) -> range:
        """Return the places of all papers of the day of the paper at a place."""
        day = bisect_right(self._starts, place)
        end = self._starts[day] if day < len(self._starts) else self._count
        return range(self._starts[day - 1], end)

    def next_day(self, place: int, step: int) -> int | None:
        """Return the first place of the next (1, further down) or previous (-1) day, if any.

        From within a day, the previous one is the beginning of that day.
        """
        starts = self._starts
        day = bisect_right(starts, place) if step > 0 else bisect_left(starts, place) - 1
        return starts[day] if 0 <= day < len(starts) else None

    # In sight: `lines_of` tells how many lines of the pane a row takes

    def in_sight(
        self, top: int, page: int, lines_of: Callable[[int], int]
    ) -> list[tuple[int, int]]:
        """Return the lines of a page below a row, each as its row and its number in that row."""
        heading = self._heading_on_top(top)
        lines = [] if heading is None else [(heading, 0)]
        row = top
        while len(lines) < page and row < len(self):
            lines += [(row, line) for line in range(lines_of(row))]
            row += 1
        return lines[:page]

    def top_for(self, last: int, page: int, lines_of: Callable[[int], int]) -> int:
        """Return the first row of the page that ends with a given row."""
        top, lines = last + 1, 0
        while top > 0:
            lines += lines_of(top - 1)
            if lines + (self._heading_on_top(top - 1) is not None) > page:
                break
            top -= 1
        return max(0, min(top, last))

    def _heading_on_top(self, top: int) -> int | None:
        """Return the heading that stays on top when a row is the first below it."""
        if not self._has_days or top < 1 or self.is_heading(top):
            return None
        return self.row_of(self.day_of(self.place_at(top)).start) - 1
