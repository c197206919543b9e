"""The least a Textual program can take: a header, a footer and one line that echoes keys."""

from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Footer, Header, Static

READY = "No key yet"
"""What the line says at first."""


class FloorApp(App[None]):
    """Nothing but the frame of a program."""

    TITLE = "floor"
    CSS = "#echo { height: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """Lay out the three lines."""
        yield Header()
        yield Static(READY, id="echo", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Begin to count."""
        self._keys = 0

    def on_key(self, event: events.Key) -> None:
        """Show the key; the number makes the line differ each time."""
        self._keys += 1
        echo = self.query_one("#echo", Static)
        echo.update(Content(f"Key {self._keys}: {event.key}"), layout=False)


if __name__ == "__main__":
    FloorApp().run()
