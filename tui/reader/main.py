"""The reader: list, detail and filter bar. The only place where widgets and library meet."""

import os
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

from store.errors import PapersError
from store.model import Change
from store.text.clean import clean_text
from tui.reader.filtering import FilteringScreen
from tui.reader.keys import KEYS
from tui.reader.noting import NotingScreen
from tui.reader.tagging import TaggingScreen
from tui.reader.toasts import close_passing
from tui.reader.widgets.filter_bar import FilterBar, FilterInput
from tui.reader.widgets.key_line import KeyLine
from tui.reader.widgets.paper_detail import PaperDetail
from tui.reader.widgets.paper_list import PaperList
from tui.reader.widgets.status_line import StatusLine

if TYPE_CHECKING:  # imported when a full text is opened for the first time
    from store.full_texts import FullTexts


class MainScreen(TaggingScreen, NotingScreen, FilteringScreen):
    """The reader."""

    HORIZONTAL_BREAKPOINTS = [(0, "-one-pane"), (60, "-stacked"), (100, "-side-by-side"),
                              (130, "-spacious")]  # fmt: skip
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = KEYS
    _texts: "FullTexts | None" = None
    """The full texts of the library, and the places in them that wait to be saved."""

    def compose(self) -> ComposeResult:
        """Lay out the header line, the two panes, the filter and the keys."""
        # Textual does so after the first paint, which would be that of another layout.
        for length, breakpoints in zip(
            self.app.size, (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), strict=True
        ):
            self.add_class([name for least, name in breakpoints if length >= least][-1])
        yield StatusLine(self._today)
        with Container(id="panes"):
            yield PaperList(self._library.papers, self._library.all_marks, self._show_paper)
            yield PaperDetail()
        yield FilterBar(FilterInput(self.filter_typed, self._query))
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin to read."""
        self.papers.border_title = Content("Papers")
        self.begin()
        self.set_focus(self.papers)
        self.welcome()
        if self._library.newer:
            self.say_for_long("Read only", self._library.newer)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no filter while it is being typed."""
        if action == "filter" and isinstance(self.focused, FilterInput):
            return False
        return super().check_action(action, parameters)

    def on_screen_suspend(self) -> None:
        """Let a dialog be alone with its keys and messages."""
        self.add_class("-behind")
        close_passing(self.app)

    def on_screen_resume(self) -> None:
        """Take keys and messages again."""
        self.remove_class("-behind")

    # Moving

    def action_move(self, delta: int) -> None:
        """Move by papers."""
        self.papers.move(delta)

    def action_move_half(self, direction: int) -> None:
        """Move by half a page."""
        self.papers.move(direction * max(self.papers.page // 2, 1))

    def action_move_to(self, place: int) -> None:
        """Move to a place in the list."""
        self.papers.move_to(place)

    def action_move_day(self, step: int) -> None:
        """Move to another day."""
        self.papers.move_to_day(step)

    def on_paper_list_opened(self) -> None:
        """Open the paper that was clicked twice."""
        self.action_open()

    def action_open(self) -> None:
        """Read the paper under the cursor; where that is what one does, its full text."""
        if self.focused is self.detail:
            self.action_full_text()
        elif self.papers.cursor:
            self._mark_cursor_read()
            self.add_class("-reading")
            self.set_focus(self.detail)

    def action_back(self) -> None:
        """Go back one layer: messages, paper alone, detail, selection, filter, fetching."""
        if self.close_messages() or self.leave_zen():
            return
        if self.focused is self.detail:
            self.remove_class("-reading")
            self.set_focus(self.papers)
        elif self.papers.clear_selection():
            self._show_selected()
        elif self._query:
            self._set_filter("")
        else:
            self.stop_fetching()

    def action_scroll_detail(self, lines: int) -> None:
        """Scroll the abstract while the list has the focus."""
        self.detail.scroll_lines(lines)

    def action_full_text(self) -> None:
        """Read the whole text of the paper under the cursor."""
        paper = self._library.papers.get(self.papers.cursor)
        if paper is None:
            return
        from store.fetching.sources import find_mirrors
        from store.full_texts import FullTexts, full_text_address
        from tui.reader.full_text.loading import download
        from tui.reader.full_text.screen import FullTextScreen

        try:
            source = find_mirrors(self._config.mirrors, os.environ.get("HF_ENDPOINT", "")).hf
        except PapersError as error:
            self.notify(clean_text(str(error)), severity="error", markup=False)
            return
        self._mark([paper.id], Change(read=True), quietly=True)
        if self._texts is None:
            self._texts = FullTexts(self._library.folder / "texts")
        address = full_text_address(paper, source)
        self.app.push_screen(FullTextScreen(paper, self._texts, address, download))

    # Everything else

    async def action_help(self) -> None:
        """Show all keys."""
        from tui.reader.dialogs.help import HelpScreen

        explained = (self, self.detail, self.bar.input, await self.sidebar())
        self.app.push_screen(HelpScreen(*explained))
