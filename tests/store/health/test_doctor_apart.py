"""The doctor's checks are apart: one that fails or hangs is a line, and the others are made."""

import errno
import os
from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import OpenLibrary, done
from sick_folders import MayBeSick
from sync_helpers import config

from store.health.apart import Checks, Finding
from store.model import Change

SICK = [errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.EACCES]
sicknesses = pytest.mark.parametrize("error", SICK, ids=lambda error: errno.errorcode[error])


@pytest.fixture
def folder(filled: OpenLibrary) -> Path:
    """The folder of a library with papers of two months and a mark."""
    return done(filled(), Change(starred=True)).folder


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let checks take no time at all."""
    monkeypatch.setattr("store.health.apart.PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr("store.health.apart.LESS_PATIENCE_SECONDS", 0.05)


@sicknesses
def test_sync_folder_that_can_not_be_read_is_a_line(
    run: Run, folder: Path, tmp_path: Path, sync_folder: Path, may_be_sick: MayBeSick, error: int
) -> None:
    may_be_sick(sync_folder).fail(error)
    said = run("doctor", "--config", config(tmp_path, sync_folder))
    assert said.status == 1
    assert f"✗ sync: can't read {sync_folder}: {os.strerror(error)}" in said.out
    assert "✓ files: 5 papers, marks of 1" in said.out


def test_sync_folder_that_hangs_is_a_line(
    run: Run, folder: Path, tmp_path: Path, sync_folder: Path, may_be_sick: MayBeSick,
    impatient: None,
) -> None:  # fmt: skip
    may_be_sick(sync_folder).hang()
    said = run("doctor", "--config", config(tmp_path, sync_folder))
    assert said.status == 1
    assert "✗ sync: the check is incomplete: no answer" in said.out
    assert "✓ files: 5 papers, marks of 1" in said.out
    assert "clipboard" in said.out


def test_pipe_in_the_sync_folder_is_a_line(
    run: Run, folder: Path, tmp_path: Path, sync_folder: Path, impatient: None
) -> None:
    os.mkfifo(sync_folder / "feed.json")
    said = run("doctor", "--config", config(tmp_path, sync_folder))
    assert said.status == 1
    assert "✗ sync: " in said.out
    assert "✓ files: 5 papers, marks of 1" in said.out


def test_month_that_hangs_is_a_line_and_the_others_are_read(
    run: Run, folder: Path, may_be_sick: MayBeSick, impatient: None
) -> None:
    may_be_sick(folder / "papers" / "2025-07.json").hang()
    (folder / "papers" / "2025-08.json").write_bytes(b"{")
    said = run("doctor")
    assert "✗ files: the check is incomplete: no answer" in said.out
    assert "2025-08.json: it is not JSON" in said.out
    assert "clipboard" in said.out


@sicknesses
def test_library_that_can_not_be_read_is_a_line(
    run: Run, folder: Path, may_be_sick: MayBeSick, error: int
) -> None:
    may_be_sick(folder).fail(error)
    said = run("doctor")
    assert said.status == 1
    assert f"✗ files: can't read {folder}: {os.strerror(error)}" in said.out
    assert "clipboard" in said.out


@sicknesses
def test_json_holds_what_was_found_and_what_was_not(
    run: Run, folder: Path, tmp_path: Path, sync_folder: Path, may_be_sick: MayBeSick, error: int
) -> None:
    may_be_sick(sync_folder).fail(error)
    said = run("doctor", "--json", "--config", config(tmp_path, sync_folder))
    assert (said.status, said.err) == (1, "")
    assert '"check":"sync"' in said.out.replace(": ", ":")


@pytest.mark.parametrize("error", [KeyError("told"), MemoryError(), RecursionError()], ids=repr)
def test_check_that_fails_keeps_what_it_found_before(error: Exception) -> None:
    def check() -> "list[Finding]":
        raise error

    [found] = Checks().make("papers", check)
    assert (found.level, found.status) == ("problem", 1)
    assert type(error).__name__ in found.text


def test_failed_restoring_is_a_line_and_the_checks_are_made(run: Run, folder: Path) -> None:
    (folder / "state.json").rename(folder / "state.json.bak")
    (folder / "state.json.lock").unlink()
    (folder / "state.json.lock").mkdir()
    said = run("doctor", "--restore")
    assert said.status == 3
    assert "✗ restore: can't write in" in said.out
    assert "state.json is gone" in said.out
