"""Papers survive reopening, other instances and better keys; what is damaged is refused."""

from pathlib import Path

import orjson
import pytest
from conftest import OpenLibrary, paper

from store.errors import LibraryDamagedError, LibraryError, LibraryTooNewError
from store.identity import title_key
from store.library import Library
from store.model import Change, Links
from store.papers.months import Added

STAR, READ = Change(starred=True), Change(read=True)
ID = "arxiv:2508.00001"
SHA = title_key("Sorting Pebbles")


# Papers


def test_added_paper_is_in_memory(library: Library) -> None:
    library.add([paper()], "hf")
    assert list(library.papers) == [ID]


def test_paper_survives_reopening(library: Library, open_library: OpenLibrary) -> None:
    full = paper(
        authors=("Ada Byron",),
        abstract="Pebbles.\n\nMore pebbles.",
        summary="On pebbles",
        keywords=("pebbles",),
        published="2025-07-30",
        updated="2025-07-31",
        categories=("cs.CV",),
        venue="Proc. Pebbles",
        comment="8 pages",
        links=Links(
            "https://a.example", "https://b.example", "https://c.example", "https://d.example"
        ),
        upvotes=0,
        comments=3,
        feeds=("hf",),
        aliases=(SHA,),
        version=2,
    )
    library.add([full], "hf")
    reopened = open_library()
    reopened.read_all()
    assert reopened.papers[ID] == full


def test_adding_counts_what_is_new(library: Library) -> None:
    assert library.add([paper(), paper("arxiv:2508.00002", "Snails")], "hf") == Added(imported=2)


def test_adding_twice_changes_nothing(library: Library) -> None:
    library.add([paper()], "hf")
    assert library.add([paper()], "hf") == Added(unchanged=1)


def test_adding_twice_writes_nothing(library: Library) -> None:
    library.add([paper()], "hf")
    before = library.months()[0].stat()
    library.add([paper()], "hf")
    assert library.months()[0].stat() == before


def test_adding_one_paper_twice_at_once_keeps_one(library: Library) -> None:
    assert library.add([paper(), paper()], "hf") == Added(imported=1, unchanged=1)


def test_second_feed_is_remembered(library: Library) -> None:
    library.add([paper()], "hf")
    library.add([paper()], "arxiv")
    assert library.papers[ID].feeds == ("arxiv", "hf")


def test_months_are_newest_first(library: Library) -> None:
    library.add([paper(date="2025-07-31"), paper("arxiv:2508.00002", "Snails")], "hf")
    assert [month.stem for month in library.months()] == ["2025-08", "2025-07"]


def test_paper_without_a_day_is_kept(library: Library) -> None:
    library.add([paper(date="")], "bib")
    assert ID in library.papers


def test_paper_listed_earlier_moves_to_the_earlier_month(
    library: Library, open_library: OpenLibrary
) -> None:
    library.add([paper()], "hf")
    library.add([paper(date="2025-07-31")], "arxiv")
    reopened = open_library()
    assert [len(reopened.read_month(month)) for month in reopened.months()] == [0, 1]


def test_earlier_day_wins_where_a_crash_left_a_paper_in_two_months(
    library: Library, open_library: OpenLibrary
) -> None:
    library.add([paper()], "hf")
    august = library.months()[0].read_bytes()
    library.add([paper(date="2025-07-31")], "arxiv")
    library.months()[0].write_bytes(august)
    reopened = open_library()
    reopened.read_all()
    assert reopened.papers[ID].date == "2025-07-31"


def test_newer_version_of_the_text_wins(library: Library) -> None:
    library.add([paper(abstract="Second.", version=2)], "arxiv")
    library.add([paper(abstract="First.", version=1)], "arxiv")
    assert library.papers[ID].abstract == "Second."


def test_what_is_known_is_not_emptied(library: Library) -> None:
    library.add([paper(abstract="Pebbles.")], "hf")
    library.add([paper(version=2)], "arxiv")
    assert library.papers[ID].abstract == "Pebbles."


def test_better_key_takes_the_place_of_the_old(library: Library) -> None:
    library.add([paper(SHA)], "hf")
    library.add([paper(ID)], "arxiv")
    assert {key: p.aliases for key, p in library.papers.items()} == {ID: (SHA,)}


def test_worse_key_does_not_take_the_place_of_the_better(library: Library) -> None:
    library.add([paper(ID)], "arxiv")
    library.add([paper(SHA)], "hf")
    assert list(library.papers) == [ID]


def test_equal_titles_by_others_stay_apart(library: Library) -> None:
    library.add([paper("arxiv:1"), paper("arxiv:2")], "arxiv")
    assert list(library.papers) == ["arxiv:1", "arxiv:2"]


def test_two_libraries_lose_no_papers(library: Library, open_library: OpenLibrary) -> None:
    other = open_library()
    library.add([paper()], "hf")
    other.add([paper("arxiv:2508.00002", "Snails")], "hf")
    assert set(other.papers) == {ID, "arxiv:2508.00002"}


def test_months_changed_elsewhere_are_noticed(library: Library, open_library: OpenLibrary) -> None:
    open_library().add([paper()], "hf")
    assert library.changed_months() == library.months()


