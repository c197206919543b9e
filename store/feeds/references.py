"""The references in an entry of a bibliography: arXiv ids, keys and addresses."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar
from urllib.parse import quote

from store.feeds.feed_text import LINK, links_in, trim_link
from store.identity import title_key
from store.markup.plain_text import markup_text
from store.model import Links, Paper
from store.text.clean import clean_line
from store.text.web import arxiv_key, arxiv_reference, doi_reference

T = TypeVar("T")

_ARXIV_AS_VENUE = re.compile(r"\{*(?:arxiv|corr)\b", re.IGNORECASE)


@lru_cache(maxsize=1_000)
def is_arxiv(venue: str) -> bool:
    """Return whether a venue only says that the paper is a preprint, as its ids already do."""
    named = _ARXIV_AS_VENUE.match(venue) or arxiv_reference(venue)[0] or doi_reference(venue)
    return bool(named)


def first_arxiv_id(texts: Iterable[str]) -> tuple[str, int]:
    """Return the id and version of the first text that refers to a paper on arXiv.

    The id is empty if none does, the version 0 if the text names none.
    """
    return next(filter(lambda found: found[0], map(arxiv_reference, texts)), ("", 0))


def paper_keys(arxiv_id: str, doi: str | None, title: str) -> tuple[str, tuple[str, ...]]:
    """Return the key and the aliases of a paper; `doi` is the key of its DOI."""
    known = list(filter(None, (arxiv_key(arxiv_id), doi)))
    return (known[0], tuple(known[1:])) if known else (title_key(title), ())


def reference_links(
    addresses: Iterable[str], arxiv_id: str, doi: str | None, abstract: str
) -> Links:
    """Return the links of an entry from the addresses in its fields, the most important first.

    Addresses of other schemes are skipped, such as a path on the exporter's disk. arXiv's page
    comes before the DOI's, and both before others, which may belong to a database with a licence.
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


def first_line(values: Mapping[str, list[str]], *tags: str) -> str:
    """Return the first value of the first known tag in a record as a plain line; or empty."""
    found = (values[tag][0] for tag in tags if tag in values)
    return clean_line(markup_text(next(found, "")))


def papers_of(
    records: Iterable[tuple[int, T]],
    limit: int,
    understand: Callable[[T], Paper | None],
    problems: list[str],
) -> list[Paper]:
    """Return the papers of records, each with the line it begins in.

    Records without a title, and those beyond the limit, become problems.
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
