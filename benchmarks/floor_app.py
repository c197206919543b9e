"""The least a Textual program can take: a header, a footer and nothing else."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, Header


class FloorApp(App[None]):
    """Nothing but the frame of a program."""

    TITLE = "floor"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """Lay out the two lines."""
        yield Header()
        yield Footer()


if __name__ == "__main__":
    FloorApp().run()
