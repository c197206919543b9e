"""How the reader finds papers: months are read behind the first paint, a filter works at every key.

Work that could hold up a key is done in slices of a few milliseconds, with the keys let through in
between; a newer key makes what was done for an older one stop.
"""

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from textual import getters
from textual.widget import Widget

from store.library import Library, Month
from store.papers.holdings import Taken
from store.query.wanted import Sought
from store.writer import Changes
from tui.reader.key_names import key_for
from tui.reader.marking import MarkingScreen
from tui.reader.slices import Slices
from tui.reader.widgets.filter_bar import FilterBar, FilterInput

if TYPE_CHECKING:  # most of what finds is imported behind the first paint
    from store.query.syntax import Query
    from store.search.index import Found, Index

SEARCHED_AT_ONCE = 300
"""Up to this many papers, abstracts are searched in the frame of the key, not in the next."""
ABSTRACTS_AFTER = 0.02
"""Seconds from a letter to the search of many abstracts: a frame.

Searching right away would hold the interpreter while the frame is written out.
"""
SLICE = 3_000
"""Abstracts that are searched before keys are let through."""
PREPARED = 400
"""Papers that are made ready for searching before keys are let through."""
LOOKS_AT_DAY = 1.0
"""Seconds between two looks at the day; a timer until midnight sleeps when a laptop does."""
SHOWN_AGAIN = 0.25
"""Seconds between two looks at what a filter finds among the papers read so far."""


