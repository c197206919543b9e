"""A TinyDB Storage that never leaves a half-written file and never loses another's change.

A write replaces the file as a whole (store.files.disk) under a lock on a side file
(store.files.locks), and reads again under the lock: that merges the work of programs that write at
the same time.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from stat import S_ISREG
from typing import Any, TypeAlias

import orjson
from tinydb.storages import Storage

from store.errors import (
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryTooNewError,
    backup_path,
    changed_at,
)
from store.files.disk import DISK, Disk
from store.files.folders import is_there
from store.files.locks import locked
from store.files.ordinary import read_ordinary

SCHEMA = 2
"""Version of the files' layout that this program writes."""
OLDEST_SCHEMA = 1
"""The oldest layout it can read."""

CHANGE = "!change"
"""The first table, with a word unique to each write of the file: see `signature_of`."""
_WORD = re.compile(rb'\{"!change":\{"last":\{"word":"([0-9a-f]{16})"')

Tables: TypeAlias = dict[str, dict[str, Any]]
Signature: TypeAlias = tuple[int, int, int, str]
"""Time, inode number and size of a file, and the word of its last write."""
Upgrade: TypeAlias = Callable[[Tables], None]
"""Upgrades tables of an older layout to the present one, in place."""


class AtomicStorage(Storage):
    """One TinyDB file, replaced as a whole.

    Raises LibraryError if the file can't be read or written, LibraryBusyError if another
    program does not release it, LibraryDamagedError if it is not a table file (a copy of it is set
    aside first), LibraryTooNewError when writing to a file of a later version.
    """

    def __init__(
        self,
        path: str | Path,
        keep_parsed: bool = False,
        disk: Disk = DISK,
        upgrade: Upgrade | None = None,
    ) -> None:
        # The real path first, so that a symlinked file stays a symlink when it is replaced.
        self.path = Path(os.path.realpath(path))
        self.disk = disk
        self._keep_parsed = keep_parsed
        self._upgrade = upgrade
        self._parsed: Tables | None = None
        self._signature: Signature | None = None
        self._was_here = False
        """Whether the file is known to have been here before."""
        self._pending: Tables | None = None
        self._in_transaction = False

    def read(self) -> Tables | None:
        """Return the tables, or None if there is no file yet."""
        if self._pending is not None:
            return self._pending
        signature = self.signature()
        if signature is None and (self._was_here or is_there(backup_path(self.path))):
            # Other programs may have made the file and its backup between the two looks.
            signature = self.signature()
            if signature is None:
                self._parsed = self._signature = None
                raise LibraryDamagedError(self.path, "it is gone, though it was here before")
        if signature is None:
            self._parsed = self._signature = None
            return None
        # Without a word, another write may have the same signature: times can be coarse.
        if self._parsed is not None and signature == self._signature and signature[-1]:
            return self._parsed
        tables = self._load()
        self._was_here = True
        self._signature = signature
        self._parsed = tables if self._keep_parsed else None
        return tables

    def write(self, data: Tables) -> None:
        """Replace the file's contents; inside a transaction, at its end."""
        if self._in_transaction:
            self._pending = data
            return
        with self.transaction():
            self._pending = data

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the lock; at the end write all changes made inside, or nothing after an error.

        A nested one is part of the outer one.
        """
        if self._in_transaction:
            yield
            return
        with locked(self.path):
            before = self.signature()
            self._in_transaction = True
            try:
                yield
                if self._pending is not None:
                    if self.signature() != before:
                        # The lock's file was removed meanwhile, and somebody wrote under another
                        # lock.
                        raise LibraryBusyError(self.path, "another program")
                    self._replace(self._pending)
            except BaseException:
                # The parsed value may have been changed in place: read it again next time.
                self._parsed = self._signature = None
                raise
            finally:
                self._pending = None
                self._in_transaction = False

    def expect(self) -> None:
        """From now on, a missing file is damage."""
        self._was_here = True

    def signature(self) -> Signature | None:
        """Return what changes whenever the file is replaced; None if there is no file."""
        return signature_of(self.path)

    @property
    def known_signature(self) -> Signature | None:
        """The signature of the file as it was last read or written here."""
        return self._signature

    def damage(self, reason: str) -> LibraryDamagedError:
        """Set a copy of the file aside, and return the error that names it."""
        kept = set_aside(self.path, read_file(self.path), self.disk)
        return LibraryDamagedError(self.path, reason, kept)

    def _load(self) -> Tables:
        data = read_file(self.path)
        try:
            tables = parse_tables(self.path, data)
        except LibraryDamagedError as error:
            raise self.damage(error.reason) from error
        if schema_of(tables) < SCHEMA and self._upgrade:
            self._upgrade(tables)
        return tables

    def _replace(self, tables: Tables) -> None:
        about = tables.setdefault("meta", {}).setdefault("library", {})
        if about.get("schema", SCHEMA) > SCHEMA:
            raise too_new(self.path, about["schema"])
        about["schema"] = SCHEMA
        self._keep_yesterday()
        try:
            tables[CHANGE] = {"last": {"word": os.urandom(8).hex()}}
            in_order = {name: tables[name] for name in sorted(tables)}
            self.disk.replace_file(self.path, orjson.dumps(in_order))
        except OSError as error:
            raise LibraryError(f"can't write {self.path}: {error.strerror}") from error
        self._was_here = True
        self._signature = self.signature()
        self._parsed = tables if self._keep_parsed else None

    def _keep_yesterday(self) -> None:
        """Keep the file as `.bak` before the day's first replacement."""
        backup = backup_path(self.path)
        # A lack of room for a backup must not stop the write.
        with suppress(OSError, LibraryError):
            last_written = changed_at(self.path).date()
            if last_written != date.today() or not is_there(backup):
                self.disk.keep_as(self.path, backup)


