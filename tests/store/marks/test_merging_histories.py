"""Whatever was done on three machines, and in whatever order they meet, they come to agree."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import TickingClock, refresh
from costly import COSTLY
from disks import CarelessDisk
from hypothesis import given
from hypothesis import strategies as st

from store.library import Library
from store.model import Change, Marks

pytestmark = pytest.mark.slow

NOON = datetime(2025, 8, 1, 12, tzinfo=UTC)
IDS = st.sampled_from([("arxiv:1",), ("arxiv:2",), ("arxiv:1", "arxiv:2")])
CHANGES = st.sampled_from(
    [
        Change(read=True), Change(read=False), Change(starred=True), Change(starred=False),
        Change(note="x"), Change(note="y"), Change(note=""), Change(add_tags=("a", "b")),
        Change(remove_tags=("a",)), Change(starred=True, add_tags=("b",)),
    ]
)  # fmt: skip
ACTIONS = st.tuples(IDS, CHANGES) | st.just(None)
"""A change of some papers, or undo."""
HISTORY = st.tuples(st.integers(0, 20), st.lists(ACTIONS, max_size=6))
"""Seconds by which a clock is ahead, and what is done."""
STEPS = st.lists(st.tuples(st.integers(0, 2), ACTIONS | st.just("exchange")), max_size=40)
"""A machine, and what it does next."""

Action = tuple[tuple[str, ...], Change] | None
Past = tuple[int, list[Action]]


class Machines:
    """Libraries in one folder that is deleted at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sync = folder / "sync"

    def new(self, ahead: int = 0, sync: bool = False) -> Library:
        """Return an empty library, its clock some seconds ahead."""
        place = Path(tempfile.mkdtemp(dir=self.folder))
        clock = TickingClock(NOON + timedelta(seconds=ahead))
        return Library(place, clock, CarelessDisk(), self.sync if sync else None)

    def lived(self, past: Past) -> Library:
        """Return a library in which something was done, and at least one mark made."""
        library = self.new(past[0])
        do(library, (("arxiv:3",), Change(read=True)))
        for action in past[1]:
            do(library, action)
        return library

    def merged(self, *others: Library) -> Library:
        """Return a new library into which others were merged, in this order."""
        library = self.new()
        for other in others:
            library.others.merge(other.folder)
        return library


@contextmanager
def machines() -> Iterator[Machines]:
    with tempfile.TemporaryDirectory() as folder:
        yield Machines(Path(folder))


def do(library: Library, action: Action) -> None:
    """Do something and save it."""
    if action:
        library.mark(*action)
    else:
        library.undo()
    library.commit()


def marks(library: Library) -> dict[str, Marks]:
    """Return all marks, as a reader that opens the library sees them."""
    return dict(Library(library.folder).all_marks)


def exchange(libraries: Iterable[Library]) -> None:
    for library in libraries:
        assert library.others.exchange() == ()
        refresh(library)


@COSTLY
@given(HISTORY, HISTORY)
def test_merging_is_commutative(one: Past, other: Past) -> None:
    with machines() as m:
        a, b = m.lived(one), m.lived(other)
        assert marks(m.merged(a, b)) == marks(m.merged(b, a))


@COSTLY
@given(HISTORY, HISTORY, HISTORY)
def test_merging_is_associative(one: Past, two: Past, three: Past) -> None:
    with machines() as m:
        a, b, c = m.lived(one), m.lived(two), m.lived(three)
        assert marks(m.merged(m.merged(a, b), c)) == marks(m.merged(a, m.merged(b, c)))


@COSTLY
@given(HISTORY, HISTORY)
def test_merging_is_idempotent(one: Past, other: Past) -> None:
    with machines() as m:
        a, b = m.lived(one), m.lived(other)
        merged = m.merged(a, b)
        before = marks(merged)
        assert [merged.others.merge(other.folder).papers for other in (a, b, merged)] == [0, 0, 0]
        assert marks(merged) == before


@COSTLY
@given(HISTORY, HISTORY)
def test_merging_each_into_the_other_makes_them_agree(one: Past, other: Past) -> None:
    with machines() as m:
        a, b = m.lived(one), m.lived(other)
        a.others.merge(b.folder)
        b.others.merge(a.folder)
        assert marks(a) == marks(b)


@COSTLY
@given(STEPS, st.permutations(range(3)))
def test_machines_agree_once_exchanges_are_complete(
    steps: Sequence[tuple[int, Action | str]], order: Sequence[int]
) -> None:
    with machines() as m:
        libraries = [m.new(ahead * 7, sync=True) for ahead in range(3)]
        for number, action in steps:
            if isinstance(action, str):
                exchange([libraries[number]])
            else:
                do(libraries[number], action)
        exchange(libraries[number] for number in (*order, *order))
        here, there, elsewhere = map(marks, libraries)
        assert here == there == elsewhere
        assert all(path.suffix == ".json" for path in m.folder.glob("sync/*"))
        assert len(list(m.folder.glob("sync/*"))) <= 3
