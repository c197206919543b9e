"""What an entry of a bibliography refers to: arXiv ids, keys and addresses."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from store.feeds.text import LINK, links_in, trim_link
from store.identity import arxiv_key, title_key
from store.model import Links

_ARXIV = re.compile(
    r"""\s* [\[({]* (?:https?://(?:www\.|export\.|dx\.)?(?:doi\.org/)?)?
    (?:doi:\s*)? (?:10\.48550/)?
    (?:(?:arxiv(?:\.org)? | corr | preprints? | e-?prints? | abs | pdf | html)[\s.,:/({\[]+)+
    (?P<id>\d{4}\.\d{4,5} | [a-z-]+(?:\.[a-z]{2})?/\d{7}) (?:v(?P<version>\d{1,3}))? (?!\d|\.\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_ARXIV_AS_VENUE = re.compile(r"\{*(?:arxiv|corr)\b", re.IGNORECASE)


def arxiv_reference(text: str) -> tuple[str, int]:
    """Return the arXiv id that a text begins with and its version (0 where it names none).

    The id is spelled as the text has it, and empty where the text is about something else. Known
    are `arXiv preprint arXiv:2010.11929`, `CoRR abs/2010.11929`, addresses and arXiv's own DOIs;
    a bare number is an id only where the field says so: put `arXiv:` before it.
    """
    match = _ARXIV.match(text[:200])
    return (match["id"], int(match["version"] or 0)) if match else ("", 0)


def is_arxiv(venue: str) -> bool:
    """Tell whether a venue is no more than arXiv, which the id says already."""
    return _ARXIV_AS_VENUE.match(venue) is not None


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
