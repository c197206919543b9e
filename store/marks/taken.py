"""The file `sync.seen` in a library: what need not be read again. It may be deleted at any time.

A file from elsewhere whose contents were taken in is not parsed again, nor this machine's own
written, until something has changed. Contents are recognised by their sum: times may be too coarse.
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
    """Return what was noted, or nothing if that is not true of the marks as they are.

    `writes` is how often they were written: less than before where an earlier copy was put back.
    """
    try:
        noted: dict[str, Any] = orjson.loads(read_file(library / SEEN))
        holds = noted["writes"] <= writes and isinstance(noted["taken"], dict)
        return noted if holds else {}
    except (LibraryError, orjson.JSONDecodeError, KeyError, TypeError):
        return {}


def write_taken(library: Path, noted: Mapping[str, Any], disk: Disk) -> None:
    """Note what was taken in; if that fails all is read again the next time."""
    try:
        disk.replace_file(library / SEEN, orjson.dumps(noted))
    except OSError:
        return


def forget_taken(library: Path) -> None:
    """Let everything be taken in again."""
    (library / SEEN).unlink(missing_ok=True)
