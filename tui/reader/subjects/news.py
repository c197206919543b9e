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
        self._arrived = False
        """Whether one was taken to what is new since then; what comes later leads only upwards."""

    def wait(self, anywhere: bool = False) -> None:
        """Take note that one fetched, from the top of the list or anywhere in it."""
        at_top = anywhere or self._panes.list.place == 0
        self._waiting = (self._panes.list.cursor, self._keys_pressed()) if at_top else None
        self._arrived = False

    def came(self, paper_ids: Iterable[str]) -> None:
        """Take note of papers that came, once the list shows them."""
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
        # A sample goes from under the cursor when the first real papers come.
        stayed = cursor == self._panes.list.cursor or cursor not in self._session.papers
        return stayed and keys == self._keys_pressed()

    def _leads_on(self) -> bool:
        """Tell whether what came is to be gone to: the first of it, then only what is above."""
        first = self._first()
        return not self._arrived or (first is not None and first < self._panes.list.place)

    def _first(self) -> int | None:
        """Return the place of the first new paper in the list, if one is there."""
        if not self._ids:  # the ids of a long list are not all worked out
            return None
        ids = enumerate(self._panes.list.ids)
        return next((place for place, each in ids if each in self._ids), None)

    def go(self) -> bool:
        """Go to the first new paper of the list; False where there is none."""
        papers, first = self._panes.list, self._first()
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
