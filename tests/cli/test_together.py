"""Two programs on one library: nothing is lost, and each sees what the other did."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_helpers import Run, at_once
from conftest import ABSTRACT, OpenLibrary, done, page, paper
from screen_helpers import CROWS, PEBBLES, PUDDLES, SNAILS, Reader, reading, until

from store.library import Library
from store.model import Change
from tui.reader.widgets.filter_bar import FilterInput

pytestmark = pytest.mark.slow

STAR = Change(starred=True)
TITLES = [f"Pebble Number {number}" for number in range(20)]
HOLDER = """
import os, pathlib, signal, sys
from store.files.locks import locked
with locked(pathlib.Path(sys.argv[1])):
    os.kill(os.getpid(), signal.SIGSTOP)
"""
"""A program that is stopped while it holds a lock."""


def starred(library: Library) -> set[str]:
    """Return the ids of the papers with a star."""
    return {paper_id for paper_id, marks in library.all_marks.items() if marks.starred}


def read_all(open_library: OpenLibrary) -> Library:
    """Return the test's library with all of its papers read."""
    library = open_library()
    library.read_all()
    return library


def feed(path: Path, titles: list[str]) -> Path:
    """Return a feed with these titles."""
    path.write_bytes(page(*((title, f"{title}. {ABSTRACT}") for title in titles)))
    return path


# Commands at once


def test_marks_of_commands_at_once_are_all_kept(filled: OpenLibrary) -> None:
    marks = [["--star", "--read"], ["--note", "n", "--tag", "a"], ["--tag", "b,c"]]
    outcomes = at_once(*(["mark", "*", *mark] for mark in marks))
    kept = filled().marks(CROWS)
    problems = [(outcome.status, outcome.err) for outcome in outcomes]
    assert {outcome.out for outcome in outcomes} == {"marked 5\n"}, problems
    assert (kept.starred, kept.read, kept.note, kept.tags) == (True, True, "n", ("a", "b", "c"))


def test_imports_at_once_make_no_paper_twice(open_library: OpenLibrary, tmp_path: Path) -> None:
    path = feed(tmp_path / "feed.txt", TITLES)
    outcomes = at_once(*[["import", path]] * 3)
    assert sorted(outcome.out.split(",")[0] for outcome in outcomes) == [
        *["imported 0"] * 2,
        "imported 20",
    ]
    assert sorted(p.title for p in read_all(open_library).papers.values()) == sorted(TITLES)


def test_imports_of_different_feeds_and_a_mark_at_once_lose_nothing(
    filled: OpenLibrary, tmp_path: Path
) -> None:
    one, other = (
        feed(tmp_path / "one.txt", TITLES[:15]),
        feed(tmp_path / "other.txt", TITLES[5:]),
    )
    at_once(["import", one], ["import", other], ["mark", "crows", "--star"])
    library = read_all(filled)
    found = sorted(each.title for each in library.papers.values() if each.title in TITLES)
    assert (found, len(library.papers)) == (sorted(TITLES), 25)
    assert starred(library) == {CROWS}


# A command while the reader is open


@pytest.fixture
def long(open_library: OpenLibrary) -> OpenLibrary:
    """A library with a list that is longer than the screen, to be opened."""
    papers = [paper(f"arxiv:{n:03}", f"Pebble {n:03}", date="2025-07-01") for n in range(100)]
    open_library().add(papers, "hf")
    return open_library


def place(reader: Reader) -> tuple[str, int]:
    """Return the paper under the cursor and the first line of the list that is shown."""
    return reader.cursor, reader.screen.panes.list.top


def line_of(reader: Reader, title: str) -> int:
    """Return the line of the screen on which a title is."""
    return next(n for n, line in enumerate(reader.text.splitlines()) if title in line)


async def test_mark_and_undo_of_a_command_are_shown(filled: OpenLibrary, run: Run) -> None:
    async with reading(filled()) as reader:
        run("mark", "snails", "--star")
        await reader.shows("●★ Counting Snails")
        await reader.press("s")
        await reader.shows("★ Sorting Pebbles")
        await reader.saved()
        run("undo")
        await reader.shows_not("★ Sorting Pebbles")


async def test_cursor_stays_on_its_line_whatever_a_command_does(
    long: OpenLibrary, tmp_path: Path, run: Run
) -> None:
    async with reading(long()) as reader:
        await reader.press("G", *["k"] * 5)
        before = place(reader)
        done(long(), STAR, ids=reader.ids)
        await reader.shows("★ Pebble 099")
        assert place(reader) == before
        assert before[1] > 50
        on_line = line_of(reader, "Pebble 094")
        run("import", feed(tmp_path / "feed.txt", TITLES))
        await until(lambda: len(reader.ids) == 120, "the new papers in the list")
        assert (reader.cursor, line_of(reader, "Pebble 094")) == (before[0], on_line)


