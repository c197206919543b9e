"""A library moves as one file: JSON Lines with marks are read with their marks."""

import json
from pathlib import Path

import pytest
from cli_helpers import Run

ENTRIES = [{"paper": {"id": f"2508.0000{n}", "title": f"Pebbles {n}"}} for n in (1, 2, 3)]


@pytest.fixture
def exported(run: Run, tmp_path: Path) -> Path:
    """A library that was exported with its marks: two of three papers have some."""
    feed = tmp_path / "feed.json"
    feed.write_text(json.dumps(ENTRIES))
    run("import", feed)
    run("mark", "id:2508.00001", "--star", "--read", "--tag", "lamps,slow", "--note", "Two\nlines")
    run("mark", "id:2508.00002", "--tag", "lamps")
    path = tmp_path / "library.jsonl"
    run("export", "--to", "jsonl", "--with-marks", "-o", path)
    return path


def marks(run: Run, *options: object) -> list[dict[str, object]]:
    """Return the marks of all papers as they are printed."""
    papers = json.loads(run("list", "sort:title", "--json", *options).out)
    names = ("id", "read", "starred", "tags", "note", "read_at", "starred_at")
    return [{name: paper[name] for name in names} for paper in papers]


def test_marks_come_back_with_their_times(run: Run, exported: Path, tmp_path: Path) -> None:
    other = ("--library", tmp_path / "other")
    done = run("import", "--with-marks", exported, *other)
    assert done.out == (
        "imported 3, updated 0, unchanged 0, problems 0\nimported the marks of 2 papers\n"
    )
    assert marks(run, *other) == marks(run)


def test_marks_come_once(run: Run, exported: Path, tmp_path: Path) -> None:
    other = ("--library", tmp_path / "other")
    run("import", "--with-marks", exported, *other)
    before = marks(run, *other)
    assert "imported the marks of 0 papers" in run("import", "--with-marks", exported, *other).out
    assert marks(run, *other) == before


def test_later_mark_here_holds(run: Run, exported: Path) -> None:
    run("mark", "id:2508.00001", "--unstar", "--untag", "slow")
    before = marks(run)
    run("import", "--with-marks", exported)
    assert marks(run) == before


def test_marks_are_left_without_being_asked_for_and_that_is_reported(
    run: Run, exported: Path, tmp_path: Path
) -> None:
    other = ("--library", tmp_path / "other")
    done = run("import", exported, *other)
    assert done.err == (
        f"{exported}: the marks of 2 papers in it were ignored: --with-marks imports them\n"
    )
    assert run("list", "is:starred OR is:tagged", *other).out == ""


def test_marks_without_stamps_are_taken_in(run: Run, exported: Path, tmp_path: Path) -> None:
    printed = tmp_path / "printed.json"
    printed.write_text(run("list", "--json").out)
    other = ("--library", tmp_path / "other")
    run("import", "--with-marks", printed, *other)
    assert marks(run, *other) == marks(run)


def test_marks_follow_a_paper_that_has_a_better_id_here(
    run: Run, exported: Path, tmp_path: Path
) -> None:
    bib = tmp_path / "refs.bib"
    bib.write_text("@misc{a, title = {On Snails}, author = {Moss, Ada}}")
    run("import", bib)
    run("mark", "snails", "--star")
    path = tmp_path / "snails.jsonl"
    run("export", "snails", "--to", "jsonl", "--with-marks", "-o", path)
    bib.write_text("@misc{a, title = {On Snails}, author = {Moss, Ada}, eprint = {2001.00001}}")
    other = ("--library", tmp_path / "other")
    run("import", bib, *other)
    run("import", "--with-marks", path, *other)
    assert run("list", "is:starred", "--format", "{id}", *other).out == "arxiv:2001.00001\n"


@pytest.mark.parametrize(
    "wrong",
    [{"read": [True]}, {"read": [True, "then"]}, {"#\x1b": [True, "2025-08-01T00:00:00.000Z/a"]}],
)
def test_marks_that_are_none_are_named_and_the_paper_stays(
    run: Run, tmp_path: Path, wrong: dict[str, object]
) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_text(json.dumps({"id": "arxiv:2508.00001", "title": "Pebbles", "marks": wrong}))
    done = run("import", "--with-marks", path)
    assert done.out.startswith("imported 1,")
    assert "the marks of 'arxiv:2508.00001' can't be read" in done.err