def test_months_read_are_not_changed(library: Library) -> None:
    library.add([paper()], "hf")
    assert library.changed_months() == []


# Better keys


def test_marks_follow_a_paper_to_its_better_key(library: Library) -> None:
    library.add([paper(SHA)], "hf")
    library.mark([SHA], STAR)
    library.add([paper(ID)], "arxiv")
    assert library.marks(ID).starred


def test_marks_follow_a_paper_to_its_better_key_after_reopening(
    library: Library, open_library: OpenLibrary
) -> None:
    library.add([paper(SHA)], "hf")
    library.mark([SHA], STAR)
    library.commit()
    library.add([paper(ID)], "arxiv")
    reopened = open_library()
    reopened.read_all()
    assert reopened.marks(ID).starred


def test_marks_follow_a_paper_to_its_better_key_after_reloading(library: Library) -> None:
    library.add([paper(SHA)], "hf")
    library.mark([SHA], STAR)
    library.add([paper(ID)], "arxiv")
    library.apply_marks(library.load_marks())
    assert library.marks(ID).starred


def test_star_undone_under_the_better_key_stays_undone(
    library: Library, open_library: OpenLibrary
) -> None:
    library.add([paper(SHA)], "hf")
    library.mark([SHA], STAR)
    library.commit()
    library.add([paper(ID)], "arxiv")
    library.mark([ID], Change(starred=False))
    library.commit()
    reopened = open_library()
    reopened.read_all()
    assert not reopened.marks(ID).starred


def test_undo_reaches_a_paper_that_got_a_better_key(library: Library) -> None:
    library.add([paper(SHA)], "hf")
    library.mark([SHA], STAR)
    library.add([paper(ID)], "arxiv")
    library.undo()
    assert not library.marks(ID).starred


# Trouble


def test_marks_of_a_later_version_are_refused(library: Library, open_library: OpenLibrary) -> None:
    state = library.folder / "state.json"
    state.write_bytes(orjson.dumps({"meta": {"library": {"schema": 99}}}))
    newer = open_library()
    newer.mark([ID], STAR)
    with pytest.raises(LibraryTooNewError):
        newer.commit()


def test_library_says_that_a_later_version_wrote_the_marks(
    library: Library, open_library: OpenLibrary
) -> None:
    state = library.folder / "state.json"
    state.write_bytes(orjson.dumps({"meta": {"library": {"schema": 99}}}))
    assert "later version" in open_library().newer


def test_papers_of_a_later_version_are_refused(library: Library) -> None:
    library.add([paper()], "hf")
    library.months()[0].write_bytes(orjson.dumps({"meta": {"library": {"schema": 99}}}))
    with pytest.raises(LibraryTooNewError):
        library.add([paper("arxiv:2508.00002", "Snails")], "hf")


def test_library_says_that_a_later_version_wrote_papers(library: Library) -> None:
    library.add([paper()], "hf")
    library.months()[0].write_bytes(orjson.dumps({"meta": {"library": {"schema": 99}}}))
    library.read_all()
    assert "later version" in library.newer


def test_file_in_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="is a file"):
        Library(tmp_path / "file")


def test_folder_inside_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="can't make the folder"):
        Library(tmp_path / "file" / "library")


def test_empty_marks_file_is_damage(library: Library, open_library: OpenLibrary) -> None:
    (library.folder / "state.json").touch()
    with pytest.raises(LibraryDamagedError):
        open_library()


@pytest.mark.parametrize(
    "marks",
    [
        {"read": True},
        {"read": [True]},
        {"tags": ["a"]},
        {"note": 1},
        {"starred": [True, "yesterday"]},
    ],
)
def test_marks_without_their_fields_are_damage(
    library: Library, open_library: OpenLibrary, marks: dict[str, object]
) -> None:
    state = {"marks": {ID: marks}, "meta": {"library": {"schema": 1}}}
    (library.folder / "state.json").write_bytes(orjson.dumps(state))
    with pytest.raises(LibraryDamagedError):
        open_library().mark([ID], READ)


def test_paper_without_a_title_is_damage(library: Library) -> None:
    library.add([paper()], "hf")
    damaged = {"papers": {ID: {}}, "meta": {"library": {"schema": 1}}}
    library.months()[0].write_bytes(orjson.dumps(damaged))
    with pytest.raises(LibraryDamagedError):
        library.read_all()


def test_damaged_month_is_not_overwritten_by_an_import(library: Library) -> None:
    library.add([paper()], "hf")
    library.months()[0].write_bytes(b'{"papers"')
    with pytest.raises(LibraryDamagedError):
        library.add([paper("arxiv:2508.00002", "Snails")], "hf")
    assert library.months()[0].read_bytes() == b'{"papers"'


def test_symlinked_marks_file_stays_a_symlink(library: Library, open_library: OpenLibrary) -> None:
    state = library.folder / "state.json"
    state.symlink_to(library.folder.parent / "elsewhere.json")
    linked = open_library()
    linked.mark([ID], STAR)
    linked.commit()
    assert state.is_symlink()
