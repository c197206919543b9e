"""An input line that reports each letter in the frame of its key."""

import re
from collections.abc import Callable

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

_LINE_ENDS = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def one_line(text: str) -> str:
    """Return a text of several lines as one, with a space for each end between two."""
    return _LINE_ENDS.sub("\n", text).strip("\n").replace("\n", " ")


class LineInput(Input):
    """Reports a change in the handler of the key, not in a later message: that saves a frame."""

    virtual_size = Reactive(Size(0, 0))
    """Like Textual's own, but without a new layout of the screen at every letter: the height does
    not change."""
    changed: Callable[[], None] | None = None

    def watch_value(self) -> None:
        """Report the change."""
        if self.changed:
            self.changed()

    def take_early(self, event: events.Key) -> None:
        """Take what is typed before the line has the focus, in place of what is selected in it."""
        if not self.has_focus and event.is_printable and event.character:
            self.replace(event.character, *sorted(self.selection))

    def action_paste(self) -> None:
        """Paste text as one line."""
        self.replace(one_line(self.app.clipboard), *self.selection)
