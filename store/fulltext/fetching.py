"""Ask for texts politely: one request at a time, in turn with other programs at arXiv."""

from threading import Event

from store.fetching.addresses import host_of
from store.fetching.client import Client
from store.fetching.sources import Mirrors
from store.fetching.turns import Turns
from store.fulltext.document import Document
from store.fulltext.sources import Say, find_text
from store.model import Paper


class TextFetcher:
    """Has texts from their sources until an event is set; a context manager."""

    def __init__(self, mirrors: Mirrors, cancel: Event, turns: Turns | None = None) -> None:
        self._mirrors = mirrors
        self._turns = turns or Turns()
        self._client = Client(cancel.wait, turn=self._turn)

    def __enter__(self) -> "TextFetcher":
        return self

    def __exit__(self, *error: object) -> None:
        self._client.__exit__(*error)

    def find(self, paper: Paper, say: Say) -> Document:
        """Return the text of a paper; NoFullTextError, FetchError, FetchCancelledError."""
        return find_text(paper, self._mirrors, lambda address: self._client.get(address).body, say)

    def _turn(self, address: str) -> float:
        """Return the seconds until an address may be asked for: arXiv's pages in turn."""
        at_arxiv = host_of(address) == host_of(self._mirrors.arxiv)
        return self._turns.take(address) if at_arxiv else 0.0
