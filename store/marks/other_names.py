"""Tell under which keys other machines may have marked a paper that is here.

A machine that knows a paper by its title marks it under the key of the title, one that knows its
arXiv id under that. So each machine tells, with its marks, by which other names it knows the
papers it has: its aliases and the keys of its title. Whoever has the paper under one of them takes
the marks in under its own key. What is told is merged as a set that only grows, and no mark ever
loses its key: machines agree whatever the order.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

from store.identity import title_key
from store.model import Paper

Names: TypeAlias = Mapping[str, Mapping[str, bool]]
"""By a paper's key, its other names; a name is there or not, so its value is always true."""

MOST_NAMES = 20
"""How many names of one paper are taken from elsewhere."""


def other_names(paper: Paper) -> dict[str, bool]:
    """Return the names by which another machine may know a paper."""
    keys = (*paper.aliases, title_key(paper.title), title_key(paper.title, paper.authors))
    return dict.fromkeys(sorted({*keys} - {paper.id}), True)


def merge_names(one: Names, other: Names) -> dict[str, dict[str, bool]]:
    """Return the names that either has, for each paper."""
    return {
        key: dict.fromkeys(sorted({*one.get(key, ()), *other.get(key, ())}), True)
        for key in {**one, **other}
    }


def tied_keys(papers: Collection[Paper], marked: Collection[str], names: Names) -> dict[str, str]:
    """Return, by the key of marks that belong to a paper here, the paper's id.

    A title ties where it fits one paper alone, as when feeds are joined (store.papers.grouping): a
    wrong guess would give a paper another one's marks.
    """
    ids = {paper.id for paper in papers}
    tied = {name: paper.id for paper in papers for name in paper.aliases if name in marked}
    unknown = {key for key in marked if key not in ids and key not in tied}
    called: dict[str, set[str]] = defaultdict(set)
    for key, others in names.items():
        for name in others:
            called[name].add(key)
    candidates: dict[str, set[str]] = defaultdict(set)
    for key in unknown:
        # This machine knows by a title, or by a DOI, what another knows by a better key.
        for name in names.get(key, ()):
            if name in ids and _agree(called[name]):
                candidates[key].add(name)
        # Another machine says that a paper here goes by this key as well.
        candidates[key] |= called[key] & ids if _agree(called[key]) else set()
    if titles := {key for key in unknown if key.startswith("sha:") and _agree(called[key])}:
        for paper in papers:
            for name in title_names(paper):
                if name in titles:
                    candidates[name].add(paper.id)
    return tied | {key: min(found) for key, found in candidates.items() if len(found) == 1}


def _agree(keys: Collection[str]) -> bool:
    """Return whether keys can be of one paper: it has one of a kind."""
    return len({key.partition(":")[0] for key in keys}) == len(keys)


def title_names(paper: Paper) -> Iterable[str]:
    """Yield the keys that the title gives, alone and with each of the authors."""
    yield title_key(paper.title)
    for author in paper.authors:
        yield title_key(paper.title, (author,))


def is_names(document: object) -> bool:
    """Return whether a document from elsewhere is one of names."""
    return (
        isinstance(document, dict)
        and len(document) <= MOST_NAMES
        and all(value is True and len(name) <= 300 for name, value in document.items())
    )
