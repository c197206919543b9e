"""Messages in a corner: one that passes, and those that stay until they are closed."""

from textual.app import App
from textual.notifications import Notifications, Notify
from textual.widgets._toast import ToastRack

from tui.reader.typeahead import OrderedKeysApp

LONG_SECONDS = 3_600
"""How long a message stays that has to be read."""


class ToastsApp(OrderedKeysApp):
    """An application whose messages are in nobody's way."""

    def _on_notify(self, event: Notify) -> None:
        """Show a message; one that passes takes the place of the one before that does."""
        if event.notification.timeout < LONG_SECONDS:
            _drop_passing(self)
        super()._on_notify(event)

    def _refresh_notifications(self) -> None:
        """Show on a dialog only what passes: the key that closes the others is the reader's."""
        if len(self._screen_stack) < 2:
            super()._refresh_notifications()
            return
        passing = Notifications()
        for each in self._notifications:
            if each.timeout < LONG_SECONDS:
                passing.add(each)
        for rack in self.screen.query_children(ToastRack):
            self.call_later(rack.show, passing)


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
