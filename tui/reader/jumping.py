"""Where the command palette leads to: a paper by its title, a tag or a view as a filter."""

from collections.abc import Iterable

from store.model import Paper
from tui.reader.sorting import SortingScreen


class JumpingScreen(SortingScreen):
    """A screen whose papers, tags and views can be asked for by name."""

    def papers_about(self, text: str, at_most: int) -> list[Paper]:
        """Return the papers whose titles, authors or tags match a text, best first."""
        from itertools import islice

        from store.query.syntax import parse

        query = parse(text, typing=True)
        found = self._index().search(query, self._library.all_marks, self._today(), False)
        return [self._library.papers[paper_id] for paper_id in islice(found.ids, at_most)]

    def filters(self) -> Iterable[tuple[str, str]]:
        """Yield a query for each view and tag, the most used first, and what it is."""
        from store.query.fields import quoted
        from store.views.known import in_query

        for name in self._views:
            yield in_query(name), "Show the view"
        for tag in self._library.tags():
            yield f"#{quoted(tag)}", "Show what has the tag"

    def filter_by(self, query: str) -> None:
        """Show what a query finds."""
        self._show_list()
        self._set_filter(query)

    def go_to_paper(self, paper_id: str) -> None:
        """Put the cursor on a paper; the filter goes where it hides it."""
        self._show_list()
        if paper_id not in self.papers.ids:
            self._set_filter("")
        self.papers.move_to_paper(paper_id)

    def _show_list(self) -> None:
        self.leave_zen()
        self.remove_class("-reading")
        self.set_focus(self.papers)
