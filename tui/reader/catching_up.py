"""The sidebar of the reader: what it shows, what its keys do, and counting for it.

Counting takes longer than a key may wait, so it is done in slices, and only while one sees it.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Size
from textual.widget import Widget

from store.library import Month
from store.model import NO_MARKS
from tui.reader.finding import SLICE
from tui.reader.keys import LIST_ACTIONS
from tui.reader.slices import Slices
from tui.reader.viewing import ViewingScreen, normal

if TYPE_CHECKING:  # imported when the sidebar is opened for the first time
    from store.views.file import Kept
    from tui.reader.timeline import Span
    from tui.reader.widgets.sidebar import Entry, Sidebar

BESIDE = Size(100, 16)
"""From this size on the sidebar stands beside the list; smaller, over it (see main.tcss)."""
THREE_PANES = 130
"""From this width on the detail is in sight as well."""
COUNTED = 2_000
"""Papers that are counted before keys are let through."""
RECOUNTED_AFTER = 0.2
"""Seconds from a change to counting anew: several in a row are counted once."""


class CatchingUpScreen(ViewingScreen):
    """A screen with a sidebar."""

    _sidebar: "Sidebar | None" = None
    _counting: Slices | None = None
    _counts: dict[str, int] = {}
    """How many papers each view finds."""
    _spans: "tuple[Span, ...]" = ()

    @property
    def in_sidebar(self) -> bool:
        """Whether keys are for the sidebar."""
        return self._sidebar is not None and self.focused is self._sidebar

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Mark and open no paper with keys that are for the sidebar."""
        if self.in_sidebar and action in LIST_ACTIONS:
            return False
        return super().check_action(action, parameters)

    async def sidebar(self) -> "Sidebar":
        """Return the sidebar, which is made when it is first asked for."""
        if self._sidebar is None:
            from tui.reader.widgets.sidebar import Sidebar

            self._sidebar = Sidebar()
            self._counting = Slices(self, self._may_count)
            await self.query_one("#panes").mount(self._sidebar, before=0)
        return self._sidebar

    async def action_sidebar(self) -> None:
        """Open the sidebar, or go there."""
        sidebar = await self.sidebar()
        if not self.has_class("-sidebar"):
            self.leave_zen()
            self.remove_class("-reading")
            self.add_class("-sidebar")
            self.read_views()
            self._count_anew(0)
            sidebar.to_current()
        self.set_focus(sidebar)

    def action_close_sidebar(self) -> None:
        """Close the sidebar."""
        self._hide_sidebar()
        self.set_focus(self.papers)

    def on_sidebar_chosen(self) -> None:
        """Narrow to the line that was clicked."""
        self.action_open_entry()

    def action_open_entry(self) -> None:
        """Narrow the list to the line of the sidebar."""
        entry = self._sidebar and self._sidebar.entry
        if entry and entry.query is not None:
            self.go_to(entry.query)

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Put the focus on a widget, and that in sight."""
        self._bring_into_sight(widget, self.size)
        super().set_focus(widget, scroll_visible, from_app_focus)

    def on_resize(self, event: events.Resize) -> None:
        """Keep what keys are for in sight."""
        self._bring_into_sight(self.focused, event.size)

    def _bring_into_sight(self, widget: Widget | None, size: Size) -> None:
        """Close the sidebar where it covers what has the focus."""
        if widget is None or widget is self._sidebar:
            return
        over_list = size.width < BESIDE.width or size.height < BESIDE.height
        if over_list or (widget is self.detail and size.width < THREE_PANES):
            self._hide_sidebar()

    def _hide_sidebar(self) -> None:
        self.remove_class("-sidebar")
        if self._counting:
            self._counting.stop()

    # What it shows

    def views_known(self, kept: "Kept") -> None:
        """Show other views as well."""
        before = self._known
        super().views_known(kept)
        if self._known != before:
            self._count_anew()

    def _show_status(self) -> None:
        super()._show_status()
        self._show_sidebar()

    def _show_sidebar(self) -> None:
        if self._sidebar is not None and self.has_class("-sidebar"):
            self._sidebar.show(self._sidebar_entries())

    def _sidebar_entries(self) -> "list[Entry]":
        from tui.reader.widgets.sidebar import Entry

        now, name = normal(self._query), self.view_name()
        views = [
            Entry(
                view.name, view.query, view.digit, self._counts.get(view.query),
                current=normal(view.query) == now or view.name == name,
            )
            for view in self._known
        ]  # fmt: skip
        spans = [
            Entry(span.label, query, None, span.unread, span.share, query == now)
            for span in self._spans
            for query in [f"{span.query} is:unread" if span.unread else span.query]
        ]
        parts = [Entry("Views"), *views]
        return [*parts, Entry("Unread"), *spans] if spans else parts

    # Counting

    def _marks_shown(self, paper_ids: Iterable[str] | None) -> None:
        super()._marks_shown(paper_ids)
        self._count_anew()

    def day_changed(self) -> None:
        """Count what is unread of the day as well."""
        super().day_changed()
        self._count_anew()

    def _take_months(self, *months: Month) -> None:
        super()._take_months(*months)
        self._count_anew()

    def _count_anew(self, delay: float = RECOUNTED_AFTER) -> None:
        self._show_sidebar()
        if self._counting and self.has_class("-sidebar"):
            self._counting.start(self._count(), delay)

    def _may_count(self) -> bool:
        """Tell whether nothing goes on that counting would disturb."""
        return self._library.complete and not self._abstracts.running

    def _count(self) -> Iterator[None]:
        """Count what is unread of each day, then what each view finds."""
        from store.query.syntax import parse
        from tui.reader.timeline import timeline

        unread: dict[str, int] = {}
        for number, paper in enumerate(list(self._library.papers.values()), 1):
            is_unread = not self._library.all_marks.get(paper.id, NO_MARKS).read
            unread[paper.date] = unread.get(paper.date, 0) + is_unread
            if number % COUNTED == 0:
                yield
        today = self._today()
        last_visit = self._kept.last_visit(today) if self._kept else None
        self._spans = timeline(unread, today, last_visit)
        self._show_sidebar()
        counts: dict[str, int] = {}
        for view in self._known:
            yield
            query = parse(view.query, views=self._views)
            while not self._index().scan(query, SLICE):
                yield
            found = self._index().search(query, self._library.all_marks, today)
            counts[view.query] = len(found.ids)
        self._counts = counts
        self._show_sidebar()
