"""What the reader does outside of itself: it copies to the clipboard and opens a browser.

Both may take a while, so that they are done in threads which the end of the program does not wait
for.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from textual.app import App, SuspendNotSupported

from store.errors import PapersError
from store.text.clean import clean_text
from tui.words import in_home

if TYPE_CHECKING:  # what the reader does not need would slow its start
    from tui.programs.browser import Browser
    from tui.settings.programs import OpenSettings

    Find = Callable[[OpenSettings, Mapping[str, str]], Browser]

COPIED_AT_MOST = 500_000
"""Characters that are sent to a terminal, which drops what is longer."""
SHOWN = 200
"""Characters of a copied text that are shown."""


class Outside:
    """The clipboard and the browser, for an application."""

    def __init__(
        self, app: App[None], programs: "OpenSettings | None", send: Callable[[str], None]
    ) -> None:
        """`programs` are those of the settings; `send` sends a text to the terminal's clipboard."""
        self._app = app
        self._programs = programs
        self._send = send

    def copy(self, text: str) -> None:
        """Send a text to the clipboard, and show it: not every terminal takes it.

        None is never sent: that would empty the clipboard.
        """
        if not text.strip():
            self._tell("There is no text to copy.")
            return
        if len(text) <= COPIED_AT_MOST:
            self._send(text)
        Thread(target=self._copy, args=(text,), name="clipboard", daemon=True).start()

    def open(self, address: str) -> None:
        """Open an address in the browser."""
        from tui.programs.browser import find_browser

        self._start(address, find_browser)

    def open_file(self, path: Path) -> None:
        """Open a PDF that is here."""
        from tui.programs.viewer import find_viewer

        self._start(str(path), find_viewer)

    def _start(self, what: str, find: "Find") -> None:
        Thread(target=self._open, args=(what, find), name="opening", daemon=True).start()

    def _copy(self, text: str) -> None:
        from tui.reader.terminal.clipboard import put_on_clipboard

        if put_on_clipboard(text, os.environ):
            title = "Copied"
        elif len(text) <= COPIED_AT_MOST:
            title = "Sent to the terminal's clipboard"
        else:
            self._tell("This is too long for a terminal's clipboard; export it to a file.")
            return
        self._tell(clean_text(text.strip(), SHOWN), title)

    def _open(self, address: str, find: "Find") -> None:
        """Open an address or a file in the program that is found for it."""
        from tui.programs.browser import BrowserError, open_apart
        from tui.settings.programs import OpenSettings

        try:
            browser = find(self._programs or OpenSettings(), os.environ)
            if browser.terminal:
                self._app.call_later(self._open_here, browser, address)
                return
            open_apart(browser, address)
        except BrowserError as error:
            self._show_address(error, address)
        else:
            # Over SSH it may have opened where nobody sees it.
            self._tell(address, "Opened")

    def _open_here(self, browser: "Browser", address: str) -> None:
        """Leave the terminal to a browser of text until it ends."""
        from tui.programs.browser import BrowserError, open_in_terminal

        try:
            with self._app.suspend():
                open_in_terminal(browser, address)
        except BrowserError as error:
            self._show_address(error, address)
        except SuspendNotSupported:
            self._show_address(BrowserError(f"{browser.name} can't run in this terminal"), address)

    def _show_address(self, error: PapersError, address: str) -> None:
        kind = "file" if address.startswith("/") else "address"
        self._tell(f"{clean_text(str(error))}; the {kind} is {in_home(clean_text(address))}")

    def _tell(self, text: str, title: str = "") -> None:
        """Show a message, unless the reader has ended in the meantime."""
        if self._app.is_running:
            self._app.notify(text, title=title, markup=False)
