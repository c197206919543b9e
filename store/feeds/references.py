"""What an entry of a bibliography refers to: arXiv ids, keys and addresses."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar
from urllib.parse import quote

from store.feeds.text import LINK, links_in, trim_link
from store.identity import title_key
from store.model import Links, Paper
from store.text.web import arxiv_key, arxiv_reference, doi_reference

T = TypeVar("T")

_ARXIV_AS_VENUE = re.compile(r"\{*(?:arxiv|corr)\b", re.IGNORECASE)


@lru_cache(maxsize=1_000)
def is_arxiv(venue: str) -> bool:
    """Tell whether a venue is no more than arXiv or where a preprint is, which ids say already."""
    named = _ARXIV_AS_VENUE.match(venue) or arxiv_reference(venue)[0] or doi_reference(venue)
    return bool(named)


def paper_keys(arxiv_id: str, doi: str | None, title: str) -> tuple[str, tuple[str, ...]]:
    """Return the key of a paper and its aliases; `doi` is a key as store.identity makes it."""
    known = list(filter(None, (arxiv_key(arxiv_id), doi)))
    return (known[0], tuple(known[1:])) if known else (title_key(title), ())


def reference_links(
    addresses: Iterable[str], arxiv_id: str, doi: str | None, abstract: str
) -> Links:
    """Return the links of an entry from the addresses its fields hold, the most telling first.

    What is no http(s) address, as a path on the exporter's disk, is passed over. arXiv's page goes
    before the DOI's and that before others, which may be a database's that asks for a licence.
    """
    found = links_in(abstract)
    page = pdf = code = ""
    for text in addresses:
        match = LINK.search(text[:4_000])
        address = trim_link(match[0]) if match else ""
        if links_in(address).code:
            code = code or address
        elif address.lower().endswith(".pdf"):
            pdf = pdf or address
        else:
            page = page or address
    if doi:
        page = "https://doi.org/" + quote(doi.removeprefix("doi:"), safe="/():;,.")
    if arxiv_id:
        page, pdf = f"https://arxiv.org/abs/{arxiv_id}", f"https://arxiv.org/pdf/{arxiv_id}"
    return Links(page=page, pdf=pdf, code=code or found.code, project=found.project)


def papers_of(
    records: Iterable[tuple[int, T]],
    limit: int,
    understand: Callable[[T], Paper | None],
    problems: list[str],
) -> list[Paper]:
    """Return the papers of records, which come with the lines they begin in.

    Those without a title, and those beyond a limit, are added to the problems.
    """
    papers: list[Paper] = []
    for number, (line, record) in enumerate(records):
        if number == limit:
            problems.append(f"it has more than {limit:,} records: the rest was skipped")
            break
        if paper := understand(record):
            papers.append(paper)
        else:
            problems.append(f"the record in line {line:,} has no title: skipped")
    return papers
