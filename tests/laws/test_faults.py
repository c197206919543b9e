"""Disks fail, fill up and lose their process at every step: no acknowledged mark is ever lost.

The method is SQLite's (https://www.sqlite.org/testing.html, "anomaly testing"): make each system
call of a write fail in turn, or kill the process there, and look at what is left on disk.
"""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from conftest import paper
from faulty_disks import (
    NEW,
    OLD,
    PAPERS,
    STAR,
    Die,
    FailingDisk,
    FailingInSmallPieces,
    InSmallPieces,
    Kill,
    RecordingDisk,
    add,
    dying,
    mark,
    mark_until_killed,
    moments,
    restore_marks,
)
from patience import DEADLINE
from places import ROOT

from store.errors import LibraryDamagedError, LibraryError
from store.files.disk import DISK
from store.files.locks import locked
from store.health.restore import restore
from store.library import Library
from store.model import Change
from tui.cli.main import main

COMMAND = Path(sys.executable).with_name("papers-tui")
YESTERDAY = 1_750_000_000
"""A time of last change that makes a backup due."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with one mark, an earlier backup, and another backup due at the next write."""
    return make_folder(tmp_path / "library")


def make_folder(folder: Path) -> Path:
    library = Library(folder)
    library.mark([OLD], Change(note="first"))
    library.commit()
    state = folder / "state.json"
    shutil.copy(state, folder / "state.json.bak")
    library.mark([OLD], STAR)
    library.commit()
    os.utime(state, (YESTERDAY, YESTERDAY))
    return folder


def state_of(folder: Path) -> bytes:
    return (folder / "state.json").read_bytes()


def starred(folder: Path) -> list[str]:
    """Return the papers that are starred on disk, as the next process sees it."""
    return sorted(key for key, marks in Library(folder).all_marks.items() if marks.starred)


def titles(folder: Path) -> list[str]:
    library = Library(folder)
    library.read_all()
    return sorted(found.title for found in library.papers.values())


# A system call fails

MARK_CALLS = ("link", "rename", "create", "write", "sync", "rename", "sync_folder")
"""The system calls of a write when a backup is due."""
NEEDED = [("create", 1), ("write", 1), ("sync", 1), ("rename", 2)]
"""Those without which nothing can be saved: call and occurrence."""
OPTIONAL = [("link", 1), ("rename", 1)]
"""Those without which it is saved all the same."""

needed = pytest.mark.parametrize("call", NEEDED, ids=lambda call: "-".join(map(str, call)))
optional = pytest.mark.parametrize("call", OPTIONAL, ids=lambda call: "-".join(map(str, call)))
reasons = pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=["ENOSPC", "EIO"])


def test_faults_are_injected_at_every_call_of_a_write(folder: Path) -> None:
    disk = RecordingDisk()
    mark(folder, disk)
    assert tuple(disk.calls) == MARK_CALLS


@reasons
@needed
def test_failed_call_leaves_the_file_as_it_was(
    folder: Path, call: tuple[str, int], error: int
) -> None:
    before = state_of(folder)
    with pytest.raises(LibraryError, match="can't write"):
        mark(folder, FailingDisk(*call, error))
    assert state_of(folder) == before


@reasons
@needed
def test_mark_waits_after_a_failed_call(folder: Path, call: tuple[str, int], error: int) -> None:
    library = Library(folder, disk=FailingDisk(*call, error))
    library.mark([NEW], STAR)
    with pytest.raises(LibraryError):
        library.commit()
    assert library.unsaved == 1


@reasons
@needed
def test_next_commit_saves_what_a_failed_call_did_not(
    folder: Path, call: tuple[str, int], error: int
) -> None:
    library = Library(folder, disk=FailingDisk(*call, error))
    library.mark([NEW], STAR)
    with pytest.raises(LibraryError):
        library.commit()
    library.commit()
    assert starred(folder) == [OLD, NEW]


@needed
def test_failed_call_leaves_no_temporary_file(folder: Path, call: tuple[str, int]) -> None:
    with pytest.raises(LibraryError):
        mark(folder, FailingDisk(*call))
    assert not list(folder.glob("*.tmp"))


@needed
def test_failed_first_write_leaves_no_file(tmp_path: Path, call: tuple[str, int]) -> None:
    with pytest.raises(LibraryError):
        mark(tmp_path / "new", FailingDisk(call[0]))
    assert not (tmp_path / "new" / "state.json").exists()


