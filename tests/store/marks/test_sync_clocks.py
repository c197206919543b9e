"""A clock that is wrong spoils the marks of no other machine, and is repaired by one command."""

import os
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from cli_helpers import Run
from conftest import OpenLibrary, TickingClock, done
from screen_helpers import PEBBLES, SNAILS
from sync_helpers import Machine, config, exchanged, marks_file, name_of, put, starred_at

from store.library import Library
from store.marks.cells import horizon, redated
from store.model import Change

STAR, UNSTAR, READ = Change(starred=True), Change(starred=False), Change(read=True)
IN_2099 = datetime(2099, 1, 1, tzinfo=UTC)
NOON = datetime(2025, 8, 1, 12, tzinfo=UTC)


@pytest.fixture
def wrong(tmp_path: Path, sync_folder: Path) -> Library:
    """A library in which a paper was starred while the clock was at 2099."""
    library = Library(tmp_path / "wrong", TickingClock(IN_2099), sync=sync_folder)
    library.others.exchange()
    done(library, STAR).others.exchange()
    return library


def mended(wrong: Library, sync_folder: Path) -> Library:
    """Return the same library once its clock is right."""
    return Library(wrong.folder, TickingClock(), sync=sync_folder)


def dated(library: Library) -> str:
    """Return the latest time that a library's file of marks has anywhere."""
    state = (library.folder / "state.json").read_bytes()
    return max(
        str(cell[1]) for cells in orjson.loads(state)["marks"].values() for cell in cells.values()
    )


def test_marks_of_others_keep_their_time(machine: Machine, wrong: Library) -> None:
    here = machine("here")
    here.others.exchange()
    done(here, READ).others.exchange()
    assert dated(here) < "2026"


def test_wrong_clock_is_reported_once_whatever_the_number_of_machines(
    machine: Machine, wrong: Library
) -> None:
    for name in ("there", "elsewhere"):
        done(machine(name), READ).others.exchange()
    assert len(machine("here").others.exchange()) == 1


def test_marks_arrive_once_the_clock_is_right(
    machine: Machine, wrong: Library, sync_folder: Path
) -> None:
    mended(wrong, sync_folder).others.exchange()
    assert exchanged(machine("here")).marks(PEBBLES).starred


def test_mark_made_later_elsewhere_wins_over_one_dated_again(
    machine: Machine, wrong: Library, sync_folder: Path
) -> None:
    mended(wrong, sync_folder).others.exchange()
    exchanged(done(exchanged(machine("elsewhere")), UNSTAR))
    library = exchanged(mended(wrong, sync_folder))
    assert not library.marks(PEBBLES).starred


def test_undo_takes_back_what_was_dated_again(wrong: Library, sync_folder: Path) -> None:
    mended(wrong, sync_folder).others.exchange()
    library = mended(wrong, sync_folder)
    library.undo()
    assert not library.marks(PEBBLES).starred


def test_open_library_goes_on_with_the_true_time(wrong: Library, sync_folder: Path) -> None:
    library = mended(wrong, sync_folder)
    exchanged(library)
    done(library, READ, ids=[SNAILS])
    assert dated(library) < "2026"


def test_clock_that_is_behind_dates_nothing_again(machine: Machine, sync_folder: Path) -> None:
    here, there = done(machine("here"), STAR), done(machine("there"), READ)
    exchanged(there)
    before = dated(here)
    behind = Library(here.folder, TickingClock(datetime(1970, 1, 2, tzinfo=UTC)), sync=sync_folder)
    behind.others.exchange()
    assert dated(here) == before


def test_marks_left_out_for_a_clock_that_was_behind_are_taken_in_later(
    machine: Machine, sync_folder: Path
) -> None:
    here = done(machine("here"), READ)
    exchanged(done(machine("there"), STAR))
    Library(
        here.folder, TickingClock(datetime(1970, 1, 2, tzinfo=UTC)), sync=sync_folder
    ).others.exchange()
    assert exchanged(machine("here")).marks(PEBBLES).starred


def test_doctor_names_the_command_that_mends_it(
    run: Run, open_library: OpenLibrary, tmp_path: Path
) -> None:
    done(Library(tmp_path / "library", lambda: IN_2099), STAR)
    assert "papers-tui doctor --tidy" in run("doctor").out
    run("doctor", "--tidy")
    assert "days ahead" not in run("doctor").out
    assert open_library().marks(PEBBLES).starred_at < "2099"


def test_doctor_blames_the_machine_that_is_wrong_alone(
    run: Run, machine: Machine, wrong: Library, tmp_path: Path, sync_folder: Path
) -> None:
    done(machine("there"), READ).others.exchange()
    said = run("doctor", "--config", config(tmp_path, sync_folder)).out
    assert [line.count(name_of(wrong)) for line in said.splitlines() if "days ahead" in line] == [2]


def test_dating_again_keeps_the_order() -> None:
    stamps = ["2099-01-02T00:00:00.000Z/b", "2099-01-01T00:00:00.000Z/a"]
    new = redated([*stamps, "2025-08-01T12:00:01.000Z/c"], NOON)
    assert "2025-08-01T12:00:01.000Z/c" < new[stamps[1]] < new[stamps[0]] < horizon(NOON)


# Files that are none


@pytest.mark.parametrize("kind", ["fifo", "device"])
def test_odd_file_in_the_folder_is_named_and_the_others_are_read(
    machine: Machine, sync_folder: Path, kind: str
) -> None:
    if kind == "fifo":
        os.mkfifo(sync_folder / "odd.json")
    else:
        (sync_folder / "odd.json").symlink_to("/dev/zero")
    put(sync_folder / "feed.json", marks_file({PEBBLES: starred_at("2025-08-01")}))
    library = machine("here")
    assert library.others.exchange() == (
        f"can't read {sync_folder / 'odd.json'}: it is not a regular file",
    )
    library.apply_marks(library.load_marks())
    assert library.marks(PEBBLES).starred
