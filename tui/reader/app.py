"""The application: opens the reader on a library and saves its marks in the background."""

import asyncio
import os
import signal
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from rich.console import RenderableType
from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.notifications import Notify
from textual.screen import Screen
from textual.theme import Theme
from textual.widget import Widget

from store.library import Library
from store.writer import USUAL_PACE, Pace
from tui.reader.appearance.look import Look, ThemePreview, typing_place
from tui.reader.appearance.tag_colours import with_tag_colours
from tui.reader.guarded import Guard
from tui.reader.keyboard.keys import APP_KEYS
from tui.reader.keyboard.typeahead import KeyDone, KeyOrder
from tui.reader.main import MainScreen
from tui.reader.messages import LONG_SECONDS, Toasts, drop_passing
from tui.reader.requests import AddressOpened, FileOpened, PdfWanted, TextCopied
from tui.reader.saving import Saving
from tui.reader.terminal.outside import Outside
from tui.reader.terminal.screen_keeping import ScreenDriver, drawn
from tui.reader.terminal.terminal_input import use_input_parser
from tui.saved_screen import SHOWN
from tui.settings.config import Config

USUAL_CONFIG = Config()


def _provider() -> type[Provider]:
    from tui.reader.palette import (
        ReaderProvider,  # here because the palette is seldom opened first
    )

    return ReaderProvider


DIALOGS_CSS = Path(__file__).with_name("dialogs.tcss")
"""The style of dialogs, which the first paint does not need."""


