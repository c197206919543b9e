"""The library: papers, the marks on them, and what was done last. The only owner of TinyDB."""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from types import MappingProxyType

from store.database import Database, replace_documents
from store.errors import LibraryDamagedError, LibraryError
from store.history import Action, History, Step
from store.merge import (
    Cells,
    Stamps,
    cells_of,
    difference,
    marks_of,
    merge_cells,
    needed,
    stamps_in,
)
from store.model import NO_MARKS, Change, Marks, Paper
from store.shelves import Added, Shelves

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


class Library:
    """A folder with papers by month and one file of marks.

    Marks change in memory at once (`mark`, `undo`, `redo`) and on disk with `commit`, which may
    run in another thread; everything else belongs to the thread that made the library. Raises
    LibraryError (or one of its kinds) where the folder or a file in it can't be used.
    """

    def __init__(self, folder: Path, clock: Clock = utc_now) -> None:
        self.folder = folder
        self._clock = clock
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise LibraryError(f"{folder} is a file, not a library folder") from error
        except OSError as error:
            raise LibraryError(f"can't make the folder {folder}: {error.strerror}") from error
        self._shelves = Shelves(folder / "papers")
        self._papers: dict[str, Paper] = {}
        self._shelf_signatures: dict[Path, tuple[int, int]] = {}
        self._state = Database(folder / "state.json", keep_parsed=True)
        self._cells: dict[str, Cells] = {}
        self._marks: dict[str, Marks] = {}
        self._better_names: dict[str, str] = {}
        self._pending: list[dict[str, Cells]] = []
        self._pending_lock = Lock()
        self._stale = False
        self._history = History()
        self._machine = os.urandom(4).hex()
        self._load_state()

    # Papers

    @property
    def papers(self) -> Mapping[str, Paper]:
        """The papers read so far, by id, newest month first."""
        return MappingProxyType(self._papers)

    def months(self) -> list[Path]:
        """Return the month files on disk, newest first."""
        return self._shelves.months()

    def read_month(self, month: Path) -> list[Paper]:
        """Read one month's papers into memory and return them."""
        signature = self._shelves.signature(month)
        papers = [paper for paper in self._shelves.read(month) if not self._known_earlier(paper)]
        self._shelf_signatures[month] = signature
        for paper in papers:
            self._papers[paper.id] = paper
            for name in paper.aliases:
                self._papers.pop(name, None)
                self._adopt_marks(paper.id, name)
        return papers

    def read_all(self) -> None:
        """Read every month."""
        for month in self.months():
            self.read_month(month)

    def changed_months(self) -> list[Path]:
        """Return the months that are not on disk as they were last read here."""
        return [
            month
            for month in self.months()
            if self._shelves.signature(month) != self._shelf_signatures.get(month)
        ]

    def add(self, papers: Iterable[Paper], feed: str) -> Added:
        """Put what a feed lists on disk and read the months that changed."""
        added = self._shelves.add(papers, feed)
        for month in self.changed_months():
            self.read_month(month)
        return added

    # Marks

    @property
    def all_marks(self) -> Mapping[str, Marks]:
        """The marks of every paper that has any, by id."""
        return MappingProxyType(self._marks)

    def marks(self, paper_id: str) -> Marks:
        """Return the marks of one paper."""
        return self._marks.get(self._better_names.get(paper_id, paper_id), NO_MARKS)

    @property
    def unread(self) -> int:
        """Number of papers in memory that are not marked read."""
        papers = self._papers
        return len(papers) - sum(
            1 for paper_id, marks in self._marks.items() if marks.read and paper_id in papers
        )

    def tags(self) -> list[str]:
        """Return the tags in use, the most used first."""
        uses: dict[str, int] = {}
        for marks in self._marks.values():
            for tag in marks.tags:
                uses[tag] = uses.get(tag, 0) + 1
        return sorted(uses, key=lambda tag: (-uses[tag], tag))

    def mark(self, paper_ids: Iterable[str], change: Change, label: str = "") -> Action:
        """Change marks in memory; `commit` saves them. Return what changed, for undoing."""
        parts = {
            paper_id: part
            for paper_id in paper_ids
            if (part := needed(self.marks(paper_id), change))
        }
        action = Action(label, self._apply(parts))
        self._history.did(action)
        return action

    def undo(self) -> Action | None:
        """Take back the last action, as new marks; None where there is none."""
        action = self._history.undo()
        if action:
            self._apply({s.paper_id: difference(s.after, s.before) for s in action.steps})
        return action

    def redo(self) -> Action | None:
        """Do again what was taken back last; None where there is nothing."""
        action = self._history.redo()
        if action:
            self._apply({s.paper_id: difference(s.before, s.after) for s in action.steps})
        return action

    @property
    def unsaved(self) -> int:
        """Number of actions that are not on disk yet."""
        return len(self._pending)

    def commit(self) -> None:
        """Write all that waits in one write. On an error it still waits."""
        with self._pending_lock:
            batch = list(self._pending)
        if not batch:
            return
        storage = self._state.storage
        with storage.transaction():
            stale = storage.changed_elsewhere()
            table = self._state.table("marks")
            documents: dict[str, Cells] = {}
            for cells_by_id in batch:
                for paper_id, cells in cells_by_id.items():
                    known = documents.get(paper_id) or _cells_in(table.get(doc_id=paper_id))  # type: ignore[call-overload]
                    documents[paper_id] = merge_cells(known, cells)
            replace_documents(table, documents)
            about = self._about() | {"machine": self._machine}
            replace_documents(self._state.table("meta"), {"library": about})
        with self._pending_lock:
            del self._pending[: len(batch)]
            self._stale = self._stale or stale

    def revert(self) -> set[str]:
        """Forget what is not on disk, after a write that failed; return the papers concerned."""
        with self._pending_lock:
            dropped, self._pending = self._pending, []
        self._history.forget()
        self._load_state()
        return {paper_id for cells_by_id in dropped for paper_id in cells_by_id}

    def marks_changed_elsewhere(self) -> bool:
        """Tell whether another program has changed the marks since they were last read."""
        return self._stale or self._state.storage.changed_elsewhere()

    def reload_marks(self) -> None:
        """Read the marks again, keeping those made here that are not on disk yet."""
        self._load_state()

    # Inside

    def _load_state(self) -> None:
        self._stale = False
        # The marks last: what is written between the two reads is in them.
        self._machine = str(self._about().get("machine") or self._machine)
        table = self._state.table("marks")
        cells_by_id = {str(doc.doc_id): _cells_in(doc) for doc in table}
        with self._pending_lock:
            pending = list(self._pending)
        for waiting in pending:
            for paper_id, cells in waiting.items():
                cells_by_id[paper_id] = merge_cells(cells_by_id.get(paper_id, {}), cells)
        self._cells = cells_by_id
        try:
            self._marks = {paper_id: marks_of(cells) for paper_id, cells in cells_by_id.items()}
            latest = max(
                (s for cells in cells_by_id.values() for s in stamps_in(cells)), default=""
            )
            self._stamps = Stamps(self._machine, latest)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            raise LibraryDamagedError(
                self._state.storage.path, "a mark in it lacks its fields"
            ) from error
        for paper in self._papers.values():
            for name in paper.aliases:
                self._adopt_marks(paper.id, name)

    def _about(self) -> dict[str, object]:
        """Return what the file of marks says of itself."""
        document = self._state.table("meta").get(doc_id="library")  # type: ignore[call-overload]
        return dict(document or {})

    def _apply(self, changes: Mapping[str, Change]) -> tuple[Step, ...]:
        if not changes:
            return ()
        stamp = self._stamps.next(self._clock())
        steps = []
        new_cells: dict[str, Cells] = {}
        for name, change in changes.items():
            paper_id = self._better_names.get(name, name)
            before = self.marks(paper_id)
            cells = cells_of(change, stamp)
            new_cells[paper_id] = merge_cells(new_cells.get(paper_id, {}), cells)
            self._set_cells(paper_id, merge_cells(self._cells.get(paper_id, {}), cells))
            steps.append(Step(paper_id, before, self._marks[paper_id]))
        with self._pending_lock:
            self._pending.append(new_cells)
        return tuple(steps)

    def _set_cells(self, paper_id: str, cells: Cells) -> None:
        self._cells[paper_id] = cells
        self._marks[paper_id] = marks_of(cells)

    def _adopt_marks(self, paper_id: str, old_name: str) -> None:
        """Let marks made under an earlier key count for the paper; the later of each field wins."""
        self._better_names[old_name] = paper_id
        if old_name in self._cells:
            merged = merge_cells(self._cells.get(paper_id, {}), self._cells.pop(old_name))
            self._marks.pop(old_name, None)
            self._set_cells(paper_id, merged)

    def _known_earlier(self, paper: Paper) -> bool:
        """Tell whether a crash between two writes left a paper in a later month as well."""
        known = self._papers.get(paper.id)
        return known is not None and known.date < paper.date


def _cells_in(document: Mapping[str, object] | None) -> Cells:
    return dict(document) if document else {}  # type: ignore[return-value]
