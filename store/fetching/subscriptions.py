"""The file `feeds.json`: the feeds subscribed to, and what was fetched from each.

| table | documents |
| --- | --- |
| subscriptions | an empty document by each feed's name |
| fetched | a feed's state (FeedState), by its name |

It is separate from the marks, so that fetching never writes to their file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from store.fetching.client import Validators
from store.files.disk import DISK, Disk
from store.files.tables import Database

FEEDS = "feeds.json"
"""Name of the file in a library."""

MOST_VALIDATORS = 40
"""Number of addresses of a feed whose last version is remembered."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What was fetched from a feed."""

    complete: date | None = None
    """The last day that was fetched after its end."""
    fetched: str = ""
    """When fetching last succeeded, in UTC (ISO 8601); empty if never."""
    error: str = ""
    """The error of the last time, in words; empty without one."""
    feed: str = ""
    """Its name in Paper.feeds."""
    validators: Mapping[str, Validators] = field(default_factory=dict)
    """The last version of a page, by address, the latest last."""


NEVER = FeedState()
"""The state of a feed that was never fetched."""


class Subscriptions:
    """The file of one library. Raises the errors of AtomicStorage."""

    def __init__(self, folder: Path, disk: Disk = DISK) -> None:
        self._database = Database(folder / FEEDS, disk=disk)

    def names(self) -> list[str]:
        """Return the names of feeds subscribed to, in the order of adding."""
        return list(self._table("subscriptions"))

    def add(self, names: Iterable[str]) -> list[str]:
        """Subscribe to feeds; return the new ones."""
        with self._database.storage.transaction():
            known = self.names()
            new = [name for name in dict.fromkeys(names) if name not in known]
            if new:
                self._database.keys("subscriptions").replace({name: {} for name in new})
            return new

    def remove(self, name: str) -> bool:
        """End a subscription and remove the feed's state; return whether there was one.

        Its papers stay.
        """
        with self._database.storage.transaction():
            if name not in self.names():
                return False
            self._database.keys("subscriptions").replace({}, [name])
            self._database.keys("fetched").replace({}, [name])
            return True

    def put_back(self, name: str, place: int, state: FeedState | None) -> bool:
        """Undo a removal; return False if the feed has been added again meanwhile.

        The feed gets its place among the names and its state, if it had any.
        """
        with self._database.storage.transaction():
            names = self.names()
            if name in names:
                return False
            order = [*names[:place], name, *names[place:]]
            self._database.keys("subscriptions").replace({each: {} for each in order}, names)
            if state:
                self.save(name, state)
            return True

    def states(self) -> dict[str, FeedState]:
        """Return the state of each feed that was ever fetched, by name."""
        try:
            return {name: _state(saved) for name, saved in self._table("fetched").items()}
        except (TypeError, ValueError) as error:
            raise self._database.storage.damage("the state of a feed can't be read") from error

    def save(self, name: str, state: FeedState) -> None:
        """Store the state of a feed."""
        with self._database.storage.transaction():
            self._database.keys("fetched").replace({name: _document(state)})

    def _table(self, name: str) -> dict[str, Any]:
        tables = self._database.storage.read() or {}
        return dict(tables.get(name, {}))


def _document(state: FeedState) -> dict[str, Any]:
    latest = list(state.validators.items())[-MOST_VALIDATORS:]
    return {
        "complete": state.complete.isoformat() if state.complete else "",
        "fetched": state.fetched,
        "error": state.error,
        "feed": state.feed,
        "validators": {address: [seen.etag, seen.modified] for address, seen in latest},
    }


def _state(saved: Mapping[str, Any]) -> FeedState:
    """Return the state in a document; TypeError or ValueError if it has none."""
    texts = [saved.get(name, "") for name in ("complete", "fetched", "error", "feed")]
    validators = saved.get("validators", {})
    if not isinstance(validators, dict):
        raise TypeError("no table of validators")
    for etag, modified in validators.values():
        texts += [etag, modified]
    "".join(texts)  # raises if one is not text
    complete, fetched, error, feed = texts[:4]
    _ = fetched and datetime.fromisoformat(fetched)  # raises if it is not a time
    return FeedState(
        complete=date.fromisoformat(complete) if complete else None,
        fetched=fetched,
        error=error,
        feed=feed,
        validators={address: Validators(*pair) for address, pair in validators.items()},
    )
