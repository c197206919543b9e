"""Keys one after the other, however fast they come.

Textual hands a key to the widget that has the focus when the key arrives. Of "/abc" pasted or
typed ahead over a slow line the letters would reach the list, before the slash has moved the
focus to the filter. Here a key waits until the one before it has gone its whole way.
"""

from collections import deque
from functools import partial

from textual import events
from textual.app import App
from textual.message import Message
from textual.widgets import Input

from tui.reader.escape_key import ALT, two_keys
from tui.reader.terminal_input import use_input_parser
from tui.reader.widgets.line_input import one_line

LONGEST_WAIT = 0.2
"""Seconds after which the next key goes on though the one before it was never seen to end."""


class KeyDone(Message, bubble=True):
    """Follows a key from widget to widget up to the application."""


class OrderedKeysApp(App[None]):
    """An application that deals with keys in order."""

    def __init__(self, native_colors: bool | None = None) -> None:
        super().__init__(ansi_color=native_colors)
        use_input_parser()
        self._held: deque[events.Key] = deque()
        self._under_way: KeyDone | None = None

    async def on_event(self, event: events.Event) -> None:
        """Hold a key back while another is under way; paste lines into a line as one."""
        if isinstance(event, events.Paste) and isinstance(self.focused, Input):
            event.text = one_line(event.text)
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._under_way:
            self._held.append(event)
            self.set_timer(LONGEST_WAIT, partial(self._finish, self._under_way))
        else:
            await self._deal_with(event)

    async def on_key_done(self, message: KeyDone) -> None:
        """Go on with the next key."""
        await self._finish(message)

    async def _deal_with(self, key: events.Key) -> None:
        if key.key.startswith(ALT) and key.key not in self.screen.active_bindings:
            in_text = bool(self.focused and self.focused.check_consume_key("x", "x"))
            key, *others = two_keys(key, in_text) or (key,)
            self._held.extendleft(reversed(others))
        self._under_way = done = KeyDone()
        screen = self.screen
        target = self.focused or screen
        await super().on_event(key)
        # A dialog that is being taken down hands nothing on.
        if self.screen is not screen or not target.post_message(done):
            await self._finish(done)
        elif self._held:
            self.set_timer(LONGEST_WAIT, partial(self._finish, done))

    async def _finish(self, done: KeyDone) -> None:
        if self._under_way is done:
            self._under_way = None
            if self._held:
                await self._deal_with(self._held.popleft())
