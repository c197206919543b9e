"""Marks from other machines: another library, a file of marks, or a folder that is synchronised.

In a sync folder each machine writes one file of its own and reads all others, so that whatever
carries the files (Syncthing, Dropbox, git) meets no conflict. Conflict copies that a synchroniser
makes anyway are read as further inputs: merging them again changes nothing.
"""

import errno
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from store.errors import LibraryDamagedError, LibraryError
from store.files.disk import DISK, Disk
from store.files.folders import files_in, is_folder, is_there
from store.files.locks import locked
from store.files.storage import (
    Signature,
    Tables,
    read_file,
    signature_of,
)
from store.marks.cells import (
    Cells,
    is_machine,
    machine_of,
    merge_cells,
)
from store.marks.foreign import LARGEST, Foreign, marks_in, wrong_clocks
from store.marks.other_names import Names, merge_names

PORTION = 50_000
"""How many papers' marks are merged at a time."""


class Machine(NamedTuple):
    """A machine that has a file in a sync folder."""

    name: str
    latest: str
    """The stamp of its last mark; empty if it has none."""
    size: int
    """Bytes of its file."""
    is_here: bool
    """Whether it is this one."""


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
        self._ahead: dict[Path, Mapping[str, str]] = {}
        self.taken: dict[str, str] = {}
        """Checksums of contents that need not be merged again, by path."""

    def inputs(self) -> list[Path]:
        """Return the files to read: all in the folder, and conflict copies in the library."""
        files = files_in(self.folder, "*.json") if self.folder else []
        return [
            path for path in [*files, *conflict_copies(self._library)] if path.name[0] not in ".~"
        ]

    def read(self, now: datetime) -> Iterator[Foreign]:
        """Yield the marks in files that are new or have changed since the last call.

        They come in portions, so that merged ones are kept even if the rest takes too long. A file
        that can't be read is reported and skipped; the next call tries it again once it has
        changed.
        """
        marks: dict[str, Cells] = {}
        names: Names = {}
        problems: list[str] = []
        new: dict[Path, Mapping[str, str]] = {}
        taken: dict[str, str] = {}
        for path in self.inputs():
            try:
                signature = signature_of(path)
                if path in self._seen and self._seen[path] == signature:
                    continue
                self._seen[path] = signature
                data = read_file(path, LARGEST)
                if self.taken.get(str(path)) == (total := sum_of(data)):
                    continue
                foreign = marks_in(path, data, now)
            except LibraryDamagedError as error:
                problems.append(f"{path} was skipped: {error.reason}")
            except LibraryError as error:
                problems.append(str(error))
            else:
                problems += foreign.problems
                new[path] = self._ahead[path] = foreign.ahead
                for key, cells in foreign.marks.items():
                    marks[key] = merge_cells(marks.get(key, {}), cells)
                names = merge_names(names, foreign.names) if foreign.names else names
                if not foreign.ahead and not foreign.problems:
                    # Skipped files are tried again, and reported again.
                    taken[str(path)] = total
                if len(marks) >= PORTION:
                    yield Foreign(marks, names)
                    marks, names = {}, {}
                    self.taken |= taken
        problems += wrong_clocks(new, now)
        yield Foreign(marks, names, tuple(problems), _all_of(self._ahead.values()))
        self.taken |= taken

    def forget(self) -> None:
        """Make the next call of `read` return all marks again, if those read were not saved."""
        self._seen.clear()
        self.taken.clear()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other programs on this library from writing this machine's file."""
        with locked(self._library / "sync"):
            yield

    def write(self, machine: str, tables: Tables, version: Signature | None) -> None:
        """Write this machine's file if `version` of the marks is not there yet.

        Creates the folder itself if it is missing, but not its parent: that may be an unmounted
        drive. Raises LibraryError if that fails.
        """
        if self.folder is None:
            return
        path = self.folder / f"{machine}.json"
        if version == self._written and self._seen.get(path) == signature_of(path):
            return
        data = orjson.dumps(tables)
        try:
            if not is_folder(self.folder.parent):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            self._disk.make_folder(self.folder)
            if not is_there(path) or read_file(path) != data:
                self._disk.replace_file(path, data)
        except OSError as error:
            raise LibraryError(f"can't write {path}: {error.strerror}") from error
        self._written = version
        self._seen[path] = signature_of(path)
        self.taken[str(path)] = sum_of(data)

    def machines(self, here: str, now: datetime) -> list[Machine]:
        """Return the machines that have a file, by name; an unreadable file counts as without
        marks."""
        found = []
        for path in files_in(self.folder, "*.json") if self.folder else []:
            if not is_machine(path.stem):
                continue
            try:
                data = read_file(path, LARGEST)
                marks = marks_in(path, data, now).marks
            except LibraryError:
                data, marks = b"", {}
            stamps = (str(cell[1]) for cells in marks.values() for cell in cells.values())
            latest = max((s for s in stamps if machine_of(s) == path.stem), default="")
            found.append(Machine(path.stem, latest, len(data), path.stem == here))
        return found

    def files_of(self, name: str) -> list[Path]:
        """Return a machine's file and the copies of it; LibraryError if there are none."""
        if self.folder is None:
            raise LibraryError("there is no sync folder; set one with sync in the settings")
        files = [
            path
            for path in files_in(self.folder, "*.json")
            if path.stem == name or re.match(rf"{re.escape(name)}\W.*conflict", path.stem, re.I)
        ]
        if not files:
            raise LibraryError(f"no machine {name} has a file in {self.folder}")
        return files

    def remove(self, files: Iterable[Path]) -> None:
        """Remove files from the folder; LibraryError if one can't be."""
        for path in files:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise LibraryError(f"can't remove {path}: {error.strerror}") from error
            self._ahead.pop(path, None)

    def is_written(self, machine: str) -> bool:
        """Return whether this machine's file is unchanged since the last write or read."""
        if self.folder is None:
            return True
        path = self.folder / f"{machine}.json"
        return str(path) in self.taken and self._seen.get(path) == signature_of(path) is not None


def conflict_copies(library: Path) -> list[Path]:
    """Return the copies of a library's file of marks that a synchroniser has made.

    Dropbox: `state (… conflicted copy …).json`; Syncthing: `state.sync-conflict-….json`.
    """
    copies = files_in(library, "state*.json")
    return [path for path in copies if "conflict" in path.name.casefold()]


def sum_of(data: bytes) -> str:
    """Return a checksum of contents."""
    from hashlib import blake2b  # here because the start does not need it, and it loads OpenSSL

    return blake2b(data, digest_size=16).hexdigest()


def _all_of(each: Iterable[Mapping[str, str]]) -> dict[str, str]:
    found: dict[str, Any] = {}
    for stamps in each:
        for machine, stamp in stamps.items():
            found[machine] = max(found.get(machine, ""), stamp)
    return found
