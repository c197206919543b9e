"""Requests about papers to the services of the watch, and their answers.

arXiv answers for many papers at a time, Hugging Face and bioRxiv for one. Semantic Scholar counts
the citations of many papers at a time; it needs a key.

Sources: arXiv API User's Manual, section 3.1 (id_list); https://huggingface.co/docs/hub/api
(`/api/papers/{id}`); https://api.biorxiv.org (`/details/SERVER/DOI`);
https://api.semanticscholar.org/api-docs/graph (`/paper/batch`, up to 500 ids). Limits: arXiv one
request in 3 seconds, Hugging Face 500 in 5 minutes, Semantic Scholar one a second with a key.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import cast
from urllib.parse import quote

import orjson

from store.errors import NotAFeedError
from store.feeds.json_fields import Fields, parse_json
from store.feeds.reading import decode
from store.identity import arxiv_id, doi
from store.model import Links, Paper
from store.watch.facts import Facts

ARXIV, HF, BIORXIV, CITATIONS = "arxiv", "hf", "biorxiv", "semantic_scholar"
_BIORXIV = ("doi:10.1101/", "doi:10.64898/")
MOST_IDS = 200
"""Most papers in a request to arXiv."""
MOST_ASKED = {ARXIV: 1_000, HF: 100, BIORXIV: 100, CITATIONS: 500}
"""Most papers that a source is asked about in a day; those asked about longest ago come first."""


def arxiv_requests(base: str, numbers: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the addresses of requests about papers by arXiv id, each with its ids."""
    rest = iter(numbers)
    while some := list(islice(rest, MOST_IDS)):
        yield f"{base}/api/query?id_list={','.join(some)}&max_results={len(some)}", some


def hf_request(base: str, number: str) -> str:
    """Return the address of a request about a paper by arXiv id."""
    return f"{base}/api/papers/{number}"


def preprint_doi(paper: Paper) -> str:
    """Return the DOI of a preprint at bioRxiv or medRxiv; empty for other papers."""
    names = paper.keys
    return next((name[4:] for name in names if name.startswith(_BIORXIV)), "")


def biorxiv_request(base: str, paper: Paper) -> str:
    """Return the address of a request about all versions of a preprint."""
    server = "medrxiv" if "medrxiv" in paper.links.page else "biorxiv"
    return f"{base}/details/{server}/{quote(preprint_doi(paper), safe='/')}/na/json"


def cited_name(paper: Paper) -> str:
    """Return the name of a paper at Semantic Scholar, from its arXiv id or DOI; empty without."""
    if number := arxiv_id(paper):
        return f"ARXIV:{number}"
    return f"DOI:{known}" if (known := doi(paper)) else ""


def citations_request(base: str, papers: Sequence[Paper]) -> tuple[str, bytes]:
    """Return address and body (JSON) of a request about the citations of papers."""
    names = [cited_name(paper) for paper in papers]
    return f"{base}/graph/v1/paper/batch?fields=citationCount", orjson.dumps({"ids": names})


def citation_counts(body: bytes, asked: int) -> list[int | None]:
    """Return the number of citations of each requested paper, None for an unknown one.

    NotAFeedError if the answer can't be understood.
    """
    value = parse_json(decode(body)[0])
    if not isinstance(value, list) or len(value) != asked:
        raise NotAFeedError("the answer is not a list of the papers requested")
    counts: list[int | None] = []
    for each in value:
        count = each.get("citationCount") if isinstance(each, dict) else None
        known = isinstance(count, int) and not isinstance(count, bool) and count >= 0
        counts.append(count if known else None)
    return counts


def from_hf(before: Facts, body: bytes) -> Facts:
    """Return the facts after an answer of Hugging Face's; NotAFeedError if it is none."""
    value = parse_json(decode(body)[0])
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise NotAFeedError("the answer is not a Hugging Face paper")
    fields = Fields(cast("Mapping[str, object]", value), "the answer", [])
    return replace(
        before,
        code=fields.address("githubRepo") or before.code,
        models=_or(fields.number("numTotalModels"), before.models),
        datasets=_or(fields.number("numTotalDatasets"), before.datasets),
        stars=_or(fields.number("githubStars"), before.stars),
    )


def with_code(paper: Paper, code: str) -> Paper:
    """Return a paper with only its code known, to be added to the library."""
    return Paper(paper.id, paper.title, links=Links(code=code), authors=paper.authors)


def _or(value: int | None, otherwise: int | None) -> int | None:
    return otherwise if value is None else value
