"""What is taken out of the reader: copied to the clipboard, exported to a file.

Both are for the selection where there is one. Working out BibTeX of many papers takes a while, so
that it is done in a thread.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import work

from store.errors import PapersError
from store.model import Paper
from store.text.clean import clean_text
from tui.reader.messages import TextCopied
from tui.reader.reading import ReadingScreen
from tui.words import count_papers, in_home

if TYPE_CHECKING:  # imported when something is taken
    from store.export.citing import Entry
    from tui.reader.dialogs.export import ExportTo


class TakingScreen(ReadingScreen):
    """A screen whose papers can be copied and exported."""

    def action_copy_link(self) -> None:
        """Send the addresses of the papers meant to the clipboard."""
        addresses = filter(None, (_address(paper) for paper, _ in self._entries_meant()))
        if text := "\n".join(addresses):
            self.post_message(TextCopied(text))
        else:
            self.notify("This paper has no address.")

    def action_copy_menu(self) -> None:
        """Ask as what the papers meant are copied."""
        from tui.reader.copy_forms import FORMS
        from tui.reader.dialogs.choice_menu import ChoiceMenu

        entries = self._entries_meant()
        if not entries:
            return

        def copy(form: str | None) -> None:
            if form:
                self._copy(form, entries, list(self._library.papers.values()))

        title = "Copy as" if len(entries) == 1 else f"Copy {count_papers(len(entries))} as"
        self.app.push_screen(ChoiceMenu(title, list(FORMS.items())), copy)

    @work(thread=True, group="copy", exclusive=True)
    def _copy(self, form: str, entries: "Sequence[Entry]", library: list[Paper]) -> None:
        from tui.reader.copy_forms import copied_text

        try:
            text = copied_text(form, entries, library, self._library.folder)
        except PapersError as error:
            self.notify(in_home(clean_text(str(error))), title="Not copied", severity="error",
                        markup=False)  # fmt: skip
            return
        if text:
            self.post_message(TextCopied(text))
        else:
            self.notify("There is nothing of the kind to copy.")

    def action_export(self) -> None:
        """Ask for a format and a file, and write the papers selected, else all that are shown."""
        from tui.reader.dialogs.export import ExportPrompt

        if self.filter_is_wrong():
            return
        entries = self._taken(self.papers.selected_here() or self.papers.ids)
        if not entries:
            self.notify("No paper is shown that could be exported.")
            return

        def write(target: "ExportTo | None") -> None:
            if target:
                self._write_export(target, entries, list(self._library.papers.values()))

        title = f"Export {count_papers(len(entries))}"
        self.app.push_screen(ExportPrompt(title, self._library.folder), write)

    @work(thread=True, group="export")
    def _write_export(
        self, target: "ExportTo", entries: "Sequence[Entry]", library: list[Paper]
    ) -> None:
        from store.export.formats import WITH_KEYS, export
        from tui.cli.export import keys_of
        from tui.output_file import write_file

        try:
            keys = None
            if target.form in WITH_KEYS:
                keys = keys_of(self._library.folder, entries, library)
            write_file(target.path, export(target.form, entries, keys=keys))
        except PapersError as error:
            self.notify(in_home(clean_text(str(error))), title="Not exported", severity="error",
                        markup=False)  # fmt: skip
        else:
            text = f"{count_papers(len(entries))} to {target.path}"
            self.notify(in_home(clean_text(text)), title="Exported", markup=False)

    def _entries_meant(self) -> "list[Entry]":
        return self._taken(self.papers.targets())

    def _taken(self, paper_ids: Iterable[str]) -> "list[Entry]":
        library = self._library
        return [(library.papers[paper_id], library.marks(paper_id)) for paper_id in paper_ids]


def _address(paper: Paper) -> str:
    from store.export.addresses import links_of

    links = links_of(paper)
    return links.page or links.pdf or links.project or links.code
