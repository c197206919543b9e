"""Marks from other machines: another library, a file of marks, or a folder that is synchronised.

In a sync folder each machine writes one file of its own and reads all others, so that whatever
carries the files (Syncthing, Dropbox, git) meets no conflict. Copies that a synchroniser makes of
a file nevertheless are read as further inputs: merging them changes nothing that was merged before.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import orjson

from store.errors import LibraryDamagedError, LibraryError
from store.files.disk import DISK, Disk
from store.files.folders import files_in, is_folder, is_there
from store.files.locks import locked
from store.files.storage import (
    SCHEMA,
    Signature,
    Tables,
    parse_tables,
    read_file,
    schema_of,
    signature_of,
    too_new,
)
from store.marks.cells import (
    Cells,
    check_harmless,
    latest_stamp,
    machine_of,
    merge_cells,
    moment_of,
    upgrade_marks,
)

STATE = "state.json"
"""Name of the file of marks in a library."""

MOST_PROBLEMS = 3
"""How many papers are named whose marks in one file can't be read."""

AHEAD = timedelta(days=1)
"""Marks dated further ahead than this tell of a wrong clock."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Marks read from files of other machines."""

    marks: dict[str, Cells] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    """In words: what could not be read, and which machine's clock is wrong."""


def read_marks(path: Path, now: datetime) -> Foreign:
    """Read another library, its file of marks, or a file of a sync folder.

    Raises LibraryError where there is none, LibraryDamagedError where it can't be understood, and
    LibraryTooNewError where a later version wrote it.
    """
    path = path / STATE if is_folder(path) else path
    if not is_there(path):
        raise LibraryError(f"{path}: there are no marks here")
    tables = parse_tables(path, read_file(path))
    if schema_of(tables) > SCHEMA:
        raise too_new(path, schema_of(tables))
    if "marks" not in tables:
        raise LibraryError(f"{path}: there are no marks here")
    if schema_of(tables) < SCHEMA:
        upgrade_marks(tables)
    marks: dict[str, Cells] = {}
    problems: list[str] = []
    for key, document in tables.get("marks", {}).items():
        try:
            check_harmless({key: document})
        except ValueError as error:
            problems.append(f"{path}: the marks of {key[:60]!r} can't be read: {error}")
        else:
            marks[key] = document
    if len(problems) > MOST_PROBLEMS:
        more = len(problems) - MOST_PROBLEMS
        problems[MOST_PROBLEMS:] = [f"{path}: nor can those of {more:,} more"]
    return Foreign(marks, (*problems, *wrong_clocks(path, marks, now)))


def wrong_clocks(path: Path, marks: Mapping[str, Cells], now: datetime) -> Iterator[str]:
    """Say which machines date their marks too far ahead of the clock here."""
    latest: dict[str, str] = {}
    for cells in marks.values():
        stamp = latest_stamp(cells)
        machine = machine_of(stamp)
        latest[machine] = max(latest.get(machine, ""), stamp)
    for machine, stamp in latest.items():
        if stamp and (ahead := moment_of(stamp) - now) > AHEAD:
            yield (
                f"{path}: marks of machine {machine} are dated {ahead.days:,} days ahead; "
                "its clock or the one here is wrong"
            )


class SyncFolder:
    """The folder through which machines exchange marks, and the copies beside a library's file.

    `read` and `write` may run in any one thread at a time. Both may hang where the folder does.
    """

    def __init__(self, folder: Path | None, library: Path, disk: Disk = DISK) -> None:
        self.folder = folder
        self._library = library
        self._disk = disk
        self._seen: dict[Path, Signature | None] = {}
        self._written: Signature | None = None

    def inputs(self) -> list[Path]:
        """Return the files to read: all in the folder, and conflict copies in the library."""
        files = files_in(self.folder, "*.json") if self.folder else []
        return [
            path for path in [*files, *conflict_copies(self._library)] if path.name[0] not in ".~"
        ]

    def read(self, now: datetime) -> Foreign:
        """Return the marks in files that are new or have changed since the last call.

        A file that can't be read is named and left out; the next call tries it again once it
        has changed.
        """
        marks: dict[str, Cells] = {}
        problems: list[str] = []
        for path in self.inputs():
            try:
                signature = signature_of(path)
                if path in self._seen and self._seen[path] == signature:
                    continue
                self._seen[path] = signature
                foreign = read_marks(path, now)
            except LibraryDamagedError as error:
                problems.append(f"{path} was left out: {error.reason}")
            except LibraryError as error:
                problems.append(str(error))
            else:
                problems += foreign.problems
                for key, cells in foreign.marks.items():
                    marks[key] = merge_cells(marks.get(key, {}), cells)
        return Foreign(marks, tuple(problems))

    def forget(self) -> None:
        """Let the next call of `read` return all marks again, where those read are not saved."""
        self._seen.clear()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other programs on this library from writing this machine's file."""
        with locked(self._library / "sync"):
            yield

    def write(self, machine: str, tables: Tables, version: Signature | None) -> None:
        """Write this machine's file if `version` of the marks is not there yet.

        The folder itself is made where it is missing, but not what it is in: that may be a drive
        that is not mounted. Raises LibraryError where that fails.
        """
        if self.folder is None:
            return
        path = self.folder / f"{machine}.json"
        if version == self._written and self._seen.get(path) == signature_of(path):
            return
        data = orjson.dumps(tables)
        try:
            self.folder.mkdir(exist_ok=True)
            if not is_there(path) or read_file(path) != data:
                self._disk.replace_file(path, data)
        except OSError as error:
            raise LibraryError(f"can't write {path}: {error.strerror}") from error
        self._written = version
        self._seen[path] = signature_of(path)


def conflict_copies(library: Path) -> list[Path]:
    """Return the copies of a library's file of marks that a synchroniser has made.

    Dropbox: `state (… conflicted copy …).json`; Syncthing: `state.sync-conflict-….json`.
    """
    copies = files_in(library, "state*.json")
    return [path for path in copies if "conflict" in path.name.casefold()]
