"""Check a library: what is damaged, left over, duplicate or wrongly dated, and how to fix it."""

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from store.errors import LibraryDamagedError, LibraryError, LibraryTooNewError, backup_path
from store.files.disk import TEMPORARY
from store.files.folders import files_in, is_folder, is_there
from store.files.home import MARKER, had_marks
from store.files.locks import can_lock, lock_holder, lock_path
from store.files.storage import SCHEMA, Tables, read_file, schema_of, too_new
from store.health.apart import Checks, Finding
from store.health.restore import check
from store.marks.cells import Cells, horizon, latest_stamp, moment_of
from store.marks.file import STATE
from store.marks.foreign import LARGEST, marks_in, wrong_clocks
from store.marks.sync import SyncFolder, conflict_copies
from store.model import Paper
from store.papers.documents import to_paper
from store.papers.grouping import group, names_of
from store.papers.records import Record
from store.papers.ties import Ties
from store.text.clean import shell_word
from store.text.messages import counted

PLACES = "", "papers", "texts", "texts/pictures"
"""Folders of a library in which the program writes files."""
ROOM = 20_000_000
"""Free bytes that a disk should have: each write needs room for a second copy of the file."""


@dataclass(slots=True)
class _Library:
    """The contents of a library, as far as they were read."""

    folder: Path
    is_there: bool = False
    files: list[Path] = field(default_factory=list)
    listed: bool = False
    """Whether `files` is complete."""
    tables: dict[Path, Tables] = field(default_factory=dict)
    """The contents of files that can be read."""

    def papers(self) -> list[tuple[Path, Paper]]:
        """Return the papers, each with its file."""
        return [
            (path, to_paper(key, document))
            for path, tables in self.tables.items()
            if path.parent != self.folder
            for key, document in tables.get("papers", {}).items()
        ]

    def marks(self) -> dict[str, Any]:
        """Return the cells of marks, by paper's key."""
        return self.tables.get(self.folder / STATE, {}).get("marks", {})

    def tied(self) -> dict[str, Any]:
        """Return the keys by which other machines marked papers of this library."""
        tied: dict[str, Any] = (
            self.tables.get(self.folder / STATE, {}).get("meta", {}).get("tied", {})
        )
        return tied


def examine(folder: Path, sync: Path | None, now: datetime) -> Iterator[Finding]:
    """Yield the findings about a library's folder; nothing is changed.

    Files that can't be read, or a disk that does not answer, are findings too; all else is checked
    nevertheless.
    """
    checks, seen = Checks(), _Library(folder)
    yield from checks.make("files", lambda: _folder(seen))
    for path in seen.files:
        yield from checks.make("files", partial(_file, path, seen.tables))
    papers, marks = seen.papers(), seen.marks()
    if seen.listed and len(seen.tables) == len(seen.files):
        text = f"{counted(len(papers), 'paper')}, marks of {len(marks):,}"
        yield Finding("files", "ok", text)
    yield from checks.make("papers", lambda: _twice(papers), waits=False)
    yield from checks.make(
        "marks", lambda: _orphans({*marks} - {*seen.tied()}, [paper for _, paper in papers])
    )
    yield from checks.make("clock", lambda: _clocks(folder / STATE, marks, now))
    if seen.is_there:
        yield from checks.make("left-overs", lambda: _left_overs(folder, sync, now))
        yield from checks.make("locks", lambda: _locks((folder / "papers", *seen.files)))
    if sync:
        yield from _sync(checks, folder, sync, now)


def kept_files(folder: Path) -> list[Path]:
    """Return the table files in a library's folder: marks first, then feeds and the like.

    The file of marks is among them even if it is gone.
    """
    # Copies that synchronisers make of a file have more than letters in their names.
    names = {path.name.removesuffix(".bak") for path in files_in(folder, "[a-z]*.json*")}
    own = {name for name in names if re.fullmatch(r"[a-z]+\.json", name)}
    if had_marks(folder):
        own.add(STATE)
    return [folder / name for name in sorted(own, key=lambda name: (name != STATE, name))]


def left_over_temporaries(folder: Path, sync: Path | None = None) -> list[Path]:
    """Return the temporary files of unfinished writes.

    In the sync folder only those of this library: other machines may be writing theirs.
    """
    found = [
        path
        for place in PLACES
        for path in files_in(folder / place, f"*{TEMPORARY}")
        if lock_holder(path.with_name(path.name.removesuffix(TEMPORARY))) is None
    ]
    if sync is not None and lock_holder(folder / "sync") is None:
        found += [path for path in files_in(sync, f"*.json{TEMPORARY}") if path.name[0] not in ".~"]
    return found


def _folder(seen: _Library) -> Iterator[Finding]:
    """Check the folder of a library, and list its files."""
    folder = seen.folder
    if not is_folder(folder):
        yield Finding("files", "note", f"there is no library at {folder} yet")
        return
    seen.is_there = True
    seen.files += [*kept_files(folder), *files_in(folder / "papers", "[0-9]*.json")]
    seen.listed = True
    if not os.access(folder, os.W_OK):
        yield Finding("files", "note", f"{folder} can't be written to: it is read-only")
    elif shutil.disk_usage(folder).free < ROOM:
        yield Finding("files", "problem", f"the disk of {folder} is full", "free some space", 1)


