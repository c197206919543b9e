"""What was acknowledged as written is never written over, whatever the file system is like."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
from cli_helpers import Run
from conftest import OpenLibrary, paper
from faulty_disks import NEW, OLD, STAR, CoarseDisk
from patience import DEADLINE
from sick_folders import failing_call

from store.errors import LibraryBusyError, LibraryError
from store.files.disk import DISK
from store.files.locks import lock_path, locked
from store.files.storage import AtomicStorage
from store.files.tables import Database
from store.library import Library
from store.model import Change

pytestmark = pytest.mark.slow

WHOLE_SECONDS, FOUR_MILLISECONDS = 10**9, 4 * 10**6
coarse = pytest.mark.parametrize("tick", [WHOLE_SECONDS, FOUR_MILLISECONDS])
numbers = pytest.mark.parametrize("one_number", [False, True], ids=["new-numbers", "one-number"])


@coarse
@numbers
def test_writes_of_one_size_in_one_tick_lose_nothing(
    tmp_path: Path, tick: int, one_number: bool
) -> None:
    disk = CoarseDisk(tick, one_number)
    both = [Database(tmp_path / "a.json", keep_parsed=True, disk=disk) for _ in range(2)]
    for number in range(100, 120):
        for database, key in zip(both, "ab", strict=True):
            database.keys("counts").replace({key: {"n": number}})
    tables = AtomicStorage(tmp_path / "a.json").read() or {}
    assert tables["counts"] == {"a": {"n": 119}, "b": {"n": 119}}


@coarse
@numbers
def test_change_of_another_program_in_one_tick_is_seen(
    tmp_path: Path, tick: int, one_number: bool
) -> None:
    disk = CoarseDisk(tick, one_number)
    reader, other = Library(tmp_path, disk=disk), Library(tmp_path, disk=disk)
    reader.apply_marks(reader.load_marks())
    other.mark([NEW], STAR)
    other.commit()
    reader.apply_marks(reader.load_marks())
    other.undo()
    other.commit()
    assert reader.marks_changed_elsewhere()
    reader.apply_marks(reader.load_marks())
    assert not reader.marks(NEW).starred


def test_write_under_a_lock_whose_file_was_removed_gives_way(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    one, other = AtomicStorage(path), AtomicStorage(path)
    one.write({"marks": {"a": {}}})
    transaction = one.transaction()
    transaction.__enter__()
    one.write({"marks": {"a": {}, "b": {}}})
    lock_path(path).unlink()
    other.write({"marks": {"a": {}, "c": {}}})
    with pytest.raises(LibraryBusyError):
        transaction.__exit__(None, None, None)
    assert set((AtomicStorage(path).read() or {})["marks"]) == {"a", "c"}


def test_who_waits_for_a_lock_that_is_removed_waits_for_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    flock, waits, inside = fcntl.flock, Event(), Event()

    def refused(descriptor: int, operation: int) -> None:
        try:
            flock(descriptor, operation)
        except OSError:
            waits.set()
            raise

    def wait() -> None:
        with locked(path):
            inside.set()

    monkeypatch.setattr("store.files.locks.LOCK_SECONDS", DEADLINE)
    with locked(path):
        monkeypatch.setattr(fcntl, "flock", refused)
        waiter = Thread(target=wait)
        waiter.start()
        assert waits.wait(DEADLINE)
        lock_path(path).unlink()
        with locked(path):
            assert not inside.is_set()
    waiter.join()
    assert inside.is_set()


@pytest.fixture(params=["ENOSYS", "EINVAL", "ENOLCK", "EOPNOTSUPP", "EPERM"])
def _no_locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that knows no locks, and says so in its own way."""
    number = getattr(errno, request.param)

    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)


@pytest.mark.usefixtures("_no_locks")
def test_library_is_used_without_locks_where_there_are_none(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.mark([NEW], STAR)
    library.commit()
    assert Library(tmp_path).marks(NEW).starred


@pytest.mark.usefixtures("_no_locks")
def test_doctor_says_that_there_are_no_locks(run: Run, filled: OpenLibrary) -> None:
    filled()
    run("mark", "*", "--star")
    assert "without locks" in run("doctor").out


@pytest.mark.parametrize("error", [errno.EIO, errno.ESTALE, errno.ENOTCONN])
def test_lock_on_a_sick_file_system_is_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(LibraryError, match="can't lock"), locked(tmp_path / "a.json"):
        pass


# Who may read


def mode(path: Path) -> int:
    """Return the permissions of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def _usual_mask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_usual_mask")
def test_new_library_is_for_its_owner_alone(tmp_path: Path) -> None:
    library = Library(tmp_path / "new")
    library.add([paper()], "hf")
    library.mark([NEW], STAR)
    library.commit()
    modes = {mode(path) for path in (tmp_path / "new").rglob("*") if path.is_file()}
    assert (mode(tmp_path / "new"), modes) == (0o700, {0o600})


@pytest.mark.usefixtures("_usual_mask")
def test_library_that_others_may_read_stays_so(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir(mode=0o755)
    library = Library(tmp_path / "new")
    library.mark([NEW], STAR)
    library.commit()
    assert (mode(tmp_path / "new"), mode(tmp_path / "new" / "state.json")) == (0o755, 0o644)


@pytest.mark.usefixtures("_usual_mask")
def test_file_keeps_the_mode_that_somebody_gave_it(tmp_path: Path) -> None:
    state = tmp_path / "new" / "state.json"
    for title in (OLD, NEW):
        library = Library(tmp_path / "new")
        library.mark([title], STAR)
        library.commit()
        state.chmod(0o640)
    library = Library(tmp_path / "new")
    library.mark([OLD], Change(read=True))
    library.commit()
    assert mode(state) == 0o640


def test_export_leaves_the_files_beside_it_alone(
    run: Run, filled: OpenLibrary, tmp_path: Path
) -> None:
    filled()
    beside = tmp_path / "my.bib.tmp"
    beside.write_bytes(b"mine")
    assert run("export", "--to", "bibtex", "-o", tmp_path / "my.bib").status == 0
    assert (beside.read_bytes(), sorted(path.name for path in tmp_path.glob("*my.bib*"))) == (
        b"mine",
        ["my.bib", "my.bib.tmp"],
    )


def test_replaced_file_outside_the_library_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "my.bib"
    path.touch(0o640)
    DISK.replace_any_file(path, b"new")
    assert (mode(path), path.read_bytes()) == (0o640, b"new")


# Reading fails


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (("list",), errno.EIO), (("list",), errno.EACCES), (("list",), errno.ESTALE),
        (("mark", "*", "--read"), errno.EIO), (("mark", "*", "--read"), errno.EACCES),
        (("tags",), errno.EIO), (("doctor",), errno.EIO), (("doctor",), errno.ESTALE),
        (("export", "--to", "jsonl"), errno.EIO),
    ],
)  # fmt: skip
def test_any_call_that_fails_is_one_line_and_loses_nothing(
    run: Run, filled: OpenLibrary, command: tuple[str, ...], error: int
) -> None:
    library = filled()
    run("mark", "*", "--star", "--tag", "lamp")
    for number in count():
        with failing_call(library.folder, number, error) as made:
            done = run(*command)
        assert done.status in (0, 1)
        assert command == ("doctor",) or len(done.err.splitlines()) <= 1
        if len(made) <= number:  # it needs no more calls than that
            break
    assert number > 3
    assert all(marks.starred for marks in Library(library.folder).all_marks.values())
