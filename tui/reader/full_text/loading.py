"""How the text of a paper is had: from the library, else from its sources, in a thread."""

from collections.abc import Callable
from threading import Event
from typing import Protocol, TypeAlias

from store.errors import FetchCancelledError, LibraryError, PapersError
from store.fulltext.document import Document, NoFullTextError
from store.fulltext.texts import FullTexts
from store.model import Paper

Find: TypeAlias = Callable[[Paper, Event, Callable[[str], None]], Document]
"""Returns a paper's text from its sources until the event is set, telling what it asks.

NoFullTextError, FetchError, FetchCancelledError.
"""


class Waiting(Protocol):
    """Who waits for a text; called on the screen's own thread."""

    def text_is_fetched(self, where: str) -> None:
        """It is not in the library and is asked for somewhere."""

    def text_is_there(self, document: Document) -> None:
        """It is there."""

    def text_is_missing(self, reason: str) -> None:
        """There is none; why, in words."""

    def text_has_problem(self, problem: str) -> None:
        """Something is wrong that does not keep it from being read."""


class TextLoader:
    """Has the text of one paper, as often as that is wanted."""

    def __init__(
        self,
        paper: Paper,
        texts: FullTexts,
        find: Find,
        waiting: Waiting,
        post: Callable[[Callable[[], None]], object],
        run: Callable[[Callable[[], None]], object],
    ) -> None:
        """`run` works in a thread, `post` has something done on the screen's own."""
        self._paper = paper
        self._texts = texts
        self._find = find
        self._waiting = waiting
        self._post = post
        self._run = run
        self._cancel = Event()

    def load(self, anew: bool = False) -> None:
        """Begin to have the text, from its sources only where it is asked for again."""
        self.stop()
        self._cancel = cancel = Event()
        self._run(lambda: self._load(cancel, anew))

    def stop(self) -> None:
        """Let go of the source."""
        self._cancel.set()

    # In the thread

    def _load(self, cancel: Event, anew: bool) -> None:
        waiting = self._waiting
        try:
            document = None if anew else self._kept(cancel)
            if document is None:
                document = self._fetched(cancel)
        except FetchCancelledError:
            return
        except NoFullTextError as error:
            reason = f"There is no full text of this paper: {error}."
            self._tell(cancel, lambda: waiting.text_is_missing(reason))
        except PapersError as error:
            failed = f"The full text can't be fetched: {error}."
            self._tell(cancel, lambda: waiting.text_is_missing(failed))
        else:
            found = document
            self._tell(cancel, lambda: waiting.text_is_there(found))

    def _kept(self, cancel: Event) -> Document | None:
        try:
            return self._texts.get(self._paper)
        except LibraryError as error:
            problem = f"{error}; fetching it again"
            self._tell(cancel, lambda: self._waiting.text_has_problem(problem))
            return None

    def _fetched(self, cancel: Event) -> Document:
        def say(where: str) -> None:
            self._tell(cancel, lambda: self._waiting.text_is_fetched(where))

        document = self._find(self._paper, cancel, say)
        if cancel.is_set():
            raise FetchCancelledError("cancelled")
        try:
            self._texts.put(self._paper, document)
        except LibraryError as error:
            problem = f"The text is not saved: {error}"
            self._tell(cancel, lambda: self._waiting.text_has_problem(problem))
        return document

    def _tell(self, cancel: Event, do: Callable[[], None]) -> None:
        if not cancel.is_set():
            self._post(do)
