"""The full text of a paper: read from the library or fetched, gone through, searched in place."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from store.fulltext.blocks import Block
from store.fulltext.document import Document
from store.fulltext.texts import FullTexts
from store.model import Paper
from store.text.clean import clean_line, clean_text
from store.text.web import is_web_address
from tui.reader.actions import does
from tui.reader.drawing.render import fit
from tui.reader.full_text.figure_making import TextPictures
from tui.reader.full_text.following import Following
from tui.reader.full_text.keeping import PlaceKeeper
from tui.reader.full_text.loading import Find, TextLoader
from tui.reader.full_text.marks import PaperMarks
from tui.reader.full_text.quoting import Quoting
from tui.reader.full_text.searching import TextSearch
from tui.reader.full_text.view import FullTextView
from tui.reader.keyboard.keys import TEXT_KEYS
from tui.reader.messages import key_for
from tui.reader.requests import AddressOpened, FromThread, PdfWanted
from tui.reader.widgets.key_line import KeyLine


class FullTextScreen(Screen[str | None]):
    """One paper's text; it ends with the paper that is gone to, or None. The place is kept."""

    BINDINGS: ClassVar[list[BindingType]] = TEXT_KEYS
    DEFAULT_CSS = """
    FullTextScreen {
        layout: vertical;
        & > .line { height: 1; color: $text-muted; }
        & > #page { height: 1fr; align-horizontal: center; }
        & #text { max-width: 92; display: none; }
        & #said { max-width: 92; height: auto; padding: 1 2; }
        &.-loaded #text { display: block; }
        &.-loaded #said { display: none; }
    }
    """

    def __init__(
        self,
        paper: Paper,
        texts: FullTexts,
        keeper: PlaceKeeper,
        find: Find,
        marks: PaperMarks,
        pictures: Callable[[Screen[str | None]], TextPictures],
    ) -> None:
        """`find` has the text from its sources."""
        super().__init__()
        self._paper = paper
        self._keeper = keeper
        self.ask_about: Callable[[Block], None] = lambda entry: None
        """Asks what to do with an entry of the bibliography."""
        self._document: Document | None = None
        """The text; None while there is none."""
        self.pictures = pictures(self)
        self.view = FullTextView(self._show_state, self.pictures.figures)
        self.search = TextSearch(self.view, lambda: self.set_focus(self.view), self._tell)
        self.following = Following(
            self.view, self.open_address, lambda entry: self.ask_about(entry), self._tell
        )
        self.marks = marks
        marks.changed = self._show_state
        self.quoting = Quoting(self.view, marks.quote, self._tell)
        self._loader = TextLoader(
            paper, texts, find, self,
            lambda do: self.post_message(FromThread(do)),
            lambda do: self.run_worker(do, thread=True, group="full text", exclusive=True),
        )  # fmt: skip
        self._title_line = Static(classes="line", markup=False)
        self._section_line = Static(classes="line", markup=False)
        self._said = Static(id="said", markup=False)

    def compose(self) -> ComposeResult:
        """Lay out the title, the section, the text, the search and the keys."""
        yield self._title_line
        yield self._section_line
        with Container(id="page"):
            yield self._said
            yield self.view
        yield self.search.bar
        yield KeyLine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no search while it is being typed."""
        if action == "search" and self.focused is self.search.bar.input:
            return False
        return super().check_action(action, parameters)

    def on_mount(self) -> None:
        """Begin to read."""
        self.set_focus(self.view)
        self._loader.load()
        self.pictures.begin()

    def on_unmount(self) -> None:
        """Save the place; stop fetching."""
        self._loader.stop()
        self.pictures.end()
        self._keep_place()

    def on_resize(self) -> None:
        """Fit the title."""
        self._show_state()

    def on_from_thread(self, message: FromThread) -> None:
        """Run a thread's function on the screen."""
        message.do()

    def on_key(self, event: events.Key) -> None:
        """Handle the letters over links, while they are shown."""
        if self.following.hinting:
            event.stop()
            event.prevent_default()
            self.following.hint_typed(event.character or "")

    # Loading

    def text_is_fetched(self, where: str) -> None:
        """Say that it takes a while."""
        if self._document is None:
            stop = key_for(self, "text.close")
            title = clean_line(self._paper.title)
            self._say(f"fetching the full text of {title}…\n\nfrom {where}; {stop} stops")
        else:
            self.notify(f"Fetching the text again, from {where}…")

    def text_is_missing(self, reason: str) -> None:
        """Say why there is no text, and what to do; a text that is there stays."""
        if self._document is None:
            page, pdf, again = (key_for(self, f"text.{name}") for name in ("page", "pdf", "fetch"))
            self._say(f"{reason}\n\n{page} opens its page, {pdf} its PDF, {again} tries again.")
        else:
            self.notify(clean_text(reason), severity="error", markup=False)

    def text_has_problem(self, problem: str) -> None:
        """Say it beside the text."""
        self.notify(clean_text(problem), severity="warning", markup=False)

    def text_is_there(self, document: Document) -> None:
        """Show the text where it was read last."""
        self._document = document
        self.add_class("-loaded")
        self.following.show(document)
        self.quoting.show(document)
        self.view.figures.show(document)
        self.view.show(document.blocks, self._keeper.place())

    def _keep_place(self) -> None:
        if self._document is not None:
            self._keeper.keep(self.view.place, self.view.percent, self.app)

    def _tell(self, text: str) -> None:
        self.notify(clean_text(text), markup=False)

    def _say(self, text: str) -> None:
        self._said.update(Content(clean_text(text)))
        self._show_state()

    def _show_state(self) -> None:
        """Show where one is in the text, and how many matches there are."""
        state = f" {self.view.percent}% " if self._document else " "
        state = f" {self.marks.shown}{state}"
        title = fit(f" {clean_line(self._paper.title)}", max(self.size.width - len(state), 0))
        self._title_line.update(Content(title + state), layout=False)
        section = fit(f" {self._section()}", self.size.width)
        self._section_line.update(Content(section), layout=False)
        self.search.show_found()

    def _section(self) -> str:
        """Return the section at the top; before the first, where the text came from."""
        if self._document is None:
            return ""
        if self.quoting.begun is not None:
            return "marking a range to quote"
        path = self._document.section_of(self.view.place.block)
        return clean_line(" › ".join(path) or self._document.origin)

    # Moving

    action_scroll = does("view.scroll_lines")
    action_scroll_half = does("view.scroll_half")

    def action_scroll_page(self, direction: int) -> None:
        """Scroll by a page; a line of the last one stays in sight."""
        self.view.scroll_lines(direction * max(self.view.page - 1, 1))

    def action_heading(self, step: int) -> None:
        """Go to another heading."""
        if not self.view.move_heading(step):
            self.notify("No more headings." if step > 0 else "No earlier heading.")

    def action_contents(self) -> None:
        """Show the contents, and go to the heading that is chosen."""
        from tui.reader.full_text.contents import ContentsScreen

        if self._document is None or not self._document.contents:
            self.notify("This text has no headings.")
            return

        def go(block: int | None) -> None:
            if block is not None:
                self.following.jump_to(block)

        self.app.push_screen(ContentsScreen(self._document.contents, self.view.place.block), go)

    def action_figure(self) -> None:
        """Give the figure in sight the screen for itself."""
        from tui.reader.full_text.large_figure import enlarge

        if self._document is not None:
            enlarge(self, self._document.blocks, self.view.blocks_in_sight(), self.pictures)

    def action_search(self) -> None:
        """Let the user type what to search."""
        if self._document is not None:
            self.search.begin()

    action_accept_filter = does("search.accept")
    action_cancel_filter = does("search.cancel")
    action_match = does("search.move")
    action_link = does("following.choose")
    action_follow = does("following.follow")
    action_hints = does("following.begin_hints")
    action_jump_back = does("following.back")
    action_copy_link = does("marks.copy_link")
    action_copy_menu = does("marks.copy_menu")
    action_note = does("marks.write_note")
    action_tag = does("marks.tag")
    action_star = does("marks.star")
    action_read = does("marks.read")
    action_undo = does("marks.undo")

    def action_mark_range(self) -> None:
        """Begin a range that is quoted, or give it up."""
        self.quoting.toggle_range()
        self._show_state()

    def action_quote(self) -> None:
        """Copy what is marked, else the paragraph in sight, into the note."""
        self.quoting.copy(self.get_selected_text() or "")
        self.clear_selection()
        self._show_state()

    def on_screen_resume(self) -> None:
        """Show what a dialog changed."""
        self._show_state()

    # Everything else

    def open_address(self, address: str) -> None:
        """Open an address, if it is one of the web."""
        if is_web_address(address):
            self.post_message(AddressOpened(address))
        else:
            self.notify("This paper has no such address.")

    def leave_for(self, paper_id: str) -> None:
        """Close the text and go to another paper, once what is on top is gone."""

        def close() -> None:  # without an answer: one would be waited for by who closes
            self.dismiss(paper_id)

        self.call_after_refresh(close)

    def action_open_page(self) -> None:
        """Open the paper's page."""
        self.open_address(self._paper.links.page)

    def action_open_pdf(self) -> None:
        """Open the paper's PDF."""
        self.post_message(PdfWanted(self._paper))

    def action_fetch_again(self) -> None:
        """Fetch the text again; the one that is there stays until it has come."""
        self._keep_place()
        self._loader.load(anew=True)

    def action_help(self) -> None:
        """Show all keys."""
        from tui.reader.dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen(self._bindings))

    def action_close(self) -> None:
        """Go back to where one was."""
        self.dismiss(None)
