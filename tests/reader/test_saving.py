"""Saving never holds up a key, and what could not be saved is reported and undone."""

import sys
from asyncio import to_thread
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import get_ident

import pytest
from conftest import OpenLibrary, TickingClock, done, paper
from disks import CountingDisk, FullDisk, SlowDisk
from screen_helpers import PEBBLES, PUDDLES, Reader, reading, until

from store.errors import LibraryError
from store.files.disk import Disk
from store.library import Library
from store.model import Change
from store.query.syntax import parse
from tui.cli import marks
from tui.cli.commands import make_parser
from tui.settings.config import Config

STAR, READ = Change(starred=True), Change(read=True)
ID = PEBBLES
MANY = 1_000

OnDisk = Callable[[Disk], Library]


@pytest.fixture
def on(filled: OpenLibrary) -> OnDisk:
    """Open the small feed's library on a disk."""
    folder = filled().folder
    return lambda disk: Library(folder, TickingClock(), disk)


@pytest.fixture
def large(open_library: OpenLibrary) -> Path:
    """The folder of a library with many papers."""
    library = open_library()
    library.add([paper(f"arxiv:{n}", f"Pebble {n}") for n in range(MANY)], "hf")
    return library.folder


def starred(library: Library) -> set[str]:
    """Return the ids of the papers with a star."""
    return {paper_id for paper_id, marks in library.all_marks.items() if marks.starred}


def seconds_of(reader: Reader, title: str) -> float:
    """Return how long the message with a title stays."""
    return max(n.timeout for n in reader.app._notifications if n.title == title)


# A slow disk


async def test_marks_are_shown_and_counted_before_a_slow_write_has_ended(on: OnDisk) -> None:
    disk = SlowDisk()
    async with reading(on(disk)) as reader:
        await reader.press("s")
        await until(disk.begun.is_set, "the first write begun")
        await reader.press("j", "s", "j", "s")
        await reader.shows("★ A Map of Every Puddle")
        await reader.shows("3 unsaved")
        assert (reader.cursor, disk.ended.is_set()) == (PUDDLES, False)
        disk.let_end.set()
        await reader.shows_not("unsaved")
    assert disk.written.count("state.json.tmp") == 2, "what was marked meanwhile is one write"


async def test_leaving_waits_for_a_slow_write(on: OnDisk) -> None:
    disk = SlowDisk()
    async with reading(on(disk)) as reader:
        await reader.press("s", "q")
        await reader.notifies("Saving 1 change before quitting; q again quits without saving.")
        assert not reader.app._exit
        disk.let_end.set()
        await until(lambda: reader.app._exit, "the reader has ended")
        assert disk.ended.is_set()


async def test_leaving_without_says_what_is_lost(on: OnDisk) -> None:
    disk = SlowDisk()
    async with reading(on(disk)) as reader:
        await reader.press("s", "j", "s")
        await until(disk.begun.is_set, "the first write begun")
        await reader.press("q", "q")
        await until(lambda: reader.app._exit, "the reader has ended")
        with pytest.raises(LibraryError, match="takes too long; 2 unsaved changes are lost"):
            reader.app.finish_saving(seconds=0)
        disk.let_end.set()


async def test_leaving_without_loses_nothing_that_a_full_disk_takes_after_all(
    on: OnDisk, filled: OpenLibrary
) -> None:
    async with reading(on(Disk())) as reader:
        reader.screen.marking.star()
        reader.app._leave()
        assert reader.app.finish_saving()
    assert starred(filled()) == {PEBBLES}


# A full disk


async def test_full_disk_is_reported_once_until_escape_closes_it(on: OnDisk) -> None:
    async with reading(on(FullDisk()), query="pebbles") as reader:
        for _ in range(2):
            await reader.press("s")
            await until(lambda: not reader.library.unsaved, "the mark taken back")
            await reader.shows_not("★")
        await reader.notifies("state.json: No space left on device")
        await reader.notifies("esc closes this.")
        assert reader.notifications.count("Not saved") == 1
        assert seconds_of(reader, "Not saved") > 600
        await reader.press("escape")
        assert (reader.notifications, reader.screen.panes.bar.value) == ("", "pebbles")


async def test_marks_that_a_full_disk_refuses_are_undone(on: OnDisk, filled: OpenLibrary) -> None:
    done(filled(), STAR)
    async with reading(on(FullDisk())) as reader:
        await reader.press("s")
        await reader.notifies("Not saved")
        await reader.shows("★ Sorting Pebbles")
        await reader.press("A")
        await until(lambda: not reader.library.unsaved, "the marks taken back")
        await reader.shows("5 unread")


async def test_mark_can_be_tried_again_once_there_is_room(on: OnDisk, filled: OpenLibrary) -> None:
    disk = FullDisk()
    async with reading(on(disk)) as reader:
        await reader.press("s")
        await reader.notifies("Not saved")
        disk.full = False
        await reader.press("s")
        await reader.saved()
    assert starred(filled()) == {PEBBLES}


