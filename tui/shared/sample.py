"""The sample feed: what is made up in it, and its removal once there are real papers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import quote_plus

from store.library import Library
from store.model import Links, Paper
from tui.words import SAMPLE, count_papers

MADE_UP = "sample: authors, votes and comments are made up, links search for the title"
"""The comment on each paper of the sample."""

NAMES = tuple(
    f"{first} {last}"
    for first in ("Ada", "Bo", "Cleo", "Dov", "Eve", "Finn", "Gil", "Hana")
    for last in ("Lindqvist", "Marsh", "Tan", "Falk", "Okoro", "Reed")
)
"""Authors of made-up papers."""

_SUBJECTS = {
    "cs.CV": ("image", "visual", "vision", "multimodal"),
    "cs.LG": ("reinforcement", "reward", "graph", "offline"),
    "cs.CY": ("moral", "human values", "societ", "ethic"),
    "cs.RO": ("navigation", "pathfinding", "robot"),
}
"""Categories, and words of titles that suggest them."""


def sample_papers(page: bytes, today: date) -> list[Paper]:
    """Return the papers of a page's text, with made-up values for what a feed would add."""
    from store.feeds.page_text import read_page_text

    papers = read_page_text(page, today).papers
    return [_filled(paper, number, len(papers)) for number, paper in enumerate(papers)]


def _filled(paper: Paper, number: int, total: int) -> Paper:
    """Return a paper with its made-up values: the same each time, with most votes at the top."""
    title = quote_plus(paper.title)
    first, count = number * 17 % len(NAMES), 1 + number * 5 % 8
    code = f"https://github.com/search?q={title}&type=repositories"
    return replace(
        paper,
        authors=tuple(NAMES[(first + step * 11) % len(NAMES)] for step in range(count)),
        categories=tuple(dict.fromkeys((*_categories(paper.title), "cs.AI"))),
        comment=MADE_UP,
        links=Links(
            page=f"https://arxiv.org/search/?query={title}&searchtype=title",
            code=code if number % 3 == 0 else "",
        ),
        upvotes=(total - number) ** 2 // 40,
        comments=number % 4,
    )


def _categories(title: str) -> Iterator[str]:
    folded = title.casefold()
    for name, words in _SUBJECTS.items():
        if any(word in folded for word in words):
            yield name
    if "language" in folded or "llm" in folded:
        yield "cs.CL"


def remove_sample(library: Library) -> str:
    """Remove the sample except for marked papers; say what was removed, or return nothing.

    Raises LibraryError if that fails.
    """
    if SAMPLE not in library.feeds:
        return ""
    dropped = library.drop_feed(SAMPLE)
    if not dropped.gone:
        return ""
    stay = f"; {count_papers(dropped.stayed)} marked or in another feed stay"
    return f"removed {count_papers(dropped.gone)} of the sample{stay if dropped.stayed else ''}"
