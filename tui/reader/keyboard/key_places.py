"""Letters of other scripts: outside of text, each counts as the Latin letter of its key."""

from textual import events
from textual.app import App
from textual.keys import _character_to_key

from tui.settings.key_layouts import AUTO, NONE, read_layout


class KeyPlaces:
    """Replaces a letter of another script by the Latin letter of its key, and says so once."""

    def __init__(self, app: App[None], layout: str = AUTO) -> None:
        self._app = app
        self._layout = layout
        self._said = False

    def in_latin(self, key: events.Key) -> events.Key:
        """Return the key that is meant: another one only for a letter that would do nothing.

        `key` has a character that is not ASCII.
        """
        letter = key.character or ""
        if not letter.isalpha() or self._layout == NONE:
            return key
        app = self._app
        types = app.focused and app.focused.check_consume_key(key.key, letter)
        if types or key.key in app.screen.active_bindings:
            return key
        latin = read_layout(self._layout).get(letter, "")
        self._say(letter, latin)
        if not latin:
            return key
        return events.Key(latin if latin.isalnum() else _character_to_key(latin), latin)

    def _say(self, letter: str, latin: str) -> None:
        if self._said:
            return
        self._said = True
        counts = (
            f"counts as {latin}, by its place on the keyboard" if latin else "does nothing here"
        )
        self._app.notify(f"{letter} {counts}; see layout in docs/keys.md.", markup=False)