async def test_mark_of_a_command_under_a_filter_leaves_the_list_as_it_is(
    filled: OpenLibrary,
) -> None:
    async with reading(filled(), query="is:unread") as reader:
        done(filled(), Change(read=True), ids=[SNAILS])
        await reader.shows("4 unread")
        assert SNAILS in reader.ids


async def test_marks_of_the_reader_and_of_a_command_are_both_kept(filled: OpenLibrary) -> None:
    async with reading(filled()) as reader:
        done(filled(), STAR, ids=[SNAILS])
        await reader.press("s")
        await reader.quit()
    assert starred(filled()) == {PEBBLES, SNAILS}


async def test_selection_and_cursor_outlive_what_another_program_does(filled: OpenLibrary) -> None:
    async with reading(filled()) as reader:
        await reader.press("space", "space")
        done(filled(), STAR, ids=[CROWS])
        await reader.shows("★ Teaching Crows")
        filled().add([paper("arxiv:2508.00009", "Newest", date="2025-08-02")], "hf")
        await until(lambda: len(reader.ids) == 6, "the new paper in the list")
        assert (reader.cursor, reader.ids[0]) == (PUDDLES, "arxiv:2508.00009")
        assert reader.screen.panes.list.selection.ids == {PEBBLES, SNAILS}


async def test_cursor_stays_on_a_paper_that_gets_a_better_key(open_library: OpenLibrary) -> None:
    open_library().add([paper(PEBBLES), paper("sha:1", "Counting Snails")], "hf")
    async with reading(open_library()) as reader:
        await reader.press("j")
        open_library().add([paper(SNAILS, "Counting Snails", aliases=("sha:1",))], "hf")
        await until(lambda: SNAILS in reader.ids, "the better key in the list")
        assert reader.cursor == SNAILS


# A command while a filter is being typed


async def test_filter_that_is_typed_is_left_alone(filled: OpenLibrary) -> None:
    async with reading(filled()) as reader:
        await reader.press("slash", "s", "n")
        done(filled(), STAR, ids=[SNAILS])
        await reader.shows("★ Counting Snails")
        filled().add([paper("arxiv:2508.00009", "Snow", date="2025-08-02")], "hf")
        await until(lambda: "arxiv:2508.00009" in reader.ids, "the new paper in the list")
        assert isinstance(reader.app.focused, FilterInput)
        assert reader.screen.panes.bar.value == "sn"
        await reader.type("ails")
        assert (reader.screen.panes.bar.value, reader.ids) == ("snails", [SNAILS])


async def test_import_makes_no_error_of_a_filter_that_is_half_typed(filled: OpenLibrary) -> None:
    async with reading(filled()) as reader:
        await reader.press("slash", *"is:unr")
        filled().add([paper("arxiv:2508.00009", "Newest", date="2025-08-02")], "hf")
        await until(lambda: len(reader.ids) == 6, "the new paper in the list")
        assert "6 of 6" in reader.status


async def test_change_reaches_the_list_under_a_dialog(filled: OpenLibrary) -> None:
    async with reading(filled()) as reader:
        await reader.press("question_mark")
        await until(lambda: reader.app.screen is not reader.screen, "the help open")
        done(filled(), STAR, ids=[PUDDLES])
        await until(lambda: starred(reader.library) == {PUDDLES}, "the star taken")
        await reader.press("escape")
        await reader.shows("★ A Map of Every Puddle")


# A program that is stopped while it holds the lock


@pytest.fixture
def stopped(filled: OpenLibrary) -> Iterator[int]:
    """The number of a process that holds the lock of the marks and has been stopped."""
    state = filled().folder / "state.json"
    with subprocess.Popen([sys.executable, "-c", HOLDER, state]) as holder:
        os.waitpid(holder.pid, os.WUNTRACED)
        yield holder.pid
        holder.kill()


async def test_keys_work_while_a_stopped_program_holds_the_lock(
    filled: OpenLibrary, stopped: int
) -> None:
    async with reading(filled()) as reader:
        await reader.press("s", "j")
        await reader.shows("★ Sorting Pebbles")
        await reader.shows("1 unsaved")
        assert reader.cursor == SNAILS
        await reader.notifies(f"locked by process {stopped}, which does not release it")
        # It is there until it is read.
        assert all(notice.timeout > 600 for notice in reader.app._notifications)
        os.kill(stopped, signal.SIGCONT)
        await reader.shows_not("unsaved")
        assert starred(filled()) == {PEBBLES}


def test_command_says_for_whom_it_waits_and_names_who_does_not_let_go(
    run: Run, filled: OpenLibrary, stopped: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.files.locks.LOCK_SECONDS", 0.05)
    monkeypatch.setattr("store.files.locks.PATIENT_SECONDS", 0.2)
    said = run("mark", "snails", "--star")
    assert (said.status, said.out) == (1, "")
    assert f"waiting for process {stopped}, which is writing to" in said.err
    assert f"is locked by process {stopped}" in said.err


def test_command_reads_while_a_stopped_program_holds_the_lock(run: Run, stopped: int) -> None:
    assert run("list", "snails").out.count("\n") == 1
