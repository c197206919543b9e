"""What the reader does with notes: one for each paper, written in a pane of its own.

What was written is kept however it ends: closed, the program left, or not saved for a full disk or
a library that can't be changed any more.
"""

from typing import TYPE_CHECKING

from store.model import Change
from tui.reader.key_names import key_for
from tui.reader.marking import MarkingScreen

if TYPE_CHECKING:  # imported when a note is written
    from tui.reader.dialogs.note import NoteScreen


class NotingScreen(MarkingScreen):
    """A screen whose papers can have notes."""

    _writing: "tuple[str, str, NoteScreen] | None" = None
    """The paper whose note is being written, the note it had, and where it is written."""
    _unsaved_note = "", ""
    """The paper whose note was written last, and the note, until it is on disk."""
    _lost_note = "", ""
    """The same of a note that could not be saved."""

    def action_note(self) -> None:
        """Write the note of the paper under the cursor; what could not be saved is there again."""
        from tui.reader.dialogs.note import NoteScreen

        paper = self._library.papers.get(self.papers.cursor)
        if paper is None:
            return
        lost_of, lost = self._lost_note
        is_lost = lost_of == paper.id
        # What could not be saved can be read and copied also where nothing can be changed.
        if not is_lost and not self._can_mark():
            return
        note = self._library.marks(paper.id).note
        screen = NoteScreen(paper.title, lost if is_lost else note)
        self._writing = paper.id, note, screen
        self.app.push_screen(screen, self._keep_note)

    def on_unmount(self) -> None:
        """Keep the note that is being written when the program ends."""
        if self._writing:
            paper_id, before, screen = self._writing
            if screen.note != before.strip():
                self._unsaved_note = paper_id, screen.note
                self._library.mark([paper_id], Change(note=screen.note))

    def marks_saved(self, kept: int) -> None:
        """Take note that what was written is on disk."""
        super().marks_saved(kept)
        if not self._library.unsaved:
            self._unsaved_note = "", ""

    def marks_failed(self, reason: str) -> None:
        """Have the note ready for another try."""
        super().marks_failed(reason)
        if self._unsaved_note[0]:
            self._lost_note = self._unsaved_note

    def _keep_note(self, note: str | None) -> None:
        if self._writing is None or note is None:
            return
        (paper_id, before, _), self._writing = self._writing, None
        if note == before.strip():
            return
        if self._library.newer:
            self._lost_note = paper_id, note
            again = f"{key_for(self, 'mark.note')} shows the note again, and leaving prints it."
            self.say_for_long("Note not saved", f"{self._library.newer}\n{again}")
            return
        self._unsaved_note, self._lost_note = (paper_id, note), ("", "")
        self._mark([paper_id], Change(note=note))

    def last_words(self) -> list[str]:
        """Return a note that could not be saved, for after the end."""
        paper_id, note = self._lost_note
        if not paper_id and self._library.unsaved:
            paper_id, note = self._unsaved_note
        paper = self._library.papers.get(paper_id)
        return [f"not saved is the note of {paper.title}:\n{note}"] if paper and note else []
