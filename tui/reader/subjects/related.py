"""Related papers, and the way back from them."""

from collections.abc import Callable, Sequence

from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.session import Session


class Related:
    """Related papers."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        go_to: Callable[[str], None],
        set_query: Callable[[str], None],
    ) -> None:
        """`go_to` shows what a query finds, `set_query` with the cursor where it was."""
        self._session = session
        self._panes = panes
        self._messages = messages
        self._go_to = go_to
        self._set_query = set_query
        self._before: list[tuple[str, str, Sequence[str], int]] = []
        """For each query for related papers: it, the query before, what was shown, the place."""

    def show(self) -> None:
        """Show the papers most like the one under the cursor."""
        from store.query.fields import quoted

        papers = self._panes.list
        if not papers.cursor:
            self._messages.say("There is no paper under the cursor.")
            return
        if self._session.is_lent(papers.cursor):
            self._messages.say("What is like a paper is found once it is in the library.")
            return
        query = f"like:{quoted(papers.cursor)}"
        if query != self._session.query:
            self._before.append((query, self._session.query, papers.ids, papers.place))
        self._go_to(query)

    def leave(self) -> bool:
        """Go back to the list before; return False if no related papers are shown."""
        while self._before:
            query, before, ids, place = self._before.pop()
            if query == self._session.query:
                self._set_query(before)
                self._panes.list.move_near(ids, place)
                return True
        return False
