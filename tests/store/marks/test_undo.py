"""What was done can be undone, later too, by any program, and never another's later change."""

import orjson
import pytest
from cli_helpers import Run, at_once
from conftest import OpenLibrary, done
from screen_helpers import PEBBLES, SNAILS, reading

from store.errors import LibraryError
from store.library import Library
from store.marks.history import LIMIT
from store.model import Change

STAR, READ = Change(starred=True), Change(read=True)
ID, OTHER_ID = PEBBLES, SNAILS


def test_undo_takes_back_the_last_action(library: Library) -> None:
    library.mark([ID], STAR)
    library.mark([ID], READ)
    library.undo()
    assert (library.marks(ID).starred, library.marks(ID).read) == (True, False)


def test_undo_takes_back_a_bulk_action_at_once(library: Library) -> None:
    library.mark(["arxiv:1", "arxiv:2"], STAR)
    library.undo()
    assert not any(marks.starred for marks in library.all_marks.values())


def test_undo_of_a_bulk_action_keeps_what_was_there_before(library: Library) -> None:
    library.mark(["arxiv:1"], STAR)
    library.mark(["arxiv:1", "arxiv:2"], STAR)
    library.undo()
    assert library.marks("arxiv:1").starred


def test_undo_brings_back_a_note_and_tags(library: Library) -> None:
    library.mark([ID], Change(note="old", add_tags=("a",)))
    library.mark([ID], Change(note="new", add_tags=("b",), remove_tags=("a",)))
    library.undo()
    assert (library.marks(ID).note, library.marks(ID).tags) == ("old", ("a",))


def test_undo_is_saved(library: Library, open_library: OpenLibrary) -> None:
    library.mark([ID], STAR)
    library.commit()
    library.undo()
    library.commit()
    assert not open_library().marks(ID).starred


def test_undo_names_the_action(library: Library) -> None:
    library.mark([ID], STAR)
    taken = library.undo()
    assert taken is not None
    assert taken.action.label == "starred"


def test_redo_does_it_again(library: Library) -> None:
    library.mark([ID], STAR)
    library.undo()
    library.redo()
    assert library.marks(ID).starred


def test_new_action_ends_redoing(library: Library) -> None:
    library.mark([ID], STAR)
    library.undo()
    library.mark([ID], READ)
    assert library.redo() is None


def test_nothing_done_is_nothing_to_undo(library: Library) -> None:
    assert library.undo() is None


def test_nothing_undone_is_nothing_to_redo(library: Library) -> None:
    library.mark([ID], STAR)
    assert library.redo() is None


# After reopening


def test_action_of_an_earlier_session_is_undone(open_library: OpenLibrary) -> None:
    done(open_library(), STAR)
    reopened = open_library()
    reopened.undo()
    assert not reopened.marks(ID).starred


def test_bulk_action_of_an_earlier_session_is_undone_at_once(
    open_library: OpenLibrary,
) -> None:
    done(open_library(), STAR, ids=[ID, OTHER_ID])
    reopened = open_library()
    reopened.undo()
    assert not any(marks.starred for marks in reopened.all_marks.values())


def test_note_and_tags_of_an_earlier_session_come_back(open_library: OpenLibrary) -> None:
    before = Change(note="old", add_tags=("a",))
    done(open_library(), before, Change(note="new", add_tags=("b",), remove_tags=("a",)))
    reopened = open_library()
    reopened.undo()
    assert (reopened.marks(ID).note, reopened.marks(ID).tags) == ("old", ("a",))


def test_undone_action_of_an_earlier_session_is_done_again(open_library: OpenLibrary) -> None:
    earlier = done(open_library(), STAR)
    earlier.undo()
    earlier.commit()
    reopened = open_library()
    reopened.redo()
    assert reopened.marks(ID).starred


def test_new_action_ends_redoing_what_an_earlier_session_undid(open_library: OpenLibrary) -> None:
    earlier = done(open_library(), STAR)
    earlier.undo()
    earlier.commit()
    done(open_library(), READ)
    assert open_library().redo() is None


