"""The input and the result of an exchange of notes."""

from dataclasses import dataclass, field
from pathlib import Path

from store.model import Marks, Paper
from store.text.clean import clean_text


@dataclass(frozen=True, slots=True)
class Noted:
    """A paper and its marks, for its file."""

    paper: Paper
    marks: Marks
    changed_at: str = ""
    """When the note was last changed, ISO 8601 in UTC; empty if there never was one."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A note that was changed in its file, and not later in the library."""

    note: str
    before: str
    """The note in the library that it replaces."""


@dataclass(slots=True)
class Report:
    """What an exchange did, or in a dry run would do."""

    made: list[Path] = field(default_factory=list)
    changed: list[Path] = field(default_factory=list)
    adopted: dict[str, Adopted] = field(default_factory=dict)
    """Notes for the library, by paper's id; the caller saves them."""
    problems: list[str] = field(default_factory=list)
    """Conflicts and failures, a line each."""


def plain_note(text: str) -> str:
    """Return a note for comparing and storing: harmless, without empty lines at its ends."""
    note = clean_text(text, len(text)).strip("\n")
    return note if note.strip() else ""
