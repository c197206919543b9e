"""Marks survive reopening and importing, and two programs that mark at a time."""

import pytest
from conftest import OpenLibrary, paper

from store.identity import title_key
from store.library import Library
from store.model import NO_MARKS, Change

STAR, READ = Change(starred=True), Change(read=True)
ID = "arxiv:2508.00001"
SHA = title_key("Sorting Pebbles")


def test_paper_nobody_touched_has_no_marks(library: Library) -> None:
    assert library.marks(ID) is NO_MARKS


def test_mark_shows_before_it_is_saved(library: Library) -> None:
    library.mark([ID], STAR)
    assert library.marks(ID).starred


@pytest.mark.parametrize(
    "change",
    [STAR, READ, Change(note="two\nlines"), Change(add_tags=("a", "b"))],
    ids=["star", "read", "note", "tags"],
)
def test_mark_survives_reopening(
    library: Library, open_library: OpenLibrary, change: Change
) -> None:
    library.mark([ID], change)
    library.commit()
    assert open_library().marks(ID) == library.marks(ID) != NO_MARKS


def test_mark_survives_importing_again(library: Library) -> None:
    library.add([paper()], "hf")
    library.mark([ID], STAR)
    library.add([paper(version=2, title="Sorting More Pebbles")], "arxiv")
    assert library.marks(ID).starred


def test_mark_that_changes_nothing_is_no_action(library: Library) -> None:
    library.mark([ID], STAR)
    assert len(library.mark([ID], STAR)) == 0


def test_committing_leaves_nothing_unsaved(library: Library) -> None:
    library.mark([ID], STAR)
    library.commit()
    assert library.unsaved == 0


def test_committing_nothing_writes_nothing(library: Library) -> None:
    library.commit()
    assert not (library.folder / "state.json").exists()


def test_tags_come_most_used_first(library: Library) -> None:
    library.mark(["arxiv:1", "arxiv:2"], Change(add_tags=("z",)))
    library.mark(["arxiv:1"], Change(add_tags=("a", "b")))
    assert list(library.tags().items()) == [("z", 2), ("a", 1), ("b", 1)]


def test_unread_counts_papers_in_memory(library: Library) -> None:
    library.add([paper(), paper("arxiv:2508.00002", "Snails")], "hf")
    library.mark([ID, "arxiv:not-here"], READ)
    assert library.unread == 1


def test_two_libraries_lose_no_marks(library: Library, open_library: OpenLibrary) -> None:
    other = open_library()
    library.mark([ID], STAR)
    other.mark([ID], Change(note="n"))
    library.commit()
    other.commit()
    marks = open_library().marks(ID)
    assert (marks.starred, marks.note) == (True, "n")


def test_later_of_two_libraries_wins(library: Library, open_library: OpenLibrary) -> None:
    other = open_library()
    library.mark([ID], STAR)
    other.mark([ID], Change(starred=True))
    other.mark([ID], Change(starred=False))
    other.commit()
    library.commit()
    assert not open_library().marks(ID).starred


def test_marks_changed_elsewhere_are_noticed(library: Library, open_library: OpenLibrary) -> None:
    other = open_library()
    other.mark([ID], STAR)
    other.commit()
    assert library.marks_changed_elsewhere()


def test_own_commit_does_not_hide_a_change_made_elsewhere(
    library: Library, open_library: OpenLibrary
) -> None:
    other = open_library()
    other.mark([ID], STAR)
    other.commit()
    library.mark([ID], READ)
    library.commit()
    assert library.marks_changed_elsewhere()


def test_own_commit_is_no_change_made_elsewhere(library: Library) -> None:
    library.mark([ID], STAR)
    library.commit()
    assert not library.marks_changed_elsewhere()


def test_reloading_brings_marks_made_elsewhere(library: Library, open_library: OpenLibrary) -> None:
    other = open_library()
    other.mark([ID], STAR)
    other.commit()
    library.apply_marks(library.load_marks())
    assert library.marks(ID).starred


def test_reloading_keeps_marks_that_are_not_saved(library: Library) -> None:
    library.mark([ID], STAR)
    library.apply_marks(library.load_marks())
    assert library.marks(ID).starred
