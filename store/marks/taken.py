"""The file `sync.seen` in a library: which files need not be read again. It may be deleted at any
time.

A merged file from elsewhere is not parsed again, and this machine's own not written, until
something has changed. Contents are recognised by checksum: times may be too coarse.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from store.errors import LibraryError
from store.files.disk import Disk
from store.files.storage import read_file

SEEN = "sync.seen"
"""Name of the file."""


def read_taken(library: Path, writes: int) -> dict[str, Any]:
    """Return the record, or nothing if it does not fit the present marks.

    `writes` is how often they were written: less than before if an earlier copy was restored.
    """
    try:
        noted: dict[str, Any] = orjson.loads(read_file(library / SEEN))
        holds = noted["writes"] <= writes and isinstance(noted["taken"], dict)
        return noted if holds else {}
    except (LibraryError, orjson.JSONDecodeError, KeyError, TypeError):
        return {}


def write_taken(library: Path, noted: Mapping[str, Any], disk: Disk) -> None:
    """Record what was merged; if that fails, all is read again the next time."""
    try:
        disk.replace_file(library / SEEN, orjson.dumps(noted))
    except OSError:
        return


def forget_taken(library: Path) -> None:
    """Forget the record, so that everything is merged again."""
    (library / SEEN).unlink(missing_ok=True)
