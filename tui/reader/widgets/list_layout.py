"""Which line of the list is which paper, where the headings are, and how many lines a row takes."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise

from store.model import NO_MARKS, Marks, Paper
from tui.reader.drawing.columns import ALL, Columns, columns_in, filled_by
from tui.reader.widgets.paper_rows import PaperRows

NO_SECTIONS: Mapping[int, str] = {}


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


class ListLayout:
    """Papers in their order as rows, and the lines of the pane that these take."""

    def __init__(
        self,
        draws: PaperRows,
        papers: Mapping[str, Paper],
        marks: Mapping[str, Marks],
        ids: Sequence[str] = (),
        by_day: bool = False,
        sections: Mapping[int, str] = NO_SECTIONS,
        filled: frozenset[str] = frozenset(),
    ) -> None:
        """`draws` says how many lines a title takes; `sections` are headings by their places."""
        self._draws = draws
        self.papers = papers
        self.marks = marks
        self.ids = ids
        self.by_day = by_day
        """Whether days have headings."""
        self.sections = sections
        """The headings of papers found in other ways, by the place where they begin."""
        self.rows = DayRows(papers, ids, by_day, sections)
        self.filled = filled
        """Columns used by some paper that was in sight: once shown, they stay."""
        self._in_sight: tuple[tuple[int, ...], list[tuple[int, int]]] | None = None
        """The rows in sight and which of their lines, for a place, size and width."""
        self._last_top: tuple[tuple[int, ...], int] | None = None
        """The last row that may be on top, for a size and width: the scroll bar of each line needs
        it."""
        self._unread: dict[int, int] = {}
        """How many papers are unread in the day that begins at a place."""

    def show_marks(self, marks: Mapping[str, Marks]) -> None:
        """Use other marks; tags may take a line more or less where a title may have several."""
        self.marks = marks
        self._unread.clear()
        if self._draws.title_most > 1:
            self._in_sight = self._last_top = None

    def marks_of(self, paper_id: str) -> Marks:
        """Return the marks of a paper."""
        return self.marks.get(paper_id, NO_MARKS)

    def ids_at(self, row: int) -> list[str]:
        """Return the paper of a row, or the papers below a heading."""
        place = self.rows.place_at(row)
        if self.rows.is_heading(row):
            return [self.ids[each] for each in self.rows.day_of(place)]
        return [self.ids[place]]

    def unread(self, place: int) -> int:
        """Return how many papers of the day at a place are unread; 0 if there is only one day."""
        if self.rows.days < 2:
            return 0
        day = self.rows.day_of(place)
        if day.start not in self._unread:
            self._unread[day.start] = sum(not self.marks_of(self.ids[each]).read for each in day)
        return self._unread[day.start]

    def next_unread(self, place: int, step: int) -> int | None:
        """Return the place of the next (1) or previous (-1) unread paper, if there is one."""
        places = range(place + step, len(self.ids) if step > 0 else -1, step)
        return next((each for each in places if not self.marks_of(self.ids[each]).read), None)

    def columns(self, width: int) -> Columns:
        """Return the columns of all rows, in a pane of a width."""
        return columns_in(width - 1, not self.by_day, self.filled)

    def in_sight(self, top: int, page: int, width: int) -> list[tuple[int, int]]:
        """Return the lines of a page from a row on: a row, and which of its lines."""
        state = top, page, width, self._draws.title_most
        if self._in_sight and self._in_sight[0] == state:
            return self._in_sight[1]
        for row in range(top, min(top + page, len(self.rows))):
            if self.filled != ALL and not self.rows.is_heading(row):
                paper = self.papers[self.ids[self.rows.place_at(row)]]
                if not self.filled.issuperset(filled := filled_by(paper)):
                    self.filled, self._last_top = self.filled | filled, None
        lines = self.rows.in_sight(top, page, lambda row: self._lines_of(row, width))
        self._in_sight = state, lines
        return lines

    def last_top(self, page: int, width: int) -> int:
        """Return the first row in sight when the last one is at the bottom."""
        state = page, width, self._draws.title_most
        if self._last_top is None or self._last_top[0] != state:
            self._last_top = state, self.top_for(len(self.rows) - 1, page, width)
        return self._last_top[1]

    def top_for(self, last: int, page: int, width: int) -> int:
        """Return the first row in sight when a given one is at the bottom."""
        if self._draws.title_most < 2 and not self.by_day:
            return max(0, last - page + 1)
        return self.rows.top_for(last, page, lambda row: self._lines_of(row, width))

    def _lines_of(self, row: int, width: int) -> int:
        """Return how many lines a row takes."""
        if self._draws.title_most < 2 or self.rows.is_heading(row):
            return 1
        paper = self.papers[self.ids[self.rows.place_at(row)]]
        return len(self._draws.paper_lines(paper, self.marks_of(paper.id), self.columns(width)))
