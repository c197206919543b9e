"""Words and signs for papers and marks on the screen. Pure."""

from collections.abc import Iterable
from datetime import date

from rich.cells import cell_len, set_cell_size

from store.identity import published_doi
from store.model import Paper

UNREAD, STAR, NOTE, HIDDEN, REPLACED = "●", "★", "✎", "×", "↻"
BEGUN = "⡀⡄⡆⡇"
"""Signs of how much of a text was read; a text read to its end has none."""
SELECTED, SELECTED_READ = "■", "□"
"""Signs of selected papers: an unread one, and one that is read."""
LENT = "○"
"""The sign of a paper that is in no feed: the library lacks it."""


def format_day(day: str) -> str:
    """Return a day such as "Fri 1 Aug 2025"; an unknown one as "no date"."""
    try:
        parsed = date.fromisoformat(day)
    except ValueError:
        return day or "no date"
    return f"{parsed:%a} {parsed.day} {parsed:%b %Y}"


def name_of(paper_id: str) -> str:
    """Return an id for reading; empty for a hash of the title."""
    scheme, _, name = paper_id.partition(":")
    return {"arxiv": f"arXiv {name}", "doi": f"doi {name}"}.get(scheme, "")


def cut(text: str, width: int) -> str:
    """Return a text of at most so many cells, with an ellipsis where it was cut."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(width - 1, 0)) + "…"[:width]


def fit(text: str, width: int) -> str:
    """Return one line of exactly `width` cells, with an ellipsis where text was cut."""
    text = cut(text, width)
    return text + " " * (width - cell_len(text))


def short_tags(tags: Iterable[str]) -> str:
    """Return tags as they are typed in a query: "#rlhf #dpo"."""
    return " ".join(f"#{tag}" for tag in tags)


def tags_within(tags: tuple[str, ...], room: int) -> str:
    """Return as many tags as there is room for, and how many more there are: "#dpo #rlhf +2"."""
    for shown in range(min(len(tags), room // 2), 0, -1):
        more = f" +{len(tags) - shown}" if shown < len(tags) else ""
        text = short_tags(tags[:shown]) + more
        if cell_len(text) <= room:
            return text
    return fit(short_tags(tags[:1]), room) if tags else ""


def links_shown(paper: Paper) -> list[tuple[str, str]]:
    """Return names and addresses of the paper's links, in the order they are numbered in."""
    links = paper.links
    published = published_doi(paper)
    # A preprint has a page of its own; that of the journal is another.
    doi = f"https://doi.org/{published}" if published and published not in links.page else ""
    named = (
        *(("page", links.page), ("pdf", links.pdf), ("code", links.code)),
        *(("project", links.project), ("published", doi if links.page else "")),
    )
    return [(name, link) for name, link in named if link]
