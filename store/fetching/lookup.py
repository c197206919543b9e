"""Look up papers at services: one by its name, or those found for some words.

A paper on arXiv is looked up at arXiv and Hugging Face, another by the registry of its DOI.
Sources: arXiv API User's Manual, section 3.1; https://huggingface.co/docs/hub/api
(`/api/papers/{id}`, `/api/papers/search`); https://citation.doi.org/docs.html (content negotiation,
CSL-JSON).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote, urlencode

from store.errors import FetchError, NotAFeedError, PapersError
from store.feeds.formats import read_feed
from store.fetching.client import Client
from store.fetching.sources import Mirrors
from store.model import Paper
from store.text.web import key_named

CSL = "application/vnd.citationstyles.csl+json"
"""The media type of CSL-JSON."""
MOST = 50
"""Most papers of a search, a service's best first."""
Ask = Callable[[str, str], bytes]
"""Returns what is at an address, in a media type (empty for any); FetchError."""


class NoPaperNamedError(PapersError):
    """A text names no paper that can be looked up."""

    status = 2


@dataclass(frozen=True, slots=True)
class _Request:
    address: str
    form: str
    """The name of the answer's format for `read_feed`."""
    accept: str = ""


def asking(client: Client) -> Ask:
    """Return the function that asks with a client."""
    return lambda address, accept: client.get(address, accept=accept).body


def named_paper(text: str) -> str:
    """Return the key of the paper in an id, a DOI or an address; NoPaperNamedError."""
    key = key_named(text.strip())
    if key is None:
        raise NoPaperNamedError(
            f"{text[:100]!r} does not name a paper; use an arXiv id, a DOI or the address of one"
        )
    return key


def ask_for(text: str, mirrors: Mirrors, ask: Ask, today: date) -> Paper:
    """Return the paper that a text names from the first service that has it, with today's date.

    Raises NoPaperNamedError, and FetchError or NotAFeedError if no service has it.
    """
    key = named_paper(text)
    failed: PapersError | None = None
    for request in _requests(key, text, mirrors):
        try:
            papers = read_feed(ask(request.address, request.accept), request.form, today).papers
        except (FetchError, NotAFeedError) as error:
            failed = failed or error
            continue
        for paper in papers:
            if key in paper.keys:
                return replace(paper, date=today.isoformat(), feeds=())
    raise failed or FetchError(f"{key} is not known there")


def _requests(key: str, text: str, mirrors: Mirrors) -> Iterator[_Request]:
    """Yield the requests in order; Hugging Face is first if the text is an address there."""
    scheme, _, name = key.partition(":")
    if scheme == "doi":
        yield _Request(f"{mirrors.doi}/{quote(name, safe='/():;,.')}", "csl-json", CSL)
        return
    arxiv = _Request(f"{mirrors.arxiv_api}/api/query?id_list={quote(name)}", "arxiv-atom")
    hf = _Request(f"{mirrors.hf}/api/papers/{quote(name)}", "hf")
    yield from (hf, arxiv) if "huggingface.co" in text else (arxiv, hf)


@dataclass(frozen=True, slots=True)
class PaperSearch:
    """A search for words at a service."""

    service: str
    """The name of the service."""
    address: str
    form: str
    """The name of the answer's format for `read_feed`."""

    def find(self, ask: Ask, today: date) -> Sequence[Paper]:
        """Return the papers found, each once and without feeds; FetchError, NotAFeedError."""
        papers = read_feed(ask(self.address, ""), self.form, today).papers[:MOST]
        return [replace(paper, feeds=()) for paper in {each.id: each for each in papers}.values()]


def paper_searches(words: str, arxiv: str, mirrors: Mirrors) -> list[PaperSearch]:
    """Return the searches for words, and for a query in arXiv's syntax; none for empty texts."""
    hf = urlencode({"q": words, "limit": str(MOST)}, quote_via=quote)
    at_arxiv = {"search_query": arxiv, "sortBy": "relevance", "max_results": str(MOST)}
    api = urlencode(at_arxiv, quote_via=quote)
    searches = []
    if words:
        searches.append(PaperSearch("Hugging Face", f"{mirrors.hf}/api/papers/search?{hf}", "hf"))
    if arxiv:
        address = f"{mirrors.arxiv_api}/api/query?{api}"
        searches.append(PaperSearch("arXiv", address, "arxiv-atom"))
    return searches
