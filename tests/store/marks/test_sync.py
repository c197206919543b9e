"""Marks go from machine to machine through a folder, in one file for each of them."""

import os
import shutil
from pathlib import Path

import pytest
from cli_helpers import at_once
from conftest import OpenLibrary, TickingClock, done, refresh
from disks import FullDisk, LockedDisk
from screen_helpers import PEBBLES
from sync_helpers import Machine, config, exchanged, marks_file, name_of, names, put, starred_at

from store.errors import LibraryError
from store.library import Library
from store.model import Change

STAR, READ = Change(starred=True), Change(read=True)


# From one to the other


def test_mark_reaches_another_machine(machine: Machine) -> None:
    exchanged(done(machine("here"), STAR))
    assert exchanged(machine("there")).marks(PEBBLES).starred


def test_marks_of_all_machines_come_together(machine: Machine) -> None:
    exchanged(done(machine("here"), Change(add_tags=("a",))))
    exchanged(done(machine("there"), Change(add_tags=("b",))))
    exchanged(done(machine("elsewhere"), Change(add_tags=("c",))))
    assert exchanged(machine("here")).marks(PEBBLES).tags == ("a", "b", "c")


def test_later_change_wins_whatever_the_order(machine: Machine) -> None:
    exchanged(done(machine("there"), Change(starred=True)))
    exchanged(done(machine("here"), Change(starred=False)))
    assert exchanged(machine("here")).marks(PEBBLES).starred


def test_undo_reaches_another_machine(machine: Machine) -> None:
    here, there = exchanged(done(machine("here"), STAR)), exchanged(machine("there"))
    here.undo()
    here.commit()
    exchanged(here)
    assert not exchanged(there).marks(PEBBLES).starred


def test_marks_of_a_restored_library_come_back_from_its_own_file(machine: Machine) -> None:
    here = done(machine("here"), READ)
    state = here.folder / "state.json"
    old = state.read_bytes()
    exchanged(done(here, STAR))
    state.write_bytes(old)
    assert exchanged(machine("here")).marks(PEBBLES).starred


def test_marks_of_a_later_version_are_kept_and_passed_on(
    machine: Machine, sync_folder: Path
) -> None:
    later: dict[str, object] = {"snoozed": ["until May", "2025-08-01T12:00:00.000Z/feed"]}
    later |= {"grade": [3, "2025-08-02T12:00:00.000Z/feed"]}
    put(sync_folder / "feed.json", marks_file({PEBBLES: later}))
    exchanged(done(exchanged(machine("here")), STAR))
    (sync_folder / "feed.json").unlink()
    there = exchanged(machine("there"))
    assert there.marks(PEBBLES).starred
    assert later.items() <= there.stamped(PEBBLES).items()


def test_history_stays_at_home(machine: Machine) -> None:
    exchanged(done(machine("here"), STAR))
    assert exchanged(machine("there")).undo() is None


# What is in the sync_folder


def test_each_machine_writes_one_file_of_its_name(machine: Machine, sync_folder: Path) -> None:
    here, there = done(machine("here"), STAR), done(machine("there"), READ)
    for library in (here, there, here):
        exchanged(library)
    assert names(sync_folder) == sorted(f"{name_of(library)}.json" for library in (here, there))


def test_other_machines_files_are_left_alone(machine: Machine, sync_folder: Path) -> None:
    here = exchanged(done(machine("here"), STAR))
    before = (sync_folder / f"{name_of(here)}.json").read_bytes()
    exchanged(done(machine("there"), READ))
    assert (sync_folder / f"{name_of(here)}.json").read_bytes() == before


def test_file_is_not_written_again_where_nothing_changed(
    machine: Machine, sync_folder: Path
) -> None:
    here = exchanged(done(machine("here"), STAR))
    before = (sync_folder / f"{name_of(here)}.json").stat()
    exchanged(here)
    exchanged(machine("here"))
    assert (sync_folder / f"{name_of(here)}.json").stat() == before


def test_file_that_was_deleted_is_written_again(machine: Machine, sync_folder: Path) -> None:
    here = exchanged(done(machine("here"), STAR))
    before = names(sync_folder)
    shutil.rmtree(sync_folder)
    exchanged(here)
    assert names(sync_folder) == before


def test_library_without_marks_writes_no_file(machine: Machine, sync_folder: Path) -> None:
    exchanged(machine("here"))
    assert names(sync_folder) == []


def test_copied_library_gets_a_name_of_its_own(machine: Machine, sync_folder: Path) -> None:
    here = exchanged(done(machine("here"), STAR))
    shutil.copytree(here.folder, here.folder.with_name("copy"))
    copy = exchanged(done(machine("copy"), READ))
    assert name_of(copy) != name_of(here)
    assert len(names(sync_folder)) == 2


def test_copied_library_that_only_reads_has_one_name(machine: Machine, sync_folder: Path) -> None:
    here = exchanged(done(machine("here"), STAR))
    shutil.copytree(here.folder, here.folder.with_name("copy"))
    exchanged(machine("copy"))
    exchanged(machine("copy"))
    assert len(names(sync_folder)) == 2


def test_nothing_is_left_where_the_disk_is_full(tmp_path: Path, sync_folder: Path) -> None:
    done(Library(tmp_path / "library", TickingClock()), STAR)
    library = Library(tmp_path / "library", TickingClock(), FullDisk(), sync_folder)
    assert "No space left" in library.others.exchange()[0]
    assert names(sync_folder) == []


