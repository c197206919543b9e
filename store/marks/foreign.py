"""Marks from elsewhere: which of them are valid and harmless, and whose clock is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from store.errors import LibraryError
from store.files.folders import is_folder, is_there
from store.files.storage import SCHEMA, parse_tables, read_file, schema_of, too_new
from store.marks.cells import (
    Cell,
    Cells,
    check_harmless,
    horizon,
    is_stamp,
    machine_of,
    moment_of,
    upgrade_marks,
)
from store.marks.file import STATE
from store.marks.other_names import Names, is_names
from store.text.clean import clean_tag, clean_text
from store.text.messages import counted

MARKS = "marks"
"""The JSON member with each mark and its stamp, as in the library."""
_MACHINE = "file"
"""The machine for marks without a stamp."""

MOST_PROBLEMS = 3
"""How many papers with unreadable marks in one file are named."""

LARGEST = 50_000_000
"""The most bytes of a file from elsewhere: three times the marks of a hundred thousand papers."""

MOST_PAPERS = 300_000
"""The most papers with marks in one file from elsewhere."""

LONGEST_KEY = 300
"""The most characters of a paper's key from elsewhere."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Marks read from files of other machines."""

    marks: dict[str, Cells] = field(default_factory=dict)
    names: Names = field(default_factory=dict)
    """Other names of papers (store.marks.other_names)."""
    problems: tuple[str, ...] = ()
    """In words: what could not be read, and which machine's clock is wrong."""
    ahead: Mapping[str, str] = field(default_factory=dict)
    """By machine, the latest of its stamps that are too far ahead; such marks are ignored."""


def read_marks(path: Path, now: datetime) -> Foreign:
    """Read another library, its file of marks, or a file of a sync folder.

    Raises LibraryError if there is none, LibraryDamagedError if it can't be understood, and
    LibraryTooNewError if a later version wrote it.
    """
    path = path / STATE if is_folder(path) else path
    if not is_there(path):
        raise LibraryError(f"{path}: there are no marks here")
    foreign = marks_in(path, read_file(path, LARGEST), now)
    return Foreign(
        foreign.marks,
        foreign.names,
        (*foreign.problems, *wrong_clocks({path: foreign.ahead}, now)),
        foreign.ahead,
    )


def marks_in(path: Path, data: bytes, now: datetime) -> Foreign:
    """Return the marks in a file's contents; raises as `read_marks` does."""
    tables = parse_tables(path, data)
    if schema_of(tables) > SCHEMA:
        raise too_new(path, schema_of(tables))
    if "marks" not in tables:
        raise LibraryError(f"{path}: there are no marks here")
    if len(tables["marks"]) > MOST_PAPERS:
        raise LibraryError(f"{path} was skipped: it has marks of more than {MOST_PAPERS:,} papers")
    if schema_of(tables) < SCHEMA:
        upgrade_marks(tables)
    names = {key: each for key, each in tables.get("names", {}).items() if is_names(each)}
    return sound_marks(path, tables["marks"], names, now)


def sound_marks(path: Path, documents: Mapping[str, Any], names: Names, now: datetime) -> Foreign:
    """Return the marks from a file that are valid, harmless and not too far ahead."""
    marks: dict[str, Cells] = {}
    problems: list[str] = []
    ahead: dict[str, str] = {}
    limit = horizon(now)
    try:
        # Checking all at once is ten times as fast, and nearly always all are right.
        if check_harmless(documents) <= limit and all(len(key) <= LONGEST_KEY for key in documents):
            return Foreign({key: each for key, each in documents.items() if each}, names)
    except ValueError:
        pass
    for key, document in documents.items():
        try:
            if len(key) > LONGEST_KEY:
                raise ValueError("the key is too long")
            check_harmless({key: document})
        except ValueError as error:
            problems.append(f"{path}: the marks of {key[:60]!r} can't be read: {error}")
            continue
        if late := [cell[1] for cell in document.values() if cell[1] > limit]:
            document = {name: cell for name, cell in document.items() if cell[1] <= limit}
            for stamp in late:
                machine = machine_of(stamp)
                ahead[machine] = max(ahead.get(machine, ""), stamp)
        if document:
            marks[key] = document
    if len(problems) > MOST_PROBLEMS:
        more = len(problems) - MOST_PROBLEMS
        problems[MOST_PROBLEMS:] = [f"{path}: the same for {more:,} more"]
    return Foreign(marks, names, tuple(problems), ahead)


def wrong_clocks(ahead: Mapping[Path, Mapping[str, str]], now: datetime) -> Iterator[str]:
    """Report each machine once that dates its marks too far ahead of the clock here."""
    latest: dict[str, tuple[str, Path]] = {}
    for path, stamps in ahead.items():
        for machine, stamp in stamps.items():
            latest[machine] = max(latest.get(machine, ("", path)), (stamp, path))
    for machine, (stamp, path) in latest.items():
        days = (moment_of(stamp) - now).days
        ahead_by = counted(days, "day")
        yield (
            f"{path}: marks of machine {machine} are dated {ahead_by} ahead and were ignored; "
            "its clock or this one is wrong"
        )


def cells_in(members: Mapping[str, object], moment: datetime) -> Mapping[str, Any]:
    """Return the marks in a paper's object; those with stamps are as they are in it.

    `moment` is when the file was written: tags and a note without a stamp count as set then.
    """
    stamped = members.get(MARKS)
    if isinstance(stamped, dict):
        return stamped
    cells: dict[str, Cell] = {}
    then = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z/{_MACHINE}"
    if members.get("hidden") is True:
        cells["hidden"] = [True, then]
    score = members.get("score")
    if type(score) is int and score:
        cells["score"] = [score, then]
    for name, since in (("read", "read_at"), ("starred", "starred_at")):
        if members.get(name) is True:
            stamp = f"{members.get(since)}/{_MACHINE}"
            cells[name] = [True, stamp if is_stamp(stamp) else then]
    if (note := members.get("note")) and isinstance(note, str):
        cells["note"] = [clean_text(note), then]
    tags = members.get("tags")
    for tag in tags if isinstance(tags, list) else ():
        if isinstance(tag, str) and (name := clean_tag(tag)):
            cells[f"#{name}"] = [True, then]
    return cells
