"""Themes are shown while one moves over their names in the palette."""

from textual.app import App
from textual.command import Command, CommandPalette


class ThemePreview:
    """The theme under the cursor of the palette, and the one to go back to."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._before = ""
        """The theme there was when themes were asked for; empty if they are not."""

    @property
    def is_on(self) -> bool:
        """Whether the theme is only shown, and not to be kept."""
        return bool(self._before)

    def begin(self) -> None:
        """Show themes from now on, until the palette closes."""
        self._before = self._app.theme

    def show(self, event: CommandPalette.OptionHighlighted) -> None:
        """Show the theme whose name is under the cursor."""
        option = event.highlighted_event.option
        name = (option.hit.text or "") if isinstance(option, Command) else ""
        if self._before and name in self._app.available_themes:
            self._app.theme = name

    def end(self) -> str:
        """Stop showing, with the theme there was before; return the one that was shown last."""
        if not self._before:
            return ""
        shown, before = self._app.theme, self._before
        self._app.theme = before
        self._before = ""
        return shown
