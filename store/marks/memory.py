"""Marks in memory: those on disk and, on top, the edits waiting to be written."""

import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple, TypeAlias

from store.errors import LibraryError
from store.marks.by_paper import MarksByPaper
from store.marks.cells import (
    Cell,
    Cells,
    Stamps,
    cells_of,
    horizon,
    inverse,
    machine_of,
    marks_of,
    merge_cells,
    needed,
    without,
)
from store.marks.file import Snapshot, Written
from store.marks.history import (
    Action,
    Edit,
    History,
    Step,
    Waiting,
    describe,
    last_done,
    last_undone,
    to_document,
    undone,
)
from store.model import NO_MARKS, Change, Marks

Clock: TypeAlias = Callable[[], datetime]

NOTHING = Change()


class UndoResult(NamedTuple):
    """An action that was undone or redone."""

    action: Action
    papers: tuple[str, ...]
    """Ids of the papers it changed."""
    left_alone: int = 0
    """Number of papers that another machine changed later: they stay as they are."""


class DiskDiff(NamedTuple):
    """The differences between disk and memory."""

    snapshot: Snapshot
    changed: tuple[str, ...] = ()
    """Keys whose marks differ."""
    gone: tuple[str, ...] = ()
    """Keys that have no marks on disk."""


class MarksInMemory:
    """The marks of all papers.

    Belongs to one thread, but for `waiting`, `written` and `compare`, which the thread that
    writes may call.
    """

    def __init__(self, snapshot: Snapshot, clock: Clock, papers: Container[str] = ()) -> None:
        self._clock = clock
        self._stamps = Stamps(snapshot.machine, snapshot.latest)
        self.marks = MarksByPaper(snapshot.cells, papers)
        """Marks by paper's id."""
        self._cells: Mapping[str, Cells] = self.marks.cells
        self._waiting = Waiting(snapshot.history)
        self._name_of: dict[str, str] = {}
        """The better key of each earlier one."""
        self._aliased: dict[str, list[str]] = {}
        """The earlier keys of each better one."""
        self._tie(snapshot.tied)

    def of(self, paper_id: str) -> Marks:
        """Return the marks of one paper."""
        marks: Marks = self.marks.get(self._name_of.get(paper_id, paper_id), NO_MARKS)
        return marks

    def mark(self, paper_ids: Iterable[str], change: Change) -> Action:
        """Change marks; changes without effect are dropped, and an action without changes is
        none."""
        names = (self._name_of.get(name, name) for name in paper_ids)
        return self.mark_each(dict.fromkeys(names, change), lambda _: describe(change))

    def mark_each(
        self,
        changes: Mapping[str, Change],
        label: Callable[[Sequence[Step]], str],
        decided_stays: bool = False,
        continuing: Action | None = None,
    ) -> Action:
        """Change the marks of each paper separately, as one action.

        `label` describes the change. If decided marks stay, a mark that was ever set is left alone.
        Pass an action as `continuing` to extend it: both become one, if it is still the last.
        """
        groups: dict[tuple[Change, Change], list[str]] = {}
        for name, change in changes.items():
            paper_id = self._name_of.get(name, name)
            if decided_stays and (cells := self._cells.get(paper_id)):
                change = without(change, cells)
            marks = self.marks.get(paper_id, NO_MARKS)
            part = needed(marks, change)
            if part != NOTHING:
                groups.setdefault((part, inverse(marks, part)), []).append(paper_id)
        if not groups:
            return Action("", label(()), ())
        stamp = self._stamps.next(self._clock())
        steps = tuple(Step(tuple(ids), *each) for each, ids in groups.items())
        new = {key: cells_of(step.change, stamp) for step in steps for key in step.papers}
        key = f"{stamp}/{os.urandom(3).hex()}"
        last = self._understood(last_done) if continuing and continuing.steps else None
        if continuing and last and last.key == continuing.key:
            key, steps = last.key, (*last.steps, *steps)
        action = Action(key, label(steps), steps)
        self._do(Edit(new, {action.key: to_document(action)}, tuple(undone(self._waiting.history))))
        return action

    def add_news(self, news: Mapping[str, Sequence[str]]) -> None:
        """Store news of papers, in lines by paper's id; that is not an action to undo."""
        stamp = self._stamps.next(self._clock())
        cells: dict[str, Cells] = {
            self._name_of.get(key, key): {"news": ["\n".join(lines), stamp]}
            for key, lines in news.items()
        }
        if cells:
            self._do(Edit(cells))

    def undo(self) -> UndoResult | None:
        """Undo the last action, as new marks; None if there is none."""
        if not (action := self._understood(last_done)):
            return None
        return self._reverse(action, [step.inverse for step in action.steps], True)

    def redo(self) -> UndoResult | None:
        """Redo the last action undone; None if there is none."""
        if not (action := self._understood(last_undone)):
            return None
        return self._reverse(action, [step.change for step in action.steps], False)

    def adopt(self, paper_id: str, names: Iterable[str]) -> None:
        """Merge marks made under earlier keys into a paper's; the later of each field wins."""
        self._name_of.pop(paper_id, None)
        for name in names:
            self._name_of[name] = paper_id
            if name not in (aliases := self._aliased.setdefault(paper_id, [])):
                aliases.append(name)
            if name in self._cells:
                merged = merge_cells(self._cells.get(paper_id, {}), self._cells[name])
                self.marks.set(name, {})
                self.marks.set(paper_id, merged)

    # What is on disk

    @property
    def unsaved(self) -> int:
        """Number of actions that are not on disk yet."""
        return len(self._waiting)

    def waiting(self) -> list[Edit]:
        """Return the edits that are not on disk yet."""
        return self._waiting.edits()

    def written(self, edits: list[Edit], result: Written) -> None:
        """Record that the first waiting edits are on disk."""
        self._waiting.written(edits, result.cells)

    def revert(self) -> set[str]:
        """Drop what is not on disk; return the papers concerned."""
        before = self._waiting.revert()
        for key, cells in before.items():
            self.marks.set(key, cells)
        return set(before)

    def compare(self, snapshot: Snapshot) -> DiskDiff:
        """Find the differences from the disk; waiting edits count too."""
        cells, on_disk = self._cells, snapshot.cells
        changed = tuple(key for key, document in on_disk.items() if cells.get(key) != document)
        return DiskDiff(snapshot, changed, tuple(key for key in list(cells) if key not in on_disk))

    def apply(self, diff: DiskDiff) -> set[str]:
        """Bring memory up to date with the disk and waiting edits; return the papers whose marks
        changed."""
        snapshot = diff.snapshot
        self._stamps.machine = snapshot.machine
        if self._stamps.latest > horizon(self._clock()):
            # Dated by a clock that was wrong, and perhaps dated again since.
            self._stamps.latest = snapshot.latest
        self._stamps.see(snapshot.latest)
        edits = self._waiting.rebase(
            snapshot.history, lambda key: self._merged(key, snapshot.cells)
        )
        altered = self._tie(snapshot.tied)
        for key in (*diff.changed, *diff.gone):
            paper_id = self._name_of.get(key, key)
            cells = self._merged(paper_id, snapshot.cells)
            for edit in edits:
                cells = merge_cells(cells, self._merged(paper_id, edit.cells))
            before = self.marks.get(paper_id, NO_MARKS)
            self.marks.set(paper_id, cells)
            if self.marks.get(paper_id, NO_MARKS) != before:
                altered.add(paper_id)
        return altered

    # Inside

    def _tie(self, tied: Mapping[str, str]) -> set[str]:
        """Merge marks that other machines made under other keys into papers here."""
        altered = set()
        for key, paper_id in tied.items():
            # The keys of the papers here override matches with other machines.
            if key not in self._name_of and key not in self._aliased:
                before = self.of(paper_id)
                self.adopt(self._name_of.get(paper_id, paper_id), (key,))
                if self.of(paper_id) != before:
                    altered.add(self._name_of.get(paper_id, paper_id))
        return altered

    def _understood(self, pick: Callable[[History], Action | None]) -> Action | None:
        try:
            return pick(self._waiting.history)
        except ValueError as error:
            raise LibraryError(str(error)) from error

    def _reverse(self, action: Action, changes: list[Change], undo: bool) -> UndoResult:
        stamp = self._stamps.next(self._clock())
        cells: dict[str, Cells] = {}
        seen: dict[str, Cells] = {}
        left_alone = 0
        for step, change in zip(action.steps, changes, strict=True):
            for name in step.papers:
                paper_id = self._name_of.get(name, name)
                known = self._cells.get(paper_id, {})
                part = without(change, {n: c for n, c in known.items() if self._foreign(c, action)})
                left_alone += part != change
                part = needed(marks_of(known), part)
                if part != NOTHING:
                    cells[paper_id] = cells_of(part, stamp)
                    seen[paper_id] = known
        action = replace(action, undone=stamp if undo else "")
        self._do(Edit(cells, {action.key: to_document(action)}, seen=seen))
        return UndoResult(action, tuple(cells), left_alone)

    def _foreign(self, cell: Cell, action: Action) -> bool:
        """Return whether another machine has changed a cell since the action did.

        Later changes of this machine are in its history, and were undone before.
        """
        stamp = str(cell[1])
        return (
            stamp > action.stamp
            and stamp != action.undone
            and machine_of(stamp) != self._stamps.machine
        )

    def _do(self, edit: Edit) -> None:
        self._waiting.add(edit, self._cells)
        for key, cells in edit.cells.items():
            self.marks.set(key, merge_cells(self._cells.get(key, {}), cells))

    def _merged(self, paper_id: str, marks: Mapping[str, Cells]) -> Cells:
        """Return a paper's marks under any of its keys."""
        cells: Cells = {}
        for name in (paper_id, *self._aliased.get(paper_id, ())):
            cells = merge_cells(cells, marks.get(name, {}))
        return cells
