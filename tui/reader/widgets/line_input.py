"""One line of text that tells of each letter in the frame of its key."""

from collections.abc import Callable

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class LineInput(Input):
    """Tells of a change in the handler of the key, not a message later: a frame is saved."""

    virtual_size = Reactive(Size(0, 0))
    """As Textual's own, but without a new layout of the screen at every letter: one line stays one
    line."""
    changed: Callable[[], None] | None = None

    def watch_value(self) -> None:
        """Tell of the change."""
        if self.changed:
            self.changed()
