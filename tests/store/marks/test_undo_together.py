"""Undo where others change marks too: never what another changed later."""

from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import OpenLibrary, TickingClock, done, refresh
from screen_helpers import PEBBLES, SNAILS, reading

from store.library import Library
from store.model import Change

STAR, READ = Change(starred=True), Change(read=True)
ID, OTHER_ID = PEBBLES, SNAILS


# Two programs


def test_last_action_of_any_program_is_undone(open_library: OpenLibrary) -> None:
    one, other = open_library(), open_library()
    done(one, STAR)
    done(other, READ)
    refresh(one)
    one.undo()
    assert (one.marks(ID).starred, one.marks(ID).read) == (True, False)


def test_action_before_that_of_another_program_comes_next(open_library: OpenLibrary) -> None:
    one, other = open_library(), open_library()
    done(one, STAR)
    done(other, READ)
    refresh(one)
    one.undo()
    one.undo()
    assert (one.marks(ID).starred, one.marks(ID).read) == (False, False)


def test_action_undone_by_another_program_is_not_undone_again(
    open_library: OpenLibrary,
) -> None:
    one, other = done(open_library(), STAR), open_library()
    other.undo()
    other.commit()
    refresh(one)
    assert one.undo() is None


def test_unseen_change_of_another_program_is_kept(open_library: OpenLibrary) -> None:
    one = done(open_library(), Change(note="mine"))
    done(open_library(), Change(note="theirs"))
    one.undo()
    one.commit()
    assert open_library().marks(ID).note == "theirs"


def test_unseen_change_is_kept_though_later_ones_were_made_here(
    open_library: OpenLibrary,
) -> None:
    one, other = done(open_library(), Change(note="mine")), open_library()
    other.mark([ID], Change(note="theirs"))
    done(one, READ)
    other.commit()
    one.undo()
    one.undo()
    one.commit()
    assert open_library().marks(ID).note == "theirs"


def test_papers_with_an_unseen_change_are_counted(open_library: OpenLibrary) -> None:
    one = done(open_library(), Change(note="mine"))
    done(open_library(), Change(note="theirs"))
    one.undo()
    assert one.commit() == 1


def test_unseen_change_of_another_field_is_not_counted(open_library: OpenLibrary) -> None:
    one = done(open_library(), Change(note="mine"))
    done(open_library(), STAR)
    one.undo()
    assert one.commit() == 0


def test_kept_change_is_shown_though_it_was_read_before_the_undo_was_saved(
    open_library: OpenLibrary,
) -> None:
    one = done(open_library(), Change(note="mine"))
    done(open_library(), Change(note="theirs"))
    news = one.load_marks()
    one.undo()
    one.apply_marks(news)
    one.commit()
    assert one.marks_changed_elsewhere()


# Two machines


@pytest.fixture
def merged(filled: OpenLibrary, tmp_path: Path) -> OpenLibrary:
    """A library with two papers read and then starred; another machine starred one again."""
    here = done(filled(), READ, STAR, ids=[ID, OTHER_ID])
    clock = TickingClock()
    there = Library(tmp_path / "there", clock)
    there.others.merge(here.folder)
    clock.now = clock.now.replace(hour=23)
    done(there, Change(starred=False), STAR)
    here.others.merge(there.folder)
    return filled


def test_later_change_on_another_machine_is_not_undone(merged: OpenLibrary) -> None:
    here = merged()
    here.undo()
    assert (here.marks(ID).starred, here.marks(OTHER_ID).starred) == (True, False)


def test_command_says_what_it_left_to_another_machine(run: Run, merged: OpenLibrary) -> None:
    assert run("undo").out == (
        "undid: starred (1 paper); 1 paper stays as it is, changed later on another machine\n"
    )


def test_command_says_that_it_left_all_to_another_machine(
    run: Run, merged: OpenLibrary, tmp_path: Path
) -> None:
    star_again(tmp_path / "there", OTHER_ID)
    run("merge", tmp_path / "there")
    said = run("undo")
    assert (said.status, said.out) == (
        1,
        "not undone: starred; 2 papers stay as they are, changed later on another machine\n",
    )


def test_action_before_one_that_was_left_is_undone_next(
    run: Run, merged: OpenLibrary, tmp_path: Path
) -> None:
    star_again(tmp_path / "there", OTHER_ID)
    run("merge", tmp_path / "there")
    run("undo")
    assert run("undo").out == "undid: marked read (2 papers)\n"


async def test_reader_says_what_it_left_to_another_machine(merged: OpenLibrary) -> None:
    async with reading(merged()) as reader:
        await reader.press("u")
        await reader.notifies("1 paper stays as it is, changed later on another machine")


def test_undone_in_a_library_that_was_then_moved_is_done_again(
    library: Library, tmp_path: Path
) -> None:
    done(library, STAR).undo()
    library.commit()
    moved = Library(library.folder.rename(tmp_path / "moved"), TickingClock())
    moved.redo()
    assert moved.marks(ID).starred


def star_again(folder: Path, paper_id: str) -> None:
    """Change the star of a paper in a library twice, on the next day."""
    clock = TickingClock()
    clock.now = clock.now.replace(day=2)
    done(Library(folder, clock), Change(starred=False), STAR, ids=[paper_id])
