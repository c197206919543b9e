"""The file `state.json`: marks and history as they are on disk.

| table | documents |
| --- | --- |
| marks | a paper's cells (store.marks.cells), by the paper's key |
| history | the actions that can be undone (store.marks.history), by key |
| names | other names of a paper that is marked (store.marks.other_names), by its key |
| meta | `library`: the layout's version, the names of machines by place (store.marks.machine) |
| | `tied`: papers here by the keys under which other machines marked them |
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import NamedTuple

from store.files.disk import DISK, Disk
from store.files.storage import SCHEMA, Signature, Tables, schema_of, too_new
from store.files.tables import Database
from store.marks.cells import (
    Cells,
    check_marks,
    horizon,
    is_stamp,
    later_in,
    latest_stamp,
    marks_of,
    merge_cells,
    redated,
    upgrade_marks,
)
from store.marks.history import ActionDocument, Edit, History, after
from store.marks.machine import Place
from store.marks.other_names import Names, merge_names

STATE = "state.json"
"""Name of the file of marks in a library."""


class Snapshot(NamedTuple):
    """The contents of the file at one moment."""

    cells: dict[str, Cells]
    history: dict[str, ActionDocument]
    machine: str
    """Name of this machine in this library's stamps."""
    latest: str
    """The latest stamp in it."""
    tied: Mapping[str, str] = MappingProxyType({})
    """The papers here to which marks under other keys belong."""


class Written(NamedTuple):
    """The result of writing edits."""

    cells: dict[str, Cells]
    """The present marks of the edited papers."""
    left_alone: int
    """Number of papers that were changed elsewhere in the meantime, and so not undone."""