def signature_of(path: Path) -> Signature | None:
    """Return what changes whenever a file is replaced; None if there is no file.

    Time, inode number and size alone are not enough: file systems keep times in seconds or clock
    ticks, and reuse the number of a removed file. So each write puts a new word at the beginning
    (SQLite has a counter there); files of other programs have none.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise LibraryError(f"can't read {path}: {error.strerror}") from error
    try:
        status = os.fstat(descriptor)
        word = _WORD.match(os.pread(descriptor, 64, 0)) if S_ISREG(status.st_mode) else None
    except OSError as error:
        raise LibraryError(f"can't read {path}: {error.strerror}") from error
    finally:
        os.close(descriptor)
    found = word[1].decode() if word else ""
    return status.st_mtime_ns, status.st_ino, status.st_size, found


def read_file(path: Path, limit: int | None = None) -> bytes:
    """Return the contents of a regular file; LibraryError if it is none or can't be read."""
    try:
        return read_ordinary(path, limit)
    except OSError as error:
        raise LibraryError(f"can't read {path}: {error.strerror}") from error


def parse_tables(path: Path, data: bytes) -> Tables:
    """Return the tables in a file's contents; LibraryDamagedError if there are none."""
    if not data:
        raise LibraryDamagedError(path, "it is empty")
    try:
        tables = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise LibraryDamagedError(path, f"it is not JSON at character {error.pos}") from error
    if not isinstance(tables, dict) or not all(
        isinstance(table, dict) and all(isinstance(doc, dict) for doc in table.values())
        for table in tables.values()
    ):
        raise LibraryDamagedError(path, "it has no tables")
    schema = tables.get("meta", {}).get("library", {}).get("schema")
    if type(schema) is not int or schema < OLDEST_SCHEMA:
        raise LibraryDamagedError(path, "it does not state its version")
    return tables


def schema_of(tables: Tables) -> int:
    """Return the layout version of parsed tables."""
    schema: int = tables["meta"]["library"]["schema"]
    return schema


def too_new(path: Path, schema: int) -> LibraryTooNewError:
    """Return the error for writing to a file of a later version."""
    return LibraryTooNewError(
        f"{path} was written by a later version of papers-tui (layout {schema}, this one knows "
        f"{SCHEMA}): it can be read but not changed; update papers-tui"
    )


def set_aside(path: Path, data: bytes, disk: Disk = DISK) -> Path | None:
    """Keep a copy of a damaged file under a dated name; None if it can't be written.

    The same damage is copied only once.
    """
    try:
        name = f"{path.name}.damaged-{changed_at(path):%Y%m%d-%H%M%S}"
        for number in range(1, 1000):
            copy = path.with_name(name if number == 1 else f"{name}-{number}")
            if not is_there(copy):
                disk.replace_file(copy, data, like=path)
                return copy
            if copy.read_bytes() == data:
                return copy
    except (OSError, LibraryError):
        pass
    return None
