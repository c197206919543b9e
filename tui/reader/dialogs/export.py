"""Ask for a file to export to: its ending sets the format, Tab changes it."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.widgets.input import Selection

from store.errors import PapersError
from store.export.formats import ENDINGS, EXPORTS, form_of_file
from store.files.folders import is_there
from store.text.clean import clean_line
from tui.output_file import target_of
from tui.reader.dialogs.prompt import PromptBox
from tui.reader.keyboard.keys import EXPORT_KEYS
from tui.reader.widgets.key_line import KeyLine
from tui.reader.widgets.line_input import LineInput
from tui.words import in_home

USUAL = "papers.bib"


@dataclass(frozen=True, slots=True)
class ExportTo:
    """A file to write, and its format."""

    form: str
    path: Path


class ExportPrompt(ModalScreen[ExportTo | None]):
    """Returns where to write, or None if cancelled. It asks before a file is replaced."""

    BINDINGS: ClassVar[list[BindingType]] = EXPORT_KEYS
    DEFAULT_CSS = """
    ExportPrompt {
        align: center bottom;
        background: transparent;
        & Static { height: auto; }
        & #said { color: $text-warning; max-height: 3; }
    }
    """

    def __init__(self, title: str, library: Path) -> None:
        super().__init__()
        self._title, self._library = title, library
        self._asked: Path | None = None
        """The existing file, which is replaced if the user confirms it."""
        self._input = LineInput(USUAL, compact=True, select_on_focus=False)
        self._formats = Static(markup=False)
        self._said = Static(id="said", markup=False)

    def compose(self) -> ComposeResult:
        """Lay out the file, the formats and the error."""
        with PromptBox(self._title):
            yield self._input
            yield self._formats
            yield self._said
        yield KeyLine()

    def on_mount(self) -> None:
        """Select the name without its ending, to be typed over."""
        self._input.selection = Selection(0, USUAL.index("."))
        self._show_formats()

    def on_key(self, event: events.Key) -> None:
        """Accept typing before the line has the focus."""
        self._input.take_early(event)

    def on_input_changed(self) -> None:
        """Show the format of the name; a typed ending replaces the usual one."""
        stem, ending = os.path.splitext(self._input.value)
        if ending == os.path.splitext(USUAL)[1] and form_of_file(stem):
            self._input.value = stem
        self._said.update("")
        self._show_formats()

    def action_accept(self) -> None:
        """Answer with the file; ask once if it exists, show an error."""
        form = form_of_file(self._input.value)
        if form is None:
            self._said.update(Content(f"The name's ending sets the format: {ENDINGS}"))
            return
        try:
            path = target_of(self._input.value, self._library)
            replaces = is_there(path)
        except PapersError as error:
            self._said.update(Content(in_home(clean_line(str(error)))))
            return
        if replaces and path != self._asked:
            self._asked = path
            there = in_home(clean_line(f"{path} is there; Enter again replaces it"))
            self._said.update(Content(there))
            return
        self.dismiss(ExportTo(form, path))

    def action_next_format(self, step: int) -> None:
        """Give the name the ending of another format."""
        stem, ending = os.path.splitext(self._input.value)
        endings = list(EXPORTS.values())
        place = endings.index(ending) + step if ending in endings else 0
        cursor = min(self._input.cursor_position, len(stem))
        self._input.value = stem + endings[place % len(endings)]
        self._input.cursor_position = cursor

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def _show_formats(self) -> None:
        ending = os.path.splitext(self._input.value)[1].lower()
        names = (f"[{name}]" if ending == EXPORTS[name] else name for name in EXPORTS)
        self._formats.update(Content("  ".join(names)))
