"""Messages: one that passes, in a line where it fits, else in a corner; others until closed."""

from collections.abc import Callable

from textual.app import App
from textual.notifications import Notification, Notifications
from textual.widgets._toast import ToastRack

LONG_SECONDS = 3_600
"""How long a message stays that has to be read."""

Say = Callable[[str, str], bool]
"""Says a text of a severity in a line, or "" for none; False if it has no room."""


def _has_no_line(text: str, severity: str) -> bool:
    return False


class Toasts:
    """Shows the messages of an application."""

    def __init__(self, app: App[None], say_in_line: Say) -> None:
        """`say_in_line` says it in the reader's line."""
        self._app = app
        self._say_in_line = say_in_line
        self._in_line: Notification | None = None
        """The message in the line."""

    def show(self) -> None:
        """Say what passes in the line, and the rest in the corner.

        On a dialog there is only what passes: the key that closes the others is the reader's. A
        screen that has a line of its own says it there.
        """
        app, dialog = self._app, len(self._app._screen_stack) > 1
        if self._in_line and self._in_line not in app._notifications:
            self._in_line = None
        own_line: Say = getattr(app.screen, "say_in_line", _has_no_line)
        say_in_line = own_line if dialog else self._say_in_line
        for each in app._notifications:
            if each.timeout < LONG_SECONDS:
                text = f"{each.title}: {each.message}" if each.title else each.message
                said = say_in_line(text, each.severity)
                if said and each is not self._in_line:
                    self._in_line = each
                    app.set_timer(each.time_left, lambda each=each: self._passed(each))
                elif not said and each is self._in_line:  # the terminal has become narrower
                    self._in_line = None
        if self._in_line is None:
            say_in_line("", "information")
        others = Notifications()
        for each in app._notifications:
            if each is not self._in_line and (not dialog or each.timeout < LONG_SECONDS):
                others.add(each)
        for rack in app.screen.query_children(ToastRack):
            if len(others) or rack.children:  # else there is nothing to lay out
                app.call_later(rack.show, others)

    def _passed(self, said: Notification) -> None:
        if said in self._app._notifications:
            self._app._unnotify(said)


def close_passing(app: App[None] | App[object]) -> None:
    """Close the message that would pass by itself."""
    drop_passing(app)
    app._refresh_notifications()


def close_titled(app: App[None] | App[object], *titles: str) -> None:
    """Close messages by their title, once what they say is no longer so."""
    for each in list(app._notifications):
        if each.title in titles:
            app._unnotify(each, refresh=False)
    app._refresh_notifications()


def drop_passing(app: App[None] | App[object]) -> None:
    """Forget the message that would pass by itself."""
    for each in list(app._notifications):
        if each.timeout < LONG_SECONDS:
            app._unnotify(each, refresh=False)
