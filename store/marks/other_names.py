"""Find the keys under which other machines may have marked a paper here.

A machine that knows a paper by its title marks it under the key of the title, one that knows its
arXiv id under that. So each machine writes, with its marks, the other names it knows for its
papers: aliases and the keys of titles. A machine that has the paper under one of them merges the
marks under its own key. The names are merged as a set that only grows, and no mark ever loses its
key: machines agree in any order.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

from store.identity import title_key
from store.model import Paper

Names: TypeAlias = Mapping[str, Mapping[str, bool]]
"""The other names of a paper, by its key; the value of a name is always true."""

MOST_NAMES = 20
"""The most names of one paper taken from elsewhere."""


def other_names(paper: Paper) -> dict[str, bool]:
    """Return the names by which another machine may know a paper."""
    keys = (*paper.aliases, title_key(paper.title), title_key(paper.title, paper.authors))
    return dict.fromkeys(sorted({*keys} - {paper.id}), True)


def merge_names(one: Names, other: Names) -> dict[str, dict[str, bool]]:
    """Return the names in either set, for each paper."""
    return {
        key: dict.fromkeys(sorted({*one.get(key, ()), *other.get(key, ())}), True)
        for key in {**one, **other}
    }


def tied_keys(papers: Collection[Paper], marked: Collection[str], names: Names) -> dict[str, str]:
    """Return, by the key of marks that belong to a paper here, the paper's id.

    A title matches if it fits only one paper, as when feeds are merged (store.papers.grouping): a
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
        # Another machine says that a paper here also has this key.
        candidates[key] |= called[key] & ids if _agree(called[key]) else set()
    if titles := {key for key in unknown if key.startswith("sha:") and _agree(called[key])}:
        for paper in papers:
            for name in title_names(paper):
                if name in titles:
                    candidates[name].add(paper.id)
    return tied | {key: min(found) for key, found in candidates.items() if len(found) == 1}


def _agree(keys: Collection[str]) -> bool:
    """Return whether keys can belong to one paper, which has one of each kind."""
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