@needed
def test_symlinked_file_stays_a_symlink_when_a_call_fails(
    folder: Path, call: tuple[str, int]
) -> None:
    state = folder / "state.json"
    state.rename(folder.parent / "real.json")
    state.symlink_to(folder.parent / "real.json")
    with pytest.raises(LibraryError):
        mark(folder, FailingDisk(*call))
    assert state.is_symlink()


@reasons
@optional
def test_mark_is_saved_though_an_optional_call_fails(
    folder: Path, call: tuple[str, int], error: int
) -> None:
    mark(folder, FailingDisk(*call, error))
    assert starred(folder) == [OLD, NEW]


@pytest.mark.parametrize("error", [errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.EIO])
def test_backup_is_a_copy_where_there_are_no_hard_links(folder: Path, error: int) -> None:
    before = state_of(folder)
    mark(folder, FailingDisk("link", error=error))
    assert starred(folder) == [OLD, NEW]
    assert (folder / "state.json.bak").read_bytes() == before


def test_backup_that_can_not_be_replaced_stays(folder: Path) -> None:
    before = (folder / "state.json.bak").read_bytes()
    mark(folder, FailingDisk("rename"))
    assert (folder / "state.json.bak").read_bytes() == before


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC, errno.EDQUOT])
def test_mark_is_acknowledged_only_once_its_name_is_on_the_medium(folder: Path, error: int) -> None:
    library = Library(folder, disk=FailingDisk("sync_folder", 1, error))
    library.mark([NEW], STAR)
    with pytest.raises(LibraryError, match="can't write"):
        library.commit()
    assert library.unsaved == 1
    library.commit()
    assert (library.unsaved, starred(folder)) == (0, [OLD, NEW])


@pytest.mark.parametrize("error", [errno.EINVAL, errno.EOPNOTSUPP, errno.EBADF, errno.EACCES])
def test_folder_that_can_not_be_synced_here_will_do(folder: Path, error: int) -> None:
    mark(folder, FailingDisk("sync_folder", 1, error))
    assert starred(folder) == [OLD, NEW]


def test_new_folder_counts_once_its_name_is_on_the_medium(tmp_path: Path) -> None:
    disk = FailingDisk("sync_folder")
    with pytest.raises(LibraryError, match="can't make the folder"):
        Library(tmp_path / "new", disk=disk)
    assert not (tmp_path / "new").exists()
    mark(tmp_path / "new", disk)
    assert starred(tmp_path / "new") == [NEW]


@pytest.mark.parametrize(
    "error", [MemoryError(), KeyboardInterrupt(), ZeroDivisionError()], ids=repr
)
@needed
def test_error_that_is_none_of_a_disk_leaves_the_file_as_it_was(
    folder: Path, call: tuple[str, int], error: BaseException
) -> None:
    before = state_of(folder)
    library = Library(folder, disk=FailingDisk(*call, error))
    library.mark([NEW], STAR)
    with pytest.raises(type(error)):
        library.commit()
    assert (state_of(folder), library.unsaved) == (before, 1)
    assert not list(folder.glob("*.tmp"))
    library.commit()
    assert starred(folder) == [OLD, NEW]


def test_short_writes_are_continued(folder: Path) -> None:
    mark(folder, InSmallPieces())
    assert starred(folder) == [OLD, NEW]


@reasons
@pytest.mark.parametrize("occurrence", [2, 3, 5])
def test_error_midway_through_a_write_leaves_the_file_as_it_was(
    folder: Path, occurrence: int, error: int
) -> None:
    before = state_of(folder)
    with pytest.raises(LibraryError, match="can't write"):
        mark(folder, FailingInSmallPieces("write", occurrence, error))
    assert state_of(folder) == before


ADD_CALLS = ("sync_folder",) * 2 + ("create", "write", "sync", "rename", "sync_folder") * 2
"""The system calls of adding papers to two new months of a new library."""


def test_faults_are_injected_at_every_call_of_an_import(tmp_path: Path) -> None:
    disk = RecordingDisk()
    add(tmp_path / "new", disk)
    assert tuple(disk.calls) == ADD_CALLS


