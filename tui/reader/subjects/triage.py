"""Going through unread papers on cards, one paper per screen."""

from collections.abc import Callable, Iterator
from functools import partial

from tui.reader.background import Background, Priority
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.session import Session
from tui.reader.triage.cards import Cards
from tui.reader.triage.screen import TriageScreen
from tui.words import count_papers


class Triage:
    """The cards, while they are open."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        background: Background,
        do: Callable[..., object],
    ) -> None:
        """`do` calls a method of a part of the reader, as "marking.undo"."""
        self._session = session
        self._panes = panes
        self._messages = messages
        self._background = background
        self._do = do
        self._screen: TriageScreen | None = None

    def begin(self) -> None:
        """Go through the unread papers shown, or the selected ones, in their order."""
        if self._do("finding.is_wrong") or not self._do("marking.can_mark"):
            return
        marks = self._session.library.marks
        meant = self._panes.list.selected_here() or self._session.shown.found
        unread = [each for each in meant if not marks(each).read]
        if not unread:
            self._messages.say("Nothing that is shown is unread.")
            return
        cards = Cards(unread, self._session.papers, marks, self._do)
        self._screen = TriageScreen(cards, self._messages.key)
        self._panes.ask(self._screen, partial(self._left, cards))

    def begin_when_read(self) -> None:
        """Begin once all papers are loaded and the list is complete."""
        self._background.start(Priority.CARDS, self._beginning())

    def _beginning(self) -> Iterator[None]:
        session = self._session
        while not (session.library.complete and session.shown.complete):
            yield
        self.begin()

    def stop(self) -> bool:
        """Close the cards for another paper; return whether there were cards."""
        screen, self._screen = self._screen, None
        if screen is None:
            return False

        def close() -> None:  # without an answer: the one who closes would wait for it
            screen.dismiss(False)

        screen.call_after_refresh(close)
        return True

    def repaint(self) -> None:
        """Show changes that happened under the cards."""
        if self._screen is not None and self._screen.is_active:
            self._screen.show()

    def _left(self, cards: Cards, selects: bool | None) -> None:
        """Continue in the list where the cards ended; select the kept papers if asked to."""
        if self._screen is None:
            return
        self._screen = None
        kept = cards.kept
        self._panes.list.move_to_paper(kept[0] if selects else cards.paper_id)
        if selects:
            self._panes.select(kept)
        else:
            self._messages.say(f"{count_papers(cards.seen)} seen, {len(kept):,} kept.")
