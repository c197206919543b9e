"""`papers-tui merge` takes in the marks of another library or of a file of marks."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import OpenLibrary, TickingClock, done, paper
from screen_helpers import PEBBLES, SNAILS
from sync_helpers import marks_file, put, starred_at

from store.errors import LibraryError
from store.library import Library
from store.marks.foreign import LARGEST
from store.model import Change

STAR, READ = Change(starred=True), Change(read=True)


@pytest.fixture
def there(tmp_path: Path) -> Library:
    """Another library, in which two papers are starred."""
    return done(Library(tmp_path / "there", TickingClock()), STAR, ids=[PEBBLES, SNAILS])


def contents(folder: Path) -> dict[Path, bytes]:
    """Return every file in a folder with what is in it."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# What it does


def test_merge_says_how_many_papers_changed(run: Run, there: Library) -> None:
    assert run("merge", there.folder).out == "merged 2\n"


def test_second_merge_changes_nothing(run: Run, there: Library) -> None:
    run("merge", there.folder)
    assert run("merge", there.folder).out == "merged 0\n"


def test_merged_marks_are_on_disk(run: Run, there: Library, open_library: OpenLibrary) -> None:
    run("merge", there.folder)
    assert open_library().marks(SNAILS).starred


def test_mark_that_was_undone_there_is_no_change_here(run: Run, there: Library) -> None:
    there.undo()
    there.commit()
    assert run("merge", there.folder).out == "merged 0\n"


def test_merge_takes_a_file_of_marks(run: Run, there: Library) -> None:
    assert run("merge", there.folder / "state.json").out == "merged 2\n"


def test_merge_takes_a_file_of_a_sync_folder(run: Run, tmp_path: Path) -> None:
    put(tmp_path / "feed.json", marks_file({PEBBLES: starred_at("2025-08-01")}))
    assert run("merge", tmp_path / "feed.json").out == "merged 1\n"


def test_merge_takes_several(run: Run, there: Library, tmp_path: Path) -> None:
    put(tmp_path / "feed.json", marks_file({"arxiv:1": starred_at("2025-08-01")}))
    assert run("merge", there.folder, tmp_path / "feed.json").out == "merged 3\n"


def test_merge_leaves_the_other_library_as_it_was(run: Run, there: Library) -> None:
    before = contents(there.folder)
    run("merge", there.folder)
    assert contents(there.folder) == before


def test_merge_keeps_what_was_marked_here(
    run: Run, there: Library, open_library: OpenLibrary
) -> None:
    done(open_library(), Change(add_tags=("here",)))
    run("merge", there.folder)
    marks = open_library().marks(PEBBLES)
    assert (marks.tags, marks.starred) == (("here",), True)


def test_marks_of_a_paper_known_here_by_a_better_key_are_merged(
    there: Library, open_library: OpenLibrary
) -> None:
    here = open_library()
    here.add([paper("arxiv:9", aliases=(PEBBLES,))], "hf")
    here.others.merge(there.folder)
    assert here.marks("arxiv:9").starred


# What it refuses


def test_missing_path_is_refused(run: Run, tmp_path: Path) -> None:
    said = run("merge", tmp_path / "missing")
    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)


def test_folder_without_marks_is_refused(run: Run, tmp_path: Path) -> None:
    said = run("merge", tmp_path)
    assert (said.status, "there are no marks here" in said.err) == (1, True)


@pytest.mark.parametrize("data", [b"", b"half", b"[]", b'{"marks": {}}', b"[" * 100_000])
def test_damaged_file_is_refused(run: Run, tmp_path: Path, data: bytes) -> None:
    put(tmp_path / "feed.json", data)
    said = run("merge", tmp_path / "feed.json")
    assert (said.status, said.out) == (3, "")


def test_file_of_a_later_version_is_refused(run: Run, tmp_path: Path) -> None:
    put(tmp_path / "feed.json", marks_file({}, schema=99))
    assert run("merge", tmp_path / "feed.json").status == 4


@pytest.mark.parametrize("data", [b"", b"half", marks_file({}, schema=99)])
def test_refused_file_changes_nothing_here(
    run: Run, tmp_path: Path, open_library: OpenLibrary, data: bytes
) -> None:
    before = contents(done(open_library(), STAR).folder)
    put(tmp_path / "feed.json", data)
    run("merge", tmp_path / "feed.json")
    assert contents(tmp_path / "library") == before


def test_file_of_papers_is_refused(run: Run, filled: OpenLibrary) -> None:
    month = filled().months()[0]
    said = run("merge", month)
    assert (said.status, "there are no marks here" in said.err) == (1, True)


# What is hostile

STAMP = "2025-08-01T12:00:00.000Z/feed"
HOSTILE = {
    "tag": {"#a\x1b[2J": [True, STAMP]},
    "hidden tag": {"#a\u202eb": [True, STAMP]},
    "two words": {"#a b": [True, STAMP]},
    "no tag": {"#": [True, STAMP]},
    "long tag": {"#" + "a" * 1_000: [True, STAMP]},
    "note": {"note": ["\x1b]52;c;ZXZpbA==\x07", STAMP]},
    "long note": {"note": ["a" * 1_000_000, STAMP]},
    "field": {"colour\x1b[2J": [True, STAMP]},
    "text in a field": {"colour": ["\x1b[2J", STAMP]},
    "table": {"note": {"a": 1, "b": 2}},
    "type": {"starred": ["yes", STAMP]},
    "year 9999": {"starred": [True, "9999-12-31T23:59:59.999Z/feed"]},
    "year 9998": {"starred": [True, "9998-12-31T23:59:59.999Z/feed"]},
    "no day": {"starred": [True, "2025-02-30T12:00:00.000Z/feed"]},
    "machine": {"starred": [True, "2025-08-01T12:00:00.000Z/../../etc"]},
    "digits": {"starred": [True, "٢٠٢٥-08-01T12:00:00.000Z/feed"]},
}
"""Marks of one paper in a file from elsewhere, by what is wrong with them."""


