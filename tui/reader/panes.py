"""The panes of the reader, and the only code that writes to them. Each thing is painted once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from textual.content import Content
from textual.screen import Screen

from store.model import Paper
from tui.reader.appearance.arrangement import FRAMED, ONE_PANE, STACKED
from tui.reader.messages import Messages
from tui.reader.session import Session, normal
from tui.reader.widgets.filter_bar import FilterBar, FilterInput
from tui.reader.widgets.paper_detail import PaperDetail
from tui.reader.widgets.paper_list import PaperList
from tui.reader.widgets.split import Split
from tui.reader.widgets.status_line import StatusLine

if TYPE_CHECKING:  # imported when the sidebar is opened for the first time
    from tui.reader.feed_lines import FeedLine
    from tui.reader.timeline import Span
    from tui.reader.widgets.sidebar import Entry, Sidebar

T = TypeVar("T")

RELATED = 5
"""How many related papers are listed below an open one."""
SLOW = 0.1
"""A search that takes at least this many seconds shows its time."""


@dataclass(slots=True)
class Counts:
    """The numbers of papers in the sidebar."""

    views: dict[str, int] = field(default_factory=dict)
    """How many papers each view finds, by its query."""
    feeds: "tuple[FeedLine, ...]" = ()
    """The user's feeds."""
    spans: "tuple[Span, ...]" = ()
    """How many papers of each day and week are unread."""


