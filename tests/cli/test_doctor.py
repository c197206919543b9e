"""What the doctor finds in a library, and how to fix it."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from cli_helpers import Run
from conftest import OpenLibrary, paper
from sync_helpers import config, marks_file

from store.errors import LibraryDamagedError, LibraryError
from store.files.disk import DISK
from store.files.locks import locked
from store.health.apart import Finding
from store.health.checks import examine
from store.health.restore import restore
from store.library import Library
from store.model import Change
from store.papers.months import MonthFiles
from store.text.clean import clean_line
from tui.cli.doctor import terminal

NOW = datetime(2025, 8, 1, 13, tzinfo=UTC)
ID = "arxiv:2508.00001"
Examine = Callable[[], list[Finding]]


@pytest.fixture
def folder(library: Library) -> Path:
    """The folder of a library with a paper that was marked twice, so that there is a backup."""
    library.add([paper()], "hf")
    library.mark([ID], Change(starred=True))
    library.commit()
    library.mark([ID], Change(read=True))
    library.commit()
    return library.folder


def problems(folder: Path, sync: Path | None = None) -> list[Finding]:
    return [each for each in examine(folder, sync, NOW) if each.level == "problem"]


def notes(folder: Path, sync: Path | None = None) -> str:
    return "\n".join(each.text for each in examine(folder, sync, NOW) if each.level == "note")


def test_sound_library_has_no_problem(folder: Path) -> None:
    assert problems(folder) == []


def test_sound_library_is_counted(folder: Path) -> None:
    assert "1 paper, marks of 1" in [each.text for each in examine(folder, None, NOW)]


def test_missing_library_is_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path / "none") == []


def test_examining_changes_nothing(folder: Path) -> None:
    (folder / "state.json").write_bytes(b"{")
    before = sorted(folder.rglob("*"))
    list(examine(folder, None, NOW))
    assert sorted(folder.rglob("*")) == before


def test_damaged_marks_have_status_3(folder: Path) -> None:
    (folder / "state.json").write_bytes(b"{")
    assert [each.status for each in problems(folder)] == [3]


def test_restoring_mends_damaged_marks(folder: Path) -> None:
    (folder / "state.json").write_bytes(b"{")
    assert problems(folder)[0].remedy == "papers-tui doctor --restore"


def test_damaged_marks_without_a_good_backup_say_what_to_do(folder: Path) -> None:
    (folder / "state.json").write_bytes(b"{")
    (folder / "state.json.bak").write_bytes(b"[")
    assert "start without marks" in problems(folder)[0].remedy


def test_damaged_month_has_status_3(folder: Path) -> None:
    (folder / "papers" / "2025-08.json").write_bytes(b"")
    assert [each.status for each in problems(folder)] == [3]


def test_file_of_a_later_version_has_status_4(folder: Path) -> None:
    (folder / "state.json").write_bytes(orjson.dumps({"meta": {"library": {"schema": 99}}}))
    assert [each.status for each in problems(folder)] == [4]


def test_marks_of_papers_that_are_not_here_are_noted(folder: Path, library: Library) -> None:
    library.mark(["arxiv:none"], Change(read=True))
    library.commit()
    assert "marks of 1 paper wait: such papers are not here" in notes(folder)


def test_paper_in_two_months_is_a_problem(folder: Path) -> None:
    twice(folder)
    assert problems(folder)[0].remedy == "papers-tui doctor --tidy"


def test_tidying_leaves_a_paper_in_one_month(folder: Path) -> None:
    twice(folder)
    MonthFiles(folder / "papers").tidy()
    assert problems(folder) == []


def test_tidying_tells_how_many_papers_were_kept_twice(folder: Path) -> None:
    twice(folder)
    assert MonthFiles(folder / "papers").tidy() == 1


def test_tidying_keeps_the_earlier_day(folder: Path, open_library: OpenLibrary) -> None:
    twice(folder)
    MonthFiles(folder / "papers").tidy()
    library = open_library()
    library.read_all()
    assert library.papers[ID].date == "2025-08-01"


def test_left_over_temporary_file_is_noted(folder: Path) -> None:
    (folder / "state.json.tmp").touch()
    assert "state.json.tmp is left over" in notes(folder)


def test_temporary_file_of_a_write_under_way_is_not_left_over(folder: Path) -> None:
    (folder / "state.json.tmp").touch()
    with locked(folder / "state.json"):
        assert "left over" not in notes(folder)


def test_lock_that_is_held_is_noted(folder: Path) -> None:
    with locked(folder / "state.json"):
        assert "state.json.lock is held by process" in notes(folder)


def test_conflict_copy_is_noted(folder: Path) -> None:
    (folder / "state (conflicted copy).json").write_bytes(marks_file({}))
    assert "made by a file synchroniser" in notes(folder)


def test_copy_of_a_damaged_file_is_noted(folder: Path) -> None:
    (folder / "state.json.damaged-20250801-120000").touch()
    assert "copy of a damaged file" in notes(folder)


def test_marks_from_the_future_are_a_problem(folder: Path) -> None:
    found = list(examine(folder, None, NOW - timedelta(days=400)))
    assert "399 days ahead" in next(each.text for each in found if each.check == "clock")


def test_missing_sync_folder_is_a_problem(folder: Path, tmp_path: Path) -> None:
    assert problems(folder, tmp_path / "none")[0].check == "sync"


def test_damaged_file_in_the_sync_folder_is_a_problem(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "aa.json").write_bytes(b"{")
    assert "aa.json is skipped" in problems(folder, tmp_path)[0].text


def test_conflict_copy_in_the_sync_folder_is_noted(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "aa.sync-conflict-20250801-120000-ABC.json").write_bytes(marks_file({}))
    assert "made by a file synchroniser" in notes(folder, tmp_path)


def test_copy_that_can_not_be_read_is_reported_as_one_thing(folder: Path) -> None:
    (folder / "state (conflicted copy).json").write_bytes(b"<<<<<<< HEAD")
    found = [each for each in examine(folder, None, NOW) if "conflicted" in each.text]
    assert [each.level for each in found] == ["problem"]


@pytest.mark.parametrize("name", ["'; touch PWNED; '", "$(touch PWNED)", "a\x1b  b\u202e"])
def test_remedy_runs_nothing_that_is_in_a_name(folder: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / f"conflict {name}.json"
    copy.write_bytes(marks_file({}))
    [remedy] = [each.remedy for each in examine(folder, tmp_path, NOW) if "made by" in each.text]
    subprocess.run(["bash", "-c", clean_line(remedy, 4_000)], cwd=tmp_path, check=True)
    assert (copy.exists(), (tmp_path / "PWNED").exists()) == (False, False)


def test_left_over_in_the_sync_folder_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "aa.json.tmp").touch()
    assert "aa.json.tmp is left over" in notes(folder, tmp_path)


def test_tidying_removes_what_is_left_over_in_the_sync_folder(
    run: Run, folder: Path, tmp_path: Path, sync_folder: Path
) -> None:
    (sync_folder / "aa.json.tmp").touch()
    run("doctor", "--tidy", "--config", config(tmp_path, sync_folder))
    assert list(sync_folder.glob("*.tmp")) == []


def test_restoring_puts_the_backup_in_place(folder: Path) -> None:
    good = (folder / "state.json.bak").read_bytes()
    (folder / "state.json").write_bytes(b"{")
    restore(folder / "state.json")
    assert (folder / "state.json").read_bytes() == good


def test_restoring_keeps_the_damaged_file(folder: Path) -> None:
    (folder / "state.json").write_bytes(b"{")
    kept = restore(folder / "state.json").damaged
    assert kept is not None
    assert kept.read_bytes() == b"{"


def test_marks_that_are_gone_are_damage_where_there_is_a_backup(
    folder: Path, open_library: OpenLibrary
) -> None:
    (folder / "state.json").unlink()
    with pytest.raises(LibraryDamagedError, match="it is gone"):
        open_library()


def test_marks_that_are_gone_have_status_3(folder: Path) -> None:
    (folder / "state.json").unlink()
    assert [each.status for each in problems(folder)] == [3]


def test_restoring_brings_back_marks_that_are_gone(folder: Path) -> None:
    (folder / "state.json").unlink()
    restore(folder / "state.json")
    assert problems(folder) == []


def test_damaged_backup_is_not_put_in_place(folder: Path) -> None:
    (folder / "state.json").write_bytes(b"{")
    (folder / "state.json.bak").write_bytes(b"[]")
    with pytest.raises(LibraryError):
        restore(folder / "state.json")
    assert (folder / "state.json").read_bytes() == b"{"


@pytest.mark.parametrize(
    ("environment", "text"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "16 million colours"),
        ({"TERM": "xterm-256color"}, "256 colours"),
        ({"TERM": "linux"}, "16 colours"),
        ({"TERM": "linux", "NO_COLOR": "1"}, "no colours"),
        ({"TERM": "dumb"}, "can't draw"),
        ({}, "not set"),
        ({"TERM": "screen", "TMUX": "/tmp/tmux"}, "tmux passes on copied text"),
    ],
)
def test_terminal_is_reported_by_its_environment(environment: dict[str, str], text: str) -> None:
    found = terminal(environment, 80, 24, "utf-8")
    assert any(text in each.text for each in found)


def test_small_window_is_noted() -> None:
    assert any("shows little" in each.text for each in terminal({"TERM": "linux"}, 20, 5, "utf-8"))


def test_other_encoding_is_reported() -> None:
    found = terminal({"TERM": "linux"}, 80, 24, "ascii")
    assert [each.level for each in found if "encoding" in each.text] == ["note"]


def twice(folder: Path) -> None:
    """Put the paper into a later month as well, as a crash between two writes does."""
    month = folder / "papers" / "2025-08.json"
    tables = orjson.loads(month.read_bytes())
    tables["papers"][ID]["date"] = "2025-09-01"
    DISK.replace_file(folder / "papers" / "2025-09.json", orjson.dumps(tables))


def test_damaged_list_of_feeds_is_found_and_put_back(run: Run, folder: Path) -> None:
    run("feeds", "add", "hf")
    feeds = folder / "feeds.json"
    feeds.with_name("feeds.json.bak").write_bytes(feeds.read_bytes())
    feeds.write_bytes(b"{")
    assert run("doctor").status == 3
    run("doctor", "--restore")
    assert run("feeds", "list").out.startswith("hf")


RULES = """
[[rules]]
query = "title:survey"
then = ["hide"]
[[rules]]
query = "title:crows"
then = ["hid"]
"""


def test_rules_that_are_not_run_are_problems(run: Run, folder: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(RULES)
    done = run("doctor", "--config", settings)
    assert done.status == 2
    assert f"✗ rules: {settings}, line 5: then: there is no 'hid'; did you mean hide?" in done.out


def test_sound_rules_are_counted(run: Run, folder: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(RULES.replace('"hid"', '"hide"'))
    assert "✓ rules: 2 to run on new papers\n" in run("doctor", "--config", settings).out
