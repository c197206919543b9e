"""What the reader does outside of itself: it copies to the clipboard and opens a browser.

Both may take a while, so that they are done in threads which the end of the program does not wait
for.
"""

import os
from threading import Thread

from textual.app import SuspendNotSupported

from store.text.clean import clean_text
from tui.reader.requests import AddressOpened, TextCopied
from tui.reader.typeahead import OrderedKeysApp

COPIED_AT_MOST = 500_000
"""Characters that are sent to a terminal, which drops what is longer."""
SHOWN = 200
"""Characters of a copied text that are shown."""
TEXT_BROWSERS = frozenset(
    ("www-browser", "w3m", "lynx", "links", "links2", "elinks", "browsh", "carbonyl", "cha")
)
"""Browsers that need the terminal for themselves."""


class OutsideApp(OrderedKeysApp):
    """An application that knows the clipboard and the browser."""

    def on_text_copied(self, message: TextCopied) -> None:
        """Send a text to the clipboard, and show it: not every terminal takes it."""
        if len(message.text) <= COPIED_AT_MOST:
            self.copy_to_clipboard(message.text)
        Thread(target=self._copy, args=(message.text,), name="clipboard", daemon=True).start()

    def on_address_opened(self, message: AddressOpened) -> None:
        """Open an address."""
        Thread(target=self._open, args=(message.address,), name="browser", daemon=True).start()

    def _copy(self, text: str) -> None:
        from tui.reader.clipboard import put_on_clipboard

        if put_on_clipboard(text, os.environ):
            title = "Copied"
        elif len(text) <= COPIED_AT_MOST:
            title = "Sent to the terminal's clipboard"
        else:
            self._tell("This is too much for a terminal's clipboard; export it to a file.")
            return
        self._tell(clean_text(text.strip(), SHOWN), title)

    def _open(self, address: str) -> None:
        import webbrowser

        if _needs_terminal():
            self.call_later(self._open_here, address)
        elif webbrowser.open(address):
            # Over SSH it may have opened where nobody sees it.
            self._tell(address, "Opened")
        else:
            self._show_address(address)

    def _open_here(self, address: str) -> None:
        """Leave the terminal to a browser of text until it ends."""
        import webbrowser

        try:
            with self.suspend():
                opened = webbrowser.open(address)
        except SuspendNotSupported:
            opened = False
        if not opened:
            self._show_address(address)

    def _show_address(self, address: str) -> None:
        self._tell(f"No browser here; the address is {address}")

    def _tell(self, text: str, title: str = "") -> None:
        """Show a message, unless the reader has ended in the meantime."""
        if self.is_running:
            self.notify(text, title=title, markup=False)


def _needs_terminal() -> bool:
    """Tell whether the browser that would be started runs in the terminal."""
    import webbrowser

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    return os.path.basename(browser.name) in TEXT_BROWSERS
