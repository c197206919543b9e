"""Look a library over: what is damaged, left over, kept twice, dated wrongly, and what mends it."""

import os
import re
import shlex
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from store.errors import LibraryDamagedError, LibraryError, LibraryTooNewError, backup_path
from store.files.disk import TEMPORARY
from store.files.folders import files_in, is_folder, is_there
from store.files.home import MARKER, had_marks
from store.files.locks import lock_holder, lock_path
from store.files.storage import SCHEMA, Tables, read_file, schema_of, too_new
from store.health.apart import Checks, Finding
from store.health.restore import check
from store.marks.cells import Cells
from store.marks.sync import STATE, SyncFolder, conflict_copies, read_marks, wrong_clocks
from store.model import Paper
from store.papers.documents import to_paper
from store.papers.grouping import group, names_of
from store.papers.records import Record
from store.papers.ties import Ties

PLACES = "", "papers", "texts"
"""Folders of a library in which files are written."""
ROOM = 20_000_000
"""Bytes that should be free: each write needs the file a second time for a moment."""


@dataclass(slots=True)
class _Library:
    """What has been seen of a library."""

    folder: Path
    is_there: bool = False
    files: list[Path] = field(default_factory=list)
    listed: bool = False
    """Whether `files` are all."""
    tables: dict[Path, Tables] = field(default_factory=dict)
    """What is in those that can be read."""

    def papers(self) -> list[tuple[Path, Paper]]:
        """Return the papers with the files they are in."""
        return [
            (path, to_paper(key, document))
            for path, tables in self.tables.items()
            if path.parent != self.folder
            for key, document in tables.get("papers", {}).items()
        ]

    def marks(self) -> dict[str, Any]:
        """Return what the marks are of, with their cells."""
        return self.tables.get(self.folder / STATE, {}).get("marks", {})


def examine(folder: Path, sync: Path | None, now: datetime) -> Iterator[Finding]:
    """Yield what is found in a library's folder; nothing is changed.

    What can't be looked at, or does not answer, is told as well, and keeps nothing else from being
    looked at.
    """
    checks, seen = Checks(), _Library(folder)
    yield from checks.make("files", lambda: _folder(seen))
    for path in seen.files:
        yield from checks.make("files", partial(_file, path, seen.tables))
    papers, marks = seen.papers(), seen.marks()
    if seen.listed and len(seen.tables) == len(seen.files):
        yield Finding("files", "ok", f"{len(papers):,} papers, marks of {len(marks):,}")
    yield from checks.make("papers", lambda: _twice(papers), waits=False)
    yield from checks.make("marks", lambda: _orphans(marks, [paper for _, paper in papers]))
    yield from checks.make("clock", lambda: _clocks(folder / STATE, marks, now))
    if seen.is_there:
        yield from checks.make("left-overs", lambda: _left_overs(folder))
        yield from checks.make("locks", lambda: _locks((folder / "papers", *seen.files)))
    if sync:
        yield from _sync(checks, folder, sync, now)


def kept_files(folder: Path) -> list[Path]:
    """Return the table files at a library's top: marks first, then feeds and the like.

    One that is gone but was here before is among them.
    """
    # Copies that synchronisers make of a file have more than letters in their names.
    names = {path.name.removesuffix(".bak") for path in files_in(folder, "[a-z]*.json*")}
    own = {name for name in names if re.fullmatch(r"[a-z]+\.json", name)}
    if had_marks(folder):
        own.add(STATE)
    return [folder / name for name in sorted(own, key=lambda name: (name != STATE, name))]


def left_over_temporaries(folder: Path) -> list[Path]:
    """Return the temporary files of writes that never ended."""
    return [
        path
        for place in PLACES
        for path in files_in(folder / place, f"*{TEMPORARY}")
        if lock_holder(path.with_name(path.name.removesuffix(TEMPORARY))) is None
    ]


def _folder(seen: _Library) -> Iterator[Finding]:
    """Look at the folder of a library, and for the files in it."""
    folder = seen.folder
    if not is_folder(folder):
        yield Finding("files", "note", f"there is no library at {folder} yet")
        return
    seen.is_there = True
    seen.files += [*kept_files(folder), *files_in(folder / "papers", "[0-9]*.json")]
    seen.listed = True
    if not os.access(folder, os.W_OK):
        yield Finding("files", "note", f"{folder} can't be written to: it can only be read")
    elif shutil.disk_usage(folder).free < ROOM:
        yield Finding("files", "problem", f"the disk of {folder} is full", "make room on it", 1)


