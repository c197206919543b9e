"""Two panes, and the border between them, which the mouse moves."""

from collections.abc import Callable

from textual import events
from textual.containers import Container
from textual.widget import Widget

from tui.reader.appearance.arrangement import LEAST_SHARE, MOST_SHARE

LINES, COLUMNS = 2, 4
"""The size of a step, by how the panes are arranged."""
LEAST_LINES, LEAST_COLUMNS = 4, 20
"""The least size of each pane."""


class Split(Container):
    """Two panes beside or above each other, which share the space."""

    def __init__(self, first: Widget, second: Widget, moved: Callable[[int], None]) -> None:
        """`moved` gets the share of the first pane, in percent, when the border has moved."""
        super().__init__(first, second, id="panes")
        self._first, self._second = first, second
        self._moved = moved
        self._beside: bool | None = None
        self._share = 50
        self._dragging = False

    def share(self, beside: bool | None, share: int) -> None:
        """Put the panes beside each other (above, if False); None shows one pane only."""
        if (beside, share) == (self._beside, self._share):
            return
        self._beside, self._share = beside, share
        for pane, part in ((self._first, share), (self._second, 100 - share)):
            pane.styles.width = f"{part}fr" if beside else None
            pane.styles.height = f"{part}fr" if beside is False else None

    def move(self, steps: int) -> None:
        """Make the first pane larger by steps."""
        if self._beside is not None:
            self._move_to(self._size_of_first + steps * (COLUMNS if self._beside else LINES))
            self._moved(self._share)

    @property
    def _size_of_first(self) -> int:
        return self._first.outer_size.width if self._beside else self._first.outer_size.height

    def _move_to(self, size: int) -> None:
        room = self.size.width if self._beside else self.size.height
        least = LEAST_COLUMNS if self._beside else LEAST_LINES
        size = max(least, min(size, room - least))
        if size != self._size_of_first:
            share = round(100 * size / max(room, 1))
            self.share(self._beside, max(LEAST_SHARE, min(share, MOST_SHARE)))

    def _on_border(self, event: events.MouseEvent) -> bool:
        first, second = self._first.region, self._second.region
        if self._beside is None or not first or not second:
            return False
        framed = bool(self._first.styles.border_right[0])
        if self._beside:
            return event.screen_x == second.x or (framed and event.screen_x == first.right - 1)
        return event.screen_y == second.y or (framed and event.screen_y == first.bottom - 1)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the border."""
        if self._on_border(event):
            self._dragging = True
            self.screen.clear_selection()
            self.capture_mouse()
            event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move the border."""
        if self._dragging:
            place = event.screen_x if self._beside else event.screen_y
            self._move_to(place - (self.region.x if self._beside else self.region.y))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the border."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()
            self._moved(self._share)
