"""The writer lasts, whatever happens to it; nothing that is optional comes before a mark."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import OpenLibrary, TickingClock, done
from disks import BrokenDisk
from screen_helpers import PEBBLES, SNAILS, reading, until
from sick_folders import MayBeSick
from sync_helpers import Machine, config, exchanged, names, put

from store.errors import LibraryError
from store.library import Library
from store.model import Change
from store.writer import Changes, Pace, Writer

STAR, READ = Change(starred=True), Change(read=True)
SICK = [errno.EIO, errno.EACCES, errno.ENOENT, errno.ETIMEDOUT]
"""One of each class of errors that Python makes of them."""
QUICK = Pace(poll=0.01, sync=0.02, sync_after_marks=0.01, sync_patience=0.1, most_seldom=0.05)

sicknesses = pytest.mark.parametrize("error", SICK, ids=lambda error: errno.errorcode[error])
surprises = pytest.mark.parametrize(
    "error",
    [KeyError("pebbles"), MemoryError(), OSError(errno.EIO, "I/O"), SystemExit(7)],
    ids=repr,
)


class Reports:
    """Counts what a writer reports, and raises the error it is given."""

    def __init__(self) -> None:
        self.saves = self.recoveries = 0
        self.troubles: list[BaseException] = []
        self.failures: list[LibraryError] = []
        self.problems: list[str] = []
        self.news: list[Changes] = []
        self.error: BaseException | None = None

    def saved(self, kept: int) -> None:
        self._raise()
        self.saves += 1

    def failed(self, error: LibraryError) -> None:
        self.failures.append(error)

    def delayed(self, error: BaseException) -> None:
        self.troubles.append(error)

    def recovered(self) -> None:
        self.recoveries += 1

    def changed(self, changes: Changes) -> None:
        self._raise()
        self.news.append(changes)

    def noticed(self, problem: str) -> None:
        self._raise()
        self.problems.append(problem)

    def _raise(self) -> None:
        if self.error:
            raise self.error


Start = Callable[..., Reports]


@pytest.fixture
def start(request: pytest.FixtureRequest) -> Start:
    """Let a quick writer work on a library; it ends with the test."""

    def start_writer(library: Library, pace: Pace = QUICK) -> Reports:
        reports = Reports()
        writer = Writer(library, reports, pace)
        request.addfinalizer(lambda: writer.stop(5))
        writer.start()
        return reports

    return start_writer


def on_disk(folder: Path, paper_id: str = PEBBLES) -> bool:
    """Return whether a paper is starred in a library, as the next process sees it."""
    return Library(folder).marks(paper_id).starred


# A library's folder that is not well for a while


@sicknesses
async def test_mark_made_while_the_folder_is_sick_is_saved_when_it_is_well(
    filled: OpenLibrary, start: Start, may_be_sick: MayBeSick, error: int
) -> None:
    library = done(filled(), READ)
    folder = may_be_sick(library.folder)
    reports = start(library)
    folder.fail(error)
    library.mark([PEBBLES], STAR)
    await until(lambda: reports.troubles, "the trouble reported")
    folder.heal()
    await until(lambda: not library.unsaved, "the mark saved")
    assert (on_disk(library.folder), reports.failures) == (True, [])


@sicknesses
async def test_mark_made_after_the_folder_was_sick_is_saved(
    filled: OpenLibrary, start: Start, may_be_sick: MayBeSick, error: int
) -> None:
    library = done(filled(), READ)
    folder = may_be_sick(library.folder)
    reports = start(library)
    folder.fail(error)
    await until(lambda: reports.troubles, "the trouble reported")
    folder.heal()
    await until(lambda: reports.recoveries, "the recovery reported")
    library.mark([PEBBLES], STAR)
    await until(lambda: reports.saves, "the mark saved")
    assert on_disk(library.folder)


async def test_changes_of_others_are_seen_after_the_folder_was_sick(
    filled: OpenLibrary, start: Start, may_be_sick: MayBeSick
) -> None:
    library = done(filled(), READ)
    folder = may_be_sick(library.folder)
    reports = start(library)
    folder.fail(errno.EIO)
    await until(lambda: reports.troubles, "the trouble reported")
    folder.heal()
    done(filled(), STAR, ids=[SNAILS])
    await until(lambda: reports.news, "the change of another program reported")


@sicknesses
def test_month_that_can_not_be_read_is_none_without_papers(
    filled: OpenLibrary, may_be_sick: MayBeSick, error: int
) -> None:
    library = filled()
    library.read_all()
    [newest, _] = library.months()
    folder = may_be_sick(library.folder)
    folder.fail(error)
    month = library.load_month(newest)
    assert month.error
    library.apply_months(month)
    assert len(library.papers) == 5


async def test_reader_says_once_that_the_folder_is_sick_and_closes_it_when_it_is_well(
    filled: OpenLibrary, may_be_sick: MayBeSick
) -> None:
    library = done(filled(), READ)
    folder = may_be_sick(library.folder)
    async with reading(library) as reader:
        folder.fail(errno.EIO)
        await reader.press("s")
        await reader.notifies("Not saved yet")
        await reader.shows("1 unsaved")
        folder.heal()
        await reader.saved()
        await until(lambda: "yet" not in reader.notifications, "the message closed")
        await reader.shows("★ Sorting Pebbles")
        assert "Sync" not in "".join(reader.said)
    assert on_disk(library.folder)


async def test_lasting_trouble_is_reported_once(filled: OpenLibrary, start: Start) -> None:
    disk = BrokenDisk(KeyError("pebbles"))
    library = Library(filled().folder, TickingClock(), disk)
    library.mark([PEBBLES], STAR)
    reports = start(library)
    await until(lambda: disk.tries > 3, "some tries")
    assert len(reports.troubles) == 1


async def test_trouble_that_comes_back_is_reported_again(filled: OpenLibrary, start: Start) -> None:
    disk = BrokenDisk(KeyError("pebbles"))
    library = Library(filled().folder, TickingClock(), disk)
    reports = start(library)
    library.mark([PEBBLES], STAR)
    await until(lambda: len(reports.troubles) == 1, "the trouble reported")
    disk.error = None
    await until(lambda: reports.recoveries == 1, "the recovery reported")
    disk.error = KeyError("pebbles")
    library.mark([PEBBLES], READ)
    await until(lambda: len(reports.troubles) == 2, "the trouble reported again")


# Errors that nobody foresaw


@surprises
async def test_writer_survives_an_error_that_is_none_of_a_disk(
    filled: OpenLibrary, start: Start, error: BaseException
) -> None:
    disk = BrokenDisk(error)
    library = Library(filled().folder, TickingClock(), disk)
    reports = start(library)
    library.mark([PEBBLES], STAR)
    await until(lambda: reports.troubles, "the trouble reported")
    assert (library.unsaved, reports.failures) == (1, [])
    disk.error = None
    await until(lambda: reports.saves, "the mark saved")
    assert on_disk(library.folder)


@surprises
async def test_writer_survives_an_error_of_whom_it_tells(
    filled: OpenLibrary, start: Start, error: BaseException
) -> None:
    library = filled()
    reports = start(library)
    reports.error = error
    library.mark([PEBBLES], STAR)
    await until(lambda: reports.troubles, "the trouble reported")
    reports.error = None
    library.mark([SNAILS], STAR)
    await until(lambda: reports.saves, "the next mark saved")
    assert on_disk(library.folder, PEBBLES)
    assert on_disk(library.folder, SNAILS)


# A sync folder that hangs, or can't be read


async def test_marks_are_saved_while_the_sync_folder_hangs(
    filled: OpenLibrary, start: Start, may_be_sick: MayBeSick, sync_folder: Path
) -> None:
    folder = may_be_sick(sync_folder)
    library = Library(filled().folder, TickingClock(), sync=sync_folder)
    folder.hang()
    reports = start(library)
    await until(folder.hanging.is_set, "an exchange that hangs")
    library.mark([PEBBLES], STAR)
    await until(lambda: reports.saves, "the mark saved")
    assert on_disk(library.folder)


async def test_hanging_sync_folder_is_reported_once(
    filled: OpenLibrary, start: Start, may_be_sick: MayBeSick, sync_folder: Path
) -> None:
    folder = may_be_sick(sync_folder)
    library = Library(filled().folder, TickingClock(), sync=sync_folder)
    folder.hang()
    reports = start(library)
    await until(lambda: reports.problems, "the trouble reported")
    library.mark([PEBBLES], STAR)
    await until(lambda: reports.saves == 1, "a mark saved")
    library.mark([PEBBLES], READ)
    await until(lambda: reports.saves == 2, "the next mark saved")
    assert reports.problems == [f"{sync_folder} does not answer; marks are saved here meanwhile"]


async def test_marks_are_exchanged_once_the_sync_folder_answers(
    filled: OpenLibrary, start: Start, may_be_sick: MayBeSick, sync_folder: Path
) -> None:
    folder = may_be_sick(sync_folder)
    library = Library(filled().folder, TickingClock(), sync=sync_folder)
    folder.hang()
    reports = start(library)
    await until(lambda: reports.problems, "the trouble reported")
    library.mark([PEBBLES], STAR)
    await until(lambda: reports.saves, "the mark saved")
    folder.heal()
    await until(lambda: names(sync_folder), "the machine's file")


@sicknesses
async def test_marks_are_exchanged_once_the_sync_folder_can_be_read(
    machine: Machine, start: Start, may_be_sick: MayBeSick, sync_folder: Path, error: int
) -> None:
    exchanged(done(machine("there"), STAR))
    folder = may_be_sick(sync_folder)
    folder.fail(error)
    library = machine("here")
    reports = start(library)
    library.mark([SNAILS], STAR)
    await until(lambda: reports.saves, "the mark saved")
    folder.heal()
    await until(lambda: on_disk(library.folder, PEBBLES), "the mark of the other machine")


async def test_leaving_does_not_wait_for_a_sync_folder_that_hangs(
    filled: OpenLibrary, may_be_sick: MayBeSick, sync_folder: Path
) -> None:
    folder = may_be_sick(sync_folder)
    library = Library(filled().folder, TickingClock(), sync=sync_folder)
    folder.hang()
    async with reading(library) as reader:
        await until(folder.hanging.is_set, "an exchange that hangs")
        await reader.press("s")
        await reader.quit()
        assert not reader.app.finish_saving()
    assert on_disk(library.folder)


@sicknesses
@pytest.mark.parametrize(
    ("command", "out"),
    [(["mark", "pebbles", "--star"], "marked 1\n"), (["list", "puddle"], "A Map of Every Puddle")],
    ids=["mark", "list"],
)
def test_sync_folder_that_can_not_be_read_stops_no_command(
    run: Run,
    filled: OpenLibrary,
    tmp_path: Path,
    sync_folder: Path,
    may_be_sick: MayBeSick,
    command: list[str],
    out: str,
    error: int,
) -> None:
    done(filled(), READ)
    settings = config(tmp_path, sync_folder)
    may_be_sick(sync_folder).fail(error)
    said = run(*command, "--config", settings)
    assert (said.status, out in said.out) == (0, True)
    assert said.err.count("\n") == 1


def test_sync_folder_that_hangs_stops_no_command(
    run: Run,
    filled: OpenLibrary,
    tmp_path: Path,
    sync_folder: Path,
    may_be_sick: MayBeSick,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.cli.opening.EXCHANGE_SECONDS", 0.05)
    library = filled()
    may_be_sick(sync_folder).hang()
    said = run("mark", "pebbles", "--star", "--config", config(tmp_path, sync_folder))
    assert (said.status, said.out) == (0, "marked 1\n")
    assert said.err.count("\n") == 1
    assert f"{sync_folder} does not answer" in said.err
    assert on_disk(library.folder)


def test_pipe_in_the_sync_folder_stops_no_command(
    run: Run, filled: OpenLibrary, tmp_path: Path, sync_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("tui.cli.opening.EXCHANGE_SECONDS", 0.05)
    filled()
    os.mkfifo(sync_folder / "feed.json")
    said = run("mark", "pebbles", "--star", "--config", config(tmp_path, sync_folder))
    assert (said.status, said.out) == (0, "marked 1\n")
    assert str(sync_folder) in said.err


def test_file_of_a_machine_that_can_not_be_read_is_one_line(
    run: Run, filled: OpenLibrary, tmp_path: Path, sync_folder: Path, may_be_sick: MayBeSick
) -> None:
    filled()
    put(sync_folder / "feed.json", b"half")
    may_be_sick(sync_folder / "feed.json").fail(errno.EIO)
    said = run("list", "puddle", "--config", config(tmp_path, sync_folder))
    assert said.status == 0
    assert "can't read" in said.err
