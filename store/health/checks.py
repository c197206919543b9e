"""Look a library over: what is damaged, left over, kept twice, dated wrongly, and what mends it."""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from store.errors import LibraryDamagedError, LibraryError, LibraryTooNewError, backup_path
from store.files.disk import TEMPORARY
from store.files.locks import lock_holder, lock_path
from store.files.storage import SCHEMA, Tables, read_file, schema_of, too_new
from store.health.restore import check
from store.marks.sync import STATE, SyncFolder, conflict_copies, read_marks, wrong_clocks
from store.model import Paper
from store.papers.documents import to_paper
from store.papers.grouping import group, names_of
from store.papers.records import Record
from store.papers.ties import Ties

ROOM = 20_000_000
"""Bytes that should be free: each write needs the file a second time for a moment."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    check: str
    """What was looked at: files, marks, papers, left-overs, clock, locks, sync, ..."""
    level: Literal["ok", "note", "problem"]
    text: str
    remedy: str = ""
    """The command that mends it, or in words what to do; empty where nothing has to be done."""
    status: int = 0
    """Exit status of the program where this is a problem."""


def examine(folder: Path, sync: Path | None, now: datetime) -> Iterator[Finding]:
    """Yield what is found in a library's folder; nothing is changed."""
    if not folder.is_dir():
        yield Finding("files", "note", f"there is no library at {folder} yet")
        return
    yield from _folder(folder)
    months = sorted((folder / "papers").glob("[0-9]*.json"))
    files = [*kept_files(folder), *months]
    tables: dict[Path, Tables] = {}
    for path in files:
        yield from _file(path, tables)
    papers = [
        (path, to_paper(key, document))
        for path in months
        for key, document in tables.get(path, {}).get("papers", {}).items()
    ]
    marks: dict[str, Any] = tables.get(folder / STATE, {}).get("marks", {})
    if len(tables) == len(files):
        yield Finding("files", "ok", f"{len(papers):,} papers, marks of {len(marks):,}")
    yield from _twice(papers)
    yield from _orphans(marks, [paper for _, paper in papers])
    for text in wrong_clocks(folder / STATE, marks, now):
        yield Finding("clock", "problem", text, "set the clock of that machine", 1)
    yield from _left_overs(folder)
    yield from _locks((folder / "papers", *files))
    yield from _sync(folder, sync, now)


def kept_files(folder: Path) -> list[Path]:
    """Return the table files at a library's top: marks first, then feeds and the like.

    One that is gone but was here before is among them.
    """
    # Copies that synchronisers make of a file have more than letters in their names.
    names = {path.name.removesuffix(".bak") for path in folder.glob("[a-z]*.json*")}
    own = [name for name in sorted(names) if re.fullmatch(r"[a-z]+\.json", name)]
    return [folder / name for name in sorted(own, key=lambda name: name != STATE)]


def left_over_temporaries(folder: Path) -> list[Path]:
    """Return the temporary files of writes that never ended."""
    return [
        path
        for place in ("", "papers/", "texts/")
        for path in sorted(folder.glob(f"{place}*{TEMPORARY}"))
        if lock_holder(path.with_name(path.name.removesuffix(TEMPORARY))) is None
    ]


def _folder(folder: Path) -> Iterator[Finding]:
    if not os.access(folder, os.W_OK):
        yield Finding("files", "note", f"{folder} can't be written to: it can only be read")
    elif shutil.disk_usage(folder).free < ROOM:
        yield Finding("files", "problem", f"the disk of {folder} is full", "make room on it", 1)


def _file(path: Path, tables: dict[Path, Tables]) -> Iterator[Finding]:
    """Check one file, and put what it holds into `tables`."""
    if not path.exists():
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
    try:
        check(backup_path(path), read_file(backup_path(path)), is_state=path.name == STATE)
    except LibraryError:
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
    for path in sorted([*folder.glob("*.damaged-*"), *folder.glob("*/*.damaged-*")]):
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


def _sync(folder: Path, sync: Path | None, now: datetime) -> Iterator[Finding]:
    if sync is None:
        return
    if not sync.is_dir():
        text = f"the sync folder {sync} does not exist"
        yield Finding("sync", "problem", text, f"mkdir -p '{sync}'", 1)
        return
    if not os.access(sync, os.W_OK):
        text = f"the sync folder {sync} can't be written to"
        yield Finding("sync", "problem", text, f"chmod u+w '{sync}'", 1)
    files = [path for path in SyncFolder(sync, folder).inputs() if path.parent == sync]
    for path in files:
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
    yield Finding("sync", "ok", f"{len(files)} files in {sync}")
