"""Messages to the user: passing ones in a line where they fit, the others in a corner."""

from collections.abc import Callable
from typing import Literal

from textual.app import App
from textual.binding import Binding
from textual.content import Content
from textual.dom import DOMNode
from textual.notifications import Notification, Notifications
from textual.screen import Screen
from textual.widgets._toast import ToastRack

from store.text.clean import clean_text
from tui.words import in_home

LONG_SECONDS = 3_600
"""How long a message stays that has to be read."""
OFFER = "What would you like to follow?"
"""The title of the message to newcomers."""
Severity = Literal["information", "warning", "error"]
ShowInLine = Callable[[str, str], bool]
"""Shows a text of a severity in a line, or "" for none; returns False if there is no room."""


class Messages:
    """The messages of one screen, and the names of keys in them."""

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
        shown = self._screen.app._notifications
        if all((title, text) != (each.title, each.message) for each in shown):
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
        """Close messages by their title, once they are no longer true."""
        # Later, because messages are on their way to the application until it deals with them.
        self._screen.app.call_later(self._close_titled, titles)

    def _close_titled(self, titles: tuple[str, ...]) -> None:
        app = self._screen.app
        _drop(app, lambda each: each.title in titles)
        app._refresh_notifications()


def key_for(node: DOMNode, name: str) -> str:
    """Return the first key of an action of a screen; its id if the settings leave it none."""
    for key, binding in node._bindings:
        if binding.id == name:
            return node.app.get_key_display(Binding(key, "", ""))
    return name


class Toasts:
    """Where the messages of an application are shown."""

    def __init__(self, app: App[None], show_in_line: ShowInLine) -> None:
        """`show_in_line` uses the line of the reader."""
        self._app = app
        self._show_in_line = show_in_line
        self._in_line: Notification | None = None
        """The message in the line."""

    def show(self) -> None:
        """Show passing messages in the line, the others in the corner.

        Over a dialog only passing ones are shown: the key that closes the others is the reader's.
        A screen with a line of its own uses that.
        """
        app, dialog = self._app, len(self._app._screen_stack) > 1
        if self._in_line and self._in_line not in app._notifications:
            self._in_line = None
        own_line: ShowInLine = getattr(app.screen, "say_in_line", _has_no_line)
        show_in_line = own_line if dialog else self._show_in_line
        for each in app._notifications:
            if each.timeout < LONG_SECONDS:
                shown = show_in_line(_in_one_line(each), each.severity)
                if shown and each is not self._in_line:
                    self._in_line = each
                    app.set_timer(each.time_left, lambda each=each: self._passed(each))
                elif not shown and each is self._in_line:  # the terminal has become narrower
                    self._in_line = None
        if self._in_line is None:
            show_in_line("", "information")
        others = Notifications()
        for each in app._notifications:
            if each is not self._in_line and (not dialog or each.timeout < LONG_SECONDS):
                others.add(each)
        for rack in app.screen.query_children(ToastRack):
            if len(others) or rack.children:  # else there is nothing to lay out
                app.call_later(rack.show, others)

    def _passed(self, message: Notification) -> None:
        if message in self._app._notifications:
            self._app._unnotify(message)


def close_passing(app: App[None] | App[object]) -> None:
    """Close the message that would pass by itself."""
    drop_passing(app)
    app._refresh_notifications()


def drop_passing(app: App[None] | App[object]) -> None:
    """Forget the message that would pass by itself."""
    _drop(app, lambda each: each.timeout < LONG_SECONDS)


def _drop(app: App[None] | App[object], is_dropped: Callable[[Notification], bool]) -> None:
    for each in list(app._notifications):
        if is_dropped(each):
            app._unnotify(each, refresh=False)


def _in_one_line(message: Notification) -> str:
    """Return title and text of a message; those of Textual itself have markup."""
    text = Content.from_markup(message.message).plain if message.markup else message.message
    return f"{message.title}: {text}" if message.title else text


def _has_no_line(text: str, severity: str) -> bool:
    return False
