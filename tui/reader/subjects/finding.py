"""How the reader finds papers: it reads months after the first paint, and filters at every key.

Work that could hold up a key runs in slices of a few milliseconds, with keys in between; a new key
stops the work for an older one.
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
"""How many abstracts one slice searches."""
PREPARED = 400
"""How many papers one slice prepares for searching."""
SAID_AGAIN = 0.1
"""Seconds between updates of the progress."""
SHOWN_AGAIN = 0.25
"""Seconds between searches of the papers read so far."""
FEW = 10
"""If fewer papers than this match, papers with some of the words are shown too."""
HINTS_AFTER = 0.1
"""Seconds until a filter with few matches or none looks for others."""
HINTS_TRIED, HINTS_SAID = 10, 3
"""How many parts to drop are tried, and how many are suggested."""


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
        """`show_list` brings the list into sight, `recount` reports that counts may have
        changed."""
        self._session = session
        self._panes = panes
        self._messages = messages
        self._background = background
        self._show_list = show_list
        self._recount = recount
        self._applied_at = 0.0

    # Reading

    def begin(self) -> None:
        """Show the newest month; `read_rest` reads the others after the first paint."""
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
        """Prepare, in slices, everything that fast searches need."""
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
        # From here on there may be garbage to collect, but not in what has been read.
        gc.freeze()
        gc.enable()

    def arrived(self, arrived: Arrived) -> None:
        """Remove from the list papers that are gone; report unreadable months."""
        if arrived.gone:
            self._panes.list.forget(arrived.gone)
        for error in arrived.errors:
            self._say_missing(error)
        self._recount()

    def look_at_day(self) -> None:
        """If a new day has begun, show again what depends on it."""
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
        """Show what a filter finds while it is typed."""
        self._session.query = text
        self.apply(typing=True, to_top=bool(text))

    def set_query(self, text: str, to_top: bool = False) -> None:
        """Show what a filter finds that was not typed."""
        self._session.query = text
        self._panes.bar.value = text
        self.apply(to_top=to_top)

    def apply(self, typing: bool = False, to_top: bool = False, keep: Collection[str] = ()) -> None:
        """Show what the query finds, or its error beside it.

        If the query is wrong, the list stays as it is. Papers to keep stay in the list.
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
        """Show what the query finds now, and keep the papers shown."""
        self.apply(typing=self._panes.is_typing, keep=self._session.shown.ids)

    def _the_rest(self) -> Iterator[None]:
        """Show slower results once they are there."""
        return self._painted(self._session.find_the_rest(SLICE))

    def _painted(self, steps: Iterator[bool]) -> Iterator[None]:
        """Run steps, and paint after those that ask for it; in between, paint the progress."""
        said = perf_counter()
        for shown in steps:
            if shown:
                # A cursor at the top of the list stays there when the order changes.
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
        """Show papers with some of the words below the few with all; without any, suggestions."""
        from tui.reader.subjects.ranked import find_any_words

        yield from self._painted(find_any_words(self._session, SLICE, FEW))
        if not self._session.shown.ids:
            yield from self._hints()

    def _hints(self) -> Iterator[None]:
        """Find out what the filter would find without one of its parts, else with only one."""
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
        """Show hidden papers among the others, or hide them again."""
        session, count = self._session, self._session.library.hidden_count
        if not count and not session.show_hidden:
            self._messages.say("No paper is hidden.")
            return
        session.show_hidden = not session.show_hidden
        self.apply(typing=self._panes.is_typing)
        self._recount()

    def is_wrong(self) -> bool:
        """Return whether the list does not match the filter, and show an error if so."""
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
        """Put the cursor on a paper; clear a filter that hides it."""
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
        """Ask what to sort by; the letter of the present order reverses it."""
        from tui.reader.dialogs.choice_menu import ChoiceMenu
        from tui.reader.subjects.sorting import Sorting

        if self.is_wrong():
            return
        sorting = Sorting(self._session.parsed())

        def apply(letter: str | None) -> None:
            if letter:
                self.set_query(sorting.applied(self._session.query, letter), to_top=True)

        self._panes.ask(ChoiceMenu("Sort by", sorting.choices(), sorting.chosen), apply)
