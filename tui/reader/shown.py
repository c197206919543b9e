"""What the reader shows of a library, and what changed in it: values."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from store.errors import LibraryError
from store.model import Paper

if TYPE_CHECKING:  # the first paint highlights nothing
    from store.query.wanted import MatchedWord


class Arrived(NamedTuple):
    """What reading papers or marks changed."""

    errors: tuple[LibraryError, ...] = ()
    """Why months can't be read; what was read of them before stays."""
    gone: Mapping[str, str] = MappingProxyType({})
    """Ids that are no longer there, and for each that of the same paper now; empty if it left."""
    new: tuple[str, ...] = ()
    """Ids that were not there before, nor under another name, nor added one by one."""
    marked: set[str] | None = None
    """The papers whose marks changed; None if no marks did."""


class Shown(NamedTuple):
    """What the list shows: papers that exist, in the order they are shown in."""

    ids: Sequence[str] = ()
    headings: bool = False
    """Whether papers are in the order of their days, which then have headings."""
    words: "tuple[MatchedWord, ...]" = ()
    """The words that were found, to be highlighted."""
    number: int = 0
    """How many papers the query finds; more may be shown, which are kept in the list."""
    seconds: float | None = None
    """How long finding them took; None if there is no query."""
    hidden: int = 0
    """How many papers match as well and are left out."""
    complete: bool = True
    """Whether abstracts have been searched as well, and all is in its order."""
    sections: Mapping[int, str] = MappingProxyType({})
    """By the place where they begin, headings of papers that are not what the query finds here.

    Those have some of its words only, or were found elsewhere.
    """
    named: str = ""
    """What the papers are like, if the query asks for that."""
    note: str = ""
    """More about how they were found."""
    lent: Mapping[str, Paper] = MappingProxyType({})
    """Those of the papers that the library lacks, by id."""

    @property
    def found(self) -> Sequence[str]:
        """The papers that actions for all are about: those above the first heading."""
        return self.ids[: min(self.sections)] if self.sections else self.ids


class WithLent(Mapping[str, Paper]):
    """The papers of the library and those that are lent to it, by id."""

    def __init__(self, papers: Mapping[str, Paper], lent: Mapping[str, Paper]) -> None:
        self._papers = papers
        self._lent = lent

    def __getitem__(self, paper_id: str) -> Paper:
        return self._papers[paper_id] if paper_id in self._papers else self._lent[paper_id]

    def __iter__(self) -> Iterator[str]:
        yield from self._papers
        yield from (each for each in self._lent if each not in self._papers)

    def __len__(self) -> int:
        return sum(1 for _ in self)
