"""The list of papers: a row a paper, headings between days, drawn line by line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from store.model import NO_MARKS, Marks, Paper
from tui.render import fit, format_day, row_text
from tui.widgets.line_view import LineView


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above a day's papers."""

    day: str
    papers: tuple[str, ...]
    """Ids of the papers below it."""


Row = Heading | str
"""A day's heading, or the id of a paper."""


class PaperList(LineView):
    """Papers with a cursor that stays on its paper."""

    DEFAULT_CSS = """
    PaperList {
        & > .paper-list--heading { color: $foreground 60%; }
        & > .paper-list--unread { color: $foreground; text-style: bold; }
        & > .paper-list--read { color: $foreground 60%; }
        & > .paper-list--star { color: $text-warning; }
        & > .paper-list--extra { color: $text-accent; }
        & > .paper-list--cursor { background: $surface-lighten-2; }
        &:focus > .paper-list--cursor { background: $primary 30%; }
        & > .paper-list--empty { color: $foreground 60%; }
    }
    """
    COMPONENT_CLASSES = {
        "paper-list--heading",
        "paper-list--unread",
        "paper-list--read",
        "paper-list--star",
        "paper-list--extra",
        "paper-list--cursor",
        "paper-list--empty",
    }

    cursor: reactive[str] = reactive("", init=False, repaint=False)
    """Id of the paper under the cursor; empty where there is none."""

    class CursorMoved(Message):
        """The cursor is on another paper."""

    class Opened(Message):
        """A paper was clicked twice."""

    def __init__(
        self, papers: Mapping[str, Paper], marks: Mapping[str, Marks], *, id: str = "list"
    ) -> None:
        super().__init__(id=id)
        self._papers = papers
        self._marks = marks
        self.ids: Sequence[str] = ()
        """Ids of the papers shown, in order."""
        self._rows: list[Row] = []
        self._row_of: dict[str, int] = {}
        self._anchor: str | None = None
        self.selected: set[str] = set()
        """Ids of the papers that are selected."""
        self.empty_text = "Nothing here."
        """What is said where no paper is shown."""

    # What is shown

    def show(
        self,
        papers: Mapping[str, Paper],
        marks: Mapping[str, Marks],
        ids: Sequence[str],
        headings: bool,
        to_top: bool = False,
    ) -> None:
        """Show these papers; the cursor and the line it is on stay where they were if they can."""
        before = self._row_of.get(self.cursor, 0) - self.top
        place = self.ids.index(self.cursor) if self.cursor in self._row_of else 0
        self._papers, self._marks = papers, marks
        self.ids = ids
        self._rows = list(self._with_headings(ids)) if headings else list(ids)
        self._row_of = {row: i for i, row in enumerate(self._rows) if isinstance(row, str)}
        self.selected &= self._row_of.keys()
        if to_top or self.cursor not in self._row_of:
            index = 0 if to_top else min(place, len(ids) - 1)
            self.cursor = ids[index] if ids else ""
        self.top = max(0, min(self._row_of.get(self.cursor, 0) - before, self._last_top()))
        self._keep_in_sight()
        self.refresh()

    def show_marks(
        self, marks: Mapping[str, Marks], paper_ids: Iterable[str] | None = None
    ) -> None:
        """Draw the rows of papers whose marks changed (all, where not told) where they stand."""
        self._marks = marks
        changed = set(paper_ids) if paper_ids is not None else None
        if changed is None or len(changed) > self.page:
            self.refresh()
            return
        for paper_id in changed:
            if paper_id in self._row_of:
                self.refresh_line(self._row_of[paper_id])
        for index in range(self.top, min(self.top + self.page, len(self._rows))):
            row = self._rows[index]
            if isinstance(row, Heading) and changed.intersection(row.papers):
                self.refresh_line(index)

    def targets(self) -> list[str]:
        """Return the papers an action is for: those selected, else the one under the cursor."""
        if self.selected:
            return [paper_id for paper_id in self.ids if paper_id in self.selected]
        return [self.cursor] if self.cursor else []

    def position(self) -> str:
        """Return where the cursor is: "3 of 41", or nothing where there is no paper."""
        return f"{self._place() + 1:,} of {len(self.ids):,}" if self.cursor else ""

    # Moving

    def move(self, delta: int) -> None:
        """Move the cursor by papers; it stops at both ends."""
        if self.ids:
            self.move_to(self._place() + delta)

    def move_to(self, place: int) -> None:
        """Put the cursor on the paper at a place in the list, as far as there are papers."""
        if self.ids:
            self.cursor = self.ids[max(0, min(place, len(self.ids) - 1))]

    def move_to_paper(self, paper_id: str) -> None:
        """Put the cursor on a paper, if it is shown."""
        if paper_id in self._row_of:
            self.cursor = paper_id

    def move_to_unread(self, step: int) -> bool:
        """Move to the next (1) or previous (-1) unread paper; False if there is none."""
        place = self._place() + step
        while 0 <= place < len(self.ids):
            if not self._marks.get(self.ids[place], NO_MARKS).read:
                self.move_to(place)
                return True
            place += step
        return False

    def move_to_day(self, step: int) -> None:
        """Move to the first paper of the next (1, further down) or previous (-1) day."""
        if not self.cursor:
            return
        days = [i for i, row in enumerate(self._rows) if isinstance(row, Heading)]
        here = self._row_of[self.cursor]
        following = [i for i in days if i > here]
        earlier = [i for i in days if i < here - 1]
        target = following[:1] if step > 0 else earlier[-1:]
        if target:
            row = self._rows[target[0] + 1]
            assert isinstance(row, str)
            self.cursor = row

    def watch_cursor(self, old: str, new: str) -> None:
        """Draw the two rows concerned; scroll only as far as it takes."""
        if self._anchor is not None and new:
            self._select_range(new)
        for paper_id in (old, new):
            if paper_id in self._row_of:
                self.refresh_line(self._row_of[paper_id])
        self._keep_in_sight()
        self.post_message(self.CursorMoved())

    # Selecting

    def toggle_selected(self) -> None:
        """Select the paper under the cursor or not, and go on to the next."""
        if self.cursor:
            self.selected ^= {self.cursor}
            self.refresh_line(self._row_of[self.cursor])
            self.move(1)

    def toggle_range(self) -> None:
        """Begin a range at the cursor, or end it."""
        if self._anchor is None and self.cursor:
            self._anchor = self.cursor
            self._select_range(self.cursor)
        else:
            self._anchor = None

    def clear_selection(self) -> bool:
        """Select nothing; False if nothing was selected."""
        had = bool(self.selected)
        self.selected.clear()
        self._anchor = None
        self.refresh()
        return had

    # Inside

    def line_count(self) -> int:
        """Return the number of rows, headings included."""
        return len(self._rows)

    def draw_line(self, index: int, width: int) -> Strip:
        """Return a heading or a paper's row."""
        row = self._rows[index]
        if isinstance(row, Heading):
            return self._draw_heading(row, width)
        marks = self._marks.get(row, NO_MARKS)
        lead, title, tail = row_text(self._papers[row], marks, row in self.selected, width - 1)
        base = self.rich_style
        if row == self.cursor:
            base += Style(bgcolor=self.get_component_rich_style("paper-list--cursor").bgcolor)
        text = base + self._colour("read" if marks.read else "unread")
        star = base + self._colour("star")
        extra = base + self._colour("extra")
        bar = "▌" if row == self.cursor else " "
        return Strip(
            [Segment(bar, star), Segment(lead, star), Segment(title, text), Segment(tail, extra)]
        )

    def render_line(self, y: int) -> Strip:
        """Draw a row, or what is said where there is no paper."""
        if not self._rows and y == 1:
            style = self.rich_style + self._colour("empty")
            return Strip([Segment(fit("  " + self.empty_text, self.text_width + 1), style)])
        return super().render_line(y)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the paper that was clicked; twice opens it."""
        offset = event.get_content_offset(self)
        if offset is None or offset.x >= self.text_width:
            return
        index = self.top + offset.y
        if index < len(self._rows) and isinstance(row := self._rows[index], str):
            self.cursor = row
            if event.chain == 2:
                self.post_message(self.Opened())

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.top = max(0, min(self.top, self._last_top()))
        self._keep_in_sight()

    def _colour(self, name: str) -> Style:
        """Return the text colour of a component, blended with the pane's background."""
        style = self.get_component_rich_style(f"paper-list--{name}")
        return Style(color=style.color, bold=style.bold)

    def _draw_heading(self, heading: Heading, width: int) -> Strip:
        unread = sum(not self._marks.get(i, NO_MARKS).read for i in heading.papers)
        end = f" {unread} new ─" if unread else ""
        start = f" ── {format_day(heading.day)} "
        line = start + "─" * max(width - len(start) - len(end), 0) + end
        style = self.rich_style + self._colour("heading")
        return Strip([Segment(fit(line, width), style)])

    def _with_headings(self, ids: Sequence[str]) -> Iterable[Row]:
        start = 0
        for end in range(1, len(ids) + 1):
            day = self._papers[ids[start]].date
            if end == len(ids) or self._papers[ids[end]].date != day:
                yield Heading(day, tuple(ids[start:end]))
                yield from ids[start:end]
                start = end

    def _place(self) -> int:
        """Return the place of the cursor among the papers shown."""
        row = self._row_of.get(self.cursor, 0)
        place = min(row, len(self.ids) - 1)
        while place > 0 and self.ids[place] != self.cursor:
            place -= 1
        return place

    def _select_range(self, to: str) -> None:
        if self._anchor not in self._row_of:
            self._anchor = to
        first, last = sorted((self._row_of[self._anchor], self._row_of[to]))
        self.selected = {row for row in self._rows[first : last + 1] if isinstance(row, str)}
        self.refresh()

    def _last_top(self) -> int:
        return max(0, len(self._rows) - self.page)

    def _keep_in_sight(self) -> None:
        row = self._row_of.get(self.cursor, 0)
        # With the first paper of a day its heading comes into sight as well.
        first = row - 1 if row and isinstance(self._rows[row - 1], Heading) else row
        if first < self.top:
            self.show_from(first)
        elif row >= self.top + self.page:
            self.show_from(row - self.page + 1)