def test_the_last_actions_are_remembered_up_to_the_limit(open_library: OpenLibrary) -> None:
    library = open_library()
    for number in range(LIMIT + 1):
        library.mark([ID], Change(note=f"note {number}"))
    library.commit()
    reopened = open_library()
    taken_back = 0
    while reopened.undo():
        taken_back += 1
    assert (taken_back, reopened.marks(ID).note) == (LIMIT, "note 0")


def test_history_that_is_none_is_reported(library: Library, open_library: OpenLibrary) -> None:
    spoil_history(done(library, STAR))
    with pytest.raises(LibraryError, match="can't be understood"):
        open_library().undo()


def test_history_that_is_none_does_not_stop_marks(
    library: Library, open_library: OpenLibrary
) -> None:
    spoil_history(done(library, STAR))
    assert done(open_library(), READ).unsaved == 0


# The command


def test_command_says_what_it_took_back(run: Run, filled: OpenLibrary) -> None:
    run("mark", "pebbles", "--star")
    assert run("undo").out == "undid: starred (1 paper)\n"


def test_command_takes_back_a_bulk_action_at_once(run: Run, filled: OpenLibrary) -> None:
    run("mark", "*", "--read")
    assert run("undo").out == "undid: marked read (5 papers)\n"


def test_command_with_nothing_to_undo_says_so(run: Run, filled: OpenLibrary) -> None:
    said = run("undo")
    assert (said.status, said.out, said.err) == (1, "", "papers-tui: nothing to undo\n")


def test_two_commands_at_once_take_back_two_actions(run: Run, filled: OpenLibrary) -> None:
    run("mark", "pebbles", "--star")
    run("mark", "snails", "--read")
    outcomes = at_once(["undo"], ["undo"])
    assert {outcome.out for outcome in outcomes} == {
        "undid: starred (1 paper)\n",
        "undid: marked read (1 paper)\n",
    }


def test_command_takes_back_what_the_reader_did(run: Run, filled: OpenLibrary) -> None:
    done(filled(), STAR)
    assert run("undo").out == "undid: starred (1 paper)\n"
    assert not filled().marks(PEBBLES).starred


# The reader


async def test_u_takes_back_what_an_earlier_session_did(filled: OpenLibrary) -> None:
    done(filled(), STAR)
    async with reading(filled()) as reader:
        await reader.press("u")
        await reader.notifies("Undid: starred · Sorting Pebbles by Lamp Light")
        assert not reader.library.marks(ID).starred


async def test_ctrl_r_does_again_what_an_earlier_session_undid(filled: OpenLibrary) -> None:
    earlier = done(filled(), STAR)
    earlier.undo()
    earlier.commit()
    async with reading(filled()) as reader:
        await reader.press("ctrl+r")
        await reader.notifies("Redid: starred · Sorting Pebbles by Lamp Light")
        assert reader.library.marks(ID).starred


async def test_u_takes_back_what_a_command_did_meanwhile(filled: OpenLibrary) -> None:
    async with reading(filled()) as reader:
        done(filled(), STAR)
        await reader.shows("★ Sorting Pebbles")
        await reader.press("u")
        await reader.shows_not("★ Sorting Pebbles")


async def test_u_leaves_a_change_that_it_has_not_seen(filled: OpenLibrary) -> None:
    done(filled(), Change(note="mine"))
    async with reading(filled()) as reader:
        # Nothing is awaited between the two, so the reader can't have taken the first.
        done(filled(), Change(note="theirs"))
        reader.screen.marking.undo()
        await reader.notifies("Not undone 1 paper changed elsewhere in the meantime")
        await reader.shows("theirs")
        assert filled().marks(ID).note == "theirs"


# What the tests above are built of


def spoil_history(library: Library) -> None:
    """Put in the history what is no action."""
    state = library.folder / "state.json"
    tables = orjson.loads(state.read_bytes())
    tables["history"] = {"9": {"steps": [{}], "undone": ""}}
    state.write_bytes(orjson.dumps(tables))
