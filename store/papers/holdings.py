"""The papers in memory: what the file of each month holds, and what of that counts.

A paper may be in two files, under one id or under an earlier key and a better one: after a crash
between the writes of two months, and for programs that read between them. It counts once, under
its best key and with its earliest day; if that copy goes, the other one counts.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from store.model import Paper


class PaperChanges(NamedTuple):
    """How the papers in memory changed when months were read."""

    changed: list[Paper]
    """New papers, and those that differ from before."""
    new: list[str]
    """Ids that were not there before."""
    gone: dict[str, str]
    """Ids that are no longer there, and for each that of the same paper now; empty if it left."""


class Holdings:
    """The papers of all months that were read."""

    def __init__(self) -> None:
        self.papers: dict[str, Paper] = {}
        """Those that count, by id."""
        self._aside: dict[str, Paper] = {}
        """Those whose id is an alias of another paper, which counts in their place."""
        self._months: dict[Path, dict[str, Paper]] = {}
        """What each file holds."""
        self._owners: dict[str, tuple[str, ...]] = {}
        """By alias, the ids of the papers that have it."""

    def named(self, name: str) -> str:
        """Return the id of the paper that has a name as its id or beside it; empty for none."""
        return name if name in self.papers else self._counted_for(name)

    def apply(self, months: Mapping[Path, Iterable[Paper]]) -> PaperChanges:
        """Make these papers those of each file; return what changed."""
        counted: dict[str, Paper | None] = {}
        for path, papers in months.items():
            self._apply(path, {paper.id: paper for paper in papers}, counted)
        for key in list(counted):
            self._put(key, self.papers.get(key) or self._aside.get(key))
        there = [self.papers[key] for key in counted if key in self.papers]
        gone = [key for key, paper in counted.items() if paper and key not in self.papers]
        return PaperChanges(
            [paper for paper in there if paper != counted[paper.id]],
            [paper.id for paper in there if counted[paper.id] is None],
            {key: self._counted_for(key) for key in gone},
        )

    def _apply(self, path: Path, after: dict[str, Paper], counted: dict[str, Paper | None]) -> None:
        """Apply the papers of one file; add to `counted` what counted before under its ids."""
        before = self._months.get(path, {})
        self._months[path] = after
        for key in after | before:
            if before.get(key) == after.get(key):
                continue
            known = self.papers.get(key)
            counted.setdefault(key, known)
            known = known or self._aside.get(key)
            # Most are new, and then no other file has them.
            now = after[key] if known is None else self._earliest(key)
            self._put(key, now)
            if known and known.aliases:
                for name in known.aliases:
                    self._disown(name, key)
                    counted.setdefault(name, self.papers.get(name))
            if now and now.aliases:
                for name in now.aliases:
                    self._owners[name] = (*self._owners.get(name, ()), key)
                    if name in self.papers:
                        counted.setdefault(name, self.papers[name])

    def _earliest(self, key: str) -> Paper | None:
        copies = [held[key] for held in self._months.values() if key in held]
        return min(copies, key=lambda paper: paper.date, default=None)

    def _put(self, key: str, paper: Paper | None) -> None:
        """Count a paper or set it aside; without a paper, remove the key."""
        there, other = self.papers, self._aside
        if key in self._owners and self._is_aside(key):
            there, other = other, there
        other.pop(key, None)
        if paper:
            there[key] = paper
        else:
            there.pop(key, None)

    def _disown(self, name: str, key: str) -> None:
        if others := tuple(each for each in self._owners.get(name, ()) if each != key):
            self._owners[name] = others
        else:
            self._owners.pop(name, None)

    def _is_aside(self, key: str) -> bool:
        """Return whether another paper has an id among its aliases; of two that do, one counts."""
        return any(
            owner != key and (key > owner or key not in self._owners.get(owner, ()))
            for owner in self._owners[key]
        )

    def _counted_for(self, key: str) -> str:
        return next((each for each in self._owners.get(key, ()) if each in self.papers), "")
