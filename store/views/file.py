"""The file `views.json`: the saved views, the last typed filters, the last visits.

| table | documents |
| --- | --- |
| views | a view's query and digit, by its name |
| filters | `typed`: the texts of filters, the latest last |
| visits | `latest`: the days of the last two visits, the latest last |

It is separate from the marks: nothing in it is merged with other machines.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from store.files.disk import DISK, Disk
from store.files.tables import Database
from store.text.clean import clean_line
from store.views.known import View, clean_name, one_digit_each

VIEWS = "views.json"
"""Name of the file in a library."""
MOST_FILTERS = 100
"""Most filters that are remembered."""

SavedViews: TypeAlias = tuple[View, ...]


@dataclass(frozen=True, slots=True)
class StoredViews:
    """The contents of the file."""

    views: SavedViews = ()
    filters: tuple[str, ...] = ()
    """The typed filters, the latest last."""
    visits: tuple[date, ...] = ()
    """The days of the last two visits, the latest last."""

    def last_visit(self, today: date) -> date | None:
        """Return the last day before today on which the reader was open; None if unknown."""
        return max((day for day in self.visits if day < today), default=None)


NOTHING = StoredViews()
"""The contents of a missing file."""


class ViewsFile:
    """The file of one library. Raises the errors of AtomicStorage."""

    def __init__(self, folder: Path, disk: Disk = DISK) -> None:
        self._database = Database(folder / VIEWS, disk=disk)

    def read(self) -> StoredViews:
        """Return the contents."""
        tables = self._database.storage.read() or {}
        try:
            return _contents(tables)
        except (AttributeError, TypeError, ValueError) as error:
            reason = "a view, a filter or a visit in it can't be read"
            raise self._database.storage.damage(reason) from error

    def change(self, change: Callable[[SavedViews], SavedViews]) -> None:
        """Replace the saved views by the result of `change`, which gets those on disk."""
        with self._database.storage.transaction():
            before = self.read().views
            after = change(before)
            documents = {view.name: {"query": view.query, "digit": view.digit} for view in after}
            self._database.keys("views").replace(documents, [view.name for view in before])

    def end_visit(self, day: date, typed: Iterable[str]) -> None:
        """Record a day on which the reader was open, and the filters typed then, in order."""
        with self._database.storage.transaction():
            stored = self.read()
            visits = sorted({*stored.visits, day})[-2:]
            days = [visit.isoformat() for visit in visits]
            self._database.keys("visits").replace({"latest": {"days": days}})
            filters = with_filters(stored.filters, map(clean_line, typed))
            if filters != stored.filters:
                self._database.keys("filters").replace({"typed": {"texts": list(filters)}})


def with_filters(filters: Iterable[str], typed: Iterable[str]) -> tuple[str, ...]:
    """Return the filters to remember: each once, in the order of last typing."""
    latest = dict.fromkeys(reversed([*filters, *typed]))
    return tuple(reversed([text for text in latest if text][:MOST_FILTERS]))


def _contents(tables: dict[str, Any]) -> StoredViews:
    """Return the contents of tables; AttributeError, TypeError or ValueError if invalid."""
    views = [
        View(clean_name(name), clean_line(saved.get("query", "")), _digit(saved.get("digit", "")))
        for name, saved in tables.get("views", {}).items()
    ]
    filters = tables.get("filters", {}).get("typed", {}).get("texts", [])
    visits = tables.get("visits", {}).get("latest", {}).get("days", [])
    if not isinstance(filters, list) or not isinstance(visits, list):
        raise TypeError("no list")
    return StoredViews(
        one_digit_each(view for view in views if view.name),
        tuple(map(clean_line, filters)),
        tuple(map(date.fromisoformat, visits)),
    )


def _digit(text: str) -> str:
    return text if len(text) == 1 and text in "0123456789" else ""
