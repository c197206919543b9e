"""What helps to type a filter: those typed before, completion, and the ways to leave it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

from tui.reader.panes import Panes
from tui.reader.session import Session
from tui.reader.subjects.finding import Finding

LOOKED_AT = 60
"""The papers at the top of the list whose authors complete what is typed."""


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
        """`saved_filters` returns those typed in earlier visits, the latest last.

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
        """The filters that can be gone back to, the latest last, and behind them the present."""
        self._place = 0
        """Which of them is shown."""
        self._completions: Mapping[str, Iterable[str]] = {}
        """By field, the names that complete what is typed, as they were when it was begun."""

    def begin(self) -> None:
        """Take note of where Esc goes back to; earlier filters and names are looked up anew."""
        papers = self._panes.list
        self._before = self._session.query, papers.ids, papers.place
        self._older, self._completions = (), {}

    def typed(self, text: str) -> None:
        """Show what a filter finds that is being typed, and how it may go on."""
        from tui.reader.filter_completion import complete

        self._finding.typed(text)
        self._panes.filter.suggest(complete(text, self._names_of))

    def cancel(self) -> None:
        """Put back the filter that stood before."""
        query, ids, place = self._before
        self._finding.set_query(query)
        self._panes.list.move_near(ids, place)
        self._focus_list()

    def accept(self) -> None:
        """Go to what was found; fetch the paper that the filter names and the library lacks."""
        self._leave()
        if not (self._panes.is_typing or self._session.shown.ids) and self._session.wanted:
            self._fetch_wanted()

    def _leave(self) -> None:
        """Go to the list, and remember the filter; a half-typed last word is a whole one.

        A filter that is wrong is left by mending it, or with Esc.
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
        """Show the filter typed after this one; behind the latest is the list."""
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