def test_programs_on_one_library_write_its_file_in_turn(tmp_path: Path, sync_folder: Path) -> None:
    disk = LockedDisk(tmp_path / "library" / "sync")
    library = exchanged(
        done(Library(tmp_path / "library", TickingClock(), disk, sync_folder), STAR)
    )
    assert disk.holders[f"{name_of(library)}.json.tmp"] == f"process {os.getpid()}"


def test_commands_at_once_leave_all_marks_in_one_file(
    filled: OpenLibrary, sync_folder: Path, tmp_path: Path
) -> None:
    done(filled(), READ)
    settings = config(tmp_path, sync_folder)
    at_once(*(["mark", "*", "--tag", tag, "--config", settings] for tag in "abc"))
    [file] = sync_folder.iterdir()
    there = Library(tmp_path / "there")
    there.others.merge(file)
    assert there.marks(PEBBLES).tags == tuple("abc")


# Copies that a synchroniser made


@pytest.mark.parametrize(
    "name",
    ["state (conflicted copy).json", "state.sync-conflict-20250801-120000-ABCDEFG.json"],
)
def test_conflict_copy_beside_the_marks_is_read(machine: Machine, name: str) -> None:
    put(machine("here").folder / name, marks_file({PEBBLES: starred_at("2025-08-01")}))
    assert exchanged(machine("here")).marks(PEBBLES).starred


@pytest.mark.parametrize(
    "name",
    ["state (conflicted copy).json", "feed.sync-conflict-20250801-120000-ABCDEFG.json"],
)
def test_conflict_copy_in_the_folder_is_read(
    machine: Machine, sync_folder: Path, name: str
) -> None:
    put(sync_folder / name, marks_file({PEBBLES: starred_at("2025-08-01")}))
    assert exchanged(machine("here")).marks(PEBBLES).starred


@pytest.mark.parametrize("name", [".syncthing.feed.json.tmp", "~feed.json", ".feed.json", "a.txt"])
def test_file_that_a_synchroniser_is_writing_is_not_read(
    machine: Machine, sync_folder: Path, name: str
) -> None:
    put(sync_folder / name, b"half")
    assert machine("here").others.exchange() == ()


# What is wrong with it

WRONG = {
    "empty": b"",
    "half": marks_file({PEBBLES: starred_at("2025-08-01")})[:50],
    "list": b"[]",
    "newer": marks_file({PEBBLES: starred_at("2025-08-01")}, schema=99),
    "unversioned": b'{"marks": {}}',
    "deep": b"[" * 100_000,
    "binary": bytes(range(256)),
}


@pytest.mark.parametrize("data", WRONG.values(), ids=WRONG.keys())
def test_wrong_file_is_named(machine: Machine, sync_folder: Path, data: bytes) -> None:
    put(sync_folder / "feed.json", data)
    [problem] = machine("here").others.exchange()
    assert str(sync_folder / "feed.json") in problem


@pytest.mark.parametrize("data", WRONG.values(), ids=WRONG.keys())
def test_wrong_file_is_left_as_it_is(machine: Machine, sync_folder: Path, data: bytes) -> None:
    put(sync_folder / "feed.json", data)
    done(machine("here"), STAR).others.exchange()
    assert (sync_folder / "feed.json").read_bytes() == data
    assert len(names(sync_folder)) == 2


@pytest.mark.parametrize("data", WRONG.values(), ids=WRONG.keys())
def test_files_beside_a_wrong_one_are_read(
    machine: Machine, sync_folder: Path, data: bytes
) -> None:
    put(sync_folder / "feed.json", data)
    done(machine("there"), STAR).others.exchange()
    here = machine("here")
    here.others.exchange()
    refresh(here)
    assert here.marks(PEBBLES).starred


def test_wrong_file_is_named_once(machine: Machine, sync_folder: Path) -> None:
    put(sync_folder / "feed.json", b"half")
    here = machine("here")
    here.others.exchange()
    assert here.others.exchange() == ()


def test_file_that_has_become_whole_is_read(machine: Machine, sync_folder: Path) -> None:
    put(sync_folder / "feed.json", b"half")
    here = machine("here")
    here.others.exchange()
    put(sync_folder / "feed.json", marks_file({PEBBLES: starred_at("2025-08-01")}))
    assert exchanged(here).marks(PEBBLES).starred


def test_marks_that_could_not_be_saved_are_read_again(
    machine: Machine, sync_folder: Path, tmp_path: Path
) -> None:
    exchanged(done(machine("there"), STAR))
    disk = FullDisk()
    here = Library(tmp_path / "here", TickingClock(), disk, sync_folder)
    with pytest.raises(LibraryError, match="No space left"):
        here.others.exchange()
    disk.full = False
    assert exchanged(here).marks(PEBBLES).starred


def test_folder_inside_one_that_is_missing_is_reported(tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    library = done(Library(tmp_path / "library", TickingClock(), sync=drive / "sync"), STAR)
    assert "can't write" in library.others.exchange()[0]
    assert not drive.exists()


def test_first_exchange_makes_the_folder(tmp_path: Path) -> None:
    sync_folder = tmp_path / "new"
    exchanged(done(Library(tmp_path / "library", TickingClock(), sync=sync_folder), STAR))
    assert len(names(sync_folder)) == 1
