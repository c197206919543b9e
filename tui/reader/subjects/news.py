"""Papers that arrive while the reader is open, and going to them."""

from collections.abc import Callable, Iterable

from tui.reader.panes import Panes
from tui.reader.session import Session


class News:
    """New papers that the user has not gone to yet.

    A user who fetched from the top of the list and has pressed nothing since is taken to the first
    new paper. Others read on, and see how many there are.
    """

    def __init__(
        self,
        session: Session,
        panes: Panes,
        in_list: Callable[[], bool],
        keys_pressed: Callable[[], int],
    ) -> None:
        """`in_list` returns whether the list has the keys and nothing covers it."""
        self._session = session
        self._panes = panes
        self._in_list = in_list
        self._keys_pressed = keys_pressed
        self._ids: set[str] = set()
        """Papers that arrived; some may have left again."""
        self._waiting: tuple[str, int] | None = None
        """The paper under the cursor and the number of keys when the user fetched from the top."""
        self._arrived = False
        """Whether the user was taken to new papers since then; later ones lead only upwards."""

    def wait(self, anywhere: bool = False) -> None:
        """Record that the user fetched, from the top of the list or anywhere in it."""
        at_top = anywhere or self._panes.list.place == 0
        self._waiting = (self._panes.list.cursor, self._keys_pressed()) if at_top else None
        self._arrived = False

    def add(self, paper_ids: Iterable[str]) -> None:
        """Add papers that arrived, once the list shows them."""
        new = set(paper_ids)
        if not new:
            return
        self._ids |= new
        if self._is_waited_for() and self._leads_on() and self.go():
            self._waiting = self._panes.list.cursor, self._keys_pressed()
            self._arrived = True
        else:
            self._paint()

    def _is_waited_for(self) -> bool:
        if self._waiting is None or not self._in_list():
            return False
        cursor, keys = self._waiting
        # A sample paper leaves the cursor when the first real papers come.
        stayed = cursor == self._panes.list.cursor or cursor not in self._session.papers
        return stayed and keys == self._keys_pressed()

    def _leads_on(self) -> bool:
        """Return whether to go to new papers: to the first ones, then only to those above."""
        first = self._first()
        return not self._arrived or (first is not None and first < self._panes.list.place)

    def _first(self) -> int | None:
        """Return the place of the first new paper in the list, if there is one."""
        if not self._ids:  # the ids of a long list are not all worked out
            return None
        ids = enumerate(self._panes.list.ids)
        return next((place for place, each in ids if each in self._ids), None)

    def go(self) -> bool:
        """Go to the first new paper of the list; return False if there is none."""
        papers, first = self._panes.list, self._first()
        if first is None:
            return False
        self._ids.clear()
        self._paint()
        papers.move_to(first)
        papers.show_heading()
        return True

    def move_to(self, place: int) -> None:
        """Go to a place of the list; instead of its top, go to new papers if there are any."""
        if place or not self.go():
            self._panes.list.move_to(place)

    def _paint(self) -> None:
        new = self._ids.intersection(self._panes.list.ids) if self._ids else ()
        self._panes.show_news(len(new))