@pytest.mark.parametrize("marks", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_marks_are_left_out(
    run: Run, tmp_path: Path, open_library: OpenLibrary, marks: dict[str, object]
) -> None:
    put(tmp_path / "feed.json", marks_file({PEBBLES: marks, SNAILS: {"read": [True, STAMP]}}))
    assert run("merge", tmp_path / "feed.json").out == "merged 1\n"
    assert list(open_library().all_marks) == [SNAILS]


@pytest.mark.parametrize("marks", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_marks_are_named_in_one_harmless_line(
    run: Run, tmp_path: Path, marks: dict[str, object]
) -> None:
    put(tmp_path / "feed.json", marks_file({PEBBLES: marks}))
    [line] = run("merge", tmp_path / "feed.json").err.splitlines()
    assert PEBBLES in line
    assert line.isprintable()
    assert len(line) < 400


def test_of_many_hostile_marks_a_few_are_named(run: Run, tmp_path: Path) -> None:
    marks = {f"arxiv:{number}": HOSTILE["tag"] for number in range(1_000)}
    put(tmp_path / "feed.json", marks_file(dict(marks)))
    lines = run("merge", tmp_path / "feed.json").err.splitlines()
    assert (len(lines), "997 more" in lines[-1]) == (4, True)


# Wrong clocks

NEXT_YEAR = f"{datetime.now(UTC) + timedelta(days=366):%Y-%m-%d}"


def test_clock_that_is_a_year_ahead_is_reported(run: Run, tmp_path: Path) -> None:
    put(tmp_path / "feed.json", marks_file({PEBBLES: starred_at(NEXT_YEAR)}))
    said = run("merge", tmp_path / "feed.json")
    assert (said.status, said.out) == (0, "merged 0\n")
    assert "marks of machine feed are dated 36" in said.err


def test_mark_made_after_one_from_a_year_ahead_wins(
    run: Run, filled: OpenLibrary, tmp_path: Path
) -> None:
    put(tmp_path / "feed.json", marks_file({PEBBLES: starred_at(NEXT_YEAR)}))
    run("merge", tmp_path / "feed.json")
    run("mark", "pebbles", "--unstar")
    run("merge", tmp_path / "feed.json")
    assert not filled().marks(PEBBLES).starred


def test_marks_beside_one_from_a_year_ahead_are_merged(
    run: Run, open_library: OpenLibrary, tmp_path: Path
) -> None:
    marks = {**starred_at(NEXT_YEAR), "read": [True, STAMP]}
    put(tmp_path / "feed.json", marks_file({PEBBLES: marks}))
    run("merge", tmp_path / "feed.json")
    assert open_library().marks(PEBBLES).read


def test_stamp_from_far_ahead_does_not_drag_the_clock_here(
    run: Run, filled: OpenLibrary, tmp_path: Path
) -> None:
    last = {"starred": [True, "8999-12-31T23:59:59.999Z/feed"]}
    put(tmp_path / "feed.json", marks_file({PEBBLES: last}))
    run("merge", tmp_path / "feed.json")
    run("mark", "pebbles", "--star")
    assert filled().marks(PEBBLES).starred_at < f"{NEXT_YEAR}"


@pytest.mark.parametrize("kind", ["fifo", "folder", "device"])
def test_what_is_no_ordinary_file_is_refused(run: Run, tmp_path: Path, kind: str) -> None:
    odd = tmp_path / "odd.json"
    match kind:
        case "fifo":
            os.mkfifo(odd)
        case "folder":
            (odd / "state.json").mkdir(parents=True)
        case "device":
            odd.symlink_to("/dev/zero")
    said = run("merge", odd)
    assert (said.status, said.err.count("\n")) == (1, 1)


def test_link_to_an_ordinary_file_is_merged(run: Run, tmp_path: Path) -> None:
    put(tmp_path / "feed.json", marks_file({PEBBLES: starred_at("2025-08-01")}))
    (tmp_path / "link.json").symlink_to(tmp_path / "feed.json")
    assert run("merge", tmp_path / "link.json").out == "merged 1\n"


def test_file_larger_than_marks_ever_are_is_refused(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "feed.json").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert "larger than 50 MB" in run("merge", tmp_path / "feed.json").err


def test_file_with_marks_of_too_many_papers_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.marks.foreign.MOST_PAPERS", 2_000)
    marks: dict[str, object] = {f"arxiv:{number}": {} for number in range(2_001)}
    put(tmp_path / "feed.json", marks_file(marks))
    assert "more than 2,000 papers" in run("merge", tmp_path / "feed.json").err


def test_library_of_a_later_version_takes_nothing(
    run: Run, there: Library, open_library: OpenLibrary
) -> None:
    put(open_library().folder / "state.json", marks_file({}, schema=99))
    assert run("merge", there.folder).status == 4


def test_merge_that_can_not_be_saved_is_an_error(there: Library, library: Library) -> None:
    (library.folder / "state.json.lock").mkdir()
    with pytest.raises(LibraryError, match="can't write"):
        library.others.merge(there.folder)