@reasons
@pytest.mark.parametrize("call", ["create", "write", "sync", "rename"])
def test_failed_import_keeps_the_months_written_before(
    tmp_path: Path, call: str, error: int
) -> None:
    with pytest.raises(LibraryError, match="can't write"):
        add(tmp_path / "new", FailingDisk(call, 2, error))
    assert titles(tmp_path / "new") == ["Counting Snails"]


@pytest.mark.parametrize("call", ["create", "write", "sync", "rename"])
def test_failed_import_can_be_repeated(tmp_path: Path, call: str) -> None:
    with pytest.raises(LibraryError):
        add(tmp_path / "new", FailingDisk(call))
    add(tmp_path / "new", DISK)
    assert titles(tmp_path / "new") == ["Counting Snails", "Sorting Pebbles"]


# Left-over temporary files


@pytest.mark.parametrize("mode", [0o644, 0o444], ids=["file", "read-only"])
def test_left_over_file_does_no_harm(folder: Path, mode: int) -> None:
    (folder / "state.json.tmp").write_bytes(b"half a fi")
    (folder / "state.json.tmp").chmod(mode)
    mark(folder, DISK)
    assert starred(folder) == [OLD, NEW]


@pytest.mark.parametrize("link", [os.link, os.symlink], ids=["link", "symlink"])
def test_left_over_link_is_not_written_through(
    folder: Path, link: Callable[[Path, Path], None]
) -> None:
    other = folder / "other.txt"
    other.write_bytes(b"precious")
    link(other, folder / "state.json.tmp")
    mark(folder, DISK)
    assert other.read_bytes() == b"precious"


def test_left_over_of_a_backup_does_no_harm(folder: Path) -> None:
    (folder / "state.json.bak.tmp").write_bytes(b"half a fi")
    mark(folder, DISK)
    assert starred(folder) == [OLD, NEW]


# The process is killed at a system call


@pytest.fixture(scope="module")
def die() -> Iterator[Die]:
    with dying() as die:
        yield die


REPLACED = moments(*MARK_CALLS).index(Kill("rename", 2, "after"))
"""The first of these moments at which the new file is in place."""
BEFORE, AFTER = moments(*MARK_CALLS)[:REPLACED], moments(*MARK_CALLS)[REPLACED:]


@pytest.mark.parametrize("kill", BEFORE, ids=str)
def test_kill_before_the_replacement_leaves_the_old_file_to_be_written(
    die: Die, folder: Path, kill: Kill
) -> None:
    before = state_of(folder)
    assert die(folder, "mark", kill) == -9
    assert state_of(folder) == before
    mark(folder, DISK)
    assert starred(folder) == [OLD, NEW]


@pytest.mark.parametrize("kill", AFTER, ids=str)
def test_kill_after_the_replacement_leaves_the_new_file_to_be_written(
    die: Die, folder: Path, kill: Kill
) -> None:
    assert die(folder, "mark", kill) == -9
    assert starred(folder) == [OLD, NEW]
    mark(folder, DISK)
    assert starred(folder) == [OLD, NEW]


@pytest.mark.parametrize("kill", moments("link", "rename"), ids=str)
def test_there_is_a_backup_when_killed_while_it_is_replaced(
    die: Die, folder: Path, kill: Kill
) -> None:
    states = [state_of(folder), (folder / "state.json.bak").read_bytes()]
    assert die(folder, "mark", kill) == -9
    assert (folder / "state.json.bak").read_bytes() in states


@pytest.mark.parametrize("kill", moments("create", "write", "rename"), ids=str)
def test_kill_at_the_first_write_leaves_a_library_that_opens(
    die: Die, tmp_path: Path, kill: Kill
) -> None:
    (tmp_path / "new").mkdir()
    assert die(tmp_path / "new", "mark", kill) == -9
    mark(tmp_path / "new", DISK)
    assert starred(tmp_path / "new") == [NEW]


@pytest.mark.parametrize("kill", moments(*ADD_CALLS[:-1]), ids=str)
def test_import_killed_at_any_call_can_be_repeated(die: Die, tmp_path: Path, kill: Kill) -> None:
    assert die(tmp_path / "new", "add", kill) == -9
    add(tmp_path / "new", DISK)
    assert titles(tmp_path / "new") == ["Counting Snails", "Sorting Pebbles"]


