"""The least a Textual program can do about a key: say in one line which it was."""

from textual import events
from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Static


class EchoApp(App[None]):
    """One line that echoes keys."""

    CSS = "#echo { height: 1; }"

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        yield Static("No key yet", id="echo", markup=False)

    def on_mount(self) -> None:
        """Begin to count."""
        self._keys = 0

    def on_key(self, event: events.Key) -> None:
        """Show the key; the number makes the line differ each time."""
        self._keys += 1
        echo = self.query_one("#echo", Static)
        echo.update(Content(f"Key {self._keys}: {event.key}"), layout=False)


if __name__ == "__main__":
    EchoApp().run()
