"""Exchange marks with the folder that other machines read, and match them to the papers here."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import orjson

from store.errors import LibraryError
from store.files.disk import Disk
from store.files.storage import SCHEMA, read_file
from store.marks.file import MarksFile, tied_in
from store.marks.foreign import Foreign
from store.marks.other_names import merge_names, other_names, tied_keys
from store.marks.sync import SyncFolder, sum_of
from store.model import Paper

SEEN = "sync.seen"
"""The file in a library that says which files need not be read again; it may be deleted.

A merged file from elsewhere is not parsed again, and this machine's own not written, until
something has changed. Contents are recognised by checksum: times may be too coarse.
"""


class Shelf(Protocol):
    """The papers of a library."""

    def version(self) -> str:
        """Return what changes with the papers."""

    def all_papers(self) -> list[Paper]:
        """Return them all."""


class Exchange:
    """The exchange of a library's file of marks with other machines.

    The library's folder records what was merged, so that it is not read again.
    """

    def __init__(self, file: MarksFile, folder: Path, disk: Disk) -> None:
        self._file = file
        self._folder = folder
        self._disk = disk
        self._noted: dict[str, Any] = {}

    def tie(self, shelf: Shelf) -> None:
        """Find which marks of other machines belong to which papers here, and record it.

        It does not search again while neither the papers nor the keys with marks change.
        """
        with self._file.in_use:
            tables = self._file.tables()[0]
            marks, names = tables.get("marks", {}), tables.get("names", {})
            version = shelf.version()
            keys = sum_of("\n".join(marks).encode(errors="replace"))
            state = [version, keys, sum(map(len, names.values()))]
            if not marks or self._noted.get("tied") == state:
                return
            papers = shelf.all_papers()
            before = tied_in(tables)
            tied = tied_keys(papers, marks.keys(), names)
            new = {
                paper.id: other_names(paper)
                for paper in papers
                if (paper.id in marks or paper.id in tied.values())
                and (paper.id not in names or not {*paper.aliases} <= names[paper.id].keys())
            }
            if tied != before or new:
                self._file.write([], merge_names({k: names.get(k, {}) for k in new}, new), tied)
                names = self._file.tables()[0].get("names", {})
            self._noted["tied"] = [version, keys, sum(map(len, names.values()))]

    def exchange(self, folder: SyncFolder, now: datetime, shelf: Shelf) -> tuple[str, ...]:
        """Merge what other machines wrote, and write what is here; return problems.

        While this waits for the folder, other threads can call everything else.
        """
        if not self._noted:
            self._noted = read_seen(self._folder, self._file.writes())
            folder.taken |= self._noted.get("taken", {})
        noted = orjson.dumps([self._noted, folder.taken])
        foreign = Foreign()
        try:
            for foreign in folder.read(now):
                self._file.merge(foreign.marks, foreign.names, count=False)
                if noted != orjson.dumps([self._noted, folder.taken]):
                    self._note(folder)
            if folder.folder is not None:
                self.tie(shelf)
                if not foreign.ahead:  # else the clock here may be wrong
                    self._file.redate(now)
        except LibraryError:
            folder.forget()
            raise
        try:
            self._let_others_have(folder)
        except LibraryError as error:
            return (*foreign.problems, str(error))
        if folder.folder is not None and noted != orjson.dumps([self._noted, folder.taken]):
            self._note(folder)
        return foreign.problems

    def _note(self, folder: SyncFolder) -> None:
        self._noted |= {"writes": self._file.writes(), "taken": folder.taken}
        write_seen(self._folder, self._noted, self._disk)

    def _let_others_have(self, folder: SyncFolder) -> None:
        storage = self._file.storage
        if folder.folder is None or storage.signature() is None:
            return
        with folder.alone():
            with self._file.in_use:
                if not (machine := self._file.machine()):
                    # A name that is not in the file would differ the next time, and so would its
                    # file.
                    self._file.write([])
                    machine = self._file.machine()
                version = storage.signature()  # first, so that the written data is no older
                known = [machine, self._file.writes(), list(version or ())]
                if self._noted.get("written") == known and folder.is_written(machine):
                    return
                about = {"schema": SCHEMA, "machine": machine}
                names = dict((storage.read() or {}).get("names", {}))
                # A copy: the next mark must not get into the data being written.
                marks = dict((storage.read() or {}).get("marks", {}))
            tables = {"meta": {"library": about}, "marks": marks, "names": names}
            folder.write(machine, tables, version)
            self._noted["written"] = known


def read_seen(library: Path, writes: int) -> dict[str, Any]:
    """Return the record, or nothing if it does not fit the present marks.

    `writes` is how often they were written: less than before if an earlier copy was restored.
    """
    try:
        noted: dict[str, Any] = orjson.loads(read_file(library / SEEN))
        holds = noted["writes"] <= writes and isinstance(noted["taken"], dict)
        return noted if holds else {}
    except (LibraryError, orjson.JSONDecodeError, KeyError, TypeError):
        return {}


def write_seen(library: Path, noted: Mapping[str, Any], disk: Disk) -> None:
    """Record what was merged; if that fails, all is read again the next time."""
    try:
        disk.replace_file(library / SEEN, orjson.dumps(noted))
    except OSError:
        return


def forget_seen(library: Path) -> None:
    """Forget the record, so that everything is merged again."""
    (library / SEEN).unlink(missing_ok=True)
