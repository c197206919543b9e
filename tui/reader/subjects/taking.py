"""Copying to the clipboard, exporting to a file, and opening elsewhere.

Copying and exporting use the selection if there is one. BibTeX of many papers takes a while, so it
is made in a thread.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from store.errors import PapersError
from store.export.links import links_of
from store.model import Paper
from store.text.web import is_web_address
from tui.reader.dialogs.choice_menu import ChoiceMenu
from tui.reader.drawing.render import links_shown
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.requests import AddressOpened, TextCopied
from tui.reader.session import Session
from tui.words import count_papers, in_home

if TYPE_CHECKING:  # imported when something is exported
    from store.export.citing import Entry
    from tui.reader.dialogs.export import ExportTo


class Taking:
    """Copies, exports and links of the target papers."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        post: Callable[[TextCopied | AddressOpened], object],
        in_thread: Callable[[Callable[[], None], str], object],
    ) -> None:
        """`in_thread` calls a function in a thread, which replaces one of its name."""
        self._session = session
        self._panes = panes
        self._messages = messages
        self._post = post
        self._in_thread = in_thread

    # Copying

    def copy_link(self, *only: str) -> None:
        """Copy the addresses of the target papers, or only of the given ones."""
        addresses = filter(None, (_address(paper) for paper, _ in self._entries_meant(only)))
        if text := "\n".join(addresses):
            self._post(TextCopied(text))
        else:
            self._messages.say("This paper has no address.")

    def copy_menu(self, *only: str) -> None:
        """Ask for a format and copy the target papers, or only the given ones."""
        from tui.reader.drawing.copy_forms import FORMS, WITH_KEYS, copied_text

        entries = self._entries_meant(only)
        if not entries:
            self._messages.say("There is no paper to copy.")
            return
        library = list(self._session.library.papers.values())

        def copy(form: str | None) -> None:
            if form:
                self._in_thread(lambda: take(form), "copy")

        def take(form: str) -> None:
            try:
                keys = self._keys(entries, library) if form in WITH_KEYS else {}
            except PapersError as error:
                self._messages.say(in_home(str(error)), "Not copied", "error")
                return
            if text := copied_text(form, entries, keys):
                self._post(TextCopied(text))
            else:
                self._messages.say("The paper has nothing of that kind to copy.")

        title = "Copy as" if len(entries) == 1 else f"Copy {count_papers(len(entries))} as"
        self._panes.ask(ChoiceMenu(title, list(FORMS.items())), copy)

    def _keys(self, entries: "Sequence[Entry]", library: list[Paper]) -> Mapping[str, str]:
        """Return the citation keys of papers, which never change; raises PapersError."""
        wanted = [paper for paper, _ in entries]
        return self._session.library.citation_keys(wanted, library)

    # Exporting

    def export(self) -> None:
        """Ask for a format and a file, and export the selected papers, else all shown."""
        from tui.reader.dialogs.export import ExportPrompt

        entries = self._entries(self._panes.list.selected_here() or self._session.shown.found)
        if not entries:
            self._messages.say("There is no paper to export.")
            return
        library = list(self._session.library.papers.values())

        def write(target: "ExportTo | None") -> None:
            if target:
                self._in_thread(lambda: self._write(target, entries, library), "export")

        title = f"Export {count_papers(len(entries))}"
        self._panes.ask(ExportPrompt(title, self._session.library.folder), write)

    def _write(self, to: "ExportTo", entries: "Sequence[Entry]", library: list[Paper]) -> None:
        from store.export.formats import WITH_KEYS, export
        from tui.output_file import write_file

        try:
            keys = self._keys(entries, library) if to.form in WITH_KEYS else {}
            write_file(to.path, export(to.form, entries, keys=keys))
        except PapersError as error:
            self._messages.say(in_home(str(error)), "Not exported", "error")
        else:
            self._messages.say(in_home(f"{count_papers(len(entries))} to {to.path}"), "Exported")

    # Links

    def open_page(self, *only: str) -> None:
        """Open the page of the paper under the cursor, or only of that one."""
        if paper := self._session.papers.get(only[0]) if only else self._paper():
            self.open(_address(paper, pdf_last=True))

    def open_link(self, number: int) -> None:
        """Open the link that has the number in the detail."""
        if paper := self._paper():
            addresses = [address for _, address in links_shown(paper)]
            self.open(addresses[number - 1] if number <= len(addresses) else "")

    def open(self, address: str) -> None:
        """Open an address, if it is a web address."""
        if is_web_address(address):
            self._post(AddressOpened(address))
        else:
            self._messages.say("This paper has no such address.")

    def _paper(self) -> Paper | None:
        return self._session.papers.get(self._panes.list.cursor)

    def _entries_meant(self, only: Sequence[str]) -> "list[Entry]":
        return self._entries(only or self._panes.list.targets())

    def _entries(self, paper_ids: Iterable[str]) -> "list[Entry]":
        papers, marks = self._session.papers, self._session.library.marks
        # A paper whose text is open may have left meanwhile.
        here = (paper_id for paper_id in paper_ids if paper_id in papers)
        return [(papers[paper_id], marks(paper_id)) for paper_id in here]


def _address(paper: Paper, pdf_last: bool = False) -> str:
    links = links_of(paper)
    if pdf_last:
        return links.page or links.project or links.code or links.pdf
    return links.page or links.pdf or links.project or links.code
