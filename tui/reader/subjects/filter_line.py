"""Help for typing a filter: earlier filters, completion, and ways to leave the line."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

from tui.reader.panes import Panes
from tui.reader.session import Session
from tui.reader.subjects.finding import Finding

LOOKED_AT = 60
"""How many papers at the top of the list give authors for completion."""


class FilterLine:
    """The filter while it is typed."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        finding: Finding,
        focus_list: Callable[[], None],
        saved_filters: Callable[[], Sequence[str]],
        fetch_wanted: Callable[[], None],
    ) -> None:
        """`saved_filters` returns the filters of earlier visits, the latest last.

        `fetch_wanted` fetches the paper that the filter names and the library lacks.
        """
        self._session = session
        self._panes = panes
        self._finding = finding
        self._focus_list = focus_list
        self._saved_filters = saved_filters
        self._fetch_wanted = fetch_wanted
        self._before: tuple[str, Sequence[str], int] = session.query, (), 0
        """The query, the papers shown and the cursor's place among them that Esc goes back to."""
        self.history: Sequence[str] = ()
        """The filters typed since the reader was opened, the latest last."""
        self._older: Sequence[str] = ()
        """The earlier filters, the latest last, and after them the present one."""
        self._place = 0
        """Which of them is shown."""
        self._completions: Mapping[str, Iterable[str]] = {}
        """The names for completion by field, as they were when typing began."""

    def begin(self) -> None:
        """Record where Esc goes back to; look up earlier filters and names again."""
        papers = self._panes.list
        self._before = self._session.query, papers.ids, papers.place
        self._older, self._completions = (), {}

    def typed(self, text: str) -> None:
        """Show what the filter finds while it is typed, and its completion."""
        from tui.reader.filter_completion import complete

        self._finding.typed(text)
        self._panes.filter.suggest(complete(text, self._names_of))

    def cancel(self) -> None:
        """Restore the previous filter."""
        query, ids, place = self._before
        self._finding.set_query(query)
        self._panes.list.move_near(ids, place)
        self._focus_list()

    def accept(self) -> None:
        """Go to the papers found; fetch the paper that the filter names and the library lacks."""
        self._leave()
        if not (self._panes.is_typing or self._session.shown.ids) and self._session.wanted:
            self._fetch_wanted()

    def _leave(self) -> None:
        """Go to the list, and remember the filter; its last word counts as complete.

        To leave a wrong filter, correct it or press Esc.
        """
        self._session.typing = False
        if not self._session.parsed().error:
            self._focus_list()
        self._finding.apply()
        query = self._session.query
        if query.strip() and not self._panes.is_typing:
            self.history = (*self.history, query)

    def earlier(self) -> None:
        """Show the filter typed before this one."""
        query = self._session.query
        if not self._older or self._older[self._place] != query:
            from store.views.file import with_filters

            typed = with_filters(tuple(self._saved_filters()), self.history)
            earlier = [text for text in typed if text != query]
            self._older = (*earlier, query)
            self._place = len(earlier)
        self._show_older(-1)

    def later(self) -> None:
        """Show the filter typed after this one; after the latest comes the list."""
        at_end = self._place + 1 >= len(self._older)
        if at_end or self._older[self._place] != self._session.query:
            self._leave()
        else:
            self._show_older(1)

    def _show_older(self, step: int) -> None:
        self._place = max(self._place + step, 0)
        self._panes.bar.value = self._older[self._place]

    def _names_of(self, field: str) -> Iterable[str]:
        """Return the names of a field, the most used or the nearest first."""
        session = self._session
        if field == "view":
            return session.views
        if field == "author":
            papers = map(session.papers.__getitem__, session.shown.ids[:LOOKED_AT])
            return (author for paper in papers for author in paper.authors)
        if field == "tag" and "tag" not in self._completions:
            self._completions = {**self._completions, "tag": session.library.tags()}
        elif field in ("feed", "cat") and field not in self._completions:
            of_each = attrgetter({"feed": "feeds", "cat": "categories"}[field])
            uses = Counter(
                name for paper in session.library.papers.values() for name in of_each(paper)
            )
            self._completions = {**self._completions, field: dict(uses.most_common())}
        return self._completions.get(field, ())
