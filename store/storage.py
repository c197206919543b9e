"""A TinyDB Storage that never leaves a half-written file and never loses another's change.

A write goes to a temporary file beside the data, is synced, replaces the data file, and the
folder is synced; so a crash at any point leaves the old or the new file whole (the recipe of
SQLite's and LevelDB's file replacement). Writers take a lock on a side file, since replacing the
data file would change the inode a lock on it would hold, and read again under the lock.
"""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import orjson
from tinydb.storages import Storage

from store.errors import LibraryDamagedError, LibraryError, LibraryTooNewError

SCHEMA = 1
"""Version of the files' layout that this program writes."""

LOCK_SECONDS = 2.0
"""How long a writer waits for another one before it gives up."""

Tables = dict[str, dict[str, Any]]


class AtomicStorage(Storage):
    """One TinyDB file, replaced as a whole.

    Raises LibraryError where the file can't be read or written, LibraryDamagedError where it is
    not a table file, LibraryTooNewError where a later version wrote it.
    """

    def __init__(self, path: str | Path, keep_parsed: bool = False) -> None:
        # The real path first, so that a symlinked file stays a symlink when it is replaced.
        self.path = Path(os.path.realpath(path))
        self._keep_parsed = keep_parsed
        self._parsed: Tables | None = None
        self._signature: tuple[int, int, int] | None = None
        self._pending: Tables | None = None
        self._in_transaction = False

    def read(self) -> Tables | None:
        """Return the tables, or None where there is no file yet."""
        if self._pending is not None:
            return self._pending
        signature = self._stat()
        if signature is None:
            self._parsed = self._signature = None
            return None
        if self._parsed is not None and signature == self._signature:
            return self._parsed
        tables = self._load()
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
        """Hold the lock; write once at the end what was changed inside, or nothing on an error."""
        with locked(self.path):
            self._in_transaction = True
            try:
                yield
                if self._pending is not None:
                    self._replace(self._pending)
            except BaseException:
                # The parsed value may have been changed in place: read it anew next time.
                self._parsed = self._signature = None
                raise
            finally:
                self._pending = None
                self._in_transaction = False

    def changed_elsewhere(self) -> bool:
        """Tell whether the file is another than the one last read or written here."""
        return self._stat() != self._signature

    def _stat(self) -> tuple[int, int, int] | None:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise LibraryError(f"can't read {self.path}: {error.strerror}") from error
        return status.st_mtime_ns, status.st_ino, status.st_size

    def _load(self) -> Tables:
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise LibraryError(f"can't read {self.path}: {error.strerror}") from error
        if not data:
            raise LibraryDamagedError(self.path, "it is empty")
        try:
            tables = orjson.loads(data)
        except orjson.JSONDecodeError as error:
            raise LibraryDamagedError(self.path, f"not JSON at character {error.pos}") from error
        if not isinstance(tables, dict) or not all(
            isinstance(table, dict) and all(isinstance(doc, dict) for doc in table.values())
            for table in tables.values()
        ):
            raise LibraryDamagedError(self.path, "it holds no tables")
        schema = tables.get("meta", {}).get("library", {}).get("schema")
        if not isinstance(schema, int):
            raise LibraryDamagedError(self.path, "it does not say its version")
        if schema > SCHEMA:
            raise LibraryTooNewError(
                f"{self.path} was written by a later version of papers-tui "
                f"(layout {schema}, this one knows {SCHEMA}); update papers-tui to use it"
            )
        return tables

    def _replace(self, tables: Tables) -> None:
        tables.setdefault("meta", {}).setdefault("library", {})["schema"] = SCHEMA
        temporary = self.path.with_name(self.path.name + ".tmp")
        try:
            data = orjson.dumps(tables)
            with open(temporary, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            self._keep_yesterday()
            os.replace(temporary, self.path)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink()
            raise LibraryError(f"can't write {self.path}: {error.strerror}") from error
        sync_folder(self.path.parent)
        self._signature = self._stat()
        self._parsed = tables if self._keep_parsed else None

    def _keep_yesterday(self) -> None:
        """Link the file as `.bak` before the day's first replacement."""
        backup = self.path.with_name(self.path.name + ".bak")
        # A file system without hard links has no backup; that must not stop the write.
        with suppress(OSError):
            last_written = date.fromtimestamp(self.path.stat().st_mtime)
            if last_written == date.today() and backup.exists():
                return
            with suppress(FileNotFoundError):
                backup.unlink()
            os.link(self.path, backup)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock that goes with `path`; LibraryError after LOCK_SECONDS of waiting.

    Waiting is polling: a stopped holder must not block for good. File systems without locks
    (some network mounts) are used without.
    """
    lock_path = path.with_name(path.name + ".lock")
    try:
        descriptor = os.open(lock_path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise LibraryError(f"can't write in {path.parent}: {error.strerror}") from error
    try:
        _acquire(descriptor, lock_path)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, lock_path: Path) -> None:
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.ENOLCK, errno.ENOTSUP):
                return
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise LibraryError(f"can't lock {lock_path}: {error.strerror}") from error
            if time.monotonic() > deadline:
                holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
                raise LibraryError(
                    f"{lock_path} is held by process {holder or 'unknown'}, which does not let go"
                ) from error
            time.sleep(0.005)
        else:
            with suppress(OSError):  # the name of the holder is a courtesy, a full disk no reason
                os.pwrite(descriptor, f"{os.getpid():<19}\n".encode(), 0)
            return


def sync_folder(folder: Path) -> None:
    """Make a replacement in `folder` durable. The data is there already, so failing is no error."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
