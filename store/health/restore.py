"""Replace a damaged file by its earlier copy."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from store.errors import LibraryDamagedError, LibraryError, backup_path, changed_at
from store.files.disk import DISK, Disk
from store.files.folders import is_there
from store.files.locks import locked
from store.files.storage import SCHEMA, Tables, parse_tables, read_file, schema_of, set_aside
from store.marks.cells import check_marks, upgrade_marks
from store.marks.exchange import forget_seen
from store.marks.file import STATE
from store.papers.documents import to_paper
from store.papers.stored_records import stored_in


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored file."""

    path: Path
    """The file that was damaged."""
    day: date
    """The day of the last change in the copy."""
    damaged: Path | None
    """The file with the damaged contents; None if the file was gone."""


def restore(path: Path, disk: Disk = DISK) -> Restored:
    """Replace a file by its backup; its contents are saved under a dated name first.

    Raises LibraryError, and changes nothing, if there is no good backup or writing fails.
    """
    path = path.resolve()
    with locked(path):
        backup = backup_path(path)
        if not is_there(backup):
            raise LibraryError(f"there is no earlier copy of {path}")
        good = read_file(backup)
        check(backup, good, is_state=path.name == STATE)
        damaged = set_aside(path, read_file(path), disk) if is_there(path) else None
        if damaged is None and is_there(path):
            raise LibraryError(f"can't keep a copy of the damaged {path}; nothing was changed")
        try:
            disk.replace_file(path, good)
        except OSError as error:
            raise LibraryError(f"can't write {path}: {error.strerror}") from error
        forget_seen(path.parent)
        return Restored(path, changed_at(backup).date(), damaged)


def check(path: Path, data: bytes, is_state: bool) -> Tables:
    """Return the tables in a file of a library; LibraryDamagedError if they are not valid."""
    tables = parse_tables(path, data)
    if schema_of(tables) < SCHEMA and is_state:
        upgrade_marks(tables)
    try:
        check_marks(tables.get("marks", {}))
        for key, document in tables.get("papers", {}).items():
            stored_in(document, to_paper(key, document))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise LibraryDamagedError(path, f"something in it can't be read: {error}") from error
    return tables
