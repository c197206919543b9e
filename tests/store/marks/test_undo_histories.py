"""Marking, undoing, redoing and reopening in any order does what copies of the whole would."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import TickingClock
from costly import COSTLY
from disks import CarelessDisk
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from store.library import Library
from store.model import NO_MARKS, Change, Marks

pytestmark = pytest.mark.slow

ID, OTHER_ID = "arxiv:2508.00001", "arxiv:2508.00002"
IDS = st.lists(st.sampled_from([ID, OTHER_ID]), min_size=1, unique=True)
FLAGS = st.none() | st.booleans()
TAGS = st.sampled_from([((), ()), (("a",), ()), (("a", "b"), ()), (("b",), ("a",)), ((), ("b",))])
CHANGES = st.builds(
    lambda tags, **fields: Change(add_tags=tags[0], remove_tags=tags[1], **fields),
    TAGS, read=FLAGS, starred=FLAGS, note=st.sampled_from([None, "", "x"]),
)  # fmt: skip


class Histories(RuleBasedStateMachine):
    """Marking, undoing and reopening in any order, beside copies of the whole of all marks."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = TickingClock()
        self.library = self.opened()
        self.now = {ID: NO_MARKS, OTHER_ID: NO_MARKS}
        self.past: list[dict[str, Marks]] = []
        self.future: list[dict[str, Marks]] = []

    def opened(self) -> Library:
        return Library(Path(self.folder.name), self.clock, CarelessDisk())

    @rule(ids=IDS, change=CHANGES)
    def mark(self, ids: list[str], change: Change) -> None:
        self.library.mark(ids, change)
        after = self.now | {paper_id: changed(self.now[paper_id], change) for paper_id in ids}
        if after != self.now:
            self.past.append(self.now)
            self.future.clear()
            self.now = after

    @rule()
    def undo(self) -> None:
        assert bool(self.library.undo()) == bool(self.past)
        if self.past:
            self.future.append(self.now)
            self.now = self.past.pop()

    @rule()
    def redo(self) -> None:
        assert bool(self.library.redo()) == bool(self.future)
        if self.future:
            self.past.append(self.now)
            self.now = self.future.pop()

    @rule()
    def save(self) -> None:
        self.library.commit()

    @rule()
    def reopen(self) -> None:
        self.library.commit()
        self.library = self.opened()

    @invariant()
    def agree(self) -> None:
        assert {paper_id: values(self.library.marks(paper_id)) for paper_id in self.now} == self.now

    def teardown(self) -> None:
        while self.library.undo():
            pass
        self.now = dict.fromkeys(self.now, NO_MARKS)
        self.agree()
        self.folder.cleanup()


TestHistories = Histories.TestCase
TestHistories.settings = settings(COSTLY, stateful_step_count=30)


def values(marks: Marks) -> Marks:
    """Return marks without the times at which they were made."""
    return replace(marks, read_at="", starred_at="")


def changed(marks: Marks, change: Change) -> Marks:
    """Return what a change makes of marks."""
    return Marks(
        marks.read if change.read is None else change.read,
        marks.starred if change.starred is None else change.starred,
        tuple(sorted({*marks.tags, *change.add_tags} - {*change.remove_tags})),
        marks.note if change.note is None else change.note,
    )
