"""The frame at the bottom of the screen in which something is asked for."""

from textual.containers import Vertical
from textual.content import Content


class PromptBox(Vertical):
    """As high as what is in it."""

    DEFAULT_CSS = """
    PromptBox {
        height: auto; max-height: 100%; width: 100%;
        background: $surface; border: round $primary; padding: 0 1;
        border-title-color: $text-primary;
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.border_title = Content(title)
