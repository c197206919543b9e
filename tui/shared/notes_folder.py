"""Notes as files in the folder of the settings: what they contain, and a report in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from store.marks.cells import Cells, marks_of, time_of
from store.model import NO_MARKS, Change, Marks, Paper
from store.notes.folder import NotesFolder
from store.notes.noted import Noted, Report
from store.text.messages import counted
from tui.settings.files import NotesSettings
from tui.template import template_of

TAKEN = "notes from files"
"""The label of the action that reads notes from files."""


def notes_folder(library: Path, settings: NotesSettings) -> NotesFolder:
    """Return the folder of a library's notes."""
    name = template_of(settings.name)
    return NotesFolder(library, settings.folder, lambda paper: name.line(paper, NO_MARKS))


def noted_papers(
    marks: Iterable[tuple[str, Cells]], papers: Mapping[str, Paper]
) -> Iterator[Noted]:
    """Yield the papers that have or had a note or a star."""
    for paper_id, cells in marks:
        if ("note" in cells or "starred" in cells) and (paper := papers.get(paper_id)):
            changed_at = time_of(str(cells["note"][1])) if "note" in cells else ""
            yield Noted(paper, marks_of(cells), changed_at)


def changes_of(report: Report, marks: Callable[[str], Marks]) -> dict[str, Change]:
    """Return the changes of marks for notes read from files, by the paper's id.

    A note written here in the meantime stays: the next exchange handles both.
    """
    return {
        paper_id: Change(note=adopted.note)
        for paper_id, adopted in report.adopted.items()
        if marks(paper_id).note == adopted.before
    }


def done_words(report: Report) -> str:
    """Say what was done; empty if there was nothing to do."""
    done = []
    if made := len(report.made):
        done.append(f"{counted(made, 'file')} made")
    if changed := len(report.changed):
        done.append(f"{changed:,} changed")
    if report.adopted:
        done.append(f"{count_notes(len(report.adopted))} read")
    return ", ".join(done)


def count_notes(count: int) -> str:
    """Return a number of notes."""
    return counted(count, "note")
