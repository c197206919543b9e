"""How the program looks and which keys it takes, as the settings and the terminal have it."""

import os
from collections.abc import Sequence
from typing import Any

from textual.app import App
from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from tui.config import Config
from tui.reader.ascii_filter import AsciiFilter, wants_ascii
from tui.reader.control_filter import ControlFilter
from tui.reader.keys import SCREEN_KEYS
from tui.reader.tag_colours import with_tag_colours
from tui.reader.themes import OURS, usual_theme
from tui.reader.typeahead import OrderedKeysApp
from tui.theme_names import chosen_theme, keep_theme


class LookApp(OrderedKeysApp):
    """An application with themes, signs and keys of the user's choice.

    Raises WrongKeysError where the keys in the settings can't be used.
    """

    def __init__(self, config: Config) -> None:
        super().__init__(native_colors=True if "NO_COLOR" in os.environ else None)
        for theme in OURS:
            self.register_theme(theme)
        usual = usual_theme(self.console.color_system, self.no_color)
        self._theme_set = config.theme
        self._theme_kept = config.theme or chosen_theme() or usual
        # Set as a theme is later on, all would be laid out twice at the start.
        self.set_reactive(App.theme, self._theme_kept)
        self.stylesheet.set_variables(self.get_css_variables())
        self._refresh_truecolor_filter(self.ansi_theme)
        self._own_filters: list[LineFilter] = [ControlFilter()]
        self._ascii = wants_ascii(config.ascii)
        if self._ascii:
            self._own_filters.append(AsciiFilter())
        self._keys: dict[str, tuple[str, ...]] = {}
        if config.keys:
            from tui.reader.keymap import checked_keys, remapped

            self._keys = checked_keys(config.keys)
            self._bindings = remapped(self._bindings, self._keys)

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor is, at which an input method opens its window.

        Asked for at each frame: Textual notes the place where a line is typed in only once it
        changes, and one cell too far at its end.
        """
        typed_in = self.focused if self._screen_stack else None
        place: Offset = getattr(typed_in, "cursor_screen_offset", self._noted_position)
        too_far = isinstance(typed_in, Input) and typed_in.cursor_at_end
        return place - (int(too_far), 0)

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        self._noted_position = position

    def watch_theme(self, name: str) -> None:
        """Keep a theme that was chosen here for the next start."""
        if name == self._theme_kept:
            return
        self._theme_kept = name
        if self._theme_set:
            self.notify(
                f'For this time; to keep it write theme = "{name}" in the settings.', markup=False
            )
        else:
            keep_theme(name)

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme, with colours of tags where it has none."""
        self.theme_variables = with_tag_colours(super().get_css_variables())
        return self.theme_variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's filters, the one for control characters and the one for ASCII."""
        return [*super().get_line_filters(), *self._own_filters]

    def get_key_display(self, binding: Binding) -> str:
        """Return a key as it is shown; in ASCII by its name where it has a sign."""
        shown = super().get_key_display(binding)
        if self._ascii and not shown.isascii():
            return binding.key.replace("ctrl+", "^")
        return shown

    def remapped(self, bindings: BindingsMap) -> BindingsMap:
        """Return bindings with the keys that the settings give them."""
        if not self._keys:
            return bindings
        from tui.reader.keymap import remapped

        return remapped(bindings, self._keys)

    def _register(self, parent: DOMNode, *widgets: Widget, **options: Any) -> list[Widget]:
        """Give each widget and screen its keys before it is asked for them.

        A dialog has those of the screen too, from which Textual keeps the keys of the application.

        Textual's `set_keymap` does it anew at every key, puts what it moves to the end of the
        footer, and can take a key from an action without a word.
        """
        for widget in widgets:
            if isinstance(widget, ModalScreen):
                widget._bindings = BindingsMap.merge([BindingsMap(SCREEN_KEYS), widget._bindings])
            widget._bindings = self.remapped(widget._bindings)
        return super()._register(parent, *widgets, **options)
