"""The file `state.json`: marks and history as they are on disk.

| table | documents |
| --- | --- |
| marks | a paper's cells (store.marks.cells), by the paper's key |
| history | the actions that can be taken back (store.marks.history), by key |
| meta | `library`: the layout's version, the machine's name, the place the name was given for |
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import RLock
from zlib import crc32

from store.errors import LibraryError
from store.files.disk import DISK, Disk
from store.files.folders import status_of
from store.files.storage import SCHEMA, Signature, Tables, schema_of, too_new
from store.files.tables import Database
from store.marks.cells import (
    Cells,
    check_marks,
    is_machine,
    later_in,
    latest_stamp,
    marks_of,
    merge_cells,
    upgrade_marks,
)
from store.marks.history import ActionDocument, Edit, History, after
from store.marks.sync import STATE, SyncFolder


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the file said at one moment."""

    cells: dict[str, Cells]
    history: dict[str, ActionDocument]
    machine: str
    """Name of this machine in this library's stamps."""
    latest: str
    """The latest stamp in it."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a write made of the edits."""

    cells: dict[str, Cells]
    """The marks, as they are now, of the papers that were edited."""
    kept: int
    """Number of papers that were changed elsewhere in the meantime and not taken back."""


class MarksFile:
    """The file of marks of one library. Everything may be called from any thread.

    `expected` tells that there were marks, so that it is damage if there are none. Raises the
    errors of AtomicStorage.
    """

    def __init__(self, folder: Path, disk: Disk = DISK, expected: bool = False) -> None:
        self._in_use = RLock()
        """Held by the thread that works on the file; never while the sync folder is waited for."""
        self._database = Database(
            folder / STATE, keep_parsed=True, disk=disk, upgrade=upgrade_marks
        )
        if expected:
            self._database.storage.expect()
        self._place = _place(folder)
        self._machine = os.urandom(4).hex()
        self._told: Signature | None = None
        """What the file was when `read` or `commit` last told all that is in it."""
        self._checked: Tables | None = None
        """What the file held when the marks in it were last checked."""
        self._latest = ""
        """The latest stamp in it, with those written here since."""

    def read(self) -> Snapshot:
        """Return what the file says; nothing where there is none."""
        with self._in_use:
            self._told = self._database.storage.signature()
            tables, latest = self._read()
            self._keep_name(tables)
            marks = dict(tables.get("marks", {}))
            return Snapshot(marks, dict(tables.get("history", {})), self._machine, latest)

    def newer(self) -> str:
        """Say what can't be done where a later version wrote the file; else empty."""
        tables = self._database.storage.read()
        schema = schema_of(tables) if tables else SCHEMA
        return str(too_new(self._database.storage.path, schema)) if schema > SCHEMA else ""

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep others from writing; what is committed inside is written at the end."""
        with self._in_use, self._database.storage.transaction():
            yield

    def commit(self, edits: Sequence[Edit]) -> Written:
        """Merge edits into the file, in one write."""
        storage = self._database.storage
        with self._in_use:
            with storage.transaction():
                news = self.changed_elsewhere()
                written = self._commit(edits)
            # What is kept of another's change has still to be told to whoever undid it in memory.
            if not news and not written.kept:
                # Not what the file is by now: another may have written since the lock was let go.
                self._told = storage.known_signature
            return written

    def merge(self, marks: Mapping[str, Cells]) -> int:
        """Take in marks from elsewhere; return the number of papers whose marks that changes."""
        with self._in_use:
            known = self._read()[0].get("marks", {})
            later: dict[str, Cells] = {}
            changed = 0
            for key, cells in marks.items():
                before = known.get(key, {})
                merged = merge_cells(before, cells)
                if merged != before:
                    later[key] = cells
                    changed += marks_of(merged) != marks_of(before)
            if later:
                self._commit([Edit(later)])
            return changed

    def exchange(self, folder: SyncFolder, now: datetime) -> tuple[str, ...]:
        """Take in what other machines wrote, let them have what is here; return problems.

        While the folder is waited for, everything else can be called in other threads.
        """
        foreign = folder.read(now)
        try:
            self.merge(foreign.marks)
        except LibraryError:
            folder.forget()
            raise
        try:
            self._let_others_have(folder)
        except LibraryError as error:
            return (*foreign.problems, str(error))
        return foreign.problems

    def changed_elsewhere(self) -> bool:
        """Tell whether there is more in the file than `read` and `commit` have told."""
        with self._in_use:
            return self._database.storage.signature() != self._told

    def _let_others_have(self, folder: SyncFolder) -> None:
        storage = self._database.storage
        if folder.folder is None or storage.signature() is None:
            return
        with folder.alone():
            with self._in_use:
                if not self._keep_name(storage.read() or {}):
                    # A name that is not in the file is another one the next time, as is its file.
                    self._commit([])
                version = storage.signature()  # first, so that what is written is no older
                about = {"schema": SCHEMA, "machine": self._machine}
                # A copy: the next mark must not get into what is being written.
                marks = dict((storage.read() or {}).get("marks", {}))
            folder.write(self._machine, {"meta": {"library": about}, "marks": marks}, version)

    def _commit(self, edits: Sequence[Edit]) -> Written:
        documents: dict[str, Cells] = {}
        kept: set[str] = set()
        with self._database.storage.transaction():
            tables, _ = self._read()
            self._keep_name(tables)
            table, history = tables.get("marks", {}), tables.get("history", {})
            keys = list(history)
            for edit in edits:
                for key, cells in edit.cells.items():
                    known: Cells = documents.get(key) or table.get(key, {})
                    if edit.seen and (later := later_in(known, edit.seen[key], of=cells)):
                        cells = {name: cell for name, cell in cells.items() if name not in later}
                        kept.add(key)
                    documents[key] = merge_cells(known, cells)
                history = after(history, edit)
            self._write(documents, history, [key for key in keys if key not in history])
            self._latest = max([self._latest, *map(latest_stamp, documents.values())])
        return Written(documents, len(kept))

    def _read(self) -> tuple[Tables, str]:
        """Return what is in the file, with marks that have been checked, and their latest stamp."""
        tables = self._database.storage.read() or {}
        # The storage keeps what it has parsed while the file stays as it is.
        if tables is not self._checked:
            try:
                self._latest = check_marks(tables.get("marks", {}))
            except ValueError as error:
                reason = f"a mark in it can't be read: {error}"
                raise self._database.storage.damage(reason) from error
            self._checked = tables
        return tables, self._latest

    def _keep_name(self, tables: Tables) -> bool:
        """Go by the name that this machine has in the file already; tell whether it has one."""
        about = tables.get("meta", {}).get("library", {})
        named = about.get("place") == self._place and is_machine(about.get("machine"))
        if named:
            self._machine = about["machine"]
        return named

    def _write(self, marks: Mapping[str, Cells], history: History, gone: list[str]) -> None:
        self._database.keys("history").replace(history, gone)
        self._database.keys("marks").replace(marks)
        meta = self._database.keys("meta")
        about = dict(meta.get(doc_id="library") or {})  # type: ignore[call-overload]
        about |= {"machine": self._machine, "place": self._place}
        meta.replace({"library": about})


def _place(folder: Path) -> str:
    """Return what tells this library folder from a copy of it, here or on another machine."""
    real = os.path.realpath(folder)
    try:
        host = Path("/etc/machine-id").read_text()
    except OSError:
        host = ""  # then the number of the folder has to do
    status = status_of(Path(real))
    return f"{crc32(f'{host} {real} {status and status.st_ino}'.encode(errors='replace')):08x}"
