"""What counts as marked, as unread and as new; what `mark` refuses."""

from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import ABSTRACT, OpenLibrary, done, page, paper

from store.library import Library
from store.model import Change
from store.text.clean import ABSTRACT_LIMIT

ID, OTHER = "arxiv:2508.00001", "arxiv:2508.00002"
STAR, UNSTAR = Change(starred=True), Change(starred=False)
READ, UNREAD = Change(read=True), Change(read=False)


@pytest.fixture
def sample(library: Library) -> Library:
    """A library with two papers of one feed."""
    library.add([paper(), paper(OTHER, "On Sand")], "sample")
    return library


@pytest.mark.parametrize("query", ["", "   ", "???", "sort:date", "( )"])
def test_marking_without_a_condition_is_refused(sample: Library, run: Run, query: str) -> None:
    outcome = run("mark", query, "--star")
    assert outcome.status == 2
    assert "mark '*'" in outcome.err
    assert run("list", "is:starred").out == ""


def test_marking_all_papers_is_reported_explicitly(sample: Library, run: Run) -> None:
    assert run("mark", "*", "--star").out == "marked 2\n"


def test_note_that_is_too_long_is_refused(sample: Library, run: Run) -> None:
    outcome = run("mark", "pebbles", "--note", "x" * (ABSTRACT_LIMIT + 1))
    assert outcome.status == 2
    assert "50,001" in outcome.err
    assert run("list", "has:note").out == ""


def test_note_of_the_greatest_length_is_kept(
    sample: Library, run: Run, open_library: OpenLibrary
) -> None:
    run("mark", "pebbles", "--note", "x" * ABSTRACT_LIMIT)
    assert open_library().marks(ID).note == "x" * ABSTRACT_LIMIT


@pytest.mark.parametrize(
    ("change", "back"),
    [
        (STAR, UNSTAR),
        (READ, UNREAD),
        (Change(note="Seen."), Change(note="")),
        (Change(add_tags=("old",)), Change(remove_tags=("old",))),
    ],
    ids=["star", "read", "note", "tag"],
)
def test_what_was_undone_is_no_mark(sample: Library, change: Change, back: Change) -> None:
    done(sample, change, back)
    assert list(sample.marked()) == []
    assert sample.drop_feed("sample").gone == 2


def test_undated_papers_leave_with_their_feed(library: Library) -> None:
    library.add([paper(date=""), paper(OTHER, "On Sand", date="soon")], "bibtex")
    library.drop_feed("bibtex")
    assert list(library.papers) == []


def test_unread_follows_marks_undoing_and_papers(sample: Library) -> None:
    sample.mark([ID], READ)
    assert sample.unread == 1
    sample.mark([ID, OTHER], READ)
    assert sample.unread == 0
    sample.undo()
    assert sample.unread == 1
    sample.commit()
    sample.drop_feed("sample")
    assert (len(sample.papers), sample.unread) == (1, 0)


def test_unread_follows_a_better_key(library: Library) -> None:
    library.add([paper("sha:0")], "page")
    library.mark(["sha:0"], READ)
    library.add([paper()], "hf")
    assert library.unread == 0


def test_unread_follows_other_programs(sample: Library, open_library: OpenLibrary) -> None:
    other = open_library()
    other.mark([ID], READ)
    other.commit()
    sample.apply_marks(sample.load_marks())
    assert sample.unread == 1


def test_unread_is_right_after_marks_are_given_up(sample: Library) -> None:
    sample.mark([ID], READ)
    sample.revert()
    assert sample.unread == 2


def test_import_marks_read_what_it_added_alone(
    sample: Library, run: Run, tmp_path: Path, open_library: OpenLibrary
) -> None:
    feed = tmp_path / "page.txt"
    feed.write_bytes(page(("On Glass", ABSTRACT), ("Sorting Pebbles", ABSTRACT)))
    assert run("import", feed, "--read").status == 0
    library = open_library()
    library.read_all()
    assert {library.papers[key].title for key in library.marked()} == {"On Glass"}
