"""How the full text of a paper is had: from the library, else from its source, in a thread."""

from collections.abc import Callable
from threading import Event
from typing import TypeAlias
from urllib.parse import urlsplit

from textual import work
from textual.message import Message
from textual.screen import Screen

from store.errors import FetchCancelledError, LibraryError, PageMissingError, PapersError
from store.full_texts import FullTexts, NoFullTextError, Place, read_full_text
from store.model import Paper

Get: TypeAlias = Callable[[str, Event], bytes]
"""Returns what is at an address until the event is set; PapersError where that can't be had."""


def download(address: str, cancel: Event) -> bytes:
    """Return what is at an address; FetchError, or FetchCancelledError once the event is set."""
    from store.fetching.client import Client

    with Client(cancel.wait) as client:
        return client.get(address).body


class TextLoadingScreen(Screen[None]):
    """A screen that is told of one paper's text by messages."""

    class Fetching(Message):
        """The text is not in the library and is being fetched."""

    class Loaded(Message):
        """The text is there."""

        def __init__(self, pieces: list[str], place: Place) -> None:
            super().__init__()
            self.pieces = pieces
            self.place = place

    class Failed(Message):
        """There is no text; why, in words."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    class Noticed(Message):
        """Something is wrong that does not keep the text from being read."""

        def __init__(self, problem: str) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, paper: Paper, texts: FullTexts, address: str | None, get: Get) -> None:
        super().__init__()
        self._paper = paper
        self._texts = texts
        self._address = address
        self._get = get
        self._cancel = Event()

    def load(self, anew: bool = False) -> None:
        """Begin to have the text, from its source only where it is asked for anew."""
        self.stop_loading()
        self._cancel = Event()
        self._load(self._cancel, anew)

    def stop_loading(self) -> None:
        """Let go of the source."""
        self._cancel.set()

    @work(thread=True, name="full text", group="full text", exclusive=True)
    def _load(self, cancel: Event, anew: bool) -> None:
        """Read the text from the library, else fetch and keep it; tell what came of it."""
        try:
            text = None if anew else self._kept()
            if text is None:
                text = self._fetch(cancel)
        except FetchCancelledError:
            return
        except PageMissingError:
            place = urlsplit(self._address or "").hostname
            self._tell(cancel, self.Failed(f"There is no full text of this paper at {place}."))
        except NoFullTextError as error:
            self._tell(cancel, self.Failed(f"There is no full text of this paper: {error}."))
        except PapersError as error:
            self._tell(cancel, self.Failed(f"The full text can't be fetched: {error}."))
        else:
            from tui.reader.full_text.parser import parse
            from tui.reader.full_text.pieces import split_markdown

            parse("")  # imports the parser here, where no key waits for it
            self._tell(cancel, self.Loaded(split_markdown(text), self._texts.place(self._paper)))

    def _kept(self) -> str | None:
        try:
            return self._texts.get(self._paper)
        except LibraryError as error:
            self.post_message(self.Noticed(f"{error}; it is fetched again"))
            return None

    def _fetch(self, cancel: Event) -> str:
        if self._address is None:
            raise NoFullTextError("only papers on arXiv have one")
        self._tell(cancel, self.Fetching())
        text = read_full_text(self._get(self._address, cancel))
        if cancel.is_set():
            raise FetchCancelledError("cancelled")
        try:
            self._texts.put(self._paper, text)
        except LibraryError as error:
            self.post_message(self.Noticed(f"The text is not kept: {error}"))
        return text

    def _tell(self, cancel: Event, message: Message) -> None:
        if not cancel.is_set():
            self.post_message(message)
