"""Papers that the library lacks, from services: one by its pasted name, others by words.

Services are asked in threads. The list shows what they find beside the library's papers; a mark
keeps a paper, which then arrives like one that another program added.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from store.errors import FetchCancelledError, NotAFeedError, PapersError
from store.fetching.client import Client
from store.fetching.lookup import Ask, ask_for, asking, paper_searches
from store.fetching.transfer import Limits
from store.fetching.turns import api_turn
from store.library import Library
from store.papers.combine import alone
from store.text.clean import clean_line
from tui.reader.elsewhere import Elsewhere, Found, namesake
from tui.reader.job import Job
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.requests import FromThread
from tui.reader.session import Session
from tui.settings.config import Config, chosen_mirrors
from tui.shared.sample import remove_sample
from tui.words import SAMPLE

if TYPE_CHECKING:
    from store.model import Paper

LIMITS = Limits(total=60.0, patience=20.0, retries=1)
"""Timeouts for services that a user waits for."""
REMEMBERED = 100
"""How many answers are remembered, so that no service is asked the same again."""
SAID = 60
"""Letters of what is said to be left out."""

Find = Callable[[Ask], "Sequence[Paper]"]
"""Asks a service; PapersError."""


class Outward:
    """The search of services."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        config: Config,
        show_list: Callable[[], None],
        apply: Callable[[], None],
        open_paper: Callable[[], None],
        post: Callable[[FromThread], object],
    ) -> None:
        """`show_list` puts the list in sight, `apply` shows what the query finds."""
        self._session = session
        self._panes = panes
        self._messages = messages
        self._config = config
        self._show_list = show_list
        self._apply = apply
        self._open_paper = open_paper
        self._post = post
        self._jobs: list[Job] = []
        """What asks services now."""
        self._before: tuple[Sequence[str], int] = (), 0
        """The papers shown before and the cursor's place among them, for Esc."""
        self._answers: dict[str, list[Found]] = {}
        """What was found, by the address that was asked."""

    def search(self) -> None:
        """Ask services for the paper that the filter names, else for its words."""
        from store.query.elsewhere import asked_elsewhere

        session, query = self._session, self._session.parsed()
        if session.elsewhere_shown and session.elsewhere_shown.asking:
            return
        if query.error:
            self._messages.say(f"The filter is wrong: {query.error.message}.", severity="error")
            return
        try:
            mirrors = chosen_mirrors(self._config)
        except PapersError as error:
            self._messages.say(str(error), severity="error")
            return
        if session.wanted:
            name, today = session.query, session.today()
            elsewhere = Elsewhere(session.query, [""], wanted=session.wanted)
            self._ask(elsewhere, {"": ("", lambda ask: [ask_for(name, mirrors, ask, today)])})
            return
        asked = asked_elsewhere(query)
        if not asked.words:
            types, searches = map(self._messages.key, ("filter.edit", "filter.elsewhere"))
            self._messages.say(f"{types} takes words; {searches} searches arXiv for them.")
            return
        finds: dict[str, tuple[str, Find]] = {
            each.service: (each.address, partial(each.find, today=session.today()))
            for each in paper_searches(asked.words, asked.arxiv, mirrors)
        }
        left_out = clean_line(" ".join(asked.left_out), SAID)
        self._ask(Elsewhere(session.query, list(finds), left_out=left_out), finds)

    def leave(self) -> bool:
        """Go back to the list before, and stop asking; return False if no results are shown."""
        if self._session.elsewhere_shown is None:
            return False
        self.stop()
        self._session.leave_elsewhere()
        self._apply()
        self._panes.list.move_near(*self._before)
        return True

    def stop(self) -> bool:
        """Stop asking; return whether a search was running."""
        return bool([job for job in self._jobs if job.stop()])

    def _ask(self, elsewhere: Elsewhere, finds: Mapping[str, tuple[str, Find]]) -> None:
        """Ask services at the same time, and show what comes; what they said before at once."""
        session, papers = self._session, self._panes.list
        if session.elsewhere_shown is None:
            self._before = papers.ids, papers.place
        self.stop()
        self._jobs = []
        session.elsewhere = elsewhere
        for service, (address, find) in finds.items():
            if address in self._answers:
                elsewhere.answered(service, self._answers[address], session.library.named)
                continue
            self._jobs.append(Job("search", self._post))
            self._jobs[-1].start(partial(self._find, elsewhere, service, address, find))
        self._apply()
        papers.move_to(0)
        self._show_list()

    def _found(self, elsewhere: Elsewhere, service: str, address: str, found: list[Found]) -> None:
        """Show what a service found, and remember it."""
        if address:
            if len(self._answers) >= REMEMBERED:
                self._answers.pop(next(iter(self._answers)))
            self._answers[address] = found
        elsewhere.answered(service, found, self._session.library.named)
        self._answered(elsewhere)

    def _failed(self, elsewhere: Elsewhere, service: str, why: str) -> None:
        """Show why a service found nothing."""
        elsewhere.fails(service, why)
        self._answered(elsewhere)

    def _answered(self, elsewhere: Elsewhere) -> None:
        if self._session.elsewhere_shown is not elsewhere:
            return
        self._apply()
        if elsewhere.wanted and elsewhere.ids and not self._panes.is_typing:
            self._open_paper()
        if elsewhere.ids and elsewhere.failed and not elsewhere.asking:
            self._messages.say("; ".join(elsewhere.failures), severity="warning")

    def saved(self) -> None:
        """Remove the sample, now that the user has a paper."""
        library = self._session.library
        if SAMPLE in library.feeds:
            library.feeds -= {SAMPLE}
            Job("sample", self._post).start(self._take_sample_away)

    # In the thread

    def _find(
        self, elsewhere: Elsewhere, service: str, address: str, find: Find, cancel: Event
    ) -> Callable[[], None]:
        try:
            with Client(cancel.wait, LIMITS, turn=api_turn()) as client:
                described = find(asking(client))
            here = list(self._session.library.papers.values())
            titles = {paper.title.casefold(): paper for paper in here}
            found = [
                Found(paper, each, namesake(paper, titles))
                for each, paper in zip(described, map(alone, described), strict=True)
            ]
            return partial(self._found, elsewhere, service, address, found)
        except FetchCancelledError:
            why = "stopped"
        except NotAFeedError as error:
            says = str(error).partition("arXiv says: ")[2]
            why = f"it says {says}" if says else "its answer can't be read"
        except PapersError as error:
            why = clean_line(str(error).partition(": http")[0])
        return partial(self._failed, elsewhere, service, why)

    def _take_sample_away(self, cancel: Event) -> Callable[[], None]:
        try:
            library = Library(self._session.library.folder)
            library.feeds = frozenset((SAMPLE,))
            said = remove_sample(library)
        except PapersError as error:
            said = str(error)
        return partial(self._messages.say, said) if said else lambda: None