def test_acknowledged_marks_survive_kills_at_random(tmp_path: Path) -> None:
    moments_of_death = Random(1).choices(range(40), k=5)
    acknowledged = [
        paper_id
        for number, marks in enumerate(moments_of_death)
        for paper_id in mark_until_killed(tmp_path / "new", f"arxiv:{number}", marks)
    ]
    assert set(acknowledged) - set(starred(tmp_path / "new")) == set()


def test_benchmark_of_kills_finds_nothing_lost(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.kills", "--kills", "2"]
    command += ["--folder", str(tmp_path / "new")]
    top = ROOT
    done = subprocess.run(command, cwd=top, capture_output=True, text=True, timeout=DEADLINE)
    assert (done.returncode, done.stderr) == (0, "")


# Two programs of one machine and a sync folder


def test_program_waits_for_another_that_writes_to_the_sync_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.files.locks.LOCK_SECONDS", 0.01)
    library = Library(tmp_path / "library", sync=tmp_path / "sync")
    library.mark([OLD], STAR)
    library.commit()
    with locked(tmp_path / "library" / "sync"):
        assert "does not release it" in library.others.exchange()[0]


# Putting the backup back

RESTORE_CALLS = ("create", "write", "sync", "rename", "sync_folder") * 2
"""The system calls of setting the damaged file aside and of replacing it."""
DAMAGED = b'{"marks": {"arxiv'


@pytest.fixture
def damaged(folder: Path) -> Path:
    """The same library, with its marks cut short."""
    (folder / "state.json").write_bytes(DAMAGED)
    return folder


def notes(folder: Path) -> list[str]:
    return [marks.note for marks in Library(folder).all_marks.values()]


def copies(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.glob("*.damaged-*") if path.suffix != ".tmp"]


def test_faults_are_injected_at_every_call_of_a_restoration(damaged: Path) -> None:
    disk = RecordingDisk()
    restore_marks(damaged, disk)
    assert tuple(disk.calls) == RESTORE_CALLS


def test_restoring_puts_the_backup_back(damaged: Path) -> None:
    restore_marks(damaged, DISK)
    assert state_of(damaged) == (damaged / "state.json.bak").read_bytes()


def test_restoring_keeps_the_damaged_bytes(damaged: Path) -> None:
    kept = restore(damaged / "state.json").damaged
    assert kept is not None
    assert kept.read_bytes() == DAMAGED


@pytest.mark.parametrize("backup", [b"", b"{}", b'{"marks":{"a":{"read":1}}}'])
def test_damaged_backup_is_not_put_back(damaged: Path, backup: bytes) -> None:
    (damaged / "state.json.bak").write_bytes(backup)
    with pytest.raises(LibraryDamagedError):
        restore_marks(damaged, DISK)
    assert state_of(damaged) == DAMAGED


def test_missing_backup_is_not_put_back(damaged: Path) -> None:
    (damaged / "state.json.bak").unlink()
    with pytest.raises(LibraryError, match="no earlier copy"):
        restore_marks(damaged, DISK)


@reasons
@pytest.mark.parametrize("occurrence", [1, 2])
@pytest.mark.parametrize("call", ["create", "write", "sync", "rename"])
def test_failed_restoration_changes_nothing(
    damaged: Path, call: str, occurrence: int, error: int
) -> None:
    with pytest.raises(LibraryError):
        restore_marks(damaged, FailingDisk(call, occurrence, error))
    assert state_of(damaged) == DAMAGED


@pytest.mark.parametrize("kill", moments(*RESTORE_CALLS), ids=str)
def test_killed_restoration_loses_nothing_and_can_be_repeated(
    die: Die, damaged: Path, kill: Kill
) -> None:
    assert die(damaged, "restore_marks", kill) == -9
    assert DAMAGED in [state_of(damaged), *copies(damaged)]
    assert state_of(damaged) in (DAMAGED, (damaged / "state.json.bak").read_bytes())
    restore_marks(damaged, DISK)
    assert notes(damaged) == ["first"]


# Real file systems


class FileSystem:
    """A small file system of its own that holds a library."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = folder / "library"
        self._filler = folder / "filler"

    def fill(self, room: int) -> None:
        """Use up all space but `room` bytes."""
        with self._filler.open("wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                filler.truncate(filler.tell() - room)

    def free(self) -> None:
        """Give the space back."""
        self._filler.unlink()

    def forbid_writing(self) -> None:
        """Make it read-only, for root too."""
        subprocess.run(["mount", "-o", "remount,ro", self.folder], check=True)

    def contents(self) -> dict[str, bytes]:
        """Return what the library holds: every file but locks and backups."""
        return {str(path): path.read_bytes() for path in self.library.rglob("*.json")}


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileSystem]:
    """A file system of 256 KB with two papers and a long note; skipped without the right to it."""
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(mounted)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        system = FileSystem(mounted)
        library = Library(system.library)
        library.add(PAPERS, "hf")
        library.mark([OLD], Change(note="n" * 12_000))
        library.commit()
        monkeypatch.setenv("PAPERS_TUI_LIBRARY", str(system.library))
        yield system
    finally:
        subprocess.run(["umount", mounted], check=True)


rooms = pytest.mark.parametrize("room", [0, 4096, 8192], ids=["full", "page", "two-pages"])


@rooms
def test_full_disk_can_be_read(
    small: FileSystem, room: int, capfd: pytest.CaptureFixture[str]
) -> None:
    small.fill(room)
    assert main(["list"]) == 0
    assert capfd.readouterr().out.count("\n") == 2


@rooms
def test_mark_on_a_full_disk_is_refused_in_one_line(
    small: FileSystem, room: int, capfd: pytest.CaptureFixture[str]
) -> None:
    small.fill(room)
    assert main(["mark", "snails", "--star"]) == 1
    assert capfd.readouterr() == (
        "",
        f"papers-tui: can't write {small.library / 'state.json'}: No space left on device\n",
    )


@rooms
def test_mark_on_a_full_disk_leaves_the_library_as_it_was(small: FileSystem, room: int) -> None:
    before = small.contents()
    small.fill(room)
    main(["mark", "snails", "--star"])
    assert small.contents() == before


def test_mark_is_saved_once_there_is_space_again(small: FileSystem) -> None:
    small.fill(4096)
    main(["mark", "snails", "--star"])
    small.free()
    assert main(["mark", "snails", "--star"]) == 0
    assert starred(small.library) == [NEW]


def test_import_on_a_full_disk_leaves_the_library_as_it_was(small: FileSystem) -> None:
    before = small.contents()
    small.fill(0)
    with pytest.raises(LibraryError, match="No space left"):
        Library(small.library).add([paper("arxiv:2508.00003", "Puddles")], "hf")
    assert small.contents() == before


def test_read_only_disk_can_be_read(small: FileSystem, capfd: pytest.CaptureFixture[str]) -> None:
    small.forbid_writing()
    assert main(["list"]) == 0
    assert capfd.readouterr().out.count("\n") == 2


@pytest.mark.parametrize("lock", ["there", "missing"])
def test_mark_on_a_read_only_disk_is_refused_in_one_line(
    small: FileSystem, lock: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (small.library / "state.json.lock").rename(small.library / f"{lock}.lock")
    small.forbid_writing()
    assert main(["mark", "snails", "--star"]) == 1
    assert capfd.readouterr() == (
        "",
        f"papers-tui: can't write in {small.library}: Read-only file system\n",
    )


def test_mark_on_a_read_only_disk_leaves_the_library_as_it_was(small: FileSystem) -> None:
    before = small.contents()
    small.forbid_writing()
    main(["mark", "snails", "--star"])
    assert small.contents() == before


def test_undo_on_a_read_only_disk_is_refused(small: FileSystem) -> None:
    small.forbid_writing()
    assert main(["undo"]) == 1


def test_installed_command_on_a_full_disk_makes_no_traceback(small: FileSystem) -> None:
    small.fill(0)
    done = subprocess.run(
        [COMMAND, "mark", "snails", "--star"], capture_output=True, text=True, timeout=DEADLINE
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_damage_on_a_full_disk_is_still_told(
    small: FileSystem, capfd: pytest.CaptureFixture[str]
) -> None:
    (small.library / "state.json").write_bytes(DAMAGED)
    small.fill(0)
    assert main(["list"]) == 3
    assert capfd.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("command", [["list"], ["list", "--json"], ["mark", "snails", "--star"]])
def test_output_to_a_full_disk_is_refused_in_one_line(
    small: FileSystem, command: list[str]
) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [COMMAND, *command], stdout=full, stderr=subprocess.PIPE, timeout=DEADLINE
        )
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
