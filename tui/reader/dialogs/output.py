"""What a command prints, as it comes."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from store.text.clean import clean_line, clean_text
from tui.reader.keyboard.keys import OUTPUT_KEYS
from tui.reader.requests import TextCopied
from tui.reader.widgets.key_line import KeyLine

SHOWN_AT_MOST = 100_000
"""Characters that are drawn, the last ones; what is left out above is reported."""


class OutputScreen(ModalScreen[None]):
    """Shows a text that grows; closing it is for who runs the command to notice."""

    BINDINGS: ClassVar[list[BindingType]] = OUTPUT_KEYS
    DEFAULT_CSS = """
    OutputScreen {
        align: center middle;
        & > VerticalScroll {
            width: 84; max-width: 100%; height: 80%; max-height: 100%;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $text-primary; border-subtitle-color: $text-muted;
        }
    }
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._command = clean_line(name)
        self._text = ""
        self._lines = Static(Content(""))
        self._box = VerticalScroll(self._lines)
        self._painting = False

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        self._box.border_title = Content(self._command)
        self._box.border_subtitle = Content("running…")
        yield self._box
        yield KeyLine()

    def add(self, text: str) -> None:
        """Show more; if the end is in sight, it stays so. Much at once is painted once."""
        self._text += text
        if not self._painting and self.is_attached:
            self._painting = True
            self.call_after_refresh(self._paint)

    def end(self, problem: str) -> None:
        """Say that nothing more comes, and what went wrong."""
        if problem:
            line_before = self._text and not self._text.endswith("\n")
            self.add(f"{chr(10) if line_before else ''}{clean_text(problem)}\n")
        elif not self._text.strip():
            self.add("It printed nothing.\n")
        self._box.border_subtitle = Content("failed" if problem else "done")

    def _paint(self) -> None:
        self._painting = False
        at_end = self._box.scroll_offset.y >= self._box.max_scroll_y
        text = self._text[-SHOWN_AT_MOST:]
        if cut := len(self._text) - len(text):
            text = f"[{cut:,} characters above are not shown; y copies all]\n{text}"
        self._lines.update(Content(text.rstrip("\n")))
        if at_end:
            self._box.scroll_end(animate=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self._box.scroll_relative(y=lines, animate=False)

    def action_scroll_half(self, direction: int) -> None:
        """Scroll by half a page."""
        self.action_scroll(direction * max(self._box.size.height // 2, 1))

    def action_copy(self) -> None:
        """Copy all that was printed."""
        self.post_message(TextCopied(self._text))
