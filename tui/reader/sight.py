"""What is in sight and has the keys: list, open paper, the paper alone, sidebar."""

from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tui.reader.panes import Panes

BESIDE = Size(100, 16)
"""From this size on the sidebar stands beside the list; smaller, over it (see main.tcss)."""
THREE_PANES = 130
"""From this width on the detail is in sight as well."""


class Sight:
    """Classes of the screen, which main.tcss lays out, and its focus."""

    def __init__(self, screen: Screen[None], panes: Panes) -> None:
        self._screen = screen
        self._panes = panes
        self._before_zen: Widget | None = None
        """What had the focus before the paper stood alone."""

    def focus_list(self) -> None:
        """Give the keys to the list."""
        self._screen.set_focus(self._panes.list)

    def show_list(self) -> None:
        """Show the list and give it the keys."""
        self.leave_zen()
        self._screen.remove_class("-reading")
        self.focus_list()

    def edit_filter(self) -> None:
        """Give the keys to the filter, with the list in sight."""
        self.leave_zen()
        self._screen.remove_class("-reading")
        self._panes.bar.edit()

    def open_paper(self) -> None:
        """Show the paper and give it the keys."""
        self._screen.add_class("-reading")
        self._screen.set_focus(self._panes.detail)

    def close_paper(self) -> bool:
        """Go back to the list; False where the paper has not the keys."""
        if self._screen.focused is not self._panes.detail:
            return False
        self._screen.remove_class("-reading")
        self.focus_list()
        return True

    def zen(self) -> None:
        """Show the paper alone."""
        self._before_zen = self._screen.focused
        self._screen.add_class("-zen")
        self._screen.set_focus(self._panes.detail)

    def leave_zen(self) -> bool:
        """Show list and filter again; False where they are shown."""
        if not self._screen.has_class("-zen"):
            return False
        self._screen.remove_class("-zen")
        self._screen.set_focus(self._before_zen or self._panes.list)
        return True

    def open_sidebar(self) -> None:
        """Show the sidebar."""
        self.leave_zen()
        self._screen.remove_class("-reading")
        self._screen.add_class("-sidebar")

    def close_sidebar(self) -> None:
        """Hide the sidebar, and give the keys to the list."""
        self._screen.remove_class("-sidebar")
        self.focus_list()

    def bring(self, widget: Widget | None, size: Size) -> None:
        """Bring a widget into sight: close the sidebar where it covers it."""
        if widget is None or widget is self._panes.sidebar:
            return
        over_list = size.width < BESIDE.width or size.height < BESIDE.height
        if over_list or (widget is self._panes.detail and size.width < THREE_PANES):
            self._screen.remove_class("-sidebar")
