"""The links of a paper for a file that others open, and their form in different formats."""

from dataclasses import replace
from urllib.parse import quote

from store.identity import arxiv_id, doi
from store.model import Links, Paper
from store.text.web import is_web_address


def links_of(paper: Paper) -> Links:
    """Return the links of a paper, without addresses that are not plain http(s).

    If no feed gave its page, it is the page of its id.
    """
    links = paper.links
    valid = {
        name: getattr(links, name) if is_web_address(getattr(links, name)) else ""
        for name in ("page", "pdf", "code", "project")
    }
    return replace(links, **valid | {"page": valid["page"] or _page(paper)})


def bare(address: str, unsafe: str) -> str:
    """Return an address with the characters in `unsafe`, and all outside ASCII, percent-encoded.

    It is for formats in which some characters end an address.
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
