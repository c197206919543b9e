"""The file of one month: the papers listed in it, with what feeds said of each."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from store.files.disk import DISK, Disk
from store.files.storage import SCHEMA, AtomicStorage, Signature, schema_of
from store.files.tables import Database
from store.model import Paper
from store.papers.documents import Later, StoredRecords, later_fields, to_document, to_paper

T = TypeVar("T")


class Written(NamedTuple):
    """What was written to a month's file."""

    signature: Signature | None
    papers: list[Paper]


def read_month(path: Path) -> tuple[list[Paper], int]:
    """Return the papers of one month's file in their order, and the layout they are in.

    Raises LibraryDamagedError if it is no such file.
    """
    return _read(path, to_paper)


def read_month_with_records(path: Path) -> tuple[list[tuple[Paper, StoredRecords, Later]], int]:
    """Return the same with what else is written of each paper, which only changes need.

    That is what the feeds said of it, and what a later version wrote.
    """
    from store.papers.stored_records import stored_in  # here because reading does without

    def whole(key: str, document: Mapping[str, Any]) -> tuple[Paper, StoredRecords, Later]:
        paper = to_paper(key, document)
        return paper, stored_in(document, paper), later_fields(document)

    return _read(path, whole)


def _read(path: Path, understand: Callable[[str, Any], T]) -> tuple[list[T], int]:
    storage = AtomicStorage(path)
    # Not through a table: it would copy each document for whoever wants to change it.
    tables = storage.read() or {}
    try:
        papers = [understand(*each) for each in tables.get("papers", {}).items()]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise storage.damage("a paper in it lacks its fields") from error
    return papers, schema_of(tables) if tables else SCHEMA


def write_month(
    path: Path, papers: Iterable[tuple[Paper, StoredRecords, Later]], disk: Disk = DISK
) -> None:
    """Replace the papers of one month's file, in this order."""
    database = Database(path, disk=disk)
    with database.storage.transaction():
        database.drop_table("papers")
        database.keys("papers").replace(
            {paper.id: to_document(paper, stored, later) for paper, stored, later in papers}
        )