class PapersApp(App[None]):
    """The reader of one library."""

    TITLE = "papers-tui"
    CSS_PATH = "main.tcss"
    """Here and not on the reader: Textual does not read the style of a default screen."""
    BINDINGS: ClassVar[list[BindingType]] = APP_KEYS
    COMMANDS = {_provider}

    def __init__(
        self,
        library: Library,
        query: str = "",
        today: Callable[[], date] = date.today,
        pace: Pace = USUAL_PACE,
        config: Config = USUAL_CONFIG,
        cards: bool = False,
    ) -> None:
        """`cards` starts with the unread papers on cards."""
        self._look = Look(config)
        super().__init__(
            driver_class=ScreenDriver if SHOWN.is_quiet else None,
            ansi_color=True if "NO_COLOR" in os.environ else None,
        )
        use_input_parser()
        self._look.begin(self)
        self.guard = Guard(self)
        self.key_order = KeyOrder(self, super().on_event, self._look.layout)
        self._outside = Outside(self, config.open, super().copy_to_clipboard)
        self._reader = MainScreen(
            library, today, query, config, lambda: self.saving.writer.wake(), self._look.remapped,
            lambda: self.key_order.pressed,
        )  # fmt: skip
        self.palette_used: list[str] = []
        """The commands chosen in the palette, the latest first."""
        self._preview = ThemePreview(self)
        self._toasts = Toasts(self, self._reader.panes.bar.say)
        self._start = query
        self._cards = cards
        self.last_screen = ""
        """The screen that the next start begins with, once the reader has quit normally."""
        self.saving = Saving(self, self._reader, self.guard, library, pace, self._leave)

    def get_default_screen(self) -> MainScreen:
        """Return the reader, the only screen that is not a dialog."""
        return self._reader

    def on_mount(self) -> None:
        """Start saving; quit normally if the terminal closes or the system shuts down."""
        # Once the reader is there: earlier reports of the writer would reach nobody.
        self._reader.call_later(self.saving.writer.start)
        self._reader.call_after_refresh(self.stylesheet.read, DIALOGS_CSS)
        if self._cards:
            self._reader.call_after_refresh(lambda: self._reader.parts.triage.begin_when_read())
        if isinstance(self._driver, ScreenDriver):
            self._driver.hold_while(self, lambda: self._reader.session.loading)
        loop = asyncio.get_running_loop()
        goes_on = signal.getsignal(signal.SIGCONT)

        def go_on() -> None:
            # Textual starts to draw again, but what it drew before is gone.
            if callable(goes_on):
                goes_on(signal.SIGCONT, None)
            self.action_redraw()

        loop.add_signal_handler(signal.SIGCONT, go_on)
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self._leave)

    async def action_quit(self) -> None:
        """Quit once everything is saved; if that fails, say so and stay.

        A second call quits without saving, in case it takes too long.
        """
        self.saving.quit()

    def action_redraw(self) -> None:
        """Redraw the whole screen, over whatever other programs have written on it."""
        self.refresh(layout=True)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every action of the reader, then Textual's own commands."""
        from tui.reader.palette import reader_commands

        yield from reader_commands(self._reader)
        own = {"Quit", "Keys", "Screenshot", "Maximize", "Minimize"}
        yield from (c for c in super().get_system_commands(screen) if c.title not in own)

    def finish_saving(self, seconds: float = 5.0) -> bool:
        """Save what waits if the reader ended without quitting; see `Saving.finish`."""
        return self.saving.finish(seconds)

    def last_words(self) -> list[str]:
        """Return problems that nobody can have read, a line each, to print after the end."""
        return [
            *self.guard.mistakes[:1], *self.saving.last_words(), *self._reader.last_words(),
        ]  # fmt: skip

    def _leave(self) -> None:
        asyncio.get_running_loop().remove_signal_handler(signal.SIGCONT)
        self.saving.end()  # before the screen is kept, without its messages
        self.last_screen = drawn(self, self._reader, self._start)
        self.exit()

    # Messages from Textual for a part

    async def on_event(self, event: events.Event) -> None:
        """Handle keys in order; the first is answered on the real screen."""
        if isinstance(event, events.Key) and isinstance(self._driver, ScreenDriver):
            self._driver.release()
        await self.key_order.handle(event)

    async def on_key_done(self, message: KeyDone) -> None:
        """Go on with the next key."""
        await self.key_order.finish(message)

    def on_text_copied(self, message: TextCopied) -> None:
        """Copy a text."""
        self._outside.copy(message.text)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy what is selected in a line."""
        self._outside.copy(text)

    def on_address_opened(self, message: AddressOpened) -> None:
        """Open an address."""
        self._outside.open(message.address)

    def on_file_opened(self, message: FileOpened) -> None:
        """Open a PDF."""
        self._outside.open_file(message.path)

    def on_pdf_wanted(self, message: PdfWanted) -> None:
        """Open the PDF of a paper."""
        self._reader.parts.pdfs.open_of(message.paper)

    def watch_theme(self, name: str) -> None:
        """Save a theme that was chosen here."""
        if not self._preview.is_on and (said := self._look.save_theme(name)):
            self.notify(said, markup=False)

    def search_themes(self) -> None:
        """Let the user choose a theme, and preview each under the cursor."""
        self._preview.begin()
        super().search_themes()

    def on_command_palette_option_highlighted(
        self, event: CommandPalette.OptionHighlighted
    ) -> None:
        """Preview the theme under the cursor."""
        self._preview.show(event)

    def on_command_palette_closed(self, event: CommandPalette.Closed) -> None:
        """Save the chosen theme, or go back to the one before."""
        shown = self._preview.end()
        if event.option_selected and shown:
            self.theme = shown

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme, with colours of tags if it has none."""
        self.theme_variables = with_tag_colours(super().get_css_variables())
        return self.theme_variables

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return a theme by its name.

        Textual asks for the theme at each line it draws, and copies the table of all themes then.
        """
        return self._registered_themes.get(theme_name) or super().get_theme(theme_name)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's filters and ours."""
        return [*super().get_line_filters(), *self._look.filters]

    def get_key_display(self, binding: Binding) -> str:
        """Return the label of a key."""
        return self._look.key_display(binding, super().get_key_display(binding))

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor is."""
        return typing_place(self.focused if self._screen_stack else None, self._noted_position)

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        self._noted_position = position

    def _register(self, parent: DOMNode, *widgets: Widget, **options: Any) -> list[Widget]:
        self._look.give_keys(widgets)
        return super()._register(parent, *widgets, **options)

    def _on_notify(self, event: Notify) -> None:
        """Let a passing message replace the one before."""
        if event.notification.timeout < LONG_SECONDS:
            drop_passing(self)

    def _refresh_notifications(self) -> None:
        if self._screen_stack:
            self._toasts.show()

    def panic(self, *renderables: RenderableType) -> None:
        """End with an error that Textual would print."""
        self._return_code = 1
        self.guard.note_printed(*renderables)
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        self.guard.note_error(error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()  # messages are printed after the end
