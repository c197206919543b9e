"""Notes in the reader: one for each paper, written in a pane of its own.

The text is kept however writing ends: closed, quit, or not saved because the disk is full or the
library can no longer be changed.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from store.model import Change
from store.text.clean import ABSTRACT_LIMIT
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.session import Session

if TYPE_CHECKING:  # imported when a note is written
    from tui.reader.dialogs.note import NoteScreen


class Noting:
    """The note that is being written."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        can_mark: Callable[[], bool],
        mark: Callable[[Iterable[str], Change], None],
        editor: Sequence[str] = (),
    ) -> None:
        """`editor` is the program of the settings that edits notes."""
        self._session = session
        self._panes = panes
        self._messages = messages
        self._can_mark = can_mark
        self._mark = mark
        self._editor = editor
        self._writing: tuple[str, str, NoteScreen] | None = None
        """The paper whose note is being written, the note it had, and where it is written."""
        self._unsaved = "", ""
        """The paper whose note was written last, and the note, until it is on disk."""
        self._lost = "", ""
        """The same of a note that could not be saved."""

    def write(self, of: str = "") -> None:
        """Write a note on the paper, by default the one under the cursor.

        A note that could not be saved is there again.
        """
        from tui.reader.dialogs.note import NoteScreen

        paper = self._session.papers.get(of or self._panes.list.cursor)
        if paper is None:
            return
        lost_of, lost = self._lost
        is_lost = lost_of == paper.id
        # A note that could not be saved can be read and copied even if nothing can be changed.
        if not is_lost and not self._can_mark():
            return
        note = self._session.library.marks(paper.id).note
        screen = NoteScreen(paper.title, lost if is_lost else note, self._editor)
        self._writing = paper.id, note, screen
        self._panes.ask(screen, self._keep)

    def quote(self, of: str, text: str) -> bool:
        """Add a quotation to the note of a paper; show a message and return False if that fails."""
        if not self._can_mark():
            return False
        note = self._session.library.marks(of).note
        note = f"{note.rstrip()}\n\n{text}".lstrip("\n")
        if len(note) > ABSTRACT_LIMIT:
            self._messages.say(f"A note can have {ABSTRACT_LIMIT:,} characters.", severity="error")
            return False
        self._unsaved = of, note
        self._mark([of], Change(note=note))
        return True

    def end(self) -> None:
        """Keep the note that is being written when the program ends."""
        if self._writing:
            paper_id, before, screen = self._writing
            if screen.note != before.strip():
                self._unsaved = paper_id, screen.note
                self._session.mark([paper_id], Change(note=screen.note))

    def saved(self) -> None:
        """Record that the note is on disk."""
        if not self._session.library.unsaved:
            self._unsaved = "", ""

    def failed(self) -> None:
        """Have the note ready for another try."""
        if self._unsaved[0]:
            self._lost = self._unsaved

    def _keep(self, note: str | None) -> None:
        if self._writing is None or note is None:
            return
        (paper_id, before, _), self._writing = self._writing, None
        if note == before.strip():
            return
        if newer := self._session.library.newer:
            self._lost = paper_id, note
            again = self._messages.key("mark.note")
            text = f"{newer}\n{again} shows the note again; quitting prints it."
            self._messages.say_for_long("Note not saved", text)
            return
        self._unsaved, self._lost = (paper_id, note), ("", "")
        self._mark([paper_id], Change(note=note))

    def last_words(self) -> list[str]:
        """Return a note that could not be saved, for after the end."""
        paper_id, note = self._lost
        if not paper_id and self._session.library.unsaved:
            paper_id, note = self._unsaved
        paper = self._session.papers.get(paper_id)
        return [f"unsaved note of {paper.title}:\n{note}"] if paper and note else []
