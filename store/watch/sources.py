"""Who is asked about papers: arXiv for many at a time, others for each, without a key.

Semantic Scholar is asked about citations, of many papers at a time, where there is a key for it.

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
from store.model import Links, Paper
from store.text.web import is_web_address
from store.watch.facts import Facts

ARXIV, HF, BIORXIV, CITATIONS = "arxiv", "hf", "biorxiv", "semantic_scholar"
_BIORXIV = ("doi:10.1101/", "doi:10.64898/")
MOST_IDS = 200
"""Papers in one request to arXiv."""
MOST_ASKED = {ARXIV: 1_000, HF: 100, BIORXIV: 100, CITATIONS: 500}
"""Papers that a source is asked about on one day; those looked at longest ago come first."""


def arxiv_number(paper: Paper) -> str:
    """Return the arXiv id of a paper without prefix, or an empty text."""
    names = (paper.id, *paper.aliases)
    return next((name[6:] for name in names if name.startswith("arxiv:")), "")


def arxiv_requests(base: str, numbers: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield addresses that ask about papers by arXiv id, each with the ids in it."""
    rest = iter(numbers)
    while some := list(islice(rest, MOST_IDS)):
        yield f"{base}/api/query?id_list={','.join(some)}&max_results={len(some)}", some


def hf_request(base: str, number: str) -> str:
    """Return the address that asks about a paper by its arXiv id."""
    return f"{base}/api/papers/{number}"


def preprint_doi(paper: Paper) -> str:
    """Return the DOI of a paper at bioRxiv or medRxiv, or an empty text."""
    names = (paper.id, *paper.aliases)
    return next((name[4:] for name in names if name.startswith(_BIORXIV)), "")


def biorxiv_request(base: str, paper: Paper) -> str:
    """Return the address that asks about a preprint and all its versions."""
    server = "medrxiv" if "medrxiv" in paper.links.page else "biorxiv"
    return f"{base}/details/{server}/{quote(preprint_doi(paper), safe='/')}/na/json"


def cited_name(paper: Paper) -> str:
    """Return what Semantic Scholar calls a paper: by arXiv id or DOI; empty without."""
    if number := arxiv_number(paper):
        return f"ARXIV:{number}"
    names = (paper.id, *paper.aliases)
    return next((f"DOI:{name[4:]}" for name in names if name.startswith("doi:")), "")


def citations_request(base: str, papers: Sequence[Paper]) -> tuple[str, bytes]:
    """Return the address that is sent the names of papers, and these in JSON."""
    names = [cited_name(paper) for paper in papers]
    return f"{base}/graph/v1/paper/batch?fields=citationCount", orjson.dumps({"ids": names})


def citation_counts(body: bytes, asked: int) -> list[int | None]:
    """Return how often each of the papers asked about is cited, None for one it does not know.

    NotAFeedError for an answer that is none.
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
    """Return the facts after Hugging Face's answer; NotAFeedError if it is none."""
    value = parse_json(decode(body)[0])
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise NotAFeedError("the answer is not a Hugging Face paper")
    fields = Fields(cast("Mapping[str, object]", value), "the answer", [])
    code = fields.address("githubRepo")
    return replace(
        before,
        code=code if is_web_address(code) else before.code,
        models=_or(fields.number("numTotalModels"), before.models),
        datasets=_or(fields.number("numTotalDatasets"), before.datasets),
        stars=_or(fields.number("githubStars"), before.stars),
    )


def with_code(paper: Paper, code: str) -> Paper:
    """Return what is said of a paper when only its code is known."""
    return Paper(paper.id, paper.title, links=Links(code=code), authors=paper.authors)


def _or(value: int | None, otherwise: int | None) -> int | None:
    return otherwise if value is None else value
