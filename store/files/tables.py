"""The TinyDB files of a library."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from tinydb import TinyDB
from tinydb.table import Table

from store.files.disk import DISK, Disk
from store.files.storage import SCHEMA, AtomicStorage, Upgrade, schema_of
from store.model import Paper
from store.papers.documents import Told, to_document, to_paper

T = TypeVar("T")


class KeyTable(Table):
    """A table whose document ids are the papers' keys, without a cache of query results.

    TinyDB's own counter of ids overwrites what another instance has inserted meanwhile, and its
    cached results share memory with the documents.
    """

    document_id_class = str  # type: ignore[assignment]  # TinyDB's hint says int, its docs any type
    default_query_cache_capacity = 0

    def replace(self, documents: Mapping[str, Any], gone: Iterable[str] = ()) -> None:
        """Put documents under their keys, in place of those there, and take out those gone."""

        def put(table: dict[str, Any]) -> None:
            for key in gone:
                table.pop(key, None)
            table.update(documents)

        self._update_table(put)

    def _update_table(self, updater: Callable[[dict[Any, Any]], None]) -> None:
        # TinyDB makes two new dictionaries here to turn ids into whole numbers and back. With a
        # hundred thousand documents that takes longer than writing the file.
        tables = self._storage.read() or {}
        updater(tables.setdefault(self.name, {}))
        self._storage.write(tables)


class Database(TinyDB):
    """A TinyDB file in AtomicStorage; the options are those of AtomicStorage."""

    table_class = KeyTable

    def __init__(
        self,
        path: Path,
        keep_parsed: bool = False,
        disk: Disk = DISK,
        upgrade: Upgrade | None = None,
    ) -> None:
        super().__init__(
            path, storage=AtomicStorage, keep_parsed=keep_parsed, disk=disk, upgrade=upgrade
        )

    @property
    def storage(self) -> AtomicStorage:
        """The storage under this database."""
        storage = super().storage
        assert isinstance(storage, AtomicStorage)
        return storage

    def keys(self, name: str) -> KeyTable:
        """Return a table."""
        table = self.table(name)
        assert isinstance(table, KeyTable)
        return table


def read_month(path: Path) -> tuple[list[Paper], int]:
    """Return the papers of one month's file in their order, and the layout they are in.

    Raises LibraryDamagedError if it is no such file.
    """
    return _read(path, to_paper)


def read_told_month(path: Path) -> tuple[list[tuple[Paper, Told]], int]:
    """Return the same with what the feeds told of each paper, which only changes need."""
    from store.papers.told import told_in  # here because reading does without

    def both(key: str, document: Mapping[str, Any]) -> tuple[Paper, Told]:
        paper = to_paper(key, document)
        return paper, told_in(document, paper)

    return _read(path, both)


def _read(path: Path, understand: Callable[[str, Any], T]) -> tuple[list[T], int]:
    storage = AtomicStorage(path)
    # Not through a table: it would copy each document for whoever wants to change it.
    tables = storage.read() or {}
    try:
        papers = [understand(*each) for each in tables.get("papers", {}).items()]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise storage.damage("a paper in it lacks its fields") from error
    return papers, schema_of(tables) if tables else SCHEMA


def write_month(path: Path, papers: Iterable[tuple[Paper, Told]], disk: Disk = DISK) -> None:
    """Replace the papers of one month's file, in this order."""
    database = Database(path, disk=disk)
    with database.storage.transaction():
        database.drop_table("papers")
        database.keys("papers").replace(
            {paper.id: to_document(paper, told) for paper, told in papers}
        )
