"""The file `digest.json`: what each digest has told of already.

| table | documents |
| --- | --- |
| digests | under each digest's query: `known`, ids of papers, and `sent`, when (UTC, ISO 8601) |

Ids and not times: a paper of last month that is imported today is new, and a wrong clock loses
nothing. It is apart from the marks, so that a digest never writes to their file.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from store.files.disk import DISK, Disk
from store.files.storage import SCHEMA, schema_of, too_new
from store.files.tables import Database

DIGESTS = "digest.json"
"""Name of the file in a library."""

MOST_DIGESTS = 50
"""So many digests are remembered, those made last."""


class DigestFile:
    """The file of one library. Raises the errors of AtomicStorage."""

    def __init__(self, folder: Path, disk: Disk = DISK) -> None:
        self._database = Database(folder / DIGESTS, disk=disk)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep others from making a digest; LibraryTooNewError if it could not be remembered.

        Two at a time would tell of the same papers.
        """
        with self._database.storage.transaction():
            tables = self._database.storage.read()
            if tables and schema_of(tables) > SCHEMA:
                raise too_new(self._database.storage.path, schema_of(tables))
            yield

    def known(self, query: str) -> frozenset[str] | None:
        """Return the ids of papers that a digest told of; None if there was none yet."""
        saved = self._saved().get(query)
        return None if saved is None else frozenset(saved["known"])

    def remember(self, query: str, ids: Iterable[str], moment: datetime) -> None:
        """Make these all that a digest has told of."""
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
            if not isinstance(sent, str) or not _are_texts(known):
                raise self._database.storage.damage("a record of sent papers in it can't be read")
        return saved


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
