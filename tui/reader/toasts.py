"""Messages in a corner: one that passes, and those that stay until they are closed."""

from textual.app import App
from textual.notifications import Notifications
from textual.widgets._toast import ToastRack

LONG_SECONDS = 3_600
"""How long a message stays that has to be read."""


def show_passing(app: App[None]) -> None:
    """Show on a dialog only what passes: the key that closes the others is the reader's."""
    passing = Notifications()
    for each in app._notifications:
        if each.timeout < LONG_SECONDS:
            passing.add(each)
    for rack in app.screen.query_children(ToastRack):
        app.call_later(rack.show, passing)


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
