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

from store.errors import LibraryError, TakesTooLongError
from store.files.attempt import Attempt
from store.library import Library
from store.writer import USUAL_PACE, Changes, Pace, Writer
from tui.kept_screen import SHOWN
from tui.reader.appearance.look import Look, ThemePreview, typing_place
from tui.reader.appearance.tag_colours import with_tag_colours
from tui.reader.guarded import Guard
from tui.reader.keyboard.keys import APP_KEYS
from tui.reader.keyboard.typeahead import KeyDone, KeyOrder
from tui.reader.main import MainScreen
from tui.reader.messages import LONG_SECONDS, Toasts, drop_passing, key_for
from tui.reader.requests import AddressOpened, FileOpened, PdfWanted, TextCopied
from tui.reader.subjects.marking import NOT_SAVED
from tui.reader.terminal.outside import Outside
from tui.reader.terminal.screen_driver import ScreenDriver
from tui.reader.terminal.screen_keeping import drawn
from tui.reader.terminal.terminal_input import use_input_parser
from tui.settings.config import Config

USUAL_CONFIG = Config()
PATIENCE_SECONDS = 1.0
"""How long saving may take at the end before a message says so."""
EXCHANGE_SECONDS = 2.0
"""How long quitting waits for an exchange with the sync folder."""


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
        self._library = library
        self._reader = MainScreen(
            library, today, query, config, self._wake, self._look.remapped,
            lambda: self.key_order.dealt_with,
        )  # fmt: skip
        self.palette_used: list[str] = []
        """The commands chosen in the palette, the latest first."""
        self._preview = ThemePreview(self)
        self._toasts = Toasts(self, self._reader.panes.bar.say)
        self._start = query
        self._cards = cards
        self.last_screen = ""
        """The screen that the next start begins with, once the reader has quit normally."""
        self._leaving = False
        self._failure = ""
        """Why marks were undone the last time."""
        self._unread = False
        """Whether that was still unread when the reader ended."""
        self._writer = Writer(library, self, pace)

    def get_default_screen(self) -> MainScreen:
        """Return the reader, the only screen that is not a dialog."""
        return self._reader

    def on_mount(self) -> None:
        """Start saving; quit normally if the terminal closes or the system shuts down."""
        # Once the reader is there: earlier reports of the writer would reach nobody.
        self._reader.call_later(self._writer.start)
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

    def _wake(self) -> None:
        """Let the writer save."""
        self._writer.wake()

    async def action_quit(self) -> None:
        """Quit once everything is saved; if that fails, say so and stay.

        A second call quits without saving, in case it takes too long.
        """
        if not self._library.unsaved or self._leaving:
            self._leave()
            return
        self._leaving = True
        self._writer.wake()
        self.set_timer(PATIENCE_SECONDS, self._say_that_it_saves)

    def _say_that_it_saves(self) -> None:
        if self._leaving and (unsaved := self._library.unsaved):
            changes = "1 change" if unsaved == 1 else f"{unsaved:,} changes"
            quits = key_for(self._reader, "app.quit")
            self.notify(f"Saving {changes} before quitting; {quits} again quits without saving.")

    def action_redraw(self) -> None:
        """Redraw the whole screen, over whatever other programs have written on it."""
        self.refresh(layout=True)

    # What the writer reports, in its thread

    def saved(self, kept: int) -> None:
        """Marks are on disk."""
        self._from_writer(lambda: self._reader.marks_saved(kept))

    def failed(self, error: LibraryError) -> None:
        """Marks are not on disk; stay, so that it is seen."""
        self._leaving = False
        self._failure = str(error)
        self._from_writer(lambda: self._reader.marks_failed(str(error)))

    def delayed(self, error: BaseException) -> None:
        """The library can't be used now; the writer tries again."""
        if isinstance(error, LibraryError):
            self._from_writer(lambda: self._reader.marking.delayed(str(error)))
        else:
            self.guard.survive(error)

    def recovered(self) -> None:
        """It can be used again."""
        self._from_writer(self._reader.marking.recovered)

    def changed(self, changes: Changes) -> None:
        """Another program changed the library."""
        self._from_writer(lambda: self._reader.changed_elsewhere(changes))

    def noticed(self, problem: str) -> None:
        """Something is wrong with the sync folder or what is in it."""
        self._from_writer(lambda: self._reader.messages.say_for_long("Sync", problem, "warning"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every action of the reader, then Textual's own commands."""
        seen = {"app.palette"}
        # From the class: the settings may leave an action of the screen without a key.
        bindings = [*(self._reader._merged_bindings or ()), *self._reader.own_keys]
        # Moves come last: nobody looks for the next paper by its name.
        for _, binding in sorted(bindings, key=lambda each: (each[1].id or "")[:5] == "list."):
            if binding.id and binding.id not in seen:
                seen.add(binding.id)
                key = key_for(self._reader, binding.id)
                yield SystemCommand(
                    binding.description if key == binding.id else f"{binding.description} ({key})",
                    binding.tooltip,
                    lambda action=binding.action: self.call_later(self._run, action),
                )
        own = {"Quit", "Keys", "Screenshot", "Maximize", "Minimize"}
        yield from (c for c in super().get_system_commands(screen) if c.title not in own)

    async def _run(self, action: str) -> None:
        await self._reader.run_action(action)

    def _from_writer(self, callback: Callable[[], None]) -> None:
        if self.is_running and self._reader.is_mounted:
            self.call_from_thread(self._then_leave, callback)

    def _then_leave(self, callback: Callable[[], None]) -> None:
        callback()
        if self._leaving and not self._library.unsaved:
            self._leave()

    def finish_saving(self, seconds: float = 5.0) -> bool:
        """Save the waiting changes if the reader ended without quitting.

        Return False if all is saved and something else hangs: the library after some seconds, or
        the sync folder, which may hang only for a while. Raises LibraryError if saving fails or
        takes longer.
        """
        library = self._library
        free = self._writer.let_go(seconds)
        try:
            if free:
                Attempt(library.commit, "last write").result(seconds)
            elif library.unsaved:
                raise TakesTooLongError
        except LibraryError as error:
            lost = library.unsaved
            changes = "1 unsaved change is" if lost == 1 else f"{lost:,} unsaved changes are"
            slow = f"writing to {library.folder} takes too long"
            reason = slow if isinstance(error, TakesTooLongError) else str(error)
            raise LibraryError(f"{reason}; {changes} lost") from error
        return free and not self._writer.exchanges(EXCHANGE_SECONDS)

    def last_words(self) -> list[str]:
        """Return problems that nobody can have read, a line each, to print after the end."""
        lines = self.guard.mistakes[:1]
        if self._unread or self._is_unread():
            lines.append(f"{self._failure}; unsaved changes were undone")
        return [*lines, *self._reader.last_words()]

    def _is_unread(self) -> bool:
        # A message that stays has been read once it is closed.
        return any(each.title == NOT_SAVED for each in self._notifications)

    def _leave(self) -> None:
        asyncio.get_running_loop().remove_signal_handler(signal.SIGCONT)
        self._writer.finish()
        self._unread = self._is_unread()  # before the screen is kept, without its messages
        self.last_screen = drawn(self, self._reader, self._start)
        self.exit()

    # Messages from Textual for a part

    async def on_event(self, event: events.Event) -> None:
        """Handle keys in order; the first is answered on the real screen."""
        if isinstance(event, events.Key) and isinstance(self._driver, ScreenDriver):
            self._driver.release()
        await self.key_order.take(event)

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
        if not self._preview.is_on and (said := self._look.keep(name)):
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
