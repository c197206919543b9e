"""What goes into an exchange of notes, and what comes of it."""

from dataclasses import dataclass, field
from pathlib import Path

from store.model import Marks, Paper
from store.text.clean import clean_text


@dataclass(frozen=True, slots=True)
class Noted:
    """A paper with what is to be in its file."""

    paper: Paper
    marks: Marks
    changed_at: str = ""
    """When the note was changed last, ISO 8601 in UTC; empty if there never was one."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A note that was changed in its file, or later there than here."""

    note: str
    before: str
    """The library's, that it takes the place of."""


@dataclass(slots=True)
class Report:
    """What was done, or would be."""

    made: list[Path] = field(default_factory=list)
    changed: list[Path] = field(default_factory=list)
    taken: dict[str, Taken] = field(default_factory=dict)
    """Notes that are the library's from now on, by paper's id: for the caller to save."""
    problems: list[str] = field(default_factory=list)
    """Conflicts, and what could not be done, a line each."""


def plain_note(text: str) -> str:
    """Return a note as it is compared and kept: harmless, with no empty line at either end."""
    note = clean_text(text, len(text)).strip("\n")
    return note if note.strip() else ""