class FindingScreen(MarkingScreen):
    """A screen that reads a library and shows what a filter finds in it."""

    bar = getters.query_one(FilterBar)

    def __init__(
        self, library: Library, today: Callable[[], date], query: str, views: Mapping[str, str]
    ) -> None:
        super().__init__(library)
        self._today = today
        self._day = today()
        """The day that is shown."""
        self._query = query
        self._views = views
        self._typing = False
        """Whether the end of the query may be half typed."""
        self._before_edit: tuple[str, Sequence[str], int] = query, (), 0
        """The filter, the papers shown and where the cursor was when a filter was begun."""
        self._waiting: list[Path] = []
        """Months that have not been read."""
        self._made: Index | None = None
        self._unindexed: list[Taken] = []
        """What changed among the papers and is not in the index."""
        self._shown_at = 0.0
        self._rest = Slices(self)
        """Reads what is not on the first paint."""
        self._abstracts = Slices(self)
        """Searches abstracts, where there are many."""

    # Reading

    def begin(self) -> None:
        """Show the newest month; the others follow behind the first paint."""
        self._waiting = self._library.months()
        while self._waiting:
            month = self._library.load_month(self._waiting.pop(0))
            self._take_months(month)
            if month.papers:
                break
        if self._query:
            self.apply_filter()
        else:
            papers = self._library.papers.values()
            newest = sorted(papers, key=lambda paper: paper.date, reverse=True)
            self._show_found([paper.id for paper in newest], headings=True)
            self._show_count(len(newest))
        self._library.complete = not self._waiting
        self.set_interval(LOOKS_AT_DAY, self.look_at_day)
        self.call_after_refresh(self._rest.start, self._read_rest())

    def _read_rest(self) -> Iterator[None]:
        """Do in slices what has to be done before everything can be found at once."""
        while self._unindexed or self._waiting:
            if self._unindexed:
                self._index()
            else:
                self._take_months(self._library.load_month(self._waiting.pop(0)))
                if self._query and perf_counter() - self._shown_at > SHOWN_AGAIN:
                    self.apply_filter(typing=self._is_typing)
            yield
        if not self._library.complete:
            self._library.complete = True
            self.apply_filter(typing=self._is_typing)
            yield
        while not self._index().prepare(PREPARED):
            yield
        # From here on there may be garbage, but not in what has been read.
        gc.freeze()
        gc.enable()

    def _take_months(self, *months: Month) -> None:
        """Take the papers of months; one that can't be read is named, and the others shown.

        What is shown is never more than the library has: papers that left it leave the list here,
        whatever the filter is.
        """
        taken = self._library.take_months(*months)
        self._unindexed.append(taken)
        if gone := taken.gone:
            query, ids, place = self._before_edit
            self._before_edit = query, [gone.get(each) or each for each in ids], place
            self.papers.forget(gone)
            self._show_paper()
        for month in months:
            if month.error:
                text = f"{month.error}\npapers-tui doctor says what can be done."
                self.say_for_long("A month is missing", text)

    def _index(self) -> "Index":
        """Return the index of all papers that have been read."""
        if self._made is None:
            from store.search.index import Index

            self._made = Index()
        for taken in self._unindexed:
            self._made.remove(taken.gone)
            self._made.add(taken.came)
        self._unindexed.clear()
        return self._made

    def look_at_day(self) -> None:
        """Where another day has begun, show what depends on it anew.

        What the day had let the filter find leaves; what stood there though it was no longer found
        stays.
        """
        before, self._day = self._day, self._today()
        if self._day != before:
            found = set(self._index().search(self._parsed(), self._library.all_marks, before).ids)
            kept = [each for each in self.papers.ids if each not in found]
            self.apply_filter(typing=self._is_typing, keep=kept)
            self.day_changed()

    def day_changed(self) -> None:
        """Show the day."""
        self._status.refresh()

    def changed_elsewhere(self, changes: Changes) -> None:
        """Show what another program did to the library; cursor and scroll stay."""
        if changes.marks:
            self._marks_shown(self._library.take_marks(changes.marks))
        if changes.months:
            self._take_months(*changes.months)
            self.apply_filter(typing=self._is_typing, keep=self.papers.ids)

    def find_again(self, paper_ids: Sequence[str]) -> None:
        """Bring papers that were changed back into sight, where the filter finds them again."""
        if self._query:
            self.apply_filter(typing=self._is_typing, keep=self.papers.ids)
        super().find_again(paper_ids)

    # Filtering

    @property
    def _is_typing(self) -> bool:
        return isinstance(self.focused, FilterInput)

    def filter_typed(self, text: str) -> None:
        """Show what a filter finds that is being typed."""
        self._query = text
        self.apply_filter(typing=True, to_top=bool(text))

    def apply_filter(
        self, typing: bool = False, to_top: bool = False, keep: Collection[str] = ()
    ) -> None:
        """Show what the query finds; what is wrong with it is said beside it.

        Where it can't be understood the list stays as it is. Papers to keep stay in a list by date
        though they are no longer found, as one does that was just read under `is:unread`.
        """
        started = perf_counter()
        self._abstracts.stop()
        self._typing = typing
        query = self._parsed()
        if query.problems:
            self.bar.show_problems(query.problems)
            if query.error and self.papers.ids:
                return
        index, marks, today = self._index(), self._library.all_marks, self._today()
        at_once = len(self._library.papers) <= SEARCHED_AT_ONCE or index.scan(query, 0)
        found = index.search(query, marks, today, abstracts=at_once)
        ids = found.ids
        if keep and not found.ranked and not query.sort:
            wanted, everything = {*ids, *keep}, type(query)()
            ids = [each for each in index.search(everything, marks, today).ids if each in wanted]
        self._show_found(ids, _by_day(query, found), found.words, to_top)
        self._shown_at = perf_counter()
        if not query.problems:
            self._show_count(len(found.ids), self._shown_at - started if self._query else None)
        if not at_once:
            self._abstracts.start(self._add_abstracts(), ABSTRACTS_AFTER)

    def _add_abstracts(self) -> Iterator[None]:
        """Show what abstracts match as well, once all have been looked through."""
        query = self._parsed()
        started = perf_counter()
        while not self._index().scan(query, SLICE):
            yield
            started = perf_counter()
        found = self._index().search(query, self._library.all_marks, self._today())
        self._show_found(found.ids, _by_day(query, found), found.words)
        if not query.problems:
            self._show_count(len(found.ids), perf_counter() - started)

    def _parsed(self) -> "Query":
        from store.query.syntax import parse

        return parse(self._query, self._typing, self._views)

    def _show_found(
        self,
        ids: Sequence[str],
        headings: bool,
        words: tuple[Sought, ...] = (),
        to_top: bool = False,
    ) -> None:
        self._words = words
        paper_list = self.papers
        if not ids:
            said = self._nothing_found() if self._query else self._nothing_there()
            paper_list.empty_text = said
        marks = self._library.all_marks
        paper_list.show(self._library.papers, marks, ids, headings, to_top, words)
        self._show_paper()
        self._show_status()

    def _nothing_found(self, hints: Sequence[str] = ()) -> str:
        """Say that the filter finds nothing, what could help, and what takes it away."""
        # While it is typed its keys are at the bottom of the screen.
        what = "Nothing is unread." if self._query.split() == ["is:unread"] else "No paper matches."
        clears = "" if self._is_typing else f"{key_for(self, 'paper.back')} clears the filter."
        return "\n\n".join(filter(None, (what, "\n".join(hints), clears)))

    def _nothing_there(self) -> str:
        fetch = f"{key_for(self, 'app.fetch'):24}"
        return (
            "No papers yet.\n\n"
            f"{fetch} fetches today's papers\n"
            "papers-tui feeds add hf  subscribes to them\n"
            "papers-tui import FILE   reads a file"
        )

    def _show_count(self, count: int, seconds: float | None = None) -> None:
        text = f"{count:,} of {len(self._library.papers):,}"
        if self._waiting:
            text += " · loading"
        elif seconds is not None:
            text += f" · {seconds * 1_000:.0f} ms"
        self.bar.show_status(text)

    def action_filter(self) -> None:
        """Let the user type a filter."""
        self.bar.edit()

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Put the focus on a widget; where that is the filter, remember the one before it."""
        if isinstance(widget, FilterInput) and not self._is_typing and not from_app_focus:
            self.begin_filter()
        super().set_focus(widget, scroll_visible, from_app_focus)

    def begin_filter(self) -> None:
        """Take note of where Esc goes back to."""
        self._before_edit = self._query, self.papers.ids, self.papers.place

    def action_cancel_filter(self) -> None:
        """Put back the filter that stood before."""
        query, ids, place = self._before_edit
        self._set_filter(query)
        self.papers.move_near(ids, place)
        self.set_focus(self.papers)

    def action_accept_filter(self) -> None:
        """Go to what was found; a last word that was half typed until now is a whole one.

        A filter that is wrong is left by mending it, or with Esc.
        """
        self._typing = False
        if not self._parsed().error:
            self.set_focus(self.papers)
        self.apply_filter()

    def action_all_read(self) -> None:
        """Mark all papers shown as read, or those selected."""
        if not self.filter_is_wrong():
            super().action_all_read()

    def filter_is_wrong(self) -> bool:
        """Tell whether the list is not what the filter says, and say so."""
        error = self._parsed().error
        if error:
            self.notify(f"The filter is wrong: {error.message}.", severity="error", markup=False)
        return bool(error)

    def _set_filter(self, text: str, to_top: bool = False) -> None:
        self._query = text
        self.bar.value = text
        self.apply_filter(to_top=to_top)


def _by_day(query: "Query", found: "Found") -> bool:
    """Tell whether papers of a day stand together, so that it can have a heading."""
    by_date = query.sort[:1] in ((), ("date",), ("-date",)) or query.sort == ("relevance",)
    return by_date and not found.ranked
