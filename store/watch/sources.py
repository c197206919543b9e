"""Who is asked after papers, without a key: arXiv for many at a time, others for each.

Sources: arXiv API User's Manual, section 3.1 (id_list); https://huggingface.co/docs/hub/api
(`/api/papers/{id}`); https://api.biorxiv.org (`/details/SERVER/DOI`). Limits: arXiv one request in
3 seconds, Hugging Face 500 in 5 minutes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import cast
from urllib.parse import quote

from store.errors import NotAFeedError
from store.feeds.json_fields import Fields, parse_json
from store.feeds.reading import decode
from store.model import Links, Paper
from store.text.web import is_web_address
from store.watch.facts import Facts

ARXIV, HF, BIORXIV = "arxiv", "hf", "biorxiv"
_BIORXIV = ("doi:10.1101/", "doi:10.64898/")
MOST_IDS = 200
"""Papers in one request to arXiv."""
MOST_ASKED = {ARXIV: 1_000, HF: 100, BIORXIV: 100}
"""Papers that a source is asked after on one day; those looked at longest ago come first."""


def arxiv_number(paper: Paper) -> str:
    """Return the arXiv id of a paper without prefix, or an empty text."""
    names = (paper.id, *paper.aliases)
    return next((name[6:] for name in names if name.startswith("arxiv:")), "")


def arxiv_requests(base: str, numbers: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield addresses that ask after papers by arXiv id, each with the ids in it."""
    rest = iter(numbers)
    while some := list(islice(rest, MOST_IDS)):
        yield f"{base}/api/query?id_list={','.join(some)}&max_results={len(some)}", some


def hf_request(base: str, number: str) -> str:
    """Return the address that asks after a paper by its arXiv id."""
    return f"{base}/api/papers/{number}"


def preprint_doi(paper: Paper) -> str:
    """Return the DOI of a paper at bioRxiv or medRxiv, or an empty text."""
    names = (paper.id, *paper.aliases)
    return next((name[4:] for name in names if name.startswith(_BIORXIV)), "")


def biorxiv_request(base: str, paper: Paper) -> str:
    """Return the address that asks after a preprint and all its versions."""
    server = "medrxiv" if "medrxiv" in paper.links.page else "biorxiv"
    return f"{base}/details/{server}/{quote(preprint_doi(paper), safe='/')}/na/json"


def from_hf(before: Facts, body: bytes) -> Facts:
    """Return the facts after Hugging Face's answer; NotAFeedError where it is none."""
    value = parse_json(decode(body)[0])
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise NotAFeedError("the answer is not a paper of Hugging Face's")
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