def _file(path: Path, tables: dict[Path, Tables]) -> Iterator[Finding]:
    """Check one file, and put what it holds into `tables`."""
    if not is_there(path):
        yield Finding(
            "files", "problem", f"{path} is gone", _cure(path), LibraryDamagedError.status
        )
        return
    try:
        found = check(path, read_file(path), is_state=path.name == STATE)
    except LibraryDamagedError as error:
        yield Finding("files", "problem", f"{path}: {error.reason}", _cure(path), error.status)
        return
    except LibraryError as error:
        yield Finding("files", "problem", str(error), "see to the rights of the file", error.status)
        return
    tables[path] = found
    if (schema := schema_of(found)) > SCHEMA:
        remedy = "pip install --upgrade papers-tui"
        newer = str(too_new(path, schema))
        yield Finding("files", "problem", newer, remedy, LibraryTooNewError.status)


def _cure(path: Path) -> str:
    backup = backup_path(path)
    try:
        check(backup, read_file(backup), is_state=path.name == STATE)
    except LibraryError:
        if not is_there(path):
            known_by = [backup, path.with_name(MARKER)] if path.name == STATE else [backup]
            forget = shlex.join(["rm", "-f", *map(str, known_by)])
            return f"there is no good earlier copy: put one there, or begin without it: {forget}"
        again = "and import its feeds again"
        if path.parent.name != "papers":
            again = f"to begin without {'marks' if path.name == STATE else 'what was in it'}"
        return f"there is no good earlier copy: mv '{path}' '{path}.broken' {again}"
    return "papers-tui doctor --restore"


def _twice(papers: Iterable[tuple[Path, Paper]]) -> Iterator[Finding]:
    ties, records = Ties(), []
    for number, (path, paper) in enumerate(papers):
        records.append(Record(paper, path.name))
        ties.put(number, names_of(records[-1]))
    for tied in ties.several():
        for one, *others in group(records[number] for number in tied):
            for other in others:
                text = f"{other.paper.id} is in {other.seen} and, as {one.paper.id}, in {one.seen}"
                yield Finding("papers", "problem", text, "papers-tui doctor --tidy", 1)


def _orphans(marks: Iterable[str], papers: list[Paper]) -> Iterator[Finding]:
    names = {name for paper in papers for name in (paper.id, *paper.aliases)}
    count = sum(key not in names for key in marks)
    if count:
        text = f"{count:,} marks are of papers that are not here; they are kept until these come"
        yield Finding("marks", "note", text)


def _left_overs(folder: Path) -> Iterator[Finding]:
    for path in left_over_temporaries(folder):
        text = f"{path} is left over from a write that never ended"
        yield Finding("left-overs", "note", text, "papers-tui doctor --tidy")
    damaged = [path for place in PLACES for path in files_in(folder / place, "*.damaged-*")]
    for path in sorted(damaged):
        text = f"{path} is the copy of a damaged file"
        yield Finding("left-overs", "note", text, f"rm '{path}' when you need it no more")
    for path in conflict_copies(folder):
        text = f"{path} was made by a file synchroniser; its marks are taken in at each start"
        yield Finding("left-overs", "note", text, f"rm '{path}'")


def _locks(paths: Iterable[Path]) -> Iterator[Finding]:
    for path in paths:
        if holder := lock_holder(path):
            text = f"{lock_path(path)} is held by {holder}"
            yield Finding("locks", "note", text, "end that program if this does not change")


def _clocks(path: Path, marks: Mapping[str, Cells], now: datetime) -> Iterator[Finding]:
    for text in wrong_clocks(path, marks, now):
        yield Finding("clock", "problem", text, "set the clock of that machine", 1)


def _sync(checks: Checks, folder: Path, sync: Path, now: datetime) -> Iterator[Finding]:
    files: list[Path] = []
    yield from checks.make("sync", lambda: _sync_folder(folder, sync, files))
    for path in files:
        yield from checks.make("sync", partial(_sync_file, path, now))


def _sync_folder(folder: Path, sync: Path, files: list[Path]) -> Iterator[Finding]:
    """Look at the sync folder, and for the files in it."""
    if not is_folder(sync):
        text = f"the sync folder {sync} does not exist"
        yield Finding("sync", "problem", text, f"mkdir -p '{sync}'", 1)
        return
    if not os.access(sync, os.W_OK):
        text = f"the sync folder {sync} can't be written to"
        yield Finding("sync", "problem", text, f"chmod u+w '{sync}'", 1)
    files += [path for path in SyncFolder(sync, folder).inputs() if path.parent == sync]
    yield Finding("sync", "ok", f"{len(files)} files in {sync}")


def _sync_file(path: Path, now: datetime) -> Iterator[Finding]:
    try:
        problems = read_marks(path, now).problems
    except LibraryDamagedError as error:
        problems = (f"{path} is left out: {error.reason}",)
    except LibraryError as error:
        problems = (str(error),)
    for problem in problems:
        yield Finding("sync", "problem", problem, "let the machine write it anew", 1)
    if "conflict" in path.name.casefold():
        text = f"{path} was made by the synchroniser; its marks are taken in at each start"
        yield Finding("sync", "note", text, f"rm '{path}'")
