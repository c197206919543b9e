"""Changes of marks: star, read, tag, undo, and the results of saving them."""

from collections.abc import Callable, Iterable, Sequence

from store.errors import LibraryError
from store.marks.history import Action
from store.marks.memory import UndoResult
from store.model import Change
from tui.reader.drawing.render import fit
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.session import Session
from tui.words import count_papers, undo_words

TITLE_WIDTH = 50
"""Cells of a title in a message."""
NOT_SAVED = "Not saved"
"""Title of the message about marks that were undone."""
_DELAYED = "Not saved yet", "Out of reach"
"""Titles of messages while the library can't be used: with waiting marks, and without."""


class Marking:
    """Marks of the target papers: the selected ones, else the one under the cursor."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        wake: Callable[[], None],
        recount: Callable[[], None],
        show_again: Callable[[Sequence[str]], None],
        advance: Callable[[], None],
        search_again: Callable[[], None],
        run_hooks: Callable[[Action], None],
    ) -> None:
        """Each change of marks wakes the writer with `wake` and counts again with `recount`.

        `show_again` brings papers back into sight after an undo, `advance` moves on after a mark.
        `search_again` is for changes of what is hidden, `run_hooks` passes actions to the user's
        commands.
        """
        self._session = session
        self._panes = panes
        self._messages = messages
        self._wake = wake
        self._recount = recount
        self._show_again = show_again
        self._advance = advance
        self._search_again = search_again
        self._run_hooks = run_hooks

    def star(self, *only: str) -> None:
        """Star the target papers, or only the given ones; unstar them if all are starred."""
        targets = list(only) or self._panes.list.targets()
        starred = not all(self._session.library.marks(each).starred for each in targets)
        self._mark_targets(targets, Change(starred=starred), only)

    def read(self, *only: str) -> None:
        """Mark the target papers read, or only the given ones; unread if all are read."""
        targets = list(only) or self._panes.list.targets()
        read = not all(self._session.library.marks(each).read for each in targets)
        self._mark_targets(targets, Change(read=read), only)

    def all_read(self) -> None:
        """Mark all shown papers as read, or the selected ones."""
        self.mark(self._panes.list.selected_here() or self._session.shown.found, Change(read=True))

    def cursor_read(self) -> None:
        """Mark the paper under the cursor read, without a message."""
        if cursor := self._panes.list.cursor:
            self.mark([cursor], Change(read=True), quietly=True)

    def mark(self, paper_ids: Iterable[str], change: Change, quietly: bool = False) -> None:
        """Change marks; unless quiet, report changes of papers other than the cursor's."""
        if not self.can_mark():
            return
        action = self._session.mark(paper_ids, change)
        if not action.steps:
            if self._session.library.unsaved:  # a paper that is kept without a mark
                self._wake()
            return
        papers = self.save(action)
        if not quietly and papers != {self._panes.list.cursor}:
            done = f"{count_papers(len(action))} {action.label}"
            self._messages.say(f"{done}; {self._messages.key('mark.undo')} undoes it.")

    def save(self, action: Action) -> set[str]:
        """Save and show an action; return the papers that it changed."""
        self._run_hooks(action)
        self._wake()
        papers = {paper_id for step in action.steps for paper_id in step.papers}
        self.show(papers)
        return papers

    def keep(self) -> None:
        """Keep the target papers that the library lacks."""
        targets = self._panes.list.targets()
        if any(map(self._session.is_lent, targets)) and self.can_mark():
            self._session.keep(targets)
            self._wake()
            self.show(targets)

    def can_mark(self) -> bool:
        """Return whether marks can be changed; show why if not."""
        if newer := self._session.library.newer:
            self._messages.say_for_long("Read only", newer)
        return not self._session.library.newer

    def show(self, paper_ids: Iterable[str] | None) -> None:
        """Show changed marks; all by default."""
        if self._session.hidden_changed:
            self._search_again()
        else:
            self._panes.paint_marks(paper_ids)
        self._recount()

    # Tags

    def tag(self, *only: str) -> None:
        """Ask for tags and apply them to the target papers, or only to the given ones."""
        from tui.reader.dialogs.tags import TagPrompt
        from tui.tag_line import Tagging, tag_uses

        targets = list(only) or self._panes.list.targets()
        if not targets or not self.can_mark():
            return
        library, count = self._session.library, len(targets)
        line = Tagging(library.tags(), tag_uses(map(library.marks, targets)), count)
        title = f"Tag {count_papers(count)}" if count > 1 else "Tag"

        def apply(answer: str | None) -> None:
            if answer:
                self._mark_targets(targets, line.change(answer), only)

        self._panes.ask(TagPrompt(title, "tag, +tag, -tag", line), apply)

    def rename_tag(self) -> None:
        """Ask for a tag and its new name; if that is another tag's, merge both."""
        from tui.reader.dialogs.tags import TagPrompt
        from tui.tag_line import Renaming

        if not self.can_mark():
            return
        line = Renaming(self._session.library.tags())
        if not line.uses:
            self._messages.say("There are no tags yet.")
            return

        def apply(answer: str | None) -> None:
            if not answer:
                return
            old, new = line.names(answer)
            marks = self._session.all_marks
            tagged = [paper_id for paper_id, each in marks.items() if old in each.tags]
            self.mark(tagged, Change(add_tags=(new,), remove_tags=(old,)), quietly=True)
            done = f"#{old} is now #{new} on {count_papers(len(tagged))}"
            self._messages.say(f"{done}; {self._messages.key('mark.undo')} undoes it.")

        self._panes.ask(TagPrompt("Rename a tag", "old new", line), apply)

    # Undo

    def undo(self) -> tuple[str, ...]:
        """Undo the last action; return the papers that it changed."""
        return self._reverse(self._session.undo, "Undid", "Not undone", "Nothing to undo.")

    def redo(self) -> None:
        """Redo what was undone."""
        self._reverse(self._session.redo, "Redid", "Not redone", "Nothing to redo.")

    def _reverse(
        self, step: Callable[[], UndoResult | None], done: str, not_done: str, nothing: str
    ) -> tuple[str, ...]:
        """Undo or redo, show the papers again, and say what was done; return the papers."""
        try:
            result = step()
        except LibraryError as error:
            self._messages.say_for_long(not_done, str(error))
            return ()
        if result is None:
            self._messages.say(nothing)
            return ()
        self._wake()
        self.show(result.papers)
        self._show_again(result.papers)
        said = done if result.papers or not result.left_alone else not_done
        self._messages.say(f"{said}: {self._words(result)}")
        return tuple(result.papers)

    def _words(self, result: UndoResult) -> str:
        if len(result.papers) != 1 or result.left_alone:
            return undo_words(result)
        # It may have left the library; its marks have not.
        paper = self._session.papers.get(result.papers[0])
        title = fit(paper.title, TITLE_WIDTH).strip() if paper else "1 paper"
        return f"{result.action.label} · {title}"

    # Results of saving

    def saved(self, left_alone: int) -> None:
        """Show that nothing waits; `left_alone` papers were changed elsewhere in the meantime."""
        if left_alone:
            text = f"{count_papers(left_alone)} changed elsewhere in the meantime."
            self._messages.say_for_long("Not undone", text)
        self._panes.paint_status()

    def failed(self, reason: str) -> None:
        """Undo on the screen what could not be saved, with a message that stays."""
        self.show(self._session.revert())
        text = f"{reason}\nUnsaved changes were undone; try again."
        self._messages.say_for_long(NOT_SAVED, text)

    def delayed(self, reason: str) -> None:
        """Say why the library can't be used now."""
        waiting, idle = _DELAYED
        if self._session.library.unsaved:
            self._messages.close_titled(idle)
            self._messages.say_for_long(waiting, f"{reason}\nSaving is tried again until it works.")
        else:
            text = f"{reason}\nMarks wait until it is available again."
            self._messages.say_for_long(idle, text)

    def recovered(self) -> None:
        """Close the messages about it."""
        self._messages.close_titled(*_DELAYED)

    def _mark_targets(self, paper_ids: list[str], change: Change, only: Sequence[str]) -> None:
        """Change marks, and move on in the list if the papers were its targets."""
        self.mark(paper_ids, change)
        if not only:
            self._advance()
