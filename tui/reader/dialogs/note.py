"""Write a paper's note: a few lines here, or in the editor of one's choice."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import TextArea

from store.text.clean import ABSTRACT_LIMIT, clean_line, clean_text
from tui.reader.keyboard.keys import NOTE_KEYS
from tui.reader.terminal.editor import EditorError, edit_text
from tui.reader.widgets.key_line import KeyLine

LIMIT = ABSTRACT_LIMIT
"""Characters that a note can have."""


class NoteScreen(ModalScreen[str]):
    """Dismiss with the note, empty if there is to be none."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = NOTE_KEYS
    # Inside the detail, as far as percentages follow tui/reader/main.tcss.
    DEFAULT_CSS = """
    NoteScreen {
        align: right bottom;
        background: transparent;
        & > TextArea {
            width: 100%; height: 55%; margin: 1 0 1 0; padding: 0 1;
            background: $surface; border: round $primary;
            border-title-color: $text-primary; border-subtitle-color: $text-muted;
        }
        & > TextArea:focus { border: round $primary; }
        & ToastRack { align: left top; }
        & ToastHolder { align-horizontal: left; }
        &.-wide > TextArea { width: 47.6%; height: 1fr; margin: 2 1 2 0; }
        &.-short > TextArea { width: 100%; height: 1fr; margin: 1 0 1 0; }
    }
    """

    def __init__(self, title: str, note: str, editor: Sequence[str] = ()) -> None:
        """`editor` is the program of the settings, if they name one."""
        super().__init__()
        self._editor = tuple(editor)
        self._title = title
        self._area = TextArea(clean_text(note), show_line_numbers=False)

    def compose(self) -> ComposeResult:
        """Lay out the text, and on its edges whose note it is and how it ends."""
        self._area.border_title = Content(f"Note: {clean_line(self._title)}")
        self._area.highlight_cursor_line = False
        yield self._area
        yield KeyLine()

    def on_mount(self) -> None:
        """Go on at the end of what was written."""
        self._area.move_cursor(self._area.document.end)

    def on_key(self, event: events.Key) -> None:
        """Take what is typed before the text has the focus."""
        if self.focused is self._area:
            return
        if event.key == "enter" or (event.is_printable and event.character):
            self._area.insert("\n" if event.key == "enter" else event.character or "")

    @property
    def note(self) -> str:
        """What is written, without empty lines around it."""
        return clean_text(self._area.text).strip()

    def action_save(self) -> None:
        """Answer with the note; one that is too long to be kept whole is not cut, but stays."""
        length = len(self._area.text.strip())
        if length > LIMIT:
            self.notify(
                f"A note can have {LIMIT:,} characters; this one has {length:,}.", severity="error"
            )
        else:
            self.dismiss(self.note)

    def action_edit_elsewhere(self) -> None:
        """Go on in the editor of one's choice; what comes back is saved."""
        problem = ""
        try:
            with self.app.suspend():
                try:  # here, since an error would leave the screen as the editor had it
                    self._area.load_text(
                        clean_text(edit_text(self._area.text, self._editor), 2 * LIMIT)
                    )
                except EditorError as error:
                    problem = str(error)
        except SuspendNotSupported:
            problem = "An editor can't run in this terminal."
        if problem:
            self.notify(clean_text(problem), severity="error", markup=False)
        else:
            self.action_save()
