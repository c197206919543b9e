"""What the reader shows of a library, and what changed in it: values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from store.errors import LibraryError
from store.query.wanted import MatchedWord


@dataclass(frozen=True, slots=True)
class Arrived:
    """What reading papers or marks changed."""

    errors: tuple[LibraryError, ...] = ()
    """Why months can't be read; what was read of them before stays."""
    gone: Mapping[str, str] = field(default_factory=dict)
    """Ids that are no longer there, and for each that of the same paper now; empty if it left."""
    new: tuple[str, ...] = ()
    """Ids that were not there before, nor under another name."""
    marked: set[str] | None = None
    """The papers whose marks changed; None where no marks did."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the list shows: papers that exist, in the order they are shown in."""

    ids: Sequence[str] = ()
    headings: bool = False
    """Whether the papers of a day stand together, so that it can have a heading."""
    words: tuple[MatchedWord, ...] = ()
    """What was looked for and found, to be marked."""
    count: int = 0
    """How many papers the query finds; more may be shown, which are kept in the list."""
    seconds: float | None = None
    """What finding them took; None where there is no query."""
    hidden: int = 0
    """How many papers match as well and are left out."""
    complete: bool = True
    """Whether abstracts have been searched as well, and all is in its order."""
    more: int | None = None
    """The place from which on papers have some of the words only; None where none do."""
    named: str = ""
    """What the papers are like, where that is what was asked for."""
    note: str = ""
    """What else is to be said of how they were found."""

    @property
    def found(self) -> Sequence[str]:
        """The papers that an action for all of them is for: not those with some of the words."""
        return self.ids if self.more is None else self.ids[: self.more]
