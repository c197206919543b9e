"""Papers that arXiv announces as replacements, by the setting `replacements`.

| rule | meaning |
| --- | --- |
| `show` | they are listed; a read paper stays read |
| `hide` | those of papers outside the library are left out |
| `unread` | a read paper becomes unread when a newer version is announced |

With any rule, a replacement is not `is:new`, and its text replaces an older one.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

from store.library import Library
from store.model import Change, Paper
from store.papers.months import Added


class Adding(Protocol):
    """Adds the papers of a feed to a library, like Library.add."""

    def __call__(
        self, papers: Iterable[Paper], feed: str, seen: datetime | None = None, tex: bool = False
    ) -> Added:
        """Return how many of them were new."""


def adding(library: Library, rule: str) -> Adding:
    """Return the function that adds papers under a rule."""
    apply: dict[str, Callable[..., Added]] = {"hide": _add_known, "unread": _add_unread}
    if rule not in apply:
        return library.add

    def add(
        papers: Iterable[Paper], feed: str, seen: datetime | None = None, tex: bool = False
    ) -> Added:
        papers = list(papers)
        if not any(paper.is_replacement for paper in papers):
            return library.add(papers, feed, seen, tex)
        # The rule depends on the versions of all papers.
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
        if not replaced.isdisjoint(paper.keys)
        and paper.version > before.get(paper.id, paper.version)
        and library.marks(paper.id).read
    ]
    library.mark(newer, Change(read=False))
    library.commit()
    return added


def _versions(library: Library) -> dict[str, int]:
    """Return the version of each paper, by each of its ids."""
    return {name: paper.version for paper in library.papers.values() for name in paper.keys}