async def test_leaving_stays_where_a_full_disk_refuses_until_it_took_the_mark_back(
    on: OnDisk,
) -> None:
    async with reading(on(FullDisk())) as reader:
        reader.screen.marking.star()
        await reader.app.action_quit()
        await reader.notifies("Not saved")
        assert not reader.app._exit
        await reader.quit()


# Many papers


async def test_bulk_mark_of_the_reader_is_one_write(large: Path) -> None:
    disk = CountingDisk()
    async with reading(Library(large, TickingClock(), disk)) as reader:
        await reader.press("A")
        await reader.notifies(f"{MANY:,} papers marked read; u undoes it.")
        await reader.saved()
    assert disk.written.count("state.json.tmp") == 1


def test_bulk_mark_of_the_command_is_one_write(
    large: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    disk = CountingDisk()
    marks.mark(
        Library(large, TickingClock(), disk),
        parse(""),
        make_parser().parse_args(ALL_READ),
        Config(),
    )
    assert capsys.readouterr().out == f"marked {MANY}\n"
    assert disk.written == ["state.json.tmp"]


def test_undo_of_a_bulk_mark_is_one_write(large: Path, capsys: pytest.CaptureFixture[str]) -> None:
    marks.mark(
        Library(large, TickingClock()), parse(""), make_parser().parse_args(ALL_READ), Config()
    )
    disk = CountingDisk()
    marks.undo(Library(large, TickingClock(), disk))
    assert capsys.readouterr().out.endswith(f"undid: marked read ({MANY:,} papers)\n")
    assert disk.written == ["state.json.tmp"]


ALL_READ = ["mark", "*", "--read"]


# The screen's thread


class Watch:
    """Which files in a folder a thread touches."""

    def __init__(self) -> None:
        self.thread = 0
        self.folder = ""
        self.touched: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """Record what opens, lists, renames and removes."""
        if self.thread == get_ident() and event.startswith(("open", "os.")):
            self.touched += [f"{event} {a}" for a in map(str, arguments) if self.folder in a]


WATCH = Watch()
"""One for all tests: what Python is told to audit it audits to its end."""
sys.addaudithook(WATCH)


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Watch the test's thread from when the test gives a folder."""
    WATCH.folder, WATCH.touched = "nothing yet", []
    WATCH.thread = get_ident()
    yield WATCH
    WATCH.thread = 0


async def test_files_are_touched_in_the_writers_thread_alone(
    filled: OpenLibrary, watch: Watch
) -> None:
    library = filled()
    async with reading(library) as reader:
        watch.folder = str(library.folder)
        await reader.press("s", "n", "r", "A", "u", "ctrl+r", "slash", "s", "n", "enter", "R")
        await to_thread(lambda: done(filled(), Change(note="seen"), ids=[PUDDLES]))
        await until(lambda: library.marks(PUDDLES).note == "seen", "the note of another")
        await reader.quit()
    assert watch.touched == []


def test_watch_sees_what_the_reader_must_not_do(filled: OpenLibrary, watch: Watch) -> None:
    library = filled()
    watch.folder = str(library.folder)
    library.load_month(library.months()[0])
    assert any("2025-08.json" in touched for touched in watch.touched)


# The library


def fail_to_write(library: Library) -> None:
    """Make every write of marks fail, also for a user who may write anywhere."""
    lock = library.folder / "state.json.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()


def let_write(library: Library) -> None:
    (library.folder / "state.json.lock").rmdir()


def test_failed_commit_says_why(library: Library) -> None:
    library.mark([ID], STAR)
    fail_to_write(library)
    with pytest.raises(LibraryError, match="can't write"):
        library.commit()


def test_failed_commit_keeps_the_mark_waiting(library: Library) -> None:
    library.mark([ID], STAR)
    fail_to_write(library)
    with pytest.raises(LibraryError):
        library.commit()
    assert library.unsaved == 1


def test_mark_is_saved_once_writing_works_again(
    library: Library, open_library: OpenLibrary
) -> None:
    library.mark([ID], STAR)
    fail_to_write(library)
    with pytest.raises(LibraryError):
        library.commit()
    let_write(library)
    library.commit()
    assert open_library().marks(ID).starred


def test_revert_restores_what_is_on_disk(library: Library) -> None:
    library.mark([ID], STAR)
    library.commit()
    library.mark([ID], Change(starred=False))
    library.revert()
    assert library.marks(ID).starred


def test_revert_tells_which_papers_are_concerned(library: Library) -> None:
    library.mark(["arxiv:1"], STAR)
    library.mark(["arxiv:2"], STAR)
    assert library.revert() == {"arxiv:1", "arxiv:2"}


def test_revert_leaves_nothing_unsaved(library: Library) -> None:
    library.mark([ID], STAR)
    library.revert()
    assert library.unsaved == 0


def test_reverted_action_can_not_be_undone(library: Library) -> None:
    library.mark([ID], STAR)
    library.revert()
    assert library.undo() is None
