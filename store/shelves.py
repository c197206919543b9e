"""Papers on disk: one file for each month in which papers were listed."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from store.disk import DISK, Disk
from store.errors import LibraryError
from store.model import Paper

if TYPE_CHECKING:  # reading does without
    from store.editing import Editing


@dataclass(frozen=True, slots=True)
class Added:
    """What an import did, in numbers of papers."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0


class Shelves:
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

    def add(self, papers: Iterable[Paper], feed: str) -> Added:
        """Add papers that `feed` lists, or what they add to papers that are here already."""
        with self._editing() as shelf:
            imported = updated = unchanged = 0
            for paper in papers:
                incoming = replace(paper, feeds=(feed,))
                place = shelf.find(incoming)
                if place is None:
                    shelf.add(incoming)
                    imported += 1
                elif shelf.combine(place, incoming):
                    updated += 1
                else:
                    unchanged += 1
            shelf.save()
            return Added(imported, updated, unchanged)

    def tidy(self) -> int:
        """Make one paper of those that are kept twice; return how many were."""
        with self._editing() as shelf:
            shelf.save()
            return shelf.twice

    def _editing(self) -> "Editing":
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(f"can't write in {self.folder.parent}: {error.strerror}") from error
        from store.editing import Editing

        return Editing(self.folder, self.months, self.disk)
