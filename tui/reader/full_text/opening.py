"""Open the text of a paper over the list."""

from collections.abc import Callable
from threading import Event

from store.errors import PapersError
from store.fetching.sources import Mirrors
from store.fulltext.blocks import Block
from store.fulltext.document import Document
from store.fulltext.fetching import TextFetcher
from store.fulltext.kept import FOLDER, FullTexts
from store.fulltext.places import Places
from store.model import Paper
from tui.config import Config
from tui.mirrors import chosen_mirrors
from tui.reader.full_text.screen import FullTextScreen
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.session import Session


class TextOpening:
    """The texts of a library, and the places in them that wait to be saved."""

    def __init__(self, session: Session, panes: Panes, messages: Messages, config: Config) -> None:
        self._panes = panes
        self._messages = messages
        self._config = config
        self._texts = FullTexts(session.library.folder / FOLDER)
        self._places = Places(session.library.folder / FOLDER)

    def open(self, paper: Paper) -> bool:
        """Show the text of a paper; False where the settings keep that from being looked for."""
        try:
            mirrors = chosen_mirrors(self._config)
        except PapersError as error:
            self._messages.say(str(error), severity="error")
            return False

        def find(paper: Paper, cancel: Event, say: Callable[[str], None]) -> Document:
            return find_text(paper, mirrors, cancel, say)

        screen = FullTextScreen(paper, self._texts, self._places, find, self._ask_about)
        self._panes.ask(screen, lambda _: None)
        return True

    def _ask_about(self, entry: Block) -> None:
        """Say what a reference is."""
        self._messages.say(entry.words.text)


def find_text(
    paper: Paper, mirrors: Mirrors, cancel: Event, say: Callable[[str], None]
) -> Document:
    """Return the text of a paper from its sources, until the event is set."""
    with TextFetcher(mirrors, cancel) as fetcher:
        return fetcher.find(paper, say)
