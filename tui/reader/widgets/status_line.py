"""The line at the top: how many papers are unread, what waits to be saved, the day."""

from collections.abc import Callable
from datetime import date

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from tui.reader.drawing.render import format_day
from tui.words import count_papers

GAP = "   "


class StatusLine(Widget):
    """One line. If space is short, running work stays longest."""

    DEFAULT_CSS = "StatusLine { height: 1; color: $text-muted; }"

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(id="status")
        self._today = today
        self._shown = ("", 0, 0, 0, "")
        """The view, numbers of unread and all papers, and of unsaved actions, what is hidden."""
        self._selected = self._activity = ""
        self.view = ""
        """Name of the present view; shown with the next numbers."""

    def show_activity(self, activity: str) -> None:
        """Show running work, or nothing."""
        self._activity = activity
        self.refresh()

    def show(self, unread: int, papers: int, unsaved: int, hidden: str = "") -> None:
        """Show numbers of unread and all papers, of unsaved actions, and what is hidden."""
        shown = (self.view, unread, papers, unsaved, hidden)
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    def select(self, text: str) -> None:
        """Show the selection."""
        if text != self._selected:
            self._selected = text
            self.refresh()

    def render(self) -> RenderResult:
        """Lay out the numbers on the left and the day on the right."""
        width = self.size.width
        view, unread_papers, papers, unsaved, hidden = self._shown
        now = (self._selected, f"{unsaved:,} unsaved" if unsaved else "", self._activity)
        unread = f"{unread_papers:,} unread"
        numbers = unread if unread_papers == papers else f"{unread} · {count_papers(papers)}"
        unread, numbers = (f"{each} · {hidden}" if hidden else each for each in (unread, numbers))
        for parts in (
            ("papers-tui", view, numbers, *now),
            (view, numbers, *now),
            (view, unread, *now),
            (unread, *now),
            now,
        ):
            text = " " + GAP.join(filter(None, parts))
            if cell_len(text) <= width:
                break
        day = format_day(self._today().isoformat()) + " "
        gap = width - cell_len(text) - len(day)
        return Content(text + " " * gap + day if gap > 0 else text)
