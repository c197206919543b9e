"""The full text of a paper: read from the library or fetched, scrolled and searched in place."""

from threading import Thread
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from store.errors import LibraryError
from store.full_texts import FullTexts, Place
from store.model import Paper
from store.text.clean import clean_line, clean_text
from store.text.web import is_web_address
from tui.reader.full_text.loading import Get, TextLoadingScreen
from tui.reader.full_text.view import FullTextView
from tui.reader.keys import TEXT_KEYS
from tui.reader.messages import key_for
from tui.reader.render import fit
from tui.reader.requests import AddressOpened
from tui.reader.widgets.filter_bar import FilterBar, SearchInput
from tui.reader.widgets.key_line import KeyLine


class FullTextScreen(TextLoadingScreen):
    """One paper's text. The place is kept when it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = TEXT_KEYS
    DEFAULT_CSS = """
    FullTextScreen {
        layout: vertical;
        & > #title { height: 1; color: $text-muted; }
        & > #page { height: 1fr; align-horizontal: center; }
        & #text { max-width: 92; display: none; }
        & #said { max-width: 92; height: auto; padding: 1 2; }
        &.-loaded #text { display: block; }
        &.-loaded #said { display: none; }
    }
    """

    def __init__(self, paper: Paper, texts: FullTexts, address: str | None, get: Get) -> None:
        super().__init__(paper, texts, address, get)
        self._place: Place | None = None
        """The place that is on disk; None while there is no text."""
        self._before_search = "", Place()
        self.view = FullTextView(self._show_state)
        self._title_line = Static(id="title", markup=False)
        self._said = Static(id="said", markup=False)
        self._bar = FilterBar(SearchInput(self.search_typed, ""))

    def compose(self) -> ComposeResult:
        """Lay out the title, the text, the search and the keys."""
        yield self._title_line
        with Container(id="page"):
            yield self._said
            yield self.view
        yield self._bar
        yield KeyLine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no search while it is being typed."""
        if action == "search" and self.focused is self._bar.input:
            return False
        return super().check_action(action, parameters)

    def on_mount(self) -> None:
        """Begin to read."""
        self._bar.input.placeholder = "search in the text"
        self.set_focus(self.view)
        self.load()

    def on_unmount(self) -> None:
        """Keep the place, and let go of the source."""
        self.stop_loading()
        self._keep_place()

    def on_resize(self) -> None:
        """Fit the title."""
        self._show_state()

    # Loading

    def on_text_loading_screen_fetching(self) -> None:
        """Say that it takes a while."""
        if self._place is None:
            stop = key_for(self, "text.close")
            self._say(f"fetching the full text of {self._paper.title}…\n\n{stop} stops")
        else:
            self.notify("Fetching the text again…")

    def on_text_loading_screen_failed(self, message: TextLoadingScreen.Failed) -> None:
        """Say why there is no text, and what to do; a text that is there stays."""
        if self._place is None:
            page, pdf, again = (key_for(self, f"text.{name}") for name in ("page", "pdf", "fetch"))
            otherwise = f"{page} opens its page, {pdf} its PDF, {again} tries again."
            self._say(f"{message.reason}\n\n{otherwise}")
        else:
            self.notify(clean_text(message.reason), severity="error", markup=False)

    def on_text_loading_screen_noticed(self, message: TextLoadingScreen.Noticed) -> None:
        """Say it beside the text."""
        self.notify(clean_text(message.problem), severity="warning", markup=False)

    def on_text_loading_screen_loaded(self, message: TextLoadingScreen.Loaded) -> None:
        """Show the text where it was read last."""
        self.add_class("-loaded")
        self._place = message.place
        self.view.show(message.pieces, message.place)

    def _keep_place(self) -> None:
        if self._place is None or self.view.place == self._place:
            return
        self._place = self.view.place
        self._texts.remember(self._paper, self._place)
        # Not in a worker, which ends with the screen; the program waits for this thread.
        Thread(target=self._save_place, args=(self.app,), name="place").start()

    def _save_place(self, app: App[object]) -> None:
        """Write the place, in a thread of its own: it may have to wait for another program."""
        try:
            self._texts.save_places()
        except LibraryError as error:
            problem = clean_text(f"The place in the text is not kept: {error}")
            if app.is_running:
                app.notify(problem, severity="warning", markup=False)

    def _say(self, text: str) -> None:
        self._said.update(Content(clean_text(text)))
        self._show_state()

    def _show_state(self) -> None:
        """Show how far the text is read, and how many matches there are."""
        state = f" {self.view.percent}% " if self._place is not None else " "
        title = fit(f" {clean_line(self._paper.title)}", max(self.size.width - len(state), 0))
        self._title_line.update(Content(title + state), layout=False)
        current, matches = self.view.found
        searched = bool(self._bar.value.strip())
        count = f"{current:,} of {matches:,}" if matches else "no match" if searched else ""
        self._bar.show_status(count)

    # Searching

    def action_search(self) -> None:
        """Let the user type what to search."""
        if self._place is not None:
            self._before_search = self._bar.value, self.view.place
            self._bar.value = ""
            self._bar.edit()

    def search_typed(self, words: str) -> None:
        """Show the first match from where one was."""
        self.view.search(words, self._before_search[1])

    def action_accept_filter(self) -> None:
        """Stay at the match."""
        self.set_focus(self.view)

    def action_cancel_filter(self) -> None:
        """Put back what was searched before, and the place."""
        words, place = self._before_search
        self.set_focus(self.view)
        self._bar.value = words
        self.view.search(words, place)
        self.view.show_place(place)

    def action_match(self, step: int) -> None:
        """Go to another match."""
        if not self.view.move_match(step):
            self.notify("Nothing is found; / searches in the text.")

    # Moving

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.view.scroll_lines(lines)

    def action_scroll_half(self, direction: int) -> None:
        """Scroll by half a page."""
        self.view.scroll_lines(direction * max(self.view.page // 2, 1))

    def action_scroll_page(self, direction: int) -> None:
        """Scroll by a page; a line of the last one stays in sight."""
        self.view.scroll_lines(direction * max(self.view.page - 1, 1))

    def action_heading(self, step: int) -> None:
        """Go to another heading."""
        if not self.view.move_heading(step):
            self.notify("No more headings." if step > 0 else "No heading before this.")

    # Everything else

    def action_open_page(self) -> None:
        """Open the paper's page."""
        self._open(self._paper.links.page)

    def action_open_pdf(self) -> None:
        """Open the paper's PDF."""
        self._open(self._paper.links.pdf)

    def _open(self, address: str) -> None:
        if is_web_address(address):
            self.post_message(AddressOpened(address))
        else:
            self.notify("This paper has no such address.")

    def action_fetch_again(self) -> None:
        """Fetch the text anew; the one that is there stays until it has come."""
        self._keep_place()
        self.load(anew=True)

    def action_help(self) -> None:
        """Show all keys."""
        from tui.reader.dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen(self._bindings))

    def action_close(self) -> None:
        """Go back to where one was."""
        self.dismiss(None)
