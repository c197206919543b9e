"""A file is replaced as a whole, and a damaged one is left alone."""

from datetime import UTC, datetime
from os import utime
from pathlib import Path
from threading import Thread

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patience import DEADLINE

from store.errors import LibraryDamagedError, LibraryError, LibraryTooNewError
from store.files.locks import locked
from store.files.storage import SCHEMA, AtomicStorage, Signature, Tables
from store.files.tables import Database

GOOD = orjson.dumps({"papers": {"a": {"n": 1}}, "meta": {"library": {"schema": SCHEMA}}})


def tables(number: int) -> Tables:
    return {"papers": {"a": {"n": number}}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.json"


def test_what_was_written_is_read_back(path: Path) -> None:
    AtomicStorage(path).write(tables(1))
    assert (AtomicStorage(path).read() or {})["papers"] == {"a": {"n": 1}}


def test_written_file_says_its_version(path: Path) -> None:
    AtomicStorage(path).write(tables(1))
    assert orjson.loads(path.read_bytes())["meta"]["library"]["schema"] == SCHEMA


class LateStorage(AtomicStorage):
    """One that finds no file, and then waits until another program has written two times."""

    def signature(self) -> Signature | None:
        found = super().signature()
        if found is None:
            AtomicStorage(self.path).write(tables(1))
            AtomicStorage(self.path).write(tables(2))
        return found


def test_first_writes_of_another_program_are_no_damage(path: Path) -> None:
    assert (LateStorage(path).read() or {})["papers"] == {"a": {"n": 2}}


def test_missing_file_holds_nothing(path: Path) -> None:
    assert AtomicStorage(path).read() is None


def test_reading_makes_no_file(path: Path) -> None:
    AtomicStorage(path).read()
    assert not list(path.parent.iterdir())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(length=st.integers(0, len(GOOD) - 1))
def test_truncated_file_is_damaged(path: Path, length: int) -> None:
    path.write_bytes(GOOD[:length])
    with pytest.raises(LibraryDamagedError):
        AtomicStorage(path).read()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(length=st.integers(0, len(GOOD) - 1))
def test_truncated_file_stays_as_it_is_when_written_to(path: Path, length: int) -> None:
    path.write_bytes(GOOD[:length])
    with pytest.raises(LibraryDamagedError):
        Database(path).keys("papers").replace({"b": {}})
    assert path.read_bytes() == GOOD[:length]


@pytest.mark.parametrize(
    "data",
    [b"[]", b"1", b'{"papers": []}', b'{"papers": {"a": 1}}', b"{}", b'{"meta": {}}', b"\xff{}"],
)
def test_json_that_is_no_table_file_is_damaged(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(LibraryDamagedError):
        AtomicStorage(path).read()


def test_damage_names_the_backup(path: Path) -> None:
    path.with_name("a.json.bak").write_bytes(GOOD)
    path.write_bytes(b"")
    with pytest.raises(LibraryDamagedError, match=r"a\.json\.bak"):
        AtomicStorage(path).read()


NEWER = orjson.dumps({"papers": {"a": {}}, "meta": {"library": {"schema": SCHEMA + 1}}})


def test_newer_layout_is_read(path: Path) -> None:
    path.write_bytes(NEWER)
    assert (AtomicStorage(path).read() or {})["papers"] == {"a": {}}


def test_newer_layout_is_not_written_to(path: Path) -> None:
    path.write_bytes(NEWER)
    with pytest.raises(LibraryTooNewError, match="later version"):
        Database(path).keys("papers").replace({"b": {}})
    assert path.read_bytes() == NEWER


def test_older_layout_is_upgraded_when_read(path: Path) -> None:
    path.write_bytes(orjson.dumps({"meta": {"library": {"schema": SCHEMA - 1}}}))
    storage = AtomicStorage(path, upgrade=lambda tables: tables.update(papers={}))
    assert "papers" in (storage.read() or {})


def test_older_layout_is_written_as_the_present_one(path: Path) -> None:
    path.write_bytes(orjson.dumps({"meta": {"library": {"schema": SCHEMA - 1}}}))
    Database(path).keys("papers").replace({"b": {}})
    assert orjson.loads(path.read_bytes())["meta"]["library"]["schema"] == SCHEMA


@pytest.mark.parametrize("schema", [0, -1, True, None, "1", 1.5])
def test_layout_that_never_was_is_damage(path: Path, schema: object) -> None:
    path.write_bytes(orjson.dumps({"meta": {"library": {"schema": schema}}}))
    with pytest.raises(LibraryDamagedError):
        AtomicStorage(path).read()


def test_folder_in_place_of_the_file_is_an_error(path: Path) -> None:
    path.mkdir()
    with pytest.raises(LibraryError, match="can't read"):
        AtomicStorage(path).read()


def test_symlinked_file_stays_a_symlink(path: Path) -> None:
    path.symlink_to(path.with_name("real.json"))
    AtomicStorage(path).write(tables(1))
    assert path.is_symlink()


def test_write_through_a_symlink_reaches_the_real_file(path: Path) -> None:
    real = path.with_name("real.json")
    path.symlink_to(real)
    AtomicStorage(path).write(tables(1))
    assert orjson.loads(real.read_bytes())["papers"] == {"a": {"n": 1}}


def test_no_temporary_file_is_left(path: Path) -> None:
    AtomicStorage(path).write(tables(1))
    assert not list(path.parent.glob("*.tmp"))


def test_failed_write_leaves_the_file_as_it_was(path: Path) -> None:
    storage = AtomicStorage(path)
    storage.write(tables(1))
    before = path.read_bytes()
    path.with_name("a.json.tmp").mkdir()
    with pytest.raises(LibraryError, match="can't write"):
        storage.write(tables(2))
    assert path.read_bytes() == before


def test_error_in_a_transaction_writes_nothing(path: Path) -> None:
    storage = AtomicStorage(path)
    storage.write(tables(1))
    with pytest.raises(ZeroDivisionError), storage.transaction():
        storage.write({"papers": {"a": {"n": 1 // 0}}})
    assert (storage.read() or {})["papers"] == {"a": {"n": 1}}


def test_error_in_a_transaction_forgets_what_was_changed_in_place(path: Path) -> None:
    storage = AtomicStorage(path, keep_parsed=True)
    storage.write(tables(1))
    with pytest.raises(ZeroDivisionError), storage.transaction():
        (storage.read() or {}).pop("papers")["a"]["n"] //= 0
    assert (storage.read() or {})["papers"] == {"a": {"n": 1}}


def test_kept_value_is_read_again_when_another_writes(path: Path) -> None:
    storage = AtomicStorage(path, keep_parsed=True)
    storage.write(tables(1))
    AtomicStorage(path).write(tables(2))
    assert (storage.read() or {})["papers"] == {"a": {"n": 2}}


def test_first_write_of_a_day_keeps_the_file_of_before(path: Path) -> None:
    path.write_bytes(GOOD)
    long_ago = datetime(2025, 8, 1, tzinfo=UTC).timestamp()
    utime(path, (long_ago, long_ago))
    AtomicStorage(path).write(tables(2))
    assert path.with_name("a.json.bak").read_bytes() == GOOD


def test_later_write_of_a_day_keeps_the_backup(path: Path) -> None:
    path.write_bytes(GOOD)
    path.with_name("a.json.bak").write_bytes(b"older")
    AtomicStorage(path).write(tables(2))
    assert path.with_name("a.json.bak").read_bytes() == b"older"


def test_two_databases_on_one_file_lose_nothing(path: Path) -> None:
    one, other = Database(path, keep_parsed=True), Database(path, keep_parsed=True)
    one.keys("papers").replace({"a": {}})
    other.keys("papers").replace({"b": {}})
    one.keys("papers").replace({"c": {}})
    assert set((AtomicStorage(path).read() or {})["papers"]) == {"a", "b", "c"}


def test_lock_can_be_taken_again_after_it_was_let_go(path: Path) -> None:
    with locked(path):
        pass
    with locked(path):
        assert path.with_name("a.json.lock").exists()


def test_writer_waits_for_the_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.files.locks.LOCK_SECONDS", DEADLINE)
    with locked(path):
        writer = Thread(target=AtomicStorage(path).write, args=(tables(1),))
        writer.start()
        assert not path.exists()
    writer.join()
    assert path.exists()


@pytest.mark.slow
def test_lock_that_is_never_let_go_is_an_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.files.locks.LOCK_SECONDS", 0.1)
    with locked(path), pytest.raises(LibraryError, match="does not release it"), locked(path):
        pass
