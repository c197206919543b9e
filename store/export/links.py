"""Which of a paper's addresses may be in a file that others open, and where its page is."""

from dataclasses import replace
from urllib.parse import quote

from store.identity import arxiv_id, doi
from store.model import Links, Paper
from store.text.web import is_web_address


def links_of(paper: Paper) -> Links:
    """Return the paper's web addresses, with none that is not plain http(s).

    The page that its id names stands in for one that the feed did not give.
    """
    links = paper.links
    kept = {
        name: getattr(links, name) if is_web_address(getattr(links, name)) else ""
        for name in ("page", "pdf", "code", "project")
    }
    return replace(links, **kept | {"page": kept["page"] or _page(paper)})


def bare(address: str, unsafe: str) -> str:
    """Return an address with these characters, and all that are not ASCII, percent-encoded.

    Formats in which some characters end an address have no other way to write them.
    """
    return "".join(
        quote(character, safe="") if character in unsafe or character > "~" else character
        for character in address
    )


def _page(paper: Paper) -> str:
    if arxiv := arxiv_id(paper):
        return f"https://arxiv.org/abs/{arxiv}"
    if known := doi(paper):
        return f"https://doi.org/{quote(known, safe='/:;()')}"
    return ""
