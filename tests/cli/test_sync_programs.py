"""Commands and the reader exchange marks through the folder, and trouble does not stop them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import OpenLibrary, TickingClock, done
from screen_helpers import PEBBLES, SNAILS, reading, until
from sync_helpers import Machine, config, exchanged, names, put

from store.errors import LibraryError
from store.library import Library
from store.model import Change
from store.writer import Changes, Pace, Writer

pytestmark = pytest.mark.slow

STAR, READ = Change(starred=True), Change(read=True)


# Commands


def test_commands_exchange_marks(run: Run, filled: OpenLibrary, tmp_path: Path) -> None:
    settings = config(tmp_path, tmp_path / "sync")
    run("mark", "pebbles", "--star", "--config", settings)
    shutil.copytree(tmp_path / "library" / "papers", tmp_path / "there" / "papers")
    there = ("--library", tmp_path / "there", "--config", settings)
    assert "★ Sorting Pebbles" in run("list", *there).out


def test_settings_are_found_by_their_variable(
    run: Run,
    filled: OpenLibrary,
    tmp_path: Path,
    sync_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PAPERS_TUI_CONFIG", str(config(tmp_path, sync_folder)))
    filled()
    run("mark", "pebbles", "--star")
    assert len(names(sync_folder)) == 1


def test_folder_that_can_not_be_written_does_not_stop_a_command(
    run: Run, filled: OpenLibrary, tmp_path: Path
) -> None:
    put(tmp_path / "file", b"")
    said = run("mark", "pebbles", "--star", "--config", config(tmp_path, tmp_path / "file"))
    assert (said.status, said.out) == (0, "marked 1\n")
    assert "can't write" in said.err


def test_wrong_file_does_not_stop_a_command(
    run: Run, filled: OpenLibrary, tmp_path: Path, sync_folder: Path
) -> None:
    put(sync_folder / "feed\x1b[2J.json", b"half")
    said = run("list", "pebbles", "--config", config(tmp_path, sync_folder))
    assert (said.status, said.out.count("\n")) == (0, 1)
    assert "was skipped: it is not JSON" in said.err
    assert "\x1b" not in said.err


# While the reader is open


class Record:
    """What a writer tells, in the form of its listener."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.errors: list[BaseException] = []
        self.news: list[Changes] = []

    def saved(self, kept: int) -> None:
        """Nothing is kept of it."""

    def failed(self, error: LibraryError) -> None:
        self.errors.append(error)

    def delayed(self, error: BaseException) -> None:
        self.errors.append(error)

    def recovered(self) -> None:
        """Nothing is kept of it."""

    def changed(self, changes: Changes) -> None:
        self.news.append(changes)

    def noticed(self, problem: str) -> None:
        self.problems.append(problem)


Start = Callable[..., Record]


@pytest.fixture
def start(request: pytest.FixtureRequest) -> Start:
    """Let a quick writer work on a library; it ends with the test."""

    def start_writer(library: Library, pace: Pace) -> Record:
        record = Record()
        writer = Writer(library, record, pace)
        request.addfinalizer(lambda: writer.stop(5))
        writer.start()
        writer.wake()
        return record

    return start_writer


async def test_marks_are_exchanged_at_the_start(
    machine: Machine, start: Start, sync_folder: Path
) -> None:
    start(done(machine("here"), STAR), Pace(sync=3_600))
    await until(lambda: names(sync_folder), "the machine's file")


async def test_marks_are_exchanged_after_marking(
    machine: Machine, start: Start, sync_folder: Path
) -> None:
    here = machine("here")
    start(here, Pace(poll=0.01, sync=3_600, sync_after_marks=0))
    here.mark([PEBBLES], STAR)
    await until(lambda: names(sync_folder), "the machine's file")


async def test_marks_of_others_are_read_now_and_then(machine: Machine, start: Start) -> None:
    record = start(machine("here"), Pace(poll=0.01, sync=0.01))
    exchanged(done(machine("there"), STAR))
    await until(lambda: record.news, "marks from there")


async def test_problem_is_reported_once(machine: Machine, start: Start, sync_folder: Path) -> None:
    put(sync_folder / "feed.json", b"half")
    record = start(machine("here"), Pace(poll=0.01, sync=0.01))
    await until(lambda: record.problems, "the problem told")
    put(sync_folder / "feed.json", b"half")
    done(machine("there"), STAR).others.exchange()
    await until(lambda: record.news, "marks from there")
    assert len(record.problems) == 1


async def test_reader_shows_marks_of_another_machine(
    filled: OpenLibrary, machine: Machine, sync_folder: Path, tmp_path: Path
) -> None:
    exchanged(done(machine("there"), STAR, ids=[SNAILS]))
    async with reading(Library(filled().folder, TickingClock(), sync=sync_folder)) as reader:
        await reader.shows("★ Counting Snails")


async def test_reader_says_what_is_wrong_with_the_folder_and_saves(
    filled: OpenLibrary, tmp_path: Path
) -> None:
    put(tmp_path / "file", b"")
    library = Library(filled().folder, TickingClock(), sync=tmp_path / "file")
    async with reading(library) as reader:
        await reader.press("s")
        await reader.saved()
        await reader.notifies(f"Sync can't write {tmp_path / 'file'}")
    assert filled().marks(PEBBLES).starred


async def test_leaving_succeeds_though_the_folder_can_not_be_written(
    filled: OpenLibrary, tmp_path: Path
) -> None:
    put(tmp_path / "file", b"")
    async with reading(Library(filled().folder, TickingClock(), sync=tmp_path / "file")) as reader:
        await reader.press("s")
        await reader.quit()
    assert reader.app.finish_saving()
