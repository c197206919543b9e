"""Messages to the user, which pass or stay, and the names of keys in them."""

from typing import Literal

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from store.text.clean import clean_text
from tui.reader.toasts import LONG_SECONDS, close_titled
from tui.words import in_home

OFFER = "What would you like to follow?"
"""The title of the message to newcomers."""
Severity = Literal["information", "warning", "error"]


class Messages:
    """The messages of one screen."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen

    def key(self, name: str) -> str:
        """Return the first key of an action of the screen, by the id of its binding."""
        return key_for(self._screen, name)

    def say(
        self,
        text: str,
        title: str = "",
        severity: Severity = "information",
        seconds: float | None = None,
    ) -> None:
        """Show a message that passes by itself and replaces the one before."""
        self._screen.notify(
            clean_text(text), title=title, severity=severity, timeout=seconds, markup=False
        )

    def say_for_long(self, title: str, text: str, severity: Severity = "error") -> None:
        """Show a message that stays until it is closed, and is not repeated."""
        text = f"{in_home(clean_text(text))}\n{self.key('paper.back')} closes this."
        said = self._screen.app._notifications
        if all((title, text) != (each.title, each.message) for each in said):
            self._screen.notify(
                text, title=title, severity=severity, timeout=LONG_SECONDS, markup=False
            )

    def close(self) -> bool:
        """Close all messages if one of them stays; return whether one did."""
        app = self._screen.app
        stays = any(each.timeout == LONG_SECONDS for each in app._notifications)
        if stays:
            app.clear_notifications()
        return stays

    def close_titled(self, *titles: str) -> None:
        """Close the messages of these titles."""
        close_titled(self._screen.app, *titles)


def key_for(node: DOMNode, name: str) -> str:
    """Return the first key of an action of a screen; its id if the settings leave it none."""
    for key, binding in node._bindings:
        if binding.id == name:
            return node.app.get_key_display(Binding(key, "", ""))
    return name
