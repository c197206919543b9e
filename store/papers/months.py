"""Papers on disk: one file for each month in which papers were listed."""

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from store.errors import LibraryError
from store.files.disk import DISK, Disk, folder_mode_inside
from store.papers.month_file import Written

if TYPE_CHECKING:  # reading does without
    from store.papers.editing import Editing
    from store.papers.records import Record


@dataclass(frozen=True, slots=True)
class Added:
    """What an import did, in numbers of papers."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    new: tuple[str, ...] = field(default=(), compare=False)
    """Ids of the papers that were imported."""
    feeds: frozenset[str] = field(default=frozenset(), compare=False)
    """Names of all feeds that the library has papers of now."""


class Dropped(NamedTuple):
    """What taking a feed away did, in numbers of papers."""

    gone: int
    stayed: int
    """Those that are marked, or in another feed as well."""


class MonthFiles:
    """The folder `papers/` of a library."""

    def __init__(self, folder: Path, disk: Disk = DISK) -> None:
        self.folder = folder
        self.disk = disk

    def months(self) -> list[Path]:
        """Return the month files, newest first."""
        try:
            names = os.listdir(self.folder)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise LibraryError(f"can't read {self.folder}: {error.strerror}") from error
        months = sorted(name for name in names if name[0].isdigit() and name.endswith(".json"))
        return [self.folder / name for name in reversed(months)]

    def months_of(self, names: Iterable[str]) -> list[Path]:
        """Return the files that may have papers of some names, newest first."""
        from store.papers.name_index import NameIndex

        months = self.months()
        index = NameIndex(self.folder, months)
        wanted = {path.stem for path in index.unknown} | index.months_with(names)
        return [path for path in months if path.stem in wanted]

    def add(self, records: Iterable["Record"]) -> tuple[Added, Mapping[Path, Written]]:
        """Add papers that feeds describe, or what they add to papers that are here already.

        Returns the months that were written as well.
        """
        with self._editing() as editing:
            changes = editing.add(records)
            editing.save()
            feeds = editing.feeds()
        new, updated, unchanged = changes.new, changes.updated, changes.unchanged
        return Added(len(new), updated, unchanged, new, feeds), editing.written

    def drop(self, feed: str, marked: Collection[str]) -> tuple[Dropped, Mapping[Path, Written]]:
        """Take away the papers of one feed, except those that are marked or in another feed.

        Returns the months that were written as well.
        """
        with self._editing(whole=True) as editing:
            gone, stayed = editing.drop(feed, marked)
            editing.save()
        return Dropped(gone, stayed), editing.written

    def tidy(self) -> int:
        """Make one paper of those that are kept twice; return how many were."""
        with self._editing(whole=True) as editing:
            editing.save()
            return editing.twice

    def _editing(self, whole: bool = False) -> "Editing":
        try:
            self.disk.make_folder(self.folder, folder_mode_inside(self.folder.parent))
        except OSError as error:
            raise LibraryError(f"can't write in {self.folder.parent}: {error.strerror}") from error
        from store.papers.editing import Editing

        return Editing(self.folder, self.months, self.disk, whole)