class MarksFile:
    """The file of marks of one library. All methods may be called from any thread.

    With `expected` there were marks before, so a missing file is damage. Raises the errors of
    AtomicStorage.
    """

    def __init__(self, folder: Path, disk: Disk = DISK, expected: bool = False) -> None:
        self.in_use = RLock()
        """Held by the thread that works on the file; never while waiting for the sync folder."""
        self._database = Database(
            folder / STATE, keep_parsed=True, disk=disk, upgrade=upgrade_marks
        )
        self.storage = self._database.storage
        if expected:
            self.storage.expect()
        self._place = Place(folder)
        self._machine = os.urandom(4).hex()
        self._reported: Signature | None = None
        """The state of the file when `read` or `commit` last reported its contents."""
        self._checked: Tables | None = None
        """The contents of the file when its marks were last checked."""
        self._latest = ""
        """The latest stamp in it, including those written here since."""

    def read(self) -> Snapshot:
        """Return the contents of the file; empty if there is none."""
        with self.in_use:
            self._reported = self.storage.signature()
            tables, latest = self.tables()
            self._keep_name(tables)
            marks, history = dict(tables.get("marks", {})), dict(tables.get("history", {}))
            return Snapshot(marks, history, self._machine, latest, tied_in(tables))

    def newer(self) -> str:
        """Return the message if a later version wrote the file; else empty."""
        tables = self.storage.read()
        schema = schema_of(tables) if tables else SCHEMA
        return str(too_new(self.storage.path, schema)) if schema > SCHEMA else ""

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Lock the file; commits inside are written at the end."""
        with self.in_use, self.storage.transaction():
            yield

    def commit(self, edits: Sequence[Edit]) -> Written:
        """Merge edits into the file, in one write."""
        storage = self.storage
        with self.in_use:
            with storage.transaction():
                diff = self.changed_elsewhere()
                written = self.write(edits)
            # What another program changed and memory undid must still be reported.
            if not diff and not written.left_alone:
                # Not the file's present state: another program may have written since the lock was
                # released.
                self._reported = storage.known_signature
            return written

    def merge(
        self,
        marks: Mapping[str, Cells],
        names: Names = MappingProxyType({}),
        count: bool = True,
    ) -> int:
        """Merge marks from elsewhere; return the number of papers whose marks change."""
        with self.in_use:
            tables = self.tables()[0]
            known, named = tables.get("marks", {}), tables.get("names", {})
            new = {
                key: each
                for key, each in names.items()
                if not each.keys() <= named.get(key, {}).keys()
                and any(name in known or name in marks for name in (key, *each))
            }
            later: dict[str, Cells] = {}
            changed = 0
            for key, cells in marks.items():
                before = known.get(key, {})
                merged = merge_cells(before, cells)
                if merged != before:
                    later[key] = cells
                    changed += count and marks_of(merged) != marks_of(before)
            if later or new:
                self.write([Edit(later)], merge_names({k: named.get(k, {}) for k in new}, new))
            return changed

    def redate(self, now: datetime) -> int:
        """Redate what is dated too far ahead; return how many times it was."""
        with self.in_use, self.storage.transaction():
            tables, latest = self.tables()
            history = tables.get("history", {})
            if max([latest, *history]) <= horizon(now):
                return 0
            marks = tables.get("marks", {})
            stamps = {cell[1] for cells in marks.values() for cell in cells.values()}
            stamps |= {key.rpartition("/")[0] for key in history}
            stamps |= {each["undone"] for each in history.values() if each.get("undone")}
            new = redated([stamp for stamp in stamps if is_stamp(stamp)], now)
            changed = {
                key: {name: [value, new.get(at, at)] for name, (value, at) in cells.items()}
                for key, cells in marks.items()
                if any(cell[1] in new for cell in cells.values())
            }
            actions = {}
            for key, each in history.items():
                at, _, word = key.rpartition("/")
                undone = each.get("undone", "")
                actions[f"{new.get(at, at)}/{word}"] = {**each, "undone": new.get(undone, undone)}
            self._write(changed, actions, [key for key in history if key not in actions])
            self._checked = None
            return len(new)

    def machine(self) -> str:
        """Return the name that this machine has in the file; empty before the first mark."""
        with self.in_use:
            return self._machine if self._keep_name(self.storage.read() or {}) else ""

    def changed_elsewhere(self) -> bool:
        """Return whether the file has more than `read` and `commit` have reported."""
        with self.in_use:
            return self.storage.signature() != self._reported

    def writes(self) -> int:
        """Return how often the file was written, if it records that."""
        about = (self.storage.read() or {}).get("meta", {}).get("library", {})
        count = about.get("writes")
        return count if type(count) is int else 0

    def write(
        self,
        edits: Sequence[Edit],
        names: Names = MappingProxyType({}),
        tied: Mapping[str, str] | None = None,
    ) -> Written:
        documents: dict[str, Cells] = {}
        left_alone: set[str] = set()
        with self.storage.transaction():
            tables, _ = self.tables()
            self._keep_name(tables)
            table, history = tables.get("marks", {}), tables.get("history", {})
            keys = list(history)
            for edit in edits:
                for key, cells in edit.cells.items():
                    known: Cells = documents.get(key) or table.get(key, {})
                    if edit.seen and (later := later_in(known, edit.seen[key], of=cells)):
                        cells = {name: cell for name, cell in cells.items() if name not in later}
                        left_alone.add(key)
                    documents[key] = merge_cells(known, cells)
                history = after(history, edit)
            gone = [key for key in keys if key not in history]
            self._write(documents, history, gone, names, tied)
            self._latest = max([self._latest, *map(latest_stamp, documents.values())])
        return Written(documents, len(left_alone))

    def tables(self) -> tuple[Tables, str]:
        """Return the contents of the file, with checked marks, and their latest stamp."""
        tables = self.storage.read() or {}
        # The storage keeps the parsed value while the file does not change.
        if tables is not self._checked:
            try:
                self._latest = check_marks(tables.get("marks", {}))
            except ValueError as error:
                reason = f"a mark in it can't be read: {error}"
                raise self.storage.damage(reason) from error
            self._checked = tables
        return tables, self._latest

    def _keep_name(self, tables: Tables) -> bool:
        """Use the name that this machine already has in the file; return whether it has one."""
        about = tables.get("meta", {}).get("library", {})
        name = self._place.machine(about)
        self._machine = name or self._machine
        return bool(name)

    def _write(
        self,
        marks: Mapping[str, Cells],
        history: History,
        gone: list[str],
        names: Names = MappingProxyType({}),
        tied: Mapping[str, str] | None = None,
    ) -> None:
        writes = self.writes() + 1
        self._database.keys("history").replace(history, gone)
        self._database.keys("marks").replace(marks)
        meta = self._database.keys("meta")
        about = dict(meta.get(doc_id="library") or {})  # type: ignore[call-overload]
        about = self._place.named(about, self._machine) | {"writes": writes}
        meta.replace({"library": about} | ({} if tied is None else {"tied": dict(tied)}))
        if names:
            self._database.keys("names").replace(names)


def tied_in(tables: Tables) -> dict[str, str]:
    """Return the papers here by the other keys of their marks."""
    found = tables.get("meta", {}).get("tied", {})
    return {key: name for key, name in found.items() if isinstance(name, str)}
