"""What the reader does to marks: star, read, select, undo, and what came of saving them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from textual import getters
from textual.content import Content
from textual.screen import Screen

from store.errors import LibraryError
from store.library import Library
from store.marks.memory import TakenBack
from store.model import Change
from store.query.wanted import Sought
from store.text.clean import clean_text
from tui.reader.key_names import key_for
from tui.reader.messages import MarksWaiting
from tui.reader.render import fit
from tui.reader.toasts import LONG_SECONDS, close_titled
from tui.reader.widgets.paper_detail import PaperDetail
from tui.reader.widgets.paper_list import PaperList
from tui.reader.widgets.status_line import StatusLine
from tui.words import count_papers, in_home, taken_words

TITLE_WIDTH = 50
"""Cells of a title in a message."""
NOT_SAVED = "Not saved"
"""Title of what is said where marks were taken back."""
_DELAYED = "Not saved yet", "Out of reach"
"""Titles of what is said while the library can't be used: with marks that wait, and without."""


class MarkingScreen(Screen[None]):
    """A screen with a list of papers whose marks can be changed."""

    papers = getters.query_one(PaperList)
    detail = getters.query_one(PaperDetail)
    _status = getters.query_one(StatusLine)

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._words: tuple[Sought, ...] = ()
        self._advances = False
        """Whether the cursor goes on to the next paper after a mark."""

    def action_star(self) -> None:
        """Star the papers meant, or take the stars away where all have one."""
        targets = self.papers.targets()
        starred = not all(self._library.marks(paper_id).starred for paper_id in targets)
        self._mark_and_advance(targets, Change(starred=starred))

    def action_read(self) -> None:
        """Mark the papers meant read, or unread where all are read."""
        targets = self.papers.targets()
        read = not all(self._library.marks(paper_id).read for paper_id in targets)
        self._mark_and_advance(targets, Change(read=read))

    def action_all_read(self) -> None:
        """Mark all papers shown as read, or those selected."""
        self._mark(self.papers.selected_here() or self.papers.ids, Change(read=True))

    def action_select(self) -> None:
        """Select the paper under the cursor."""
        self.papers.toggle_selected()
        self._show_selected()

    def action_select_range(self) -> None:
        """Begin or end a range."""
        self.papers.toggle_range()
        self._show_selected()

    def action_undo(self) -> None:
        """Take back the last action."""
        self._take_back(self._library.undo, "Undid", "Not undone", "Nothing to undo.")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._take_back(self._library.redo, "Redid", "Not redone", "Nothing to redo.")

    def marks_saved(self, kept: int) -> None:
        """Show that nothing waits."""
        if kept:
            self.say_for_long(
                "Not undone", f"{count_papers(kept)} changed elsewhere in the meantime."
            )
        self._show_status()

    def marks_failed(self, reason: str) -> None:
        """Take back on screen what could not be saved, and say so until it is read."""
        lost = self._library.revert()
        self._marks_shown(lost)
        self.say_for_long(
            NOT_SAVED, f"{reason}\nWhat was not saved has been taken back; try again."
        )

    def library_delayed(self, reason: str) -> None:
        """Say why the library can't be used now."""
        waiting, idle = _DELAYED
        if self._library.unsaved:
            self.say_for_long(waiting, f"{reason}\nIt is tried again until it does.")
        else:
            self.say_for_long(idle, f"{reason}\nMarks wait until it can be used again.")

    def library_recovered(self) -> None:
        """Close what was said of it."""
        close_titled(self.app, *_DELAYED)

    def _mark(self, paper_ids: Iterable[str], change: Change, quietly: bool = False) -> None:
        if not self._can_mark():
            return
        action = self._library.mark(paper_ids, change)
        if not action.steps:
            return
        self.app.post_message(MarksWaiting())
        papers = {paper_id for step in action.steps for paper_id in step.papers}
        self._marks_shown(papers)
        if not quietly and papers != {self.papers.cursor}:
            done = f"{count_papers(len(action))} {action.label}"
            self.notify(f"{done}; {key_for(self, 'mark.undo')} undoes it.", markup=False)

    def _mark_and_advance(self, paper_ids: list[str], change: Change) -> None:
        """Mark; where that is wanted go on from the paper in the list that was meant."""
        self._mark(paper_ids, change)
        if self._advances and self.focused is self.papers and not self.papers.selected_here():
            self.papers.move(1)

    def _can_mark(self) -> bool:
        """Tell whether marks can be changed; say why where they can't."""
        if self._library.newer:
            self.say_for_long("Read only", self._library.newer)
        return not self._library.newer

    def _take_back(
        self, take: Callable[[], TakenBack | None], done: str, not_done: str, nothing: str
    ) -> None:
        try:
            taken = take()
        except LibraryError as error:
            self.say_for_long(not_done, str(error))
            return
        if taken is None:
            self.notify(nothing)
            return
        self.app.post_message(MarksWaiting())
        self._marks_shown(taken.papers)
        self.find_again(taken.papers)
        said = done if taken.papers or not taken.kept else not_done
        words = taken_words(taken)
        if len(taken.papers) == 1 and not taken.kept:
            # It may have left the library; its marks have not.
            paper = self._library.papers.get(taken.papers[0])
            title = fit(paper.title, TITLE_WIDTH).strip() if paper else "1 paper"
            words = f"{taken.action.label} · {title}"
        self.notify(f"{said}: {words}", markup=False)

    def find_again(self, paper_ids: Sequence[str]) -> None:
        """Bring papers that were changed back into sight."""
        if len(paper_ids) == 1:
            self.papers.move_to_paper(paper_ids[0])

    def _marks_shown(self, paper_ids: Iterable[str] | None) -> None:
        self.papers.show_marks(self._library.all_marks, paper_ids)
        self._show_paper()
        self._show_status()

    def _show_paper(self) -> None:
        paper_list = self.papers
        paper = self._library.papers.get(paper_list.cursor)
        self.detail.show(paper, self._library.marks(paper_list.cursor), self._words)
        self.detail.border_title = Content(paper_list.position())
        self._show_selected()

    def _show_status(self) -> None:
        library = self._library
        self._status.show(library.unread, len(library.papers), library.unsaved)
        self._show_selected()

    def _show_selected(self) -> None:
        selection = self.papers.selection
        text = f"{len(selection.ids):,} selected" if selection.ids else ""
        self._status.select(text + (f", {selection.hidden:,} hidden" if selection.hidden else ""))

    def say_for_long(
        self, title: str, text: str, severity: Literal["warning", "error"] = "error"
    ) -> None:
        """Say what has to be read: it stays until it is closed, and is not said twice."""
        text = f"{in_home(clean_text(text))}\n{key_for(self, 'paper.back')} closes this."
        if all((title, text) != (each.title, each.message) for each in self.app._notifications):
            self.notify(text, title=title, severity=severity, timeout=LONG_SECONDS, markup=False)

    def close_messages(self) -> bool:
        """Close all messages where one of them stays; tell whether one did."""
        stays = any(each.timeout == LONG_SECONDS for each in self.app._notifications)
        if stays:
            self.app.clear_notifications()
        return stays
