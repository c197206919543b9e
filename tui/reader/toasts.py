"""Messages: one that passes, in a line where it fits, and those that stay until they are closed."""

from textual.app import App
from textual.notifications import Notification, Notifications, Notify
from textual.widgets._toast import ToastRack

from tui.reader.typeahead import OrderedKeysApp

LONG_SECONDS = 3_600
"""How long a message stays that has to be read."""


class ToastsApp(OrderedKeysApp):
    """An application whose messages are in nobody's way."""

    _in_line: Notification | None = None
    """The message that is said in a line, not in a corner."""

    def say_in_line(self, text: str, kind: str) -> bool:
        """Say a message in a line of the screen, or "" for none; False where it has no room."""
        return False

    def _on_notify(self, event: Notify) -> None:
        """Show a message; one that passes takes the place of the one before that does."""
        if event.notification.timeout < LONG_SECONDS:
            _drop_passing(self)
        super()._on_notify(event)

    def _refresh_notifications(self) -> None:
        """Say what passes in a line, and the rest in the corner.

        On a dialog there is only what passes: the key that closes the others is the reader's.
        """
        if self._in_line and self._in_line not in self._notifications:
            self._in_line = None
        dialog = len(self._screen_stack) > 1
        for each in self._notifications if not dialog else ():
            if each.timeout < LONG_SECONDS and each is not self._in_line:
                text = f"{each.title}: {each.message}" if each.title else each.message
                if self.say_in_line(text, each.severity):
                    self._in_line = each
                    self.set_timer(each.time_left, lambda each=each: self._passed(each))
        if self._in_line is None and not dialog:
            self.say_in_line("", "information")
        others = Notifications()
        for each in self._notifications:
            if each is not self._in_line and (not dialog or each.timeout < LONG_SECONDS):
                others.add(each)
        for rack in self.screen.query_children(ToastRack):
            if len(others) or rack.children:  # else there is nothing to lay out
                self.call_later(rack.show, others)

    def _passed(self, said: Notification) -> None:
        if said in self._notifications:
            self._unnotify(said)


def close_passing(app: App[None] | App[object]) -> None:
    """Close the message that would pass by itself."""
    _drop_passing(app)
    app._refresh_notifications()


def close_titled(app: App[None] | App[object], *titles: str) -> None:
    """Close messages by their title, once what they say is no longer so."""
    for each in list(app._notifications):
        if each.title in titles:
            app._unnotify(each, refresh=False)
    app._refresh_notifications()


def _drop_passing(app: App[None] | App[object]) -> None:
    for each in list(app._notifications):
        if each.timeout < LONG_SECONDS:
            app._unnotify(each, refresh=False)
