"""One line of text that tells of each letter in the frame of its key."""

import re
from collections.abc import Callable

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

_LINE_ENDS = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def one_line(text: str) -> str:
    """Return a text of several lines as one, with a space for each end between two."""
    return _LINE_ENDS.sub("\n", text).strip("\n").replace("\n", " ")


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

    def action_paste(self) -> None:
        """Paste what was copied here, in one line."""
        self.replace(one_line(self.app.clipboard), *self.selection)
