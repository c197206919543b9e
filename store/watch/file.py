"""The file `watch.json`: the known facts about starred papers.

| table | documents |
| --- | --- |
| papers | by id: the facts (store.watch.facts), and when each source was `asked` (UTC, ISO 8601) |

It may be deleted: the facts are collected again, and no news is reported twice, since news are
stored with the marks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from store.files.disk import DISK, Disk
from store.files.tables import Database
from store.watch.facts import Facts, from_document, to_document

WATCH = "watch.json"
"""Name of the file in a library."""


@dataclass(frozen=True, slots=True)
class Looked:
    """The known facts about a paper, and when each source was asked."""

    facts: Facts
    asked: Mapping[str, str] = field(default_factory=dict)
    """The time by source: UTC, ISO 8601."""


class WatchFile:
    """The file of one library. Raises the errors of AtomicStorage."""

    def __init__(self, folder: Path, disk: Disk = DISK) -> None:
        self._database = Database(folder / WATCH, disk=disk)

    def read(self) -> dict[str, Looked]:
        """Return what is stored, by paper's id."""
        tables = self._database.storage.read() or {}
        try:
            return {
                paper_id: Looked(from_document(saved["facts"]), _times(saved["asked"]))
                for paper_id, saved in tables.get("papers", {}).items()
            }
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise self._database.storage.damage(
                "a record of a paper in it can't be read"
            ) from error

    def save(self, looked: Mapping[str, Looked]) -> None:
        """Store what is known about papers now."""
        if looked:
            self._database.keys("papers").replace(
                {
                    paper_id: {"facts": to_document(each.facts), "asked": dict(each.asked)}
                    for paper_id, each in looked.items()
                }
            )


def is_due(asked: str, now: datetime) -> bool:
    """Return whether a day has passed, or a time is in the future, from a wrong clock."""
    if not asked:
        return True
    then = datetime.fromisoformat(asked)
    return not now - timedelta(days=1) < then <= now


def _times(saved: Mapping[str, str]) -> dict[str, str]:
    for moment in saved.values():
        datetime.fromisoformat(moment)  # raises if it is not a time
    return dict(saved)
