"""The file `digest.json`: the papers that each digest has reported.

| table | documents |
| --- | --- |
| digests | under each digest's query: `known`, ids of papers, and `sent`, when (UTC, ISO 8601) |

Ids, not times: a paper of last month that is imported today is new, and a wrong clock loses
nothing. The file is separate from the marks, so that a digest never writes to theirs.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from store.files.disk import DISK, Disk
from store.files.storage import SCHEMA, schema_of, too_new
from store.files.tables import Database, are_texts

DIGESTS = "digest.json"
"""Name of the file in a library."""

MOST_DIGESTS = 50
"""Number of digests that are remembered, the latest."""


class DigestFile:
    """The file of one library. Raises the errors of AtomicStorage."""

    def __init__(self, folder: Path, disk: Disk = DISK) -> None:
        self._database = Database(folder / DIGESTS, disk=disk)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Lock the file while a digest is made: two at a time would report the same papers.

        LibraryTooNewError if this version can't write the file.
        """
        with self._database.storage.transaction():
            tables = self._database.storage.read()
            if tables and schema_of(tables) > SCHEMA:
                raise too_new(self._database.storage.path, schema_of(tables))
            yield

    def known(self, query: str) -> frozenset[str] | None:
        """Return the ids of papers that a digest has reported; None before the first digest."""
        saved = self._saved().get(query)
        return None if saved is None else frozenset(saved["known"])

    def remember(self, query: str, ids: Iterable[str], moment: datetime) -> None:
        """Record the ids of all papers that a digest has reported."""
        with self._database.storage.transaction():
            others = {name: each for name, each in self._saved().items() if name != query}
            by_time = sorted(others, key=lambda name: others[name]["sent"], reverse=True)
            sent = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            self._database.keys("digests").replace(
                {query: {"known": sorted(ids), "sent": sent}}, gone=by_time[MOST_DIGESTS - 1 :]
            )

    def _saved(self) -> dict[str, Any]:
        saved = (self._database.storage.read() or {}).get("digests", {})
        for each in saved.values():
            known, sent = each.get("known"), each.get("sent")
            if not isinstance(sent, str) or not are_texts(known):
                raise self._database.storage.damage("a record of sent papers in it can't be read")
        return saved
