"""`import` takes every format, and only files."""

import gzip
import json
import os
from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import ABSTRACT, OpenLibrary, page

from store.feeds.formats import FORMATS

TITLE = "Sorting Pebbles by Lamplight"
ENTRIES = [{"paper": {"id": f"2508.0000{n}", "title": f"{TITLE} {n}"}} for n in (1, 2)]


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """An answer of Hugging Face with two papers."""
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(ENTRIES))
    return path


def test_format_is_told_by_the_content(run: Run, feed: Path) -> None:
    done = run("import", feed)
    assert (done.status, done.out) == (0, "imported 2, updated 0, unchanged 0, problems 0\n")


def test_standard_input_is_reported_by_its_content(run: Run) -> None:
    done = run("import", "-", data=json.dumps(ENTRIES).encode())
    assert done.out == "imported 2, updated 0, unchanged 0, problems 0\n"


def test_closed_standard_input_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    done = run("import", "-")
    assert (done.status, done.err) == (1, "papers-tui: -: standard input is closed\n")


def test_files_of_several_formats_are_taken(run: Run, feed: Path, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(page(("A Map of Every Puddle", ABSTRACT)))
    done = run("import", feed, tmp_path / "page.txt")
    assert done.out == "imported 3, updated 0, unchanged 0, problems 0\n"


def test_library_printed_as_json_can_be_imported_elsewhere(
    run: Run, feed: Path, tmp_path: Path
) -> None:
    run("import", feed)
    printed = tmp_path / "printed.json"
    printed.write_text(run("list", "--json").out)
    done = run("import", printed, "--library", tmp_path / "other")
    assert done.out == "imported 2, updated 0, unchanged 0, problems 0\n"


def test_format_that_is_named_is_the_one_tried(run: Run, feed: Path) -> None:
    done = run("import", "--format", "page", feed)
    assert (done.status, done.out, done.err.count("\n")) == (5, "", 1)
    assert "not page: " in done.err


def test_unknown_format_is_refused_with_those_there_are(run: Run, feed: Path) -> None:
    done = run("import", "--format", "docx", feed)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert all(name in done.err for name in FORMATS)


def test_help_names_every_format(run: Run) -> None:
    assert all(name in run("import", "--help").out for name in FORMATS)


def test_problems_name_file_and_entry(run: Run, feed: Path) -> None:
    feed.write_text(json.dumps([*ENTRIES, {"paper": {"id": "1"}}]))
    done = run("import", feed)
    assert done.out == "imported 2, updated 0, unchanged 0, problems 1\n"
    assert done.err == f"{feed}: entry 3: it has no title\n"


def test_day_without_papers_is_no_error(run: Run, feed: Path) -> None:
    feed.write_text("[]")
    done = run("import", feed)
    assert (done.status, done.out) == (0, "imported 0, updated 0, unchanged 0, problems 0\n")


def test_symbolic_link_is_followed(run: Run, feed: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(feed)
    assert run("import", tmp_path / "link").out.startswith("imported 2,")


def test_folder_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("import", tmp_path)
    assert (done.status, done.out) == (1, "")
    assert done.err == f"papers-tui: {tmp_path}: it is a folder; name the files in it\n"


def test_pipe_is_refused_and_not_waited_for(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = run("import", tmp_path / "pipe")
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert "give a pipe or device as -" in done.err


def test_device_is_refused(run: Run) -> None:
    assert "not a regular file" in run("import", "/dev/zero").err


def test_huge_file_is_refused(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(200 * 1024 * 1024 + 1)
    done = run("import", tmp_path / "huge")
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert "larger than 200 MB" in done.err


def test_file_that_is_too_large_for_its_format_is_refused(
    run: Run, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.feeds.large_files.PART", 10)
    monkeypatch.setattr("store.feeds.large_files.SIZE_LIMIT", 100)
    done = run("import", feed)
    assert (done.status, done.out) == (1, "")
    assert done.err == f"papers-tui: {feed}: it is larger than 0 MB: split it\n"


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of JSON Lines that is read in three parts; something is wrong with line 4."""
    monkeypatch.setattr("store.feeds.large_files.PART", 100)
    papers = [{"title": f"{TITLE} {number}", "starred": True} for number in range(6)]
    written = [*map(json.dumps, papers)]
    written[3] = "{"
    path = tmp_path / "papers.jsonl"
    path.write_text("\n".join(written))
    return path


def test_lines_in_parts_are_one_file(run: Run, lines: Path) -> None:
    done = run("import", lines)
    assert done.out == "imported 5, updated 0, unchanged 0, problems 1\n"
    broken, left = done.err.splitlines()
    assert broken.startswith(f"{lines}: line 4: the JSON is broken")
    assert left == f"{lines}: the marks of 5 papers in it were ignored: --with-marks imports them"


def test_marks_of_lines_in_parts_are_taken_in(run: Run, lines: Path) -> None:
    assert run("import", "--with-marks", lines).out.endswith("imported the marks of 5 papers\n")
    assert run("list", "is:starred").out.count(TITLE) == 5


def test_parts_before_one_that_is_cut_off_stay(run: Run, lines: Path) -> None:
    data = gzip.compress((lines.read_bytes() + b"\n") * 90, compresslevel=0)
    lines.write_bytes(data[:-99])
    done = run("import", lines)
    assert (done.status, done.out[:11]) == (5, "imported 5,")
    assert f"papers-tui: {lines}: the gzipped file is cut off" in done.err.splitlines()


def test_only_what_is_added_is_marked_as_read(
    run: Run, feed: Path, tmp_path: Path, open_library: OpenLibrary
) -> None:
    run("import", feed)
    feed.write_text(json.dumps([*ENTRIES, {"paper": {"title": "What Snails Recall"}}]))
    run("import", "--read", feed)
    library = open_library()
    library.read_all()
    assert library.unread == 2
