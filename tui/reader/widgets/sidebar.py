"""The sidebar: views with how much they find, and what is unread of feeds, days and weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from tui.reader.drawing.render import fit
from tui.reader.keyboard.keys import SIDE_KEYS
from tui.reader.timeline import bar
from tui.reader.widgets.line_view import LineView, nearest

COUNT, BAR, AGE = 6, 4, 4
"""Cells of the columns on the right; the last is that of feeds."""
NOTHING_LEFT = "✓"
"""What is in place of no unread papers."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the sidebar."""

    label: str
    query: str | None = None
    """The filter it stands for; None for a heading."""
    digit: str | None = None
    """The key of a view, or empty; None for what is not a view."""
    count: int | None = None
    """None if it is not known yet."""
    share: float | None = None
    """The length of its bar, from 0 to 1; None if it has none."""
    current: bool = False
    """Whether that is the filter now."""
    feed: str = ""
    """The name of the subscription; empty for what is none."""
    age: str = ""
    """How long ago the feed was fetched."""
    failed: bool = False
    """Whether that failed the last time."""


class Sidebar(LineView):
    """Views, feeds and days with a cursor.

    | key | action |
    | --- | --- |
    | j, k, down, up | next, previous line |
    | g, G, home, end | top, bottom |
    | enter, l | narrow the list to it |
    | a, d | follow something; remove a view or a feed |
    | r, u | rename a view; undo the last change of views or feeds |
    | escape, h, b | close |
    """

    BINDINGS: ClassVar[list[BindingType]] = SIDE_KEYS
    DEFAULT_CSS = """
    Sidebar {
        & > .sidebar--heading { color: $foreground 60%; }
        & > .sidebar--done { color: $foreground 60%; }
        & > .sidebar--bar { color: $text-warning; }
        & > .sidebar--mark { color: $text-warning; }
        & > .sidebar--failed { color: $text-error; }
        & > .sidebar--cursor { background: $surface-lighten-2; }
        &:focus > .sidebar--cursor { background: $primary 30%; }
    }
    """
    COMPONENT_CLASSES = {
        "sidebar--heading",
        "sidebar--done",
        "sidebar--bar",
        "sidebar--mark",
        "sidebar--failed",
        "sidebar--cursor",
    }

    class Chosen(Message):
        """A line was clicked."""

    def __init__(self, *, id: str = "sidebar") -> None:
        super().__init__(id=id)
        self._entries: Sequence[Entry] = ()
        self._place = 0
        """Where the cursor is among the entries."""

    @property
    def entry(self) -> Entry | None:
        """The line under the cursor, if there is one."""
        return self._entries[self._place] if self._place < len(self._entries) else None

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these lines; the cursor stays on the one it is on, under another name too.

        If that is gone it goes to the next that is still there, else to the last before it.
        """
        if entries == self._entries:
            return
        here, line = self.entry, self._place - self.top
        before = [(each.query, each.label) for each in self._entries]
        now = [(each.query, each.label) for each in entries]
        same = [place for place, each in enumerate(entries) if here and each.query == here.query]
        if here and same and (here.query, here.label) not in now:
            self._place = same[0]
        else:
            found = nearest(before, self._place, now)
            self._place = 0 if found is None else now.index(found)
        self._entries = entries
        self._step_off_heading(1)
        self.show_from(self._place - line)
        self.refresh()

    def to_current(self) -> None:
        """Put the cursor on the filter there is now, if it has a line."""
        for place, entry in enumerate(self._entries):
            if entry.current:
                self._move_to(place, 1)
                return

    def line_count(self) -> int:
        """Return the number of lines."""
        return len(self._entries)

    def draw_line(self, index: int, width: int) -> Strip:
        """Return a heading, a view or a day."""
        entry, base = self._entries[index], self.style_of()
        if entry.query is None:
            text = fit(f" ── {entry.label} {'─' * width}"[:width], width)
            return Strip([Segment(text, base + self._colour("heading"))])
        if index == self._place:
            base += Style(bgcolor=self.style_of("sidebar--cursor").bgcolor)
        mark = base + self._colour("mark")
        lead = ("▌" if index == self._place else " ") + ("•" if entry.current else " ")
        done = entry.count == 0 and entry.digit is None
        count = "" if entry.count is None else NOTHING_LEFT if done else f"{entry.count:,}"
        dim = base + self._colour("done")
        style = dim if done else base
        if entry.feed:
            label = fit(entry.label, max(width - 2 - AGE - COUNT - 1, 0))
            failed = "!" if entry.failed else ""
            return Strip(
                [
                    Segment(lead, mark),
                    Segment(label, style),
                    Segment(
                        f"{failed:>{AGE - cell_len(entry.age)}}", base + self._colour("failed")
                    ),
                    Segment(entry.age, dim),
                    Segment(f"{count:>{COUNT}} ", style),
                ]
            )
        if entry.share is None:
            text = entry.label if entry.digit is None else f"{entry.digit or ' '} {entry.label}"
            label = fit(text, max(width - 2 - len(count) - 2, 0))
            return Strip([Segment(lead, mark), Segment(f"{label} {count} ", style)])
        # With no room lost at the end a week of two months fits into the narrow sidebar.
        label = fit(entry.label, max(width - 2 - COUNT - 1 - BAR, 0))
        length = base + self._colour("bar")
        return Strip(
            [
                Segment(lead, mark),
                Segment(f"{label}{count:>{COUNT}} ", style),
                Segment(bar(entry.share, BAR), length),
            ]
        )

    def action_move(self, delta: int) -> None:
        """Move the cursor; it stops at both ends."""
        self._move_to(self._place + delta, 1 if delta > 0 else -1)

    def action_move_half(self, direction: int) -> None:
        """Move by half a page."""
        self.action_move(direction * max(self.page // 2, 1))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the line that was clicked, and say so."""
        offset = event.get_content_offset(self)
        if offset is None or offset.x >= self.text_width:
            return
        place = self.top + offset.y
        if place < len(self._entries) and self._entries[place].query is not None:
            self._move_to(place, 1)
            self.post_message(self.Chosen())

    def fit(self) -> None:
        """Keep the cursor in sight, and no room below the last line."""
        self.top = self.allowed_top(self.top)
        self.top = self._top_at_cursor()

    def _move_to(self, place: int, direction: int) -> None:
        before, self._place = self._place, max(0, min(place, len(self._entries) - 1))
        self._step_off_heading(direction)
        for line in (before, self._place):
            self.refresh_line(line)
        self._keep_in_sight()

    def _step_off_heading(self, direction: int) -> None:
        """Leave a heading, in a direction if there is something, else in the other one."""
        places = range(len(self._entries))
        for step in (direction, -direction):
            place = self._place
            while place in places and self._entries[place].query is None:
                place += step
            if place in places:
                self._place = place
                return

    def _keep_in_sight(self) -> None:
        self.show_from(self._top_at_cursor())

    def _top_at_cursor(self) -> int:
        """Return the line that has to be the first for the cursor to be in sight."""
        # With the first line of a part its heading comes into sight as well.
        first = max(self._place - 1, 0) if self._place else 0
        if not self._entries or self._entries[first].query is not None:
            first = self._place
        if first < self.top:
            return self.allowed_top(first)
        if self._place >= self.top + self.page:
            return self.allowed_top(self._place - self.page + 1)
        return self.top

    def _colour(self, name: str) -> Style:
        return Style(color=self.style_of(f"sidebar--{name}").color)
