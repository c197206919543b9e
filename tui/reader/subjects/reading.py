"""Reading: going to the next unread paper, what counts as read, the full text."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.session import Session
from tui.settings.config import Config

if TYPE_CHECKING:  # imported when a full text is opened for the first time
    from tui.reader.full_text.opening import TextOpening


class Reading:
    """The paper that is being read."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        config: Config,
        mark_read: Callable[[], None],
        after: Callable[[float, Callable[[], None]], Timer],
        is_looked_at: Callable[[], bool],
        do: Callable[..., object],
    ) -> None:
        """`mark_read` marks the paper under the cursor, `after` calls after some seconds.

        `is_looked_at` returns whether list or detail have the keys, `do` calls a method of a part
        of the screen, such as "marking.star", for papers.
        """
        self._session = session
        self._panes = panes
        self._messages = messages
        self._config = config
        self._mark_read = mark_read
        self._after = after
        self._is_looked_at = is_looked_at
        self._do = do
        self._dwelling: Timer | None = None
        self._dwelt_on = ""
        """Id of the paper under the cursor, as of its last move."""
        self._texts: TextOpening | None = None
        """Opens full texts, from the first time on."""

    def next_unread(self, step: int) -> None:
        """Mark this paper read, unless the settings say no, and go to the next unread one."""
        if self._config.read_on_next:
            self._passed()
        if not self._panes.list.move_to_unread(step):
            self._messages.say("No more unread papers here.")

    def full_text(self, *only: str) -> None:
        """Open the full text of the paper under the cursor, or of the given one."""
        paper = self._session.papers.get(only[0] if only else self._panes.list.cursor)
        if paper is None:
            return
        if self._opened_texts().open(paper) and not only:
            self._mark_read()

    def texts_ahead(self) -> None:
        """Fetch the texts of the selected papers, else of the starred ones; again stops."""
        marks = self._session.all_marks
        starred = [paper_id for paper_id, each in marks.items() if each.starred]
        self._opened_texts().fetch_ahead(list(self._panes.list.selected_here()) or starred)

    def text_behind(self, paper_id: str) -> None:
        """Fetch the text of a paper in the background."""
        self._opened_texts().fetch_behind(paper_id)

    def texts_kept(self, paper_ids: Sequence[str]) -> int:
        """Return how many papers have a stored text."""
        return self._opened_texts().count_kept(paper_ids)

    def _opened_texts(self) -> "TextOpening":
        if self._texts is None:
            from tui.reader.full_text.opening import TextOpening

            self._texts = TextOpening(
                self._session, self._panes, self._messages, self._config, self._do
            )
        return self._texts

    # What counts as read

    def cursor_moved(self, paper_id: str) -> None:
        """Watch the paper under the cursor: if the cursor rests there, the paper is read."""
        if self._config.read_on_dwell and paper_id != self._dwelt_on:
            self._dwelt_on = paper_id
            self._stop()
            self._dwelling = self._after(self._config.read_on_dwell, self._dwelt)

    def ignore(self, paper_id: str) -> None:
        """Do not count a paper as read where the program, not the user, moved the cursor to it."""
        self._dwelt_on = paper_id
        self._stop()

    def _stop(self) -> None:
        if self._dwelling:
            self._dwelling.stop()
            self._dwelling = None

    def _dwelt(self) -> None:
        # A timer that is stopped may have sent its message already.
        if self._dwelling and self._is_looked_at():
            self._passed()

    def _passed(self) -> None:
        """Mark the paper under the cursor read, except one that the library lacks."""
        if not self._session.is_lent(self._panes.list.cursor):
            self._mark_read()
