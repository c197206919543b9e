"""Time a star until it is safe on disk, beside other ways to keep the same marks.

All papers are marked read first. Then a few get a star, one after the other: here, in TinyDB's
own JSONStorage, and in SQLite (WAL, synchronous FULL). What the disk takes to sync one small
write is measured between them.
"""

import gc
import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from tinydb import TinyDB
from tinydb.table import Document, Table

from benchmarks.libraries import Prepared, link_library
from benchmarks.measurements import Readings, Readout
from benchmarks.programs import OURS
from store.library import Library
from store.model import Change

SAVE = "star, durable"
FSYNC = "fsync"
STARS = 20
UNTIMED = 2
"""Stars before the first that counts: the day's backup is made, files are in memory."""
READ_AT = "2026-07-01T08:00:00+00:00"


def time_durable_stars(prepared: Prepared, cache: Path) -> Readings:
    """Return milliseconds a star by keeper; all files are in the cache's file system."""
    readout = Readout()
    with tempfile.TemporaryDirectory(dir=cache) as temporary:
        folder = Path(temporary)
        ids, ours = _ours(prepared, folder / "library")
        keepers = (
            (OURS, ours),
            ("TinyDB JSONStorage", _tinydb(ids, folder / "tinydb.json")),
            ("sqlite3", _sqlite(ids, folder / "marks.sqlite")),
            (FSYNC, _fsync(folder / "small")),
        )
        gc.collect()
        gc.freeze()  # as the reader does when it has loaded
        step = len(ids) // (STARS + UNTIMED)
        for number, paper_id in enumerate(ids[:: step or 1][: STARS + UNTIMED]):
            for who, star in keepers:
                started = perf_counter()
                star(paper_id)
                if number >= UNTIMED:
                    milliseconds = (perf_counter() - started) * 1_000
                    readout.add(SAVE, prepared.size, who, milliseconds)
    return readout.readings


def _ours(prepared: Prepared, folder: Path) -> tuple[list[str], Callable[[str], None]]:
    link_library(prepared, folder)
    library = Library(folder)
    library.read_all()
    ids = list(library.papers)
    library.mark(ids, Change(read=True))
    library.commit()

    def star(paper_id: str) -> None:
        library.mark([paper_id], Change(starred=True))
        library.commit()

    return ids, star


class _KeyTable(Table):
    """TinyDB's table with the papers' keys for ids, as ours has."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB's hint says int, its docs any type


def _tinydb(ids: list[str], path: Path) -> Callable[[str], None]:
    database = TinyDB(path)
    database.table_class = _KeyTable
    table = database.table("marks")
    marks = {"read": True, "read_at": READ_AT}
    table.insert_multiple(Document(dict(marks), doc_id=key) for key in ids)  # type: ignore[arg-type]

    def star(paper_id: str) -> None:
        table.update({"starred": True, "starred_at": READ_AT}, doc_ids=[paper_id])  # type: ignore[list-item]

    return star


def _sqlite(ids: list[str], path: Path) -> Callable[[str], None]:
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute(
        "CREATE TABLE marks (id TEXT PRIMARY KEY, read, read_at, starred, starred_at) WITHOUT ROWID"
    )
    rows = ((key, True, READ_AT) for key in ids)
    database.executemany("INSERT INTO marks (id, read, read_at) VALUES (?, ?, ?)", rows)
    database.commit()

    def star(paper_id: str) -> None:
        database.execute(
            "UPDATE marks SET starred = 1, starred_at = ? WHERE id = ?", (READ_AT, paper_id)
        )
        database.commit()

    return star


def _fsync(path: Path) -> Callable[[str], None]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)

    def write(paper_id: str) -> None:
        os.write(descriptor, paper_id.encode())
        os.fsync(descriptor)

    return write
