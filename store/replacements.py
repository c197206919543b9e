"""What becomes of papers that arXiv announces as replacements, by the setting of that name.

| rule | meaning |
| --- | --- |
| `show` | they are in the list; a paper that was read stays read |
| `hide` | those of papers that are not in the library are left out |
| `unread` | a paper that was read is unread again when a newer version of it is announced |

Whatever the rule is, a replacement is not `is:new`, and its text takes the place of an older one.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

from store.library import Library
from store.model import Change, Paper
from store.papers.months import Added

RULES = ("show", "hide", "unread")


class Adding(Protocol):
    """Puts the papers that a feed lists into a library, as Library.add does."""

    def __call__(
        self, papers: Iterable[Paper], feed: str, seen: datetime | None = None, tex: bool = False
    ) -> Added:
        """Tell how many of them were new."""


def adding(library: Library, rule: str) -> Adding:
    """Return how papers are added under a rule."""
    apply: dict[str, Callable[..., Added]] = {"hide": _add_known, "unread": _add_unread}
    if rule not in apply:
        return library.add

    def add(
        papers: Iterable[Paper], feed: str, seen: datetime | None = None, tex: bool = False
    ) -> Added:
        papers = list(papers)
        if not any(paper.is_replacement for paper in papers):
            return library.add(papers, feed, seen, tex)
        # Which papers there are, and in which versions, decides.
        library.read_all()
        return apply[rule](library, papers, feed, seen, tex)

    return add


def _add_known(
    library: Library, papers: list[Paper], feed: str, seen: datetime | None, tex: bool
) -> Added:
    known = _versions(library)
    listed = [paper for paper in papers if not paper.is_replacement or paper.id in known]
    return library.add(listed, feed, seen, tex)


def _add_unread(
    library: Library, papers: list[Paper], feed: str, seen: datetime | None, tex: bool
) -> Added:
    before = _versions(library)
    added = library.add(papers, feed, seen, tex)
    replaced = {paper.id for paper in papers if paper.is_replacement}
    newer = [
        paper.id
        for paper in library.papers.values()
        if not replaced.isdisjoint((paper.id, *paper.aliases))
        and paper.version > before.get(paper.id, paper.version)
        and library.marks(paper.id).read
    ]
    library.mark(newer, Change(read=False))
    library.commit()
    return added


def _versions(library: Library) -> dict[str, int]:
    """Return the version of each paper, by all its names."""
    return {
        name: paper.version
        for paper in library.papers.values()
        for name in (paper.id, *paper.aliases)
    }
