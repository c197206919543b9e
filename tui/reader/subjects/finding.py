"""How the reader finds papers: months are read behind the first paint, a filter works at every key.

Work that could hold up a key is done in slices of a few milliseconds, with the keys let through in
between; a newer key makes what was done for an older one stop.
"""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from time import perf_counter

from store.errors import LibraryError
from store.model import Paper
from tui.reader.background import Background, Priority
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.session import Session
from tui.reader.shown import Arrived

ABSTRACTS_AFTER = 0.02
"""Seconds from a letter to the search of many abstracts: a frame.

Searching right away would hold the interpreter while the frame is written out.
"""
SLICE = 3_000
"""Abstracts that are searched before keys are let through."""
PREPARED = 400
"""Papers that are made ready for searching before keys are let through."""
SAID_AGAIN = 0.1
"""Seconds between two looks at how far it is."""
SHOWN_AGAIN = 0.25
"""Seconds between two looks at what a filter finds among the papers read so far."""
FEW = 10
"""Where fewer papers than this are found, those with some of the words are looked for."""
HINTS_AFTER = 0.1
"""Seconds from a filter that finds few papers or none to looking for what else there is."""
HINTS_TRIED, HINTS_SAID = 10, 3
"""How many things to leave out are tried, and how many are named."""


class Finding:
    """The query, and what it finds, on the screen."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        background: Background,
        show_list: Callable[[], None],
        recount: Callable[[], None],
    ) -> None:
        """`show_list` puts the list in sight, `recount` tells that counts may be others."""
        self._session = session
        self._panes = panes
        self._messages = messages
        self._background = background
        self._show_list = show_list
        self._recount = recount
        self._applied_at = 0.0

    # Reading

    def begin(self) -> None:
        """Show the newest month; `read_rest` reads the others behind the first paint."""
        for error in self._session.begin():
            self._say_missing(error)
        if self._session.query:
            self.apply()
        else:
            self._panes.paint()

    def read_rest(self) -> None:
        """Read the other months."""
        self._background.start(Priority.READING, self._reading())

    def _reading(self) -> Iterator[None]:
        """Do in slices what has to be done before everything can be found at once."""
        session = self._session
        self._panes.show_begun()
        while session.catalogue.is_behind or session.loading:
            if session.catalogue.is_behind:
                _ = session.index
            else:
                self.arrived(session.read_month())
                if session.query and perf_counter() - self._applied_at > SHOWN_AGAIN:
                    self.apply(typing=self._panes.is_typing)
            yield
        if not session.library.complete:
            session.library.complete = True
            self.apply(typing=self._panes.is_typing)
            yield
        while not session.index.prepare(PREPARED):
            yield
        # From here on there may be garbage, but not in what has been read.
        gc.freeze()
        gc.enable()

    def arrived(self, arrived: Arrived) -> None:
        """Take out of the list what is gone; say which months can't be read."""
        if arrived.gone:
            self._panes.list.forget(arrived.gone)
        for error in arrived.errors:
            self._say_missing(error)
        self._recount()

    def look_at_day(self) -> None:
        """Where another day has begun, show what depends on it anew."""
        kept = self._session.new_day()
        if kept is not None:
            self.apply(typing=self._panes.is_typing, keep=kept)
            self._panes.status.refresh()
            self._recount()

    def _say_missing(self, error: LibraryError) -> None:
        text = f"{error}\nRun papers-tui doctor for help."
        self._messages.say_for_long("A month is missing", text)

    # Applying the query

    def typed(self, text: str) -> None:
        """Show what a filter finds that is being typed."""
        self._session.query = text
        self.apply(typing=True, to_top=bool(text))

    def set_query(self, text: str, to_top: bool = False) -> None:
        """Show what a filter finds that was not typed."""
        self._session.query = text
        self._panes.bar.value = text
        self.apply(to_top=to_top)

    def apply(self, typing: bool = False, to_top: bool = False, keep: Collection[str] = ()) -> None:
        """Show what the query finds; what is wrong with it is said beside it.

        Where it can't be understood the list stays as it is. Papers to keep stay in the list.
        """
        self._background.stop(Priority.TYPED)
        self._background.stop(Priority.HINTS)
        if not self._session.find(typing, keep):
            self._panes.paint_found()
            return
        self._applied_at = perf_counter()
        self._paint(to_top)
        if not self._session.shown.complete:
            self._background.start(Priority.TYPED, self._the_rest(), ABSTRACTS_AFTER)

    def apply_again(self) -> None:
        """Show what the query finds now, and keep what is shown."""
        self.apply(typing=self._panes.is_typing, keep=self._session.shown.ids)

    def _the_rest(self) -> Iterator[None]:
        """Show what takes longer to find, once it is there."""
        return self._painted(self._session.find_the_rest(SLICE))

    def _painted(self, steps: Iterator[bool]) -> Iterator[None]:
        """Do steps, and paint after those that say so; in between, how far it is."""
        said = perf_counter()
        for shown in steps:
            if shown:
                # Who looks at the top of a list goes on to do so when its order is another.
                self._paint(to_top=self._panes.list.place == 0)
            elif perf_counter() - said > SAID_AGAIN:
                self._panes.paint_found()
                said = perf_counter()
            yield

    def _paint(self, to_top: bool = False) -> None:
        self._panes.paint(to_top)
        shown = self._session.shown
        few = len(shown.ids) < FEW and not self._session.elsewhere_shown
        if few and shown.complete and self._session.query:
            self._background.start(Priority.HINTS, self._below(), HINTS_AFTER)
        else:
            self._background.stop(Priority.HINTS)

    def _below(self) -> Iterator[None]:
        """Show papers with some of the words below the few with all; without any, what helps."""
        from tui.reader.subjects.ranked import find_any_words

        yield from self._painted(find_any_words(self._session, SLICE, FEW))
        if not self._session.shown.ids:
            yield from self._hints()

    def _hints(self) -> Iterator[None]:
        """Find out what the filter would find without one of its parts, else with one alone."""
        from store.query.relax import parts, relaxations

        session = self._session
        for word, less in (("without", relaxations), ("only", parts)):
            said: list[str] = []
            queries = less(session.parsed(), session.query)
            for label, query in islice(queries.items(), HINTS_TRIED):
                yield
                for count in session.count(query, SLICE):
                    if count is None:
                        yield
                    elif count:
                        said.append(f"{word} {label}: {count:,}")
            if said:
                self._panes.paint_hints(said[:HINTS_SAID])
                return

    def toggle_hidden(self) -> None:
        """Show papers that are hidden like others, or leave them out again."""
        session, count = self._session, self._session.library.hidden_count
        if not count and not session.show_hidden:
            self._messages.say("No paper is hidden.")
            return
        session.show_hidden = not session.show_hidden
        self.apply(typing=self._panes.is_typing)
        self._recount()

    def is_wrong(self) -> bool:
        """Tell whether the list is not what the filter says, and say so."""
        error = self._session.parsed().error
        if error:
            self._messages.say(f"The filter is wrong: {error.message}.", severity="error")
        return bool(error)

    # Going somewhere

    def go_to(self, query: str) -> None:
        """Show what a query finds, from its top."""
        self._show_list()
        self.set_query(query, to_top=bool(query))

    def filter_by(self, query: str) -> None:
        """Show what a query finds; the cursor stays on its paper."""
        self._show_list()
        self.set_query(query)

    def go_to_paper(self, paper_id: str) -> None:
        """Put the cursor on a paper; the filter goes where it hides it."""
        self._show_list()
        if paper_id not in self._session.papers:
            self._messages.say("This paper is no longer in the library.")
        elif paper_id not in self._session.shown.ids:
            self.set_query("")
        self._panes.list.move_to_paper(paper_id)

    def papers_about(self, text: str, at_most: int) -> list[Paper]:
        """Return the papers whose titles, authors or tags match a text, best first."""
        from store.query.syntax import parse

        found = self._session.search(parse(text, typing=True), abstracts=False)
        return [self._session.papers[paper_id] for paper_id in islice(found.ids, at_most)]

    def filters(self) -> Iterable[tuple[str, str]]:
        """Yield a query for each view and tag, the most used first, and what it is."""
        from store.query.fields import quoted
        from store.views.known import in_query

        for name in self._session.views:
            yield in_query(name), "Show the view"
        for tag in self._session.library.tags():
            yield f"#{quoted(tag)}", "Show papers with the tag"

    def sort(self) -> None:
        """Ask what to sort by; the letter of what it is sorted by now reverses that."""
        from tui.reader.dialogs.choice_menu import ChoiceMenu
        from tui.reader.subjects.sorting import Sorting

        if self.is_wrong():
            return
        sorting = Sorting(self._session.parsed())

        def apply(letter: str | None) -> None:
            if letter:
                self.set_query(sorting.applied(self._session.query, letter), to_top=True)

        self._panes.ask(ChoiceMenu("Sort by", sorting.choices(), sorting.chosen), apply)