def _file(path: Path, tables: dict[Path, Tables]) -> Iterator[Finding]:
    """Check a file, and put its contents into `tables`."""
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
        yield Finding(
            "files", "problem", str(error), "check the permissions of the file", error.status
        )
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
            forget = " ".join(["rm -f", *map(shell_word, known_by)])
            return f"there is no good earlier copy: put one there, or start without it: {forget}"
        again = "and import its feeds again"
        if path.parent.name != "papers":
            again = f"to start without {'marks' if path.name == STATE else 'its contents'}"
        move = f"mv {shell_word(path)} {shell_word(f'{path}.broken')}"
        return f"there is no good earlier copy: {move} {again}"
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
    names = {name for paper in papers for name in paper.keys}
    count = sum(key not in names for key in marks)
    if count:
        text = f"marks of {counted(count, 'paper')} wait: such papers are not here"
        yield Finding("marks", "note", text)


def _left_overs(folder: Path, sync: Path | None, now: datetime) -> Iterator[Finding]:
    for path in left_over_temporaries(folder, sync):
        text = f"{path} is left over from an unfinished write"
        yield Finding("left-overs", "note", text, "papers-tui doctor --tidy")
    damaged = [path for place in PLACES for path in files_in(folder / place, "*.damaged-*")]
    for path in sorted(damaged):
        text = f"{path} is a copy of a damaged file"
        remedy = f"rm {shell_word(path)} when you no longer need it"
        yield Finding("left-overs", "note", text, remedy)
    for path in conflict_copies(folder):
        yield from _read(path, now, {})


def _locks(paths: Sequence[Path]) -> Iterator[Finding]:
    if not all(map(can_lock, paths)):
        text = f"{paths[0].parent} is on a file system without locks"
        remedy = "let one program write to the library at a time"
        yield Finding("locks", "note", text, remedy)
    for path in paths:
        if holder := lock_holder(path):
            text = f"{lock_path(path)} is held by {holder}"
            yield Finding("locks", "note", text, "end that program if this does not change")


def _clocks(path: Path, marks: Mapping[str, Cells], now: datetime) -> Iterator[Finding]:
    latest = max(map(latest_stamp, marks.values()), default="")
    if latest > horizon(now):
        days = (moment_of(latest) - now).days
        text = f"marks in {path} are dated {counted(days, 'day')} ahead; other machines ignore them"
        remedy = "papers-tui doctor --tidy"
        yield Finding("clock", "problem", text, remedy, 1)


def _sync(checks: Checks, folder: Path, sync: Path, now: datetime) -> Iterator[Finding]:
    files: list[Path] = []
    yield from checks.make("sync", lambda: _sync_folder(folder, sync, files))
    ahead: dict[Path, Mapping[str, str]] = {}
    for path in files:
        yield from checks.make("sync", partial(_read, path, now, ahead))
    for text in wrong_clocks(ahead, now):
        remedy = "papers-tui doctor --tidy on that machine, once its clock is right"
        yield Finding("clock", "problem", text, remedy, 1)


def _sync_folder(folder: Path, sync: Path, files: list[Path]) -> Iterator[Finding]:
    """Check the sync folder, and list its files."""
    if not is_folder(sync):
        text = f"the sync folder {sync} does not exist"
        yield Finding("sync", "problem", text, f"mkdir -p {shell_word(sync)}", 1)
        return
    if not os.access(sync, os.W_OK):
        text = f"the sync folder {sync} can't be written to"
        yield Finding("sync", "problem", text, f"chmod u+w {shell_word(sync)}", 1)
    files += [path for path in SyncFolder(sync, folder).inputs() if path.parent == sync]
    yield Finding("sync", "ok", f"{counted(len(files), 'file')} in {sync}")


def _read(path: Path, now: datetime, ahead: dict[Path, Mapping[str, str]]) -> Iterator[Finding]:
    """Read a file of marks from elsewhere; put the stamps too far ahead into `ahead`."""
    is_copy = "conflict" in path.name.casefold()
    remedy = f"rm {shell_word(path)}" if is_copy else "let the machine write it again"
    try:
        foreign = marks_in(path, read_file(path, LARGEST), now)
    except LibraryDamagedError as error:
        yield Finding("sync", "problem", f"{path} is skipped: {error.reason}", remedy, 1)
    except LibraryError as error:
        yield Finding("sync", "problem", str(error), remedy, 1)
    else:
        ahead[path] = foreign.ahead
        for problem in foreign.problems:
            yield Finding("sync", "problem", problem, remedy, 1)
        if is_copy:
            text = f"{path} was made by a file synchroniser; its marks are merged"
            yield Finding("left-overs", "note", text, remedy)
