"""Fetch texts and pictures politely: one at a time, in turn with other programs at arXiv."""

from threading import Event

from store.errors import LibraryError
from store.fetching.client import Client
from store.fetching.sources import Mirrors
from store.fetching.turns import Turns, pages_turn
from store.fulltext.document import Document
from store.fulltext.pictures import StoredPictures, check_format, place_of
from store.fulltext.text_sources import Say, find_text
from store.model import Paper


class TextFetcher:
    """Fetches texts from their sources until an event is set; a context manager."""

    def __init__(self, mirrors: Mirrors, cancel: Event, turns: Turns | None = None) -> None:
        self._mirrors = mirrors
        self._client = Client(cancel.wait, turn=pages_turn(turns or Turns(), mirrors.arxiv))

    def __enter__(self) -> "TextFetcher":
        return self

    def __exit__(self, *error: object) -> None:
        self._client.__exit__(*error)

    def find(self, paper: Paper, say: Say) -> Document:
        """Return the text of a paper; NoFullTextError, FetchError, FetchCancelledError."""
        return find_text(paper, self._mirrors, self.get, say)

    def get(self, address: str) -> bytes:
        """Return what is at an address; FetchError, PageMissingError, FetchCancelledError."""
        return self._client.get(address).body


class PictureFetcher:
    """Loads the pictures of one text, stored or fetched, until an event is set; in one thread."""

    def __init__(
        self,
        stored: StoredPictures,
        mirrors: Mirrors,
        cancel: Event,
        turns: Turns | None = None,
    ) -> None:
        self._stored = stored
        self._mirrors = mirrors
        self._cancel = cancel
        self._turns = turns
        self._fetcher: TextFetcher | None = None
        self.problem = ""
        """Why the last picture was not stored, in words."""

    def get(self, address: str, page: str) -> bytes:
        """Return a picture by its address in a text; `page` is the address of the text.

        PictureError if it is not a picture or not allowed, LibraryError, FetchError,
        FetchCancelledError.
        """
        if (data := self._stored.get(address)) is not None:
            return data
        place = place_of(address, page, self._mirrors)
        if self._fetcher is None:
            self._fetcher = TextFetcher(self._mirrors, self._cancel, self._turns)
        data = self._fetcher.get(place)
        check_format(data)
        try:
            self._stored.put(address, data)
        except LibraryError as error:
            self.problem = f"The picture is not saved: {error}"
        return data

    def close(self) -> None:
        """Close the connections."""
        if self._fetcher is not None:
            self._fetcher.__exit__()
