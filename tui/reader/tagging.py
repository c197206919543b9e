"""What the reader does with tags: add and remove them, give them other names."""

from store.model import Change
from tui.reader.key_names import key_for
from tui.reader.marking import MarkingScreen
from tui.words import count_papers


class TaggingScreen(MarkingScreen):
    """A screen whose papers can be tagged."""

    def action_tag(self) -> None:
        """Ask for tags and apply them to the papers meant."""
        from tui.reader.dialogs.tags import TagPrompt
        from tui.tag_line import Tagging, tag_uses

        targets = self.papers.targets()
        if not targets or not self._can_mark():
            return
        count = len(targets)
        had = tag_uses(map(self._library.marks, targets))
        line = Tagging(self._library.tags(), had, count)
        title = f"Tag {count_papers(count)}" if count > 1 else "Tag"

        def apply(answer: str | None) -> None:
            if answer:
                self._mark_and_advance(targets, line.change(answer))

        self.app.push_screen(TagPrompt(title, "tag, +tag, -tag", line), apply)

    def action_rename_tag(self) -> None:
        """Ask for a tag and its new name; where that is another tag's, both become one."""
        from tui.reader.dialogs.tags import TagPrompt
        from tui.tag_line import Renaming

        if not self._can_mark():
            return
        line = Renaming(self._library.tags())
        if not line.uses:
            self.notify("There are no tags yet.")
            return

        def apply(answer: str | None) -> None:
            if not answer:
                return
            old, new = line.names(answer)
            marks = self._library.all_marks
            tagged = [paper_id for paper_id, each in marks.items() if old in each.tags]
            self._mark(tagged, Change(add_tags=(new,), remove_tags=(old,)), quietly=True)
            done = f"#{old} is now #{new} on {count_papers(len(tagged))}"
            self.notify(f"{done}; {key_for(self, 'mark.undo')} undoes it.", markup=False)

        self.app.push_screen(TagPrompt("Rename a tag", "old new", line), apply)
