"""The line at the top: how much there is to read, what waits to be saved, the day."""

from collections.abc import Callable
from datetime import date

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from tui.render import format_day


class StatusLine(Widget):
    """One line; the day goes first where there is no room for all."""

    DEFAULT_CSS = "StatusLine { height: 1; color: $text-muted; }"

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(id="status")
        self._today = today
        self._text = ""
        self.view = ""
        """Name of the view that one is in; shown with the next numbers."""
        self._activity = ""

    def tell(self, activity: str) -> None:
        """Say what is going on, or nothing."""
        self._activity = f"   {activity}" if activity else ""
        self.refresh()

    def show(self, unread: int, papers: int, selected: int, unsaved: int) -> None:
        """Show numbers of unread and all papers, of those selected, of unsaved actions."""
        noun = "paper" if papers == 1 else "papers"
        view = f"{self.view}   " if self.view else ""
        text = f" papers-tui   {view}{unread:,} unread · {papers:,} {noun}"
        text += f"   {selected:,} selected" if selected else ""
        text += f"   {unsaved:,} unsaved" if unsaved else ""
        if text != self._text:
            self._text = text
            self.refresh()

    def render(self) -> RenderResult:
        """Lay out the numbers on the left and the day on the right."""
        day = format_day(self._today().isoformat()) + " "
        text = self._text + self._activity
        gap = self.size.width - len(text) - len(day)
        return Content(text + " " * gap + day if gap > 0 else text[: self.size.width])
