"""The list of papers: one row per paper, headings between days, drawn line by line."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message
from textual.strip import Strip

from store.model import Marks, Paper
from tui.reader.drawing.columns import day_of
from tui.reader.widgets.line_view import LineView, nearest
from tui.reader.widgets.list_layout import NO_SECTIONS, ListLayout
from tui.reader.widgets.paper_rows import PARTS, STYLES, PaperRows
from tui.reader.widgets.selection import Selection

if TYPE_CHECKING:  # the first paint highlights nothing
    from store.query.wanted import MatchedWord

MARGIN = 2
"""Rows that stay in sight above and below the cursor, if there is room."""


class PaperList(LineView):
    """Papers with a cursor that stays on its paper; the heading of the first day stays on top.

    `top` is a row as `DayRows` counts them. A row may take two lines of the pane.
    """

    DEFAULT_CSS = STYLES
    COMPONENT_CLASSES = {f"paper-rows--{part}" for part in PARTS}

    class Opened(Message):
        """A paper was double-clicked."""

    def __init__(
        self,
        papers: Mapping[str, Paper],
        marks: Mapping[str, Marks],
        moved: Callable[[], None],
        today: Callable[[], date],
    ) -> None:
        """`moved` is called when the cursor has moved."""
        super().__init__(id="list")
        self.paper_rows = PaperRows(lambda part: self.style_of(part and f"paper-rows--{part}"))
        """Draws the rows."""
        self._moved = moved
        self._today = today
        self._listed = ListLayout(self.paper_rows, papers, marks)
        self.cursor = ""
        """Id of the paper under the cursor; empty if there is none."""
        self.place = 0
        """Where the cursor is among `ids`; `move_to` changes it."""
        self.selection = Selection()
        self.empty_text = "Nothing here."
        """The message if no paper is shown, in lines."""

    # What is shown

    @property
    def ids(self) -> Sequence[str]:
        """Ids of the papers shown, in order."""
        return self._listed.ids

    def show(
        self,
        papers: Mapping[str, Paper],
        marks: Mapping[str, Marks],
        ids: Sequence[str],
        headings: bool,
        to_top: bool = False,
        words: "tuple[MatchedWord, ...]" = (),
        sections: Mapping[int, str] = NO_SECTIONS,
    ) -> None:
        """Show these papers, with the search words marked.

        Sections get headings, by the place where they begin; then days get none.

        The cursor stays on its paper, and the paper on its line; if the paper is gone, the cursor
        goes to the next one still there, else to the last before it.
        """
        before = self._listed.rows.row_of(self.place) - self.top
        place = 0 if to_top else self._place_in(ids)
        self.paper_rows.words = words
        filled = self._listed.filled
        self._listed = ListLayout(self.paper_rows, papers, marks, ids, headings, sections, filled)
        self.selection.show(papers, ids)
        self.place = place
        self.cursor = ids[self.place] if ids else ""
        self.top = max(0, min(self._listed.rows.row_of(self.place) - before, self.last_top))
        self._keep_in_sight()
        self.refresh()

    def forget(self, gone: Mapping[str, str]) -> None:
        """Remove papers that are gone, by id; a paper may have a new id now."""
        self.selection.rename(gone)
        now = [gone.get(each) or each for each in self.ids]
        self.cursor = gone.get(self.cursor) or self.cursor
        left = list(dict.fromkeys(each for each in now if each in self._listed.papers))
        shown = self._listed
        self.show(shown.papers, shown.marks, left, shown.by_day, words=self.paper_rows.words)

    def show_marks(
        self, marks: Mapping[str, Marks], paper_ids: Iterable[str] | None = None
    ) -> None:
        """Redraw the rows of papers whose marks changed, by default all."""
        before = self._in_sight()
        self._listed.show_marks(marks)
        changed = set(paper_ids) if paper_ids is not None else None
        if changed is None or len(changed) > self.page or self._in_sight() != before:
            self.refresh()
            return
        for row in {row for row, _ in self._in_sight()}:
            if changed.intersection(self._listed.ids_at(row)):
                self.refresh_line(row)

    def targets(self) -> list[str]:
        """Return the targets of an action: the selected papers, else the one under the cursor.

        Selected papers that a filter hides stay selected until they are shown again.
        """
        return self.selected_here() or ([self.cursor] if self.cursor else [])

    def selected_here(self) -> list[str]:
        """Return the papers that are selected and shown."""
        return self.selection.here(self.ids) if self.selection.ids else []

    def position(self) -> str:
        """Return where the cursor is: "3 of 41", or nothing if there is no paper."""
        return f"{self.place + 1:,} of {len(self.ids):,}" if self.cursor else ""

    # Moving

    def move(self, delta: int) -> None:
        """Move the cursor by papers; it stops at both ends."""
        self.move_to(self.place + delta)

    def move_to(self, place: int) -> None:
        """Put the cursor on the paper at a place in the list, as far as there are papers."""
        if not self.ids:
            return
        before, self.place = self.place, max(0, min(place, len(self.ids) - 1))
        if before == self.place:
            return
        self.cursor = self.ids[self.place]
        if self.selection.extend(self.ids, self.place):
            self.refresh()
        for moved in (before, self.place):
            self.refresh_line(self._listed.rows.row_of(moved))
        self._keep_in_sight()
        # At once: a message would paint the paper beside the list a frame later.
        self._moved()

    def show_heading(self) -> None:
        """Show the cursor's row below the heading of its day, as far down as there are rows."""
        row = self._listed.rows.row_of(self.place)
        self.show_from(row - 1 if row and self._listed.rows.is_heading(row - 1) else row)

    def move_to_paper(self, paper_id: str) -> None:
        """Put the cursor on a paper, if it is shown."""
        if paper_id in self.ids:
            self.move_to(self.ids.index(paper_id))

    def move_near(self, before: Sequence[str], place: int) -> None:
        """Put the cursor on the paper at a place of an earlier list, or on the nearest one."""
        paper_id = nearest(before, place, set(self.ids))
        if paper_id is not None:
            self.move_to_paper(paper_id)

    def move_to_unread(self, step: int) -> bool:
        """Move to the next (1) or previous (-1) unread paper; False if there is none."""
        place = self._listed.next_unread(self.place, step)
        if place is not None:
            self.move_to(place)
        return place is not None

    def move_half(self, direction: int) -> None:
        """Move by half a page."""
        self.move(direction * max(self.page // 2, 1))

    def move_to_day(self, step: int) -> None:
        """Move to the first paper of the next (1, further down) or previous (-1) day."""
        place = self._listed.rows.next_day(self.place, step)
        if place is not None:
            self.move_to(place)

    # Selecting

    def toggle_selected(self) -> None:
        """Select or unselect the paper under the cursor, and go to the next."""
        if self.cursor:
            self.selection.toggle(self.cursor)
            self.refresh_line(self._listed.rows.row_of(self.place))
            self.move(1)

    def select(self, paper_ids: Sequence[str]) -> None:
        """Select these papers, and no others."""
        self.clear_selection()
        self.selection.ids.update(paper_ids)
        self.selection.show(self._listed.papers, self.ids)

    def toggle_range(self) -> None:
        """Begin a range at the cursor, or end it."""
        self.selection.toggle_range(self.ids, self.place)
        self.refresh()

    def clear_selection(self) -> bool:
        """Clear the selection; return False if there was none."""
        self.refresh()
        return self.selection.clear()

    # Inside

    def line_count(self) -> int:
        """Return the number of rows, headings included."""
        return len(self._listed.rows)

    @property
    def last_top(self) -> int:
        """The first row in sight when the last one is at the bottom."""
        return self._listed.last_top(self.page, self.text_width)

    @property
    def lines_shown(self) -> int:
        """Number of rows of the pane that have text."""
        return len(self._in_sight())

    def allowed_top(self, top: int) -> int:
        """Return the row that can be the first below the heading on top."""
        # Below a heading in sight the view is the same as from there.
        below_heading = top > 0 and self._listed.rows.is_heading(top - 1)
        return super().allowed_top(top - below_heading)

    def scroll_lines(self, delta: int) -> None:
        """Move the window by rows; it stops at both ends."""
        rows = self._listed.rows
        on_heading = delta > 0 and len(rows) > 0 and rows.is_heading(self.top)
        super().scroll_lines(delta + on_heading)

    def refresh_line(self, index: int) -> None:
        """Draw a row again if it is in sight."""
        for y, (row, _) in enumerate(self._in_sight()):
            if row == index:
                super().refresh_line(self.top + y)

    def draw_line(self, index: int, width: int) -> Strip:
        """Return a line of the pane: a heading, or a line of a paper's row."""
        row, line = self._in_sight()[index - self.top]
        listed, draws = self._listed, self.paper_rows
        place = listed.rows.place_at(row)
        paper = listed.papers[self.ids[place]]
        if listed.rows.is_heading(row):
            if listed.sections:
                return draws.draw_line_between(listed.sections[place], width)
            return draws.draw_heading(paper.date, listed.unread(place), width)
        marks, columns = listed.marks_of(paper.id), listed.columns(self.text_width)
        selected, at_cursor = paper.id in self.selection.ids, paper.id == self.cursor
        day = "" if listed.by_day else day_of(paper, self._today())
        return draws.draw_paper(paper, marks, selected, at_cursor, columns, day, line)

    def render_line(self, y: int) -> Strip:
        """Draw a row, or the message if there is no paper."""
        if self.ids:
            return super().render_line(y)
        return self.paper_rows.draw_message(self.empty_text, y, self.text_width)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the clicked paper; a double click opens it."""
        offset = event.get_content_offset(self)
        if offset is None or offset.x >= self.text_width:
            return
        lines = self._in_sight()
        row = lines[offset.y][0] if offset.y < len(lines) else None
        if row is not None and not self._listed.rows.is_heading(row):
            self.move_to(self._listed.rows.place_at(row))
            if event.chain == 2:
                self.post_message(self.Opened())

    def fit(self) -> None:
        """Keep the cursor in sight."""
        self.top = max(0, min(self.top, self.last_top))
        self.top = self._top_at_cursor()

    def _place_in(self, ids: Sequence[str]) -> int:
        """Return where the cursor is among other papers."""
        try:
            return ids.index(self.cursor)
        except ValueError:
            paper_id = nearest(self.ids, self.place, set(ids))
            return 0 if paper_id is None else ids.index(paper_id)

    def _in_sight(self) -> list[tuple[int, int]]:
        """Return the lines in sight: a row, and which of its lines."""
        return self._listed.in_sight(self.top, self.page, self.text_width)

    def _keep_in_sight(self) -> None:
        top = self._top_at_cursor()
        if top != self.top:
            self.top = top
            self.refresh()

    def _top_at_cursor(self) -> int:
        """Return the first row that brings the cursor into sight."""
        row = self._listed.rows.row_of(self.place)
        margin = min(MARGIN, max(self.page // 2 - 2, 0))
        lowest = min(row + margin, len(self._listed.rows) - 1)
        if row - margin < self.top:
            return self.allowed_top(max(row - margin, 0))
        top = self._listed.top_for(lowest, self.page, self.text_width)
        return self.allowed_top(min(top, row)) if top > self.top else self.top
