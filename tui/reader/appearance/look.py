"""How the program looks and which keys it takes, as the settings and the terminal have it."""

from collections.abc import Iterable

from textual.app import App
from textual.binding import Binding, BindingsMap
from textual.command import Command, CommandPalette
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from tui.ground import GROUND
from tui.reader.appearance.line_filters import AsciiFilter, ControlFilter, wants_ascii
from tui.reader.appearance.themes import OURS, usual_theme
from tui.reader.keyboard.keys import SCREEN_KEYS
from tui.settings.config import Config
from tui.settings.key_layouts import AUTO as AUTO_LAYOUT
from tui.settings.key_layouts import LAYOUT
from tui.settings.theme_names import AUTO, chosen_theme, save_theme


class Look:
    """Themes, signs and keys of the user's choice.

    Raises WrongKeysError if the keys in the settings can't be used.
    """

    def __init__(self, config: Config) -> None:
        self._theme_set = config.theme
        self._theme_saved = config.theme
        self._ascii = wants_ascii(config.ascii)
        self.filters: list[LineFilter] = [ControlFilter()]
        """The filters of every line."""
        if self._ascii:
            self.filters.append(AsciiFilter())
        self.layout = config.keys.get(LAYOUT, AUTO_LAYOUT)
        """The layout of the keyboard, for letters of other scripts."""
        self._keys: dict[str, tuple[str, ...]] = {}
        if config.keys or config.commands:
            from tui.reader.keyboard.keymap import checked_keys

            self._keys = checked_keys(config.keys, config.commands)

    def begin(self, app: App[None]) -> None:
        """Give an application its keys, its themes, and the one it begins with."""
        for theme in OURS:
            app.register_theme(theme)
        usual = usual_theme(app.console.color_system, app.no_color, GROUND.is_light())
        set_or_chosen = self._theme_set or chosen_theme()
        self._theme_saved = usual if set_or_chosen in ("", AUTO) else set_or_chosen
        # Set as a theme is later on, all would be laid out twice at the start.
        app.set_reactive(App.theme, self._theme_saved)
        app.stylesheet.set_variables(app.get_css_variables())
        app._refresh_truecolor_filter(app.ansi_theme)
        app._bindings = self.remapped(app._bindings)

    def save_theme(self, name: str) -> str:
        """Save a theme that was chosen for the next start; return a message about it, or ""."""
        if name == self._theme_saved:
            return ""
        self._theme_saved = name
        if self._theme_set:
            return f'For this session; to keep it, write theme = "{name}" in the settings.'
        save_theme(name)
        return ""

    def key_display(self, binding: Binding, shown: str) -> str:
        """Return a key as it is shown; in ASCII by its name where it has a sign."""
        if self._ascii and not shown.isascii():
            return binding.key.replace("ctrl+", "^")
        return shown

    def remapped(self, bindings: BindingsMap) -> BindingsMap:
        """Return bindings with the keys that the settings give them."""
        if not self._keys:
            return bindings
        from tui.reader.keyboard.keymap import remapped

        return remapped(bindings, self._keys)

    def give_keys(self, widgets: Iterable[Widget]) -> None:
        """Give each widget and screen its keys before it is asked for them.

        A dialog has those of the screen too, from which Textual keeps the keys of the application.

        Textual's `set_keymap` does it again at every key, puts what it moves to the end of the
        footer, and can take a key from an action without a word.
        """
        for widget in widgets:
            if isinstance(widget, ModalScreen):
                widget._bindings = BindingsMap.merge([BindingsMap(SCREEN_KEYS), widget._bindings])
            widget._bindings = self.remapped(widget._bindings)


def typing_place(focused: Widget | None, noted: Offset) -> Offset:
    """Return where the terminal's cursor is, at which an input method opens its window.

    Asked for at each frame: Textual notes the place where a line is typed in only once it changes,
    and one cell too far at its end.
    """
    place: Offset = getattr(focused, "cursor_screen_offset", noted)
    too_far = isinstance(focused, Input) and focused.cursor_at_end
    return place - (int(too_far), 0)


class ThemePreview:
    """Shows the theme under the cursor of the palette, and goes back to the one before."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._before = ""
        """The theme before the list of themes was opened; empty if it is not open."""

    @property
    def is_on(self) -> bool:
        """Whether the theme is only a preview, not to be saved."""
        return bool(self._before)

    def begin(self) -> None:
        """Begin to show themes, until the palette closes."""
        self._before = self._app.theme

    def show(self, event: CommandPalette.OptionHighlighted) -> None:
        """Show the theme whose name is under the cursor."""
        option = event.highlighted_event.option
        name = (option.hit.text or "") if isinstance(option, Command) else ""
        if self._before and name in self._app.available_themes:
            self._app.theme = name

    def end(self) -> str:
        """Go back to the theme before; return the one that was shown last."""
        if not self._before:
            return ""
        shown, before = self._app.theme, self._before
        self._app.theme = before
        self._before = ""
        return shown
