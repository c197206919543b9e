"""Ask services what papers they have for some words.

Sources: https://huggingface.co/docs/hub/api (`/api/papers/search`); arXiv API User's Manual,
section 3.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote, urlencode

from store.feeds.formats import read_feed
from store.fetching.one_paper import Ask
from store.fetching.sources import Mirrors
from store.model import Paper

MOST = 50
"""Papers that a service is asked for, its best first."""


@dataclass(frozen=True, slots=True)
class PaperSearch:
    """A search at a service."""

    service: str
    """The name of the service."""
    address: str
    form: str
    """The format of the answer, as `read_feed` names it."""

    def find(self, ask: Ask, today: date) -> Sequence[Paper]:
        """Return what is found, each paper once and in no feed; FetchError, NotAFeedError."""
        papers = read_feed(ask(self.address, ""), self.form, today).papers[:MOST]
        return [replace(paper, feeds=()) for paper in {each.id: each for each in papers}.values()]


def paper_searches(words: str, arxiv: str, mirrors: Mirrors) -> list[PaperSearch]:
    """Return the searches for words and for what arXiv's syntax says; none for empty texts."""
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
