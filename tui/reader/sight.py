"""What is in sight and has the keys: list, open paper, the paper alone, sidebar."""

from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tui.reader.appearance.arrangement import (
    ALL,
    BESIDE,
    ONE_PANE,
    SIDE_BY,
    STACKED,
    arrangement,
    save_shares,
    saved_shares,
)
from tui.reader.panes import Panes
from tui.settings.config import Config

TWO_LINES = 130
"""From this width of the screen on titles take two lines where the settings do not say,"""
NARROW = 60
"""and in a tall screen that is narrower than this."""


class Sight:
    """Classes of the screen, which main.tcss lays out, and its focus."""

    def __init__(self, screen: Screen[None], panes: Panes, config: Config) -> None:
        self._screen = screen
        self._panes = panes
        self._config = config
        self._shares = saved_shares()
        """The list's share of both panes, by how they are arranged."""
        self._size = Size(0, 0)
        self._before_zen: Widget | None = None
        """What had the focus before the paper stood alone."""

    def arrange(self, size: Size) -> None:
        """Arrange the panes for a terminal of a size."""
        self._size = size
        classes = arrangement(size, self._screen.has_class("-sidebar"))
        gets_frames = self._screen.has_class(ONE_PANE) and ONE_PANE not in classes
        # All at once, because each change works the styles out again.
        self._screen.set_classes(self._screen.classes.difference(ALL).union(classes))
        two_lines = self._config.two_line_titles
        usual = size.width >= TWO_LINES or (STACKED in classes and size.width < NARROW)
        self._panes.list.paper_rows.title_most = (
            2 if (usual if two_lines is None else two_lines) else 1
        )
        name = "beside" if BESIDE in classes else "stacked" if STACKED in classes else ""
        beside = name == "beside" if name else None
        self._panes.split.share(beside, self._shares[name] if name else 50)
        self._panes.paint_titles()
        if gets_frames:  # and says beside the filter no longer what they say
            self._panes.paint_found()

    def save_share(self, share: int) -> None:
        """Save the list's share of both panes for the next start."""
        name = "beside" if self._screen.has_class(BESIDE) else "stacked"
        self._shares[name] = share
        save_shares(self._shares)

    def _rearrange(self) -> None:
        self.arrange(self._size)

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
        """Go back to the list; False if the paper has not the keys."""
        if self._screen.focused is not self._panes.detail:
            return False
        self._screen.remove_class("-reading")
        self.focus_list()
        return True

    def zen(self) -> None:
        """Show the paper alone."""
        self._before_zen = self._screen.focused
        self._screen.add_class("-zen")
        self._panes.paint_found()
        self._screen.set_focus(self._panes.detail)

    def leave_zen(self) -> bool:
        """Show list and filter again; False if they are shown."""
        if not self._screen.has_class("-zen"):
            return False
        self._screen.remove_class("-zen")
        self._panes.paint_found()
        self._screen.set_focus(self._before_zen or self._panes.list)
        return True

    def open_sidebar(self) -> None:
        """Show the sidebar."""
        self.leave_zen()
        self._screen.remove_class("-reading")
        self._screen.add_class("-sidebar")
        self._rearrange()

    def close_sidebar(self) -> None:
        """Hide the sidebar, and give the keys to the list."""
        self._hide_sidebar()
        self.focus_list()

    def _hide_sidebar(self) -> None:
        if self._screen.has_class("-sidebar"):
            self._screen.remove_class("-sidebar")
            self._rearrange()

    def bring(self, widget: Widget | None) -> None:
        """Bring a widget into sight: close the sidebar where it covers it."""
        if widget is None or widget is self._panes.sidebar:
            return
        if not self._screen.has_class(SIDE_BY):
            self._hide_sidebar()
