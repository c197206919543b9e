"""The TinyDB files of a library."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from tinydb import TinyDB
from tinydb.table import Table

from store.files.disk import DISK, Disk
from store.files.storage import AtomicStorage, Upgrade

T = TypeVar("T")


class KeyTable(Table):
    """A table with the papers' keys as document ids, without a cache of query results.

    TinyDB's own counter of ids would overwrite what another instance has inserted, and its cached
    results share memory with the documents.
    """

    document_id_class = str  # type: ignore[assignment]  # TinyDB's hint says int, its docs any type
    default_query_cache_capacity = 0

    def replace(self, documents: Mapping[str, Any], gone: Iterable[str] = ()) -> None:
        """Store documents under their keys, replacing present ones, and remove those gone."""

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
    """A TinyDB file in AtomicStorage, with the same options."""

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


def are_texts(value: object) -> bool:
    """Return whether a value in a document is a list of texts."""
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