class Panes:
    """List, detail, filter bar, status line and sidebar, and dialogs over them."""

    def __init__(
        self,
        screen: Screen[None],
        session: Session,
        messages: Messages,
        typed: Callable[[str], None],
        cursor_moved: Callable[[str], None],
        border_moved: Callable[[int], None],
    ) -> None:
        """`typed` gets each new text of the filter, `cursor_moved` the paper under the cursor.

        `border_moved` gets the list's share of both panes.
        """
        self._screen = screen
        self._session = session
        self._messages = messages
        self._cursor_moved = cursor_moved
        self.list = PaperList(session.papers, session.all_marks, self.paint_cursor, session.today)
        self.detail = PaperDetail()
        self.detail.related_to = self._related_to
        self.split = Split(self.list, self.detail, border_moved)
        self.filter = FilterInput(typed, "")
        self.bar = FilterBar(self.filter)
        self.status = StatusLine(session.today)
        self.sidebar: Sidebar | None = None
        self.counts = Counts()
        self._titles = ["", ""]
        """The texts on the frames of list and detail."""
        self._news = 0
        """How many new papers the user has not gone to yet."""

    # Where the user is

    @property
    def is_typing(self) -> bool:
        """Whether a filter is being typed."""
        return self._screen.focused is self.filter

    @property
    def in_sidebar(self) -> bool:
        """Whether the sidebar has the keys."""
        return self.sidebar is not None and self._screen.focused is self.sidebar

    @property
    def sidebar_shown(self) -> bool:
        """Whether the sidebar is open."""
        return self.sidebar is not None and self._screen.has_class("-sidebar")

    async def with_sidebar(self) -> "Sidebar":
        """Return the sidebar, which is made at the first call."""
        if self.sidebar is None:
            from tui.reader.widgets.sidebar import Sidebar

            self.sidebar = Sidebar()
            await self._screen.query_one("#body").mount(self.sidebar, before=0)
        return self.sidebar

    def ask(self, dialog: Screen[T], then: Callable[[T | None], Any]) -> None:
        """Show a dialog over the panes; `then` gets its answer."""
        self._screen.app.push_screen(dialog, then)

    # Selecting

    def toggle_selected(self) -> None:
        """Select or unselect the paper under the cursor."""
        self.list.toggle_selected()
        self.paint_selected()

    def toggle_range(self) -> None:
        """Begin or end a range."""
        self.list.toggle_range()
        self.paint_selected()

    def select(self, paper_ids: Sequence[str]) -> None:
        """Select these papers, and no others."""
        self.list.select(paper_ids)
        self.paint_selected()

    def clear_selection(self) -> bool:
        """Clear the selection; return False if there was none."""
        if not self.list.clear_selection():
            return False
        self.paint_selected()
        return True

    # Painting

    def paint(self, to_top: bool = False) -> None:
        """Paint what the session shows."""
        session, shown = self._session, self._session.shown
        if not shown.ids:
            self.list.empty_text = self._empty_text()
        self.list.show(
            session.papers, session.all_marks, shown.ids, shown.headings, to_top, shown.words,
            shown.sections,
        )  # fmt: skip
        self.paint_cursor()
        self.paint_status()
        self.paint_found()

    def paint_found(self) -> None:
        """Paint the filter's error, else how many papers it finds."""
        session, shown = self._session, self._session.shown
        if session.problems:
            self.bar.show_problems(session.problems)
            return
        said = [self.list.position() + self._news_words()] if self._without_frame() else []
        of_all = shown.named or f"of {len(session.library.papers):,}"
        said += [f"{shown.number:,} {of_all}"] if session.query else []
        if shown.hidden:
            said.append(f"{shown.hidden:,} hidden")
        if shown.note:
            said.append(shown.note)
        if shown.sections and not shown.number:
            said.append(f"{self._messages.key('filter.elsewhere')} searches outside")
        if session.loading:
            said.append("loading")
        elif shown.seconds and shown.seconds >= SLOW:
            said.append(f"{shown.seconds * 1_000:.0f} ms")
        self.bar.show_status(" · ".join(said))

    def paint_hints(self, hints: Sequence[str]) -> None:
        """Paint suggestions for a filter that finds nothing, one per line."""
        self.list.empty_text = self._empty_text(hints)
        self.list.refresh()

    def _empty_text(self, hints: Sequence[str] = ()) -> str:
        from tui.reader.empty_list import empty_text  # here because most lists have papers

        return empty_text(self._session, self._messages.key, self.is_typing, hints)

    def paint_marks(self, paper_ids: Iterable[str] | None) -> None:
        """Paint the marks of these papers; of all by default."""
        self.list.show_marks(self._session.all_marks, paper_ids)
        self._paint_paper()
        self.paint_status()

    def show_begun(self) -> None:
        """Show how much of each begun text has been read."""
        begun = self._session.catalogue.begun(self._session.papers)
        if begun != self.list.paper_rows.begun:
            self.list.paper_rows.begun = begun
            self.list.refresh()

    def paint_cursor(self) -> None:
        """Paint the paper under the cursor, its position, and the selection."""
        self._paint_paper()
        self.paint_titles()
        self.paint_selected()
        self._cursor_moved(self.list.cursor)

    def _paint_paper(self) -> None:
        cursor = self.list.cursor
        paper = self._session.papers.get(cursor)
        marks, shown = self._session.library.marks(cursor), self._session.shown
        self.detail.show(paper, marks, shown.words, self._reason(cursor))

    def _reason(self, cursor: str) -> str:
        """Return why the paper under the cursor is at its place."""
        if not self._session.query:
            return ""
        if self._session.is_lent(cursor):
            return f"Not in the library: {self._messages.key('paper.open')} or a mark keeps it."
        from tui.reader.subjects.ranked import reason

        return reason(self._session, cursor, self.list.place)

    def _related_to(self, paper: Paper) -> Sequence[Paper]:
        from tui.reader.subjects.ranked import related

        return related(self._session, paper.id, RELATED)

    def paint_titles(self) -> None:
        """Paint the texts on the frames or, without frames, beside the filter."""
        position = self.list.position() + self._news_words()
        # Textual leaves no space before a rule that begins at the edge.
        edge = "" if self._screen.has_class(FRAMED) else " "
        titles = [f"{edge}Papers{edge}"]
        edge = edge if self._screen.has_class(STACKED) else ""
        titles.append(f"{edge}{position}{edge}" if position else "")
        # Setting a pane's title redraws the whole pane.
        for pane, title, before in zip((self.list, self.detail), titles, self._titles, strict=True):
            if title != before:
                pane.border_title = Content(title)
        self._titles = titles
        if self._without_frame():
            self.paint_found()

    def show_news(self, count: int) -> None:
        """Show how many papers are new, with the key that goes to them; nothing for none."""
        if count != self._news:
            self._news = count
            self.paint_titles()

    def _news_words(self) -> str:
        return f" · ▲ {self._news:,} new: {self._messages.key('app.fetch')}" if self._news else ""

    def _without_frame(self) -> bool:
        return self._screen.has_class(ONE_PANE) or self._screen.has_class("-zen")

    def paint_selected(self) -> None:
        """Paint how many papers are selected."""
        selection = self.list.selection
        text = f"{len(selection.ids):,} selected" if selection.ids else ""
        self.status.select(text + (f", {selection.hidden:,} hidden" if selection.hidden else ""))

    def paint_status(self) -> None:
        """Paint the present view, how many papers are unread and what is not saved."""
        library = self._session.library
        self.status.view = self._session.view_name()
        hidden = library.hidden_count
        self.status.show(library.unread, len(library.papers), library.unsaved, self._hidden(hidden))
        self.paint_sidebar()

    def paint_sidebar(self) -> None:
        """Paint views and days if the sidebar is open."""
        if self.sidebar is not None and self.sidebar_shown:
            self.sidebar.show(self._entries())

    def _hidden(self, count: int) -> str:
        """Say how many papers are hidden, and which key shows or hides them."""
        if not count:
            return ""
        shown = " shown" if self._session.show_hidden else ""
        return f"{count:,} hidden{shown}: {self._messages.key('list.hidden')}"

    def _entries(self) -> "list[Entry]":
        from tui.reader.widgets.sidebar import Entry

        now, name = normal(self._session.query), self._session.view_name()
        views = [
            Entry(
                view.name, view.query, view.digit, self.counts.views.get(view.query),
                current=normal(view.query) == now or view.name == name,
            )
            for view in self._session.known_views
        ]  # fmt: skip
        spans = [
            Entry(span.label, query, None, span.unread, span.share, query == now)
            for span in self.counts.spans
            for query in [f"{span.query} is:unread" if span.unread else span.query]
        ]
        feeds = [
            Entry(each.label, each.query, None, each.unread, None, each.query == now, each.name,
                  each.age, each.failed)
            for each in self.counts.feeds
        ]  # fmt: skip
        parts = [Entry("Views"), *views]
        parts += [Entry("Feeds"), *feeds] if feeds else []
        return [*parts, Entry("Unread"), *spans] if spans else parts
