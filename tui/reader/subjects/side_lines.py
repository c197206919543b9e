"""Keys for the sidebar's line under the cursor, and their undo."""

from collections.abc import Callable, Coroutine
from typing import Any

from tui.reader.messages import Messages
from tui.reader.panes import Panes


class SideLines:
    """The lines of the sidebar: views, feeds and days."""

    def __init__(
        self,
        panes: Panes,
        messages: Messages,
        go_to: Callable[[str], None],
        remove_view: Callable[[], Coroutine[Any, Any, None]],
        remove_feed: Callable[[str], None],
        came_to_feed: Callable[[str], None],
    ) -> None:
        self._panes = panes
        self._messages = messages
        self._go_to = go_to
        self._remove_view = remove_view
        self._remove_feed = remove_feed
        self._came_to_feed = came_to_feed
        self._undoes: list[Callable[[], bool]] = []
        """Functions that undo the changes since the reader was opened, the latest last."""

    def open(self) -> None:
        """Narrow the list to the line; show the last error of a feed."""
        entry = self._panes.sidebar and self._panes.sidebar.entry
        if entry and entry.query is not None:
            self._go_to(entry.query)
            if entry.feed:
                self._came_to_feed(entry.feed)

    async def remove(self) -> None:
        """Remove the view, or end the subscription."""
        entry = self._panes.sidebar and self._panes.sidebar.entry
        if entry and entry.feed:
            self._remove_feed(entry.feed)
        else:
            await self._remove_view()

    def changed(self, undo: Callable[[], bool]) -> None:
        """Record a function that undoes a change and returns whether it did anything."""
        self._undoes.append(undo)

    def restore(self) -> None:
        """Undo the last change of views or feeds that can be undone."""
        while self._undoes:
            if self._undoes.pop()():
                return
        undo = self._messages.key("mark.undo")
        self._messages.say(f"No change of views or feeds to undo; {undo} in the list undoes marks.")
