"""Keys one after the other, however fast they are typed.

Textual hands a key to the widget that has the focus when the key arrives. Of "/abc" pasted or
typed ahead over a slow line the letters would reach the list, before the slash has moved the
focus to the filter. Here a key waits until the one before it has been handled.
"""

from collections import deque
from collections.abc import Awaitable, Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.message import Message
from textual.widgets import Input

from tui.reader.terminal.terminal_input import ALT, two_keys
from tui.reader.widgets.line_input import one_line

if TYPE_CHECKING:  # imported when a letter of another script is pressed
    from tui.reader.keyboard.key_places import KeyPlaces

LONGEST_WAIT = 0.2
"""Seconds after which the next key goes on even if the one before it has not ended."""
LOOKS = 20
"""How often it is looked in that time whether it has ended.

Between two looks the loop handles events: on a machine with much to do, it is the number of looks
that gives a key the time it needs.
"""


class KeyDone(Message, bubble=True):
    """Follows a key from widget to widget up to the application."""


class KeyOrder:
    """Handles the keys of an application in order."""

    def __init__(
        self,
        app: App[None],
        pass_on: Callable[[events.Event], Awaitable[None]],
        layout: str,
    ) -> None:
        """`pass_on` gives an event to the application; `layout` is that of the keyboard."""
        self._app = app
        self._layout = layout
        self._pass_on = pass_on
        self.held: deque[events.Key] = deque()
        """Keys that wait."""
        self.under_way: KeyDone | None = None
        """The message that ends the present key."""
        self.pressed = 0
        """How many keys were pressed."""

    @cached_property
    def _places(self) -> "KeyPlaces":
        """Finds the Latin letter in the place of another."""
        from tui.reader.keyboard.key_places import KeyPlaces

        return KeyPlaces(self._app, self._layout)

    async def handle(self, event: events.Event) -> None:
        """Hold a key back while another is under way; paste lines into a line as one."""
        if isinstance(event, events.Paste) and isinstance(self._app.focused, Input):
            event.text = one_line(event.text)
        if not isinstance(event, events.Key) or event.is_forwarded:
            await self._pass_on(event)
        elif self.under_way:
            self.held.append(event)
            await self._finish_later(self.under_way)
        else:
            await self._handle_key(event)

    async def finish(self, done: KeyDone) -> None:
        """Go on with the next key."""
        if self.under_way is done:
            self.under_way = None
            if self.held:
                await self._handle_key(self.held.popleft())

    async def _handle_key(self, key: events.Key) -> None:
        app = self._app
        if key.key.startswith(ALT) and key.key not in app.screen.active_bindings:
            in_text = bool(app.focused and app.focused.check_consume_key("x", "x"))
            key, *others = two_keys(key, in_text) or (key,)
            self.held.extendleft(reversed(others))
        if not (key.character or "").isascii():
            key = self._places.in_latin(key)
        self.under_way = done = KeyDone()
        self.pressed += 1
        screen = app.screen
        target = app.focused or screen
        await self._pass_on(key)
        # A dialog that is closing passes nothing on.
        if app.screen is not screen or not target.post_message(done):
            await self.finish(done)
        elif self.held:
            await self._finish_later(done)

    async def _finish_later(self, done: KeyDone, looks: int = LOOKS) -> None:
        """Go on with the next key after LONGEST_WAIT, unless the present one ends before that."""
        if not looks:
            await self.finish(done)
        elif self.under_way is done:
            later = partial(self._finish_later, done, looks - 1)
            self._app.set_timer(LONGEST_WAIT / LOOKS, later)
