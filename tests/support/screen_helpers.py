"""The reader under test: a small feed, the screen as text, and waiting without sleeping blindly."""

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from time import monotonic

import pytest
from conftest import ABSTRACT, paper
from patience import DEADLINE
from rich.console import RenderableType
from textual import events
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.notifications import Notification, Notifications
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from store.library import Library
from store.model import Paper
from store.writer import Pace
from tui.reader import panes
from tui.reader.app import PapersApp
from tui.reader.appearance.themes import DARK
from tui.settings.config import Config

TODAY = date(2025, 8, 1)

PEBBLES, SNAILS, PUDDLES, CROWS, BREAD = (f"arxiv:2508.0000{number}" for number in range(1, 6))
IDS = [PEBBLES, SNAILS, PUDDLES, CROWS, BREAD]
"""Ids of the small feed in the order of the list."""


def small_feed() -> list[Paper]:
    """Return five papers of two days; only the first has an abstract about lamps."""
    return [
        paper(PEBBLES, "Sorting Pebbles by Lamp Light", abstract=ABSTRACT),
        paper(SNAILS, "Counting Snails in the Rain"),
        paper(PUDDLES, "A Map of Every Puddle"),
        paper(CROWS, "Teaching Crows to Queue", date="2025-07-31"),
        paper(BREAD, "Bread That Reads Recipes", date="2025-07-31"),
    ]


IN_COLOUR = Config(theme=DARK.name)
"""The usual settings in a terminal of today, whatever the tests run in."""


PapersApp.NOTIFICATION_TIMEOUT = DEADLINE
"""Messages stay for as long as a test may take to look at them."""
panes.SLOW = float("inf")
"""No search shows its time, however busy the machine is."""


async def until(condition: Callable[[], object], what: str) -> None:
    """Let the app work until the condition holds; fail once the deadline has passed.

    What takes long to look at is looked at less often: the app has the most of the time.
    """
    begun = looked = monotonic()
    pause = 0.0  # most things have happened once the app had its turn
    while not condition():
        now = monotonic()
        assert now < begun + DEADLINE, f"never happened: {what}"
        await asyncio.sleep(max(pause, 2 * (now - looked)))
        pause = min(pause + 0.0005, 0.005)
        looked = monotonic()


PAINT = Compositor.render_update
"""Paint what has changed since the last frame."""


def paint_later(
    compositor: Compositor, full: bool = False, screen_stack: list[Screen[object]] | None = None,
    simplify: bool = False,
) -> RenderableType | None:  # fmt: skip
    """Paint nothing yet: tests paint once a key has done what it does, not each step on the way.

    Without a terminal Textual would throw away what it paints, which is a third of its work.
    """
    return PAINT(compositor, full, screen_stack, simplify) if full else None


def paint(app: PapersApp) -> None:
    """Paint what has changed since the last frame, as a terminal would get it."""
    if not app._exit and app.screen._compositor._dirty_regions:
        PAINT(app.screen._compositor, screen_stack=app._background_screens)


def screen_text(app: PapersApp) -> str:
    """Return what the terminal would show, one line per row."""
    visible_screen_stack.set(app._background_screens)
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def key_event(key: str) -> events.Key:
    """Return the event of a key by its name or the letter it types."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    character = key if len(key) == 1 else {"space": " ", "enter": "\r", "tab": "\t"}.get(key)
    if character is None:
        try:
            character = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
        except KeyError:
            character = None
    return events.Key(name, character)


class Reader:
    """An open reader, and what a person in front of it can do and see."""

    def __init__(self, app: PapersApp, library: Library, pilot: Pilot[None]) -> None:
        self.app = app
        self.library = library
        self.pilot = pilot
        self.screen = app._reader
        self.said: list[str] = []
        """All messages so far, title and text; one may take another's place in no time."""
        add = app._notifications.add

        def note(message: Notification) -> Notifications:
            self.said.append(f"{message.title} {message.message}")
            return add(message)

        app._notifications.add = note  # type: ignore[assignment, method-assign]

    async def press(self, *keys: str) -> None:
        """Press keys, each once the one before it has done what it does; a text in a line at once.

        Textual's pilot waits for the process to be idle, which takes ten times as long.
        """
        for key, following in zip_longest(keys, keys[1:], fillvalue=""):
            self.app.post_message(key_event(key))
            types = isinstance(self.app.focused, Input | TextArea)
            if not (types and len(key) == len(following) == 1):
                await self.settled()

    async def type(self, text: str) -> None:
        """Press a key for each letter."""
        await self.press(*text)

    async def settled(self) -> None:
        """Wait until every key has gone its way, and what it changed is laid out."""
        app, order = self.app, self.app.key_order
        await until(lambda: app._exit or app.message_queue_size == 0, "keys taken")
        await until(lambda: not (order.under_way or order.held), "keys dealt with")
        for _ in range(2):  # what a key does may post messages
            await self.pilot._wait_for_screen()
        await until(lambda: app._exit or not app.screen._layout_required, "the screen laid out")
        paint(app)

    async def shows(self, text: str) -> None:
        """Wait until the text is on the screen; if it never is, say what is there."""
        try:
            await until(lambda: text in self.text, f"{text!r} on the screen")
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.text}") from None

    async def shows_not(self, text: str) -> None:
        """Wait until the text is nowhere on the screen."""
        await until(lambda: text not in self.text, f"{text!r} gone from the screen")

    async def notifies(self, text: str) -> None:
        """Wait until a notification holds the text, or has held it."""
        await until(
            lambda: text in "\n".join([*self.said, self.notifications]),
            f"{text!r} in a notification",
        )

    async def saved(self) -> None:
        """Wait until every mark is on disk."""
        await until(lambda: not self.library.unsaved, "marks saved")

    async def quit(self) -> None:
        """Leave the reader as its user does."""
        await self.pilot.press("q")
        await until(lambda: not self.app.is_running or self.app._exit, "the reader has ended")

    @property
    def text(self) -> str:
        """The screen as text."""
        return screen_text(self.app)

    @property
    def notifications(self) -> str:
        """The messages that are shown, title and text."""
        return "\n".join(f"{n.title} {n.message}" for n in self.app._notifications)

    @property
    def cursor(self) -> str:
        """Id of the paper under the cursor."""
        return self.screen.panes.list.cursor

    @property
    def ids(self) -> list[str]:
        """Ids of the papers shown."""
        return list(self.screen.panes.list.ids)

    @property
    def status(self) -> str:
        """The right end of the filter bar."""
        return str(self.screen.panes.bar.query_one("#count", Static).content)


@asynccontextmanager
async def reading(
    library: Library,
    size: tuple[int, int] = (80, 24),
    query: str = "",
    config: Config = IN_COLOUR,
    today: Callable[[], date] = lambda: TODAY,
) -> AsyncIterator[Reader]:
    """Open the reader on a library, on a fixed day; at the end nothing of it goes on running."""
    pace = Pace(poll=0.05, sync_after_marks=0.05)
    # Drawn the same in the locale of whoever runs the tests.
    config = replace(config, ascii=bool(config.ascii))
    app = PapersApp(library, query, today, pace, config)
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(Compositor, "render_update", paint_later)
        stack.callback(app.saving.writer.stop, DEADLINE)
        async with app.run_test(size=size, notifications=True) as pilot:
            reader = Reader(app, library, pilot)
            await until(lambda: not reader.screen.session.loading, "all months read")
            await pilot.pause()
            paint(app)
            yield reader
            paint(app)
