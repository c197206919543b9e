"""The reader: list, detail and filter bar. The only place where widgets and library meet."""

import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Footer

from store.library import Library, Month
from store.model import Change
from store.query import parse
from store.search import Found, Index
from store.writer import Changes
from tui.addresses import is_web_address
from tui.keys import KEYS
from tui.messages import AddressOpened, TextCopied
from tui.screens.marking import MarkingScreen
from tui.widgets.filter_bar import FilterBar, FilterInput
from tui.widgets.paper_detail import PaperDetail
from tui.widgets.paper_list import PaperList
from tui.widgets.status_line import StatusLine

SEARCHED_AT_ONCE = 2_000
"""Up to this many papers, abstracts are searched in the frame of the key, not in the next."""

ABSTRACTS_AFTER = 0.02
"""Seconds from a letter to the search of many abstracts: a frame."""


class MainScreen(MarkingScreen):
    """The reader."""

    HORIZONTAL_BREAKPOINTS = [(0, "-one-pane"), (60, "-stacked"), (100, "-side-by-side")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = KEYS
    bar = getters.query_one(FilterBar)

    def __init__(self, library: Library, today: Callable[[], date], query: str = "") -> None:
        super().__init__(library)
        self._today = today
        self._index = Index()
        self._query = query
        self._before_edit = query, ""
        self._waiting: list[Path] = []
        self._abstracts_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the header line, the two panes, the filter and the keys."""
        yield StatusLine(self._today)
        with Container(id="panes"):
            yield PaperList(self._library.papers, self._library.all_marks)
            yield PaperDetail()
        yield FilterBar(self._filter_typed, self._query)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Show the newest month; the others follow behind the first paint."""
        self.papers.border_title = Content("Papers")
        self._waiting = self._library.months()
        gc.disable()  # nothing that is being read is garbage; looking for some is a third of it
        while self._waiting and not self._library.papers:
            self._read_month(self._waiting.pop(0))
        self._apply_filter()
        self.set_focus(self.papers)
        if self._library.newer:
            self._say_for_long("Read only", self._library.newer)
        self._library.complete = not self._waiting
        self.call_after_refresh(self._read_next_month if self._waiting else self._prepare_index)

    def _read_next_month(self) -> None:
        """Read a month, let keys through, go on; show the whole at the end."""
        self._read_month(self._waiting.pop(0))
        if self._waiting:
            self.set_timer(0.001, self._read_next_month)
        else:
            self._library.complete = True
            self._apply_filter(typing=isinstance(self.focused, FilterInput))
            self._prepare_index()

    def _prepare_index(self) -> None:
        """Get abstracts ready for searching, a few at a time between keys."""
        if not self._index.prepare(200):
            self.set_timer(0.001, self._prepare_index)
        else:
            gc.freeze()
            gc.enable()

    def _read_month(self, month: Path) -> None:
        """Read a month's papers; one that can't be read is named, and the others shown."""
        self._take_month(self._library.load_month(month))

    def _take_month(self, month: Month) -> None:
        self._index.add(self._library.take_month(month))
        if month.error:
            self._say_for_long("A month is missing", str(month.error))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no filter while it is being typed."""
        return not (action == "filter" and isinstance(self.focused, FilterInput))

    # Finding

    def _filter_typed(self, text: str) -> None:
        self._query = text
        self._apply_filter(typing=True)

    def _apply_filter(self, typing: bool = False) -> None:
        """Show what the query finds; where a part of it is wrong, what the rest finds, and why."""
        started = perf_counter()
        if self._abstracts_timer:
            self._abstracts_timer.stop()
        query = parse(self._query, typing=typing)
        at_once = len(self._library.papers) <= SEARCHED_AT_ONCE or not typing
        found = self._index.search(query, self._library.all_marks, self._today(), abstracts=at_once)
        self._show_found(found, to_top=typing and bool(self._query))
        milliseconds = (perf_counter() - started) * 1_000
        if query.problems:
            self.bar.show_status(query.problems[0].message, problem=True)
        else:
            count = f"{len(found.ids):,} of {len(self._library.papers):,}"
            loading = " · loading" if self._waiting else f" · {milliseconds:.0f} ms"
            self.bar.show_status(count + (loading if self._query or self._waiting else ""))
        if not at_once and found.words:
            text = self._query
            # Searching right away would hold the interpreter while the frame is written out.
            self._abstracts_timer = self.set_timer(
                ABSTRACTS_AFTER, lambda: self._add_abstracts(text)
            )

    def _add_abstracts(self, text: str) -> None:
        """Show what abstracts match as well, unless another letter has been typed."""
        if text == self._query:
            found = self._index.search(
                parse(text, typing=True), self._library.all_marks, self._today()
            )
            self._show_found(found)
            self.bar.show_status(f"{len(found.ids):,} of {len(self._library.papers):,}")

    def _show_found(self, found: Found, to_top: bool = False) -> None:
        self._words = found.words
        paper_list = self.papers
        if self._query:
            paper_list.empty_text = "No paper matches. Fewer words find more; Esc clears."
        else:
            paper_list.empty_text = "No papers yet: papers-tui import FILE adds some."
        paper_list.show(
            self._library.papers,
            self._library.all_marks,
            found.ids,
            headings=not found.ranked,
            to_top=to_top,
        )
        self._show_paper()
        self._show_status()

    def action_filter(self) -> None:
        """Let the user type a filter."""
        self._before_edit = self._query, self.papers.cursor
        self.bar.edit()

    def action_cancel_filter(self) -> None:
        """Put back the filter that stood before."""
        query, paper_id = self._before_edit
        self._set_filter(query)
        self.papers.move_to_paper(paper_id)
        self.set_focus(self.papers)

    def action_accept_filter(self) -> None:
        """Go to what was found."""
        self.set_focus(self.papers)

    def action_reload(self) -> None:
        """Apply the filter anew: what no longer matches goes."""
        self._apply_filter()

    def _set_filter(self, text: str) -> None:
        self._query = text
        self.bar.value = text
        self._apply_filter()

    def changed_elsewhere(self, changes: Changes) -> None:
        """Show what another program did to the library; cursor and scroll stay."""
        if changes.marks:
            self._marks_shown(self._library.take_marks(changes.marks))
        if not changes.months:
            return
        for month in changes.months:
            self._take_month(month)
        papers = self._library.papers
        if not self._index.row_of.keys() <= papers.keys():
            # A better key was learnt for a paper; the index knows it under the old one.
            self._index = Index()
            self._index.add(papers.values())
        self._apply_filter(typing=isinstance(self.focused, FilterInput))

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

    def action_next_unread(self, step: int) -> None:
        """Mark this paper read and go to the next unread one."""
        if self.papers.cursor:
            self._mark([self.papers.cursor], Change(read=True), quietly=True)
        if not self.papers.move_to_unread(step):
            self.notify("No more unread papers here.")

    def on_paper_list_cursor_moved(self) -> None:
        """Show the paper under the cursor."""
        self._show_paper()

    def on_paper_list_opened(self) -> None:
        """Open the paper that was clicked twice."""
        self.action_open()

    def action_open(self) -> None:
        """Read the paper under the cursor."""
        if self.papers.cursor:
            self._mark([self.papers.cursor], Change(read=True), quietly=True)
            self.add_class("-reading")
            self.set_focus(self.detail)

    def action_back(self) -> None:
        """Go back one layer: detail, selection, filter."""
        if self.focused is self.detail:
            self.remove_class("-reading")
            self.set_focus(self.papers)
        elif not self.papers.clear_selection() and self._query:
            self._set_filter("")

    def action_scroll_detail(self, lines: int) -> None:
        """Scroll the abstract while the list has the focus."""
        self.detail.scroll_lines(lines)

    # Everything else

    def action_open_page(self) -> None:
        """Open the paper's page."""
        paper = self._library.papers.get(self.papers.cursor)
        if paper:
            links = paper.links
            self._open(links.page or links.project or links.code or links.pdf)

    def action_open_pdf(self) -> None:
        """Open the paper's PDF."""
        paper = self._library.papers.get(self.papers.cursor)
        if paper:
            self._open(paper.links.pdf)

    def action_copy_link(self) -> None:
        """Send the paper's address to the clipboard."""
        paper = self._library.papers.get(self.papers.cursor)
        link = paper and (
            paper.links.page or paper.links.pdf or paper.links.project or paper.links.code
        )
        if link:
            self.post_message(TextCopied(link))
        else:
            self.notify("This paper has no address.")

    def _open(self, address: str) -> None:
        if is_web_address(address):
            self.post_message(AddressOpened(address))
        else:
            self.notify("This paper has no such address.")

    def action_help(self) -> None:
        """Show all keys."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self))
