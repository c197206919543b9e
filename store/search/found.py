"""The answer to a query. Its ids are sorted only as far as they are read.

A screen shows the first page of the tens of thousands of papers that a letter or two find; sorting
all of them would take longer than finding them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, overload

from store.query.wanted import MatchedWord

if TYPE_CHECKING:  # imported on its first use
    from store.ranking.pool import Pool


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query."""

    ids: Sequence[str]
    ranked: bool
    """Whether the best match is first; otherwise the newest, or the order of `sort:`."""
    words: tuple[MatchedWord, ...] = ()
    """The words found, corrected ones included."""
    pool: "Pool | None" = field(default=None, compare=False)
    """The papers with the words in their abstracts, which are sorted when the ids are read; scoring
    them earlier, in slices, keeps that short."""
    hidden: int = 0
    """Number of matching papers that are left out because they are hidden."""
    missing: tuple[str, ...] = ()
    """The name in `like:` that is not a paper here."""


class LazyIds(Sequence[str]):
    """A sequence of ids; equal to any other sequence of the same ids."""

    def __init__(self, rows: Iterable[int], count: int, ids: Sequence[str]) -> None:
        self._rows = iter(rows)
        self._count = count
        self._ids = ids
        """The id of each row."""
        self._known: list[str] = []

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            places = range(self._count)[index]
            self._know(max(places[0], places[-1]) + 1 if places else 0)
        else:
            self._know(index + 1 if index >= 0 else self._count)
        return self._known[index]

    def __iter__(self) -> Iterator[str]:
        self._know(self._count)
        return iter(self._known)

    def index(self, value: str, start: int = 0, stop: int | None = None) -> int:
        """Return the place of an id; ValueError if it is not there."""
        try:
            return self._known.index(value, start, self._count if stop is None else stop)
        except ValueError:
            self._know(self._count)
            return self._known.index(value, start, self._count if stop is None else stop)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as of a list

    def _know(self, count: int) -> None:
        """Make the first ids available, up to a number."""
        missing = count - len(self._known)
        if missing > 0:
            self._known += map(self._ids.__getitem__, islice(self._rows, missing))
