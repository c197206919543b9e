"""Papers that came while the reader is open, and the way to them."""

from collections.abc import Callable, Iterable

from tui.reader.panes import Panes
from tui.reader.session import Session


class News:
    """What came and was not gone to yet.

    Who fetched from the top of the list and has touched nothing since is taken to the first new
    paper. Everybody else reads on, and is told how many there are.
    """

    def __init__(
        self,
        session: Session,
        panes: Panes,
        in_list: Callable[[], bool],
        keys_pressed: Callable[[], int],
    ) -> None:
        """`in_list` tells whether the keys are for the list, and nothing is over it."""
        self._session = session
        self._panes = panes
        self._in_list = in_list
        self._keys_pressed = keys_pressed
        self._ids: set[str] = set()
        """Papers that came; of those that left again some may be among them."""
        self._waiting: tuple[str, int] | None = None
        """The paper under the cursor and the number of keys, since one fetched from the top."""

    def wait(self) -> None:
        """Take note that one fetched, and where the cursor is."""
        at_top = self._panes.list.place == 0
        self._waiting = (self._panes.list.cursor, self._keys_pressed()) if at_top else None

    def came(self, paper_ids: Iterable[str]) -> None:
        """Take note of papers that came, once the list shows them."""
        new = set(paper_ids)
        if not new:
            return
        self._ids |= new
        if self._is_waited_for() and self.go():
            self._waiting = self._panes.list.cursor, self._keys_pressed()
        else:
            self._paint()

    def _is_waited_for(self) -> bool:
        if self._waiting is None or not self._in_list():
            return False
        cursor, keys = self._waiting
        # A sample goes from under the cursor when the first real papers come.
        stayed = cursor == self._panes.list.cursor or cursor not in self._session.papers
        return stayed and keys == self._keys_pressed()

    def go(self) -> bool:
        """Go to the first new paper of the list; False where there is none."""
        if not self._ids:  # the ids of a long list are not all worked out
            return False
        papers = self._panes.list
        first = next((place for place, each in enumerate(papers.ids) if each in self._ids), None)
        if first is None:
            return False
        self._ids.clear()
        self._paint()
        papers.move_to(first)
        papers.show_heading()
        return True

    def move_to(self, place: int) -> None:
        """Go to a place of the list; in place of its top to what is new, where that waits."""
        if place or not self.go():
            self._panes.list.move_to(place)

    def _paint(self) -> None:
        new = self._ids.intersection(self._panes.list.ids) if self._ids else ()
        self._panes.tell_news(len(new))
