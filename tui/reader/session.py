"""What is open: a library, the query, and what it finds. Knows no screen."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from store.errors import LibraryError
from store.library import ADDED, Library, Month
from store.marks.history import Action
from store.marks.memory import UndoResult
from store.model import Change, Marks, Paper
from store.writer import Changes
from tui.reader.catalogue import Catalogue
from tui.reader.shown import Arrived, Shown, WithLent

if TYPE_CHECKING:  # most of the search code is imported after the first paint
    from store.query.syntax import Problem, Query
    from store.search.found import Found
    from store.search.index import Index
    from store.views.known import View
    from tui.reader.elsewhere import Elsewhere

SHOWN_AGAIN = 0.1
"""Seconds until the papers read so far are searched for the first time."""
SEARCHED_AT_ONCE = 300
"""Up to this many papers, abstracts are searched with the titles, not a frame later; and up to this
many matches are sorted in one go."""


class Session:
    """A library with its index, the query, and what it finds.

    `shown` names only existing papers: every change of the library goes through here, and searches
    again. Papers that the library lacks are in `shown` itself.
    """

    def __init__(
        self,
        library: Library,
        today: Callable[[], date],
        query: str = "",
        views: Mapping[str, str] | None = None,
        liked_since: str = "",
    ) -> None:
        """`liked_since` is the day from which marks count for the user's taste."""
        self.library = library
        self.today = today
        self.query = query
        """The text of the query."""
        self.typing = False
        """Whether the end of the query may be half typed."""
        self.shown = Shown()
        self.problems: tuple[Problem, ...] = ()
        """What is wrong with the query."""
        self.liked_since = liked_since
        self.views: Mapping[str, str] = views or {}
        """The queries of views by name; a query may use them."""
        self.known_views: tuple[View, ...] = ()
        """All views: from the settings, saved, and built in."""
        self._view_names: dict[str, str] = {}
        self._waiting: list[Path] = []
        self.catalogue = Catalogue(library)
        self._day = today()
        self.elsewhere: Elsewhere | None = None
        """The last search of services, until the user leaves it; shown while it is the query."""
        self.show_hidden = False
        """Whether queries find hidden papers too."""
        self._hidden_then: frozenset[str] = frozenset()
        """The papers that were hidden when `shown` was found."""

    # Papers

    @property
    def papers(self) -> Mapping[str, Paper]:
        """The papers read so far and the shown ones that the library lacks, by id."""
        lent = self.shown.lent
        return WithLent(self.library.papers, lent) if lent else self.library.papers

    @property
    def wanted(self) -> str:
        """The key of the paper that the query names and the library lacks; empty for none."""
        from store.text.web import key_named

        key = key_named(self.query) if self.library.complete else None
        return "" if key is None or self.library.named(key) else key

    @property
    def all_marks(self) -> Mapping[str, Marks]:
        """The marks of every paper that has any, by id."""
        return self.library.all_marks

    @property
    def index(self) -> "Index":
        """The index of all papers that have been read."""
        return self.catalogue.index

    @property
    def loading(self) -> bool:
        """Whether months are still to be read."""
        return bool(self._waiting)

    def begin(self) -> Iterator[LibraryError]:
        """Read the newest month with papers and show it; yield why others can't be read."""
        self._waiting = self.library.months()
        while self._waiting:
            month = self.library.load_month(self._waiting.pop(0))
            yield from self._apply_months(month).errors
            if month.papers:
                break
        # Without the index, which is imported after the first paint.
        newest = sorted(self.library.papers.values(), key=lambda paper: paper.date, reverse=True)
        hidden = self._hidden_then = self.library.hidden
        ids = [each.id for each in newest if each.id not in hidden]
        left_out = len(newest) - len(ids)
        self.shown = Shown(ids, headings=True, number=len(ids), hidden=left_out)
        self.library.complete = not self._waiting

    def read_month(self) -> Arrived:
        """Read the next month."""
        return self._apply_months(self.library.load_month(self._waiting.pop(0)))

    def apply(self, changes: Changes) -> Arrived:
        """Apply what another program changed."""
        marked = self.library.apply_marks(changes.marks) if changes.marks else None
        return self._apply_months(*changes.months)._replace(marked=marked)

    def _apply_months(self, *months: Month) -> Arrived:
        """Take months that were read, and stop showing papers that are gone."""
        taken = self.library.apply_months(*months)
        self.catalogue.changed(taken)
        gone = taken.gone
        if self.elsewhere:
            gone = gone | self.elsewhere.arrived(self.library.named)
            if self.elsewhere.wanted and self.elsewhere.ids and not self.elsewhere.lent:
                self.elsewhere = None  # the query finds the paper by itself
        if gone:
            renamed = (gone.get(each) or each for each in self.shown.ids)
            there = list(dict.fromkeys(each for each in renamed if each in self.papers))
            self.shown = self.shown._replace(ids=there)
        other_names = set(gone.values())
        new = tuple(
            each
            for each in taken.new
            if each not in other_names and self.papers[each].feeds != (ADDED,)
        )
        return Arrived(tuple(month.error for month in months if month.error), gone, new)

    # Marks

    def mark(self, paper_ids: Iterable[str], change: Change) -> Action:
        """Change marks in memory; return what changed. Papers that are lent are kept for it."""
        paper_ids = list(paper_ids)
        if self.elsewhere:
            self.keep(paper_ids)
        return self.library.mark(paper_ids, change)

    def keep(self, paper_ids: Sequence[str]) -> bool:
        """Keep those papers that the library lacks; return whether there were any."""
        papers = [*self.elsewhere.keep(paper_ids, self.today())] if self.elsewhere else []
        self.library.keep(papers)
        return bool(papers)

    @property
    def elsewhere_shown(self) -> "Elsewhere | None":
        """The search of services for the query."""
        return self.elsewhere if self.elsewhere and self.elsewhere.query == self.query else None

    def leave_elsewhere(self) -> None:
        """Hide what services found until the next search."""
        self.elsewhere, self.shown = None, Shown()

    def is_lent(self, paper_id: str) -> bool:
        """Return whether a shown paper is not in the library and is not to be kept."""
        paper = self.shown.lent.get(paper_id)
        return paper is not None and not paper.feeds

    def revert(self) -> set[str]:
        """Drop what could not be saved, papers too; return the papers concerned."""
        reverted = self.library.revert()
        if self.elsewhere:
            self.elsewhere.not_kept(self.library.papers)
        return reverted

    def undo(self) -> UndoResult | None:
        """Undo the last action; None if there is none. LibraryError if that is impossible."""
        return self.library.undo()

    def redo(self) -> UndoResult | None:
        """Redo the last action undone; as `undo`."""
        return self.library.redo()

    @property
    def hidden_changed(self) -> bool:
        """Whether the hidden papers have changed since `shown` was found."""
        return self.library.hidden is not self._hidden_then

    # Finding

    def parsed(self) -> "Query":
        """Return what the query means."""
        from store.query.syntax import parse

        query = parse(self.query, self.typing, self.views)
        return replace(query, liked_since=self.liked_since) if self.liked_since else query

    def find(self, typing: bool = False, keep: Collection[str] = ()) -> bool:
        """Run the query; return False if it is wrong, and leave the list as it is.

        Papers to keep stay in a list by date even if the query no longer finds them, such as a
        paper just read under `is:unread`.
        """
        started = perf_counter()
        self.typing = typing
        if (elsewhere := self.elsewhere_shown) is not None:
            self.problems = ()
            self._hidden_then = self.library.hidden
            self.shown = elsewhere.shown(self.library.papers)
            return True
        query = self.parsed()
        self.problems = tuple(query.problems)
        if query.error and self.shown.ids:
            return False
        at_once = len(self.papers) <= SEARCHED_AT_ONCE or self.index.scan(query, 0)
        if any(key.removeprefix("-") == "foryou" for key in query.sort):
            at_once = False
        found = self.search(query, abstracts=at_once)
        if at_once and found.pool and len(found.pool) > SEARCHED_AT_ONCE:
            at_once = False
            found = self.search(query, abstracts=False)
        ids = found.ids
        if keep and not found.ranked and not query.sort:
            # A paper just hidden leaves at once, and is counted.
            from store.query.tree import asks_for_hidden  # like the index, after the paint

            asked = query.tree is not None and asks_for_hidden(query.tree)
            gone = () if asked or self.show_hidden else self.library.hidden
            wanted = {*ids, *(each for each in keep if each not in gone)}
            everything = self.index.search(type(query)(), self.all_marks, self.today())
            ids = [each for each in everything.ids if each in wanted]
        self._show(query, found, ids, started, at_once)
        return True

    def find_the_rest(self, at_most: int) -> Iterator[bool]:
        """Run the slow parts of the search, a slice at a time; yield whether the result is shown
        already.

        These are: matches in many abstracts and their order, which is never shown in part; related
        papers and answers among the papers read so far; the order by the user's taste.
        """
        query = self.parsed()
        started = said = perf_counter()
        wait = SHOWN_AGAIN
        while not self.index.scan(query, at_most):
            if part := self.index.is_reading(query) and perf_counter() - said > wait:
                found = self.search(query, abstracts=False)  # among the papers read so far
                self._show(query, found, found.ids, started, False)
                # Later each time: showing takes as long as a tenth of a second of reading.
                said, wait = perf_counter(), 2 * wait
            yield part
            started = perf_counter() if not self.index.is_reading(query) else started
        for _ in self.index.taste(query, self.all_marks, self.today(), self._hidden_now):
            yield False
        found = self.search(query)
        while found.pool and not found.pool.score(SEARCHED_AT_ONCE):
            yield False
        self._show(query, found, found.ids, started, True)
        yield True

    def search(self, query: "Query", abstracts: bool = True, today: date | None = None) -> "Found":
        """Return the papers a query finds, without showing them."""
        today = today or self.today()
        return self.index.search(query, self.all_marks, today, abstracts, self._hidden_now)

    @property
    def _hidden_now(self) -> frozenset[str]:
        return frozenset() if self.show_hidden else self.library.hidden

    def new_day(self) -> list[str] | None:
        """Return None while the day is the same; else the papers to keep in the next search.

        Papers that the query found because of the day leave; papers that were kept stay.
        """
        before, self._day = self._day, self.today()
        if self._day == before:
            return None
        found = set(self.search(self.parsed(), today=before).ids)
        return [each for each in self.shown.ids if each not in found]

    def count(self, query: "Query", at_most: int) -> "Iterator[int | None]":
        """Yield None for each slice of abstracts searched, and finally the count."""
        query = replace(query, sort=())
        while not self.index.scan(query, at_most):
            yield None
        yield len(self.search(query).ids)

    def found_of(self, query: "Query") -> "list[tuple[Paper, Marks]]":
        """Return the papers that a query finds, with their marks; never hidden ones."""
        found = self.index.search(query, self.all_marks, self.today(), hidden=self.library.hidden)
        return [(self.papers[each], self.library.marks(each)) for each in found.ids]

    def _show(
        self, query: "Query", found: "Found", ids: Sequence[str], started: float, complete: bool
    ) -> None:
        from tui.reader.drawing.reasons import missing_papers, named, note  # after the paint

        by_date = query.sort[:1] in ((), ("date",), ("-date",)) or query.sort == ("relevance",)
        seconds = perf_counter() - started if self.query else None
        self._hidden_then = self.library.hidden
        self.shown = Shown(
            ids, by_date and not found.ranked, found.words, len(found.ids), seconds,
            found.hidden, complete, note=note(self.index, query, complete),
            named=named(self.index, query),
        )  # fmt: skip
        if found.missing and not self.typing:
            self.problems = (*query.problems, *missing_papers(query, found.missing))

    # Views

    def set_views(self, known: "tuple[View, ...]") -> None:
        """Set the views."""
        from store.views.known import in_query, queries_by_name

        self.known_views = known
        self.views = queries_by_name(known)
        names = {in_query(view.name).casefold(): view.name for view in known}
        names |= {normal(view.query): view.name for view in reversed(known) if view.query}
        self._view_names = names

    def view_name(self) -> str:
        """Return the name of the view that equals the query; empty if none does."""
        query = normal(self.query)
        return self._view_names.get(query) or self._view_names.get(query.casefold(), "")


def normal(query: str) -> str:
    """Return a query without redundant spaces."""
    return " ".join(query.split())
