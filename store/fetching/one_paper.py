"""Ask for one paper by its name: arXiv and Hugging Face by arXiv id, the registry of its DOI.

Sources: arXiv API User's Manual, section 3.1 (id_list); https://huggingface.co/docs/hub/api
(`/api/papers/{id}`); https://citation.doi.org/docs.html (content negotiation, CSL-JSON).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from store.errors import FetchError, NotAFeedError, PapersError
from store.feeds.formats import read_feed
from store.fetching.client import Client
from store.fetching.sources import Mirrors
from store.model import Paper
from store.text.web import key_named

CSL = "application/vnd.citationstyles.csl+json"
"""The media type of CSL-JSON."""
Ask = Callable[[str, str], bytes]
"""Returns what is at an address in a media type, or in any for ""; FetchError."""


class NoPaperNamedError(PapersError):
    """A text names no paper that can be asked for."""

    status = 2


@dataclass(frozen=True, slots=True)
class _Request:
    address: str
    form: str
    """The format of the answer, as `read_feed` names it."""
    accept: str = ""


def asking(client: Client) -> Ask:
    """Return what asks by a client."""
    return lambda address, accept: client.get(address, accept=accept).body


def named_paper(text: str) -> str:
    """Return the key of the paper that an id, a DOI or an address names; NoPaperNamedError."""
    key = key_named(text.strip())
    if key is None:
        raise NoPaperNamedError(
            f"{text[:100]!r} does not name a paper; use an arXiv id, a DOI or the address of one"
        )
    return key


def ask_for(text: str, mirrors: Mirrors, ask: Ask, today: date) -> Paper:
    """Return the paper that a text names, as of today, in no feed; the first source that has it.

    Raises NoPaperNamedError, and FetchError or NotAFeedError if no source has it.
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
            if key in (paper.id, *paper.aliases):
                return replace(paper, date=today.isoformat(), feeds=())
    raise failed or FetchError(f"{key} is not known there")


def _requests(key: str, text: str, mirrors: Mirrors) -> Iterator[_Request]:
    """Yield what to ask in turn; of a page at Hugging Face that comes first."""
    scheme, _, name = key.partition(":")
    if scheme == "doi":
        yield _Request(f"{mirrors.doi}/{quote(name, safe='/():;,.')}", "csl-json", CSL)
        return
    arxiv = _Request(f"{mirrors.arxiv_api}/api/query?id_list={quote(name)}", "arxiv-atom")
    hf = _Request(f"{mirrors.hf}/api/papers/{quote(name)}", "hf")
    yield from (hf, arxiv) if "huggingface.co" in text else (arxiv, hf)
