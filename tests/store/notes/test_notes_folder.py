"""Notes are in files of a folder, edits there come back, and nothing of anybody is lost."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import paper
from costly import COSTLY
from hypothesis import given
from hypothesis import strategies as st

from store.errors import PapersError
from store.files.disk import Disk
from store.model import Marks, Paper
from store.notes.folder import NotesFolder
from store.notes.last_exchange import RECORDS
from store.notes.note_text import (
    END,
    BlockError,
    begin,
    find_block,
    properties,
    written_note,
)
from store.notes.noted import Adopted, Noted, Report, plain_note

LAMPS = paper("arxiv:2508.00001", "Lamps: a [survey] #1", authors=("Ada Byron",))
STAR = Marks(starred=True)
EARLY, LATE = "2020-01-01T00:00:00Z", "2100-01-01T00:00:00Z"
Exchange = Callable[..., Report]


def has_marker(text: str) -> bool:
    """Return whether a text has a marker anywhere."""
    try:
        return bool(find_block(text))
    except BlockError as error:
        return "are gone" not in str(error)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the notes are."""
    return tmp_path / "vault"


@pytest.fixture
def notes(tmp_path: Path, folder: Path) -> NotesFolder:
    """The notes of a library."""
    (tmp_path / "library").mkdir()
    return NotesFolder(tmp_path / "library", folder, lambda paper: paper.title)


@pytest.fixture
def exchange(notes: NotesFolder) -> Exchange:
    """Exchange the note of a paper."""

    def once(
        note: str = "Bright.",
        at: str = EARLY,
        of: Paper = LAMPS,
        dry_run: bool = False,
        again: bool = False,
    ) -> Report:
        return notes.exchange([Noted(of, Marks(starred=True, note=note), at)], dry_run, again)

    return once


@pytest.fixture
def file(exchange: Exchange) -> Path:
    """The file of a paper with a note, with text of the user's around the block."""
    path = exchange().made[0]
    path.write_text(path.read_text().replace("---\n\n", "---\n\nMine before.\n") + "Mine behind.")
    return path


def edit(path: Path, old: str, new: str) -> None:
    """Replace text in a file, bytes beside it as they are."""
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))


def values_in(path: Path) -> dict[str, object]:
    """Return the properties of a file; each is JSON, or a list of JSON below its name."""
    found: dict[str, object] = {}
    items: list[object] = []
    for line in path.read_text().split("---\n")[1].splitlines():
        if line.startswith("  - "):
            items.append(json.loads(line[4:]))
        else:
            name, _, value = line.partition(":")
            items = []
            found[name] = json.loads(value) if value else items
    return found


def test_new_file_has_properties_and_the_note(exchange: Exchange) -> None:
    path = exchange("It *is*.\n\nTwice.").made[0]
    assert path.name == "Lamps- a -survey- -1.md"
    assert values_in(path) == {
        "id": LAMPS.id, "title": LAMPS.title, "aliases": [LAMPS.title], "authors": ["Ada Byron"],
        "date": "2025-08-01", "url": "https://arxiv.org/abs/2508.00001", "starred": True,
    }  # fmt: skip
    assert path.read_text().endswith(f"\n\n{begin(LAMPS.id)}\nIt *is*.\n\nTwice.\n{END}\n")


def test_paper_with_neither_note_nor_star_has_none(notes: NotesFolder, folder: Path) -> None:
    assert notes.exchange([Noted(LAMPS, Marks(read=True, tags=("a",)))]) == Report()
    assert list(folder.iterdir()) == []


def test_nothing_is_written_where_nothing_changed(exchange: Exchange, file: Path) -> None:
    before = file.stat()
    assert exchange() == Report()
    assert file.stat() == before


def test_note_of_the_library_goes_into_the_block_alone(exchange: Exchange, file: Path) -> None:
    before = file.read_bytes()
    assert exchange("Dim.\nVery.").changed == [file]
    assert file.read_bytes() == before.replace(b"Bright.", b"Dim.\nVery.")


def test_edit_in_the_block_is_taken_until_the_library_has_it(
    exchange: Exchange, file: Path
) -> None:
    edit(file, "Bright.", "Brighter.")
    before = file.read_bytes()
    for _ in range(2):  # as where the library could not save it
        assert exchange().adopted == {LAMPS.id: Adopted("Brighter.", "Bright.")}
    assert exchange("Brighter.") == Report()
    assert file.read_bytes() == before
    assert exchange("").changed == [file]
    assert begin(LAMPS.id) + "\n\n" + END in file.read_text()


def test_note_that_was_taken_and_undone_goes_back_into_the_file(
    notes: NotesFolder, exchange: Exchange, file: Path
) -> None:
    edit(file, "Bright.", "Brighter.")
    exchange()
    undone = Noted(LAMPS, Marks(starred=True, note="Bright."), LATE)
    assert notes.exchange([undone], agreed={LAMPS.id: "Brighter."}).changed == [file]
    assert "Brighter." not in file.read_text()


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines_end_as_those_of_the_file(exchange: Exchange, file: Path, ending: str) -> None:
    edit(file, "\n", ending)
    before = file.read_bytes()
    assert exchange() == Report()
    assert exchange("Dim.\nVery.").changed == [file]
    assert file.read_bytes() == before.replace(b"Bright.", f"Dim.{ending}Very.".encode())


def test_conflict_is_named_and_the_later_text_counts(exchange: Exchange, file: Path) -> None:
    edit(file, "Bright.", "From the file.")
    report = exchange("From the library.", EARLY)
    other = file.with_name(f"Other version of {file.name}")
    assert report.adopted[LAMPS.id].note == "From the file."
    assert other.read_text() == "From the library.\n"
    assert report.problems == [
        f"{file}: the note was changed there and in papers-tui; the file's note is later, "
        f"the other is in {other.name}"
    ]
    exchange("From the library.", EARLY)  # it was not saved; that makes no second copy
    assert len(list(file.parent.iterdir())) == 2


def test_later_note_of_the_library_keeps_that_of_the_file(exchange: Exchange, file: Path) -> None:
    edit(file, "Bright.", "From the\tfile.")
    report = exchange("From the library.", LATE)
    assert (report.adopted, report.changed) == ({}, [file])
    assert "\nFrom the library.\n" in file.read_text()
    other = file.with_name(f"Other version of {file.name}")
    assert other.read_text() == "From the\tfile.\n"
    assert exchange("From the library.", LATE) == Report()


def test_without_the_list_notes_that_differ_are_a_conflict(
    exchange: Exchange, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "library" / RECORDS).write_text("[")
    assert exchange() == Report()
    (tmp_path / "library" / RECORDS).unlink()
    edit(file, "Bright.", "Dim.")
    assert len(exchange("Bright.", LATE).problems) == 1
    assert "Dim.\n" in {each.read_text() for each in file.parent.iterdir()}


def test_without_the_list_a_note_comes_before_none(
    exchange: Exchange, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "library" / RECORDS).unlink()
    assert exchange("").adopted[LAMPS.id].note == "Bright."


def test_file_is_found_under_another_name(exchange: Exchange, file: Path) -> None:
    (file.parent / "sub").mkdir()
    moved = file.rename(file.parent / "sub" / "My lamps.md")
    assert exchange() == Report()
    edit(moved, "Bright.", "Dim.")
    assert exchange().adopted[LAMPS.id].note == "Dim."


def test_deleted_file_is_said_once_and_made_when_asked_for(exchange: Exchange, file: Path) -> None:
    file.unlink()
    assert "--again" in exchange().problems[0]
    assert exchange() == Report()
    assert exchange(again=True).made == [file]
    file.unlink()
    exchange()
    assert exchange("New.").made == [file]


def test_file_in_a_bin_is_a_deleted_one(exchange: Exchange, file: Path) -> None:
    (file.parent / ".trash").mkdir()
    file.rename(file.parent / ".trash" / file.name)
    assert "is gone" in exchange().problems[0]


def test_papers_of_one_title_have_a_file_each(exchange: Exchange, file: Path) -> None:
    second = exchange(of=replace(LAMPS, id="doi:10.1/a--><b>")).made[0]
    assert second.name == "Lamps- a -survey- -1 (2).md"
    assert find_block(second.read_text()).key == "doi:10.1/a--><b>"
    assert exchange(of=replace(LAMPS, id="doi:10.1/a--><b>")) == Report()


def test_file_that_is_there_is_never_replaced(exchange: Exchange, folder: Path) -> None:
    folder.mkdir()
    (folder / "Lamps- a -survey- -1.md").write_text("Mine.")
    (folder / "Lamps- a -survey- -1 (2).md").symlink_to(folder / "nowhere")
    assert exchange().made[0].name == "Lamps- a -survey- -1 (3).md"
    assert (folder / "Lamps- a -survey- -1.md").read_text() == "Mine."


def test_link_stays_one(exchange: Exchange, file: Path, tmp_path: Path) -> None:
    file.rename(tmp_path / "elsewhere.md")
    file.symlink_to(tmp_path / "elsewhere.md")
    assert exchange("Dim.").changed == [file]
    assert file.is_symlink()
    assert "\nDim.\n" in (tmp_path / "elsewhere.md").read_text()


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "", "...", "-rf", "con", "a\x00b", "x" * 999]
)
def test_name_stays_in_the_folder(exchange: Exchange, folder: Path, title: str) -> None:
    path = exchange(of=replace(LAMPS, title=title)).made[0]
    assert path.parent == folder
    assert path.name[0] not in ".-"
    assert set(path.name).isdisjoint("#^[]|\\/:")


@pytest.mark.parametrize(
    ("old", "new"),
    [(END, ""), (begin(LAMPS.id), ""), (END, f"{END}\n{END}"), ("Bright.", begin("x"))],
)
def test_damaged_block_is_one_line_and_left_alone(
    exchange: Exchange, file: Path, old: str, new: str
) -> None:
    edit(file, old, new)
    before = file.read_bytes()
    report = exchange("Dim.")
    assert (len(report.problems), report.adopted, report.changed) == (1, {}, [])
    assert str(file) in report.problems[0]
    assert list(file.parent.iterdir()) == [file]
    assert file.read_bytes() == before


@pytest.mark.parametrize("data", [b"\xff\xfe", b"", b"no markers"])
def test_file_without_our_text_is_left_alone(exchange: Exchange, file: Path, data: bytes) -> None:
    file.write_bytes(data)
    assert len(exchange("Dim.").problems) == 1
    assert file.read_bytes() == data


def test_pipe_in_place_of_a_file_is_reported(exchange: Exchange, file: Path) -> None:
    file.unlink()
    os.mkfifo(file)
    assert "it is not a regular file" in exchange().problems[0]


def test_link_in_a_circle_keeps_no_other_paper_from_its_file(
    notes: NotesFolder, exchange: Exchange, file: Path
) -> None:
    file.unlink()
    file.symlink_to(file)
    report = notes.exchange([Noted(LAMPS, STAR), Noted(paper("arxiv:2508.00002", "Owls"), STAR)])
    assert [each.name for each in report.made] == ["Owls.md"]
    assert [str(file) in each for each in report.problems] == [True]


def test_note_that_is_too_long_is_left_in_its_file(exchange: Exchange, file: Path) -> None:
    edit(file, "Bright.", "x" * 50_001)
    report = exchange()
    assert (report.adopted, len(report.problems)) == ({}, 1)
    assert "50,001" in report.problems[0]


def test_file_that_changes_while_it_is_written_stays(
    notes: NotesFolder, exchange: Exchange, file: Path, tmp_path: Path
) -> None:
    class SlowDisk(Disk):
        def sync(self, descriptor: int) -> None:
            file.write_text("Written by another program.")

    slow = NotesFolder(tmp_path / "library", file.parent, lambda paper: paper.title, SlowDisk())
    report = slow.exchange([Noted(LAMPS, Marks(note="Dim."))])
    assert "changed it just now" in report.problems[0]
    assert file.read_text() == "Written by another program."
    assert list(file.parent.iterdir()) == [file]


def test_folder_that_is_full_is_one_error_and_what_was_written_is_known(
    tmp_path: Path, folder: Path
) -> None:
    class FullDisk(Disk):
        room = 1

        def replace_any_file(self, path: Path, *rest: object) -> None:
            if self.room == 0:
                raise OSError(28, "No space left on device")
            self.room -= 1
            super().replace_any_file(path, *rest)  # type: ignore[arg-type]

    (tmp_path / "library").mkdir()
    full = NotesFolder(tmp_path / "library", folder, lambda paper: paper.title, FullDisk())
    papers = [Noted(replace(LAMPS, id=f"sha:{n}", title=f"T{n}"), STAR) for n in range(3)]
    with pytest.raises(PapersError, match=r"can't write in .*vault: No space left"):
        full.exchange(papers)
    assert [each.name for each in folder.iterdir()] == ["T0.md"]
    good = NotesFolder(tmp_path / "library", folder, lambda paper: paper.title)
    assert len(good.exchange(papers).made) == 2


def test_folder_that_is_gone_is_no_reason_to_make_all_again(
    exchange: Exchange, file: Path, folder: Path
) -> None:
    folder.rename(folder.with_name("away"))
    with pytest.raises(PapersError, match="is its drive there"):
        exchange()
    folder.with_name("away").rename(folder)
    assert exchange() == Report()


def test_another_folder_gets_the_files_again_and_an_older_note_there_does_not_win(
    exchange: Exchange, file: Path, tmp_path: Path
) -> None:
    other = NotesFolder(tmp_path / "library", tmp_path / "other", lambda paper: paper.title)
    assert len(other.exchange([Noted(LAMPS, Marks(note="Dim."), LATE)]).made) == 1
    report = exchange("Dim.", LATE)
    assert (report.adopted, report.changed, len(report.problems)) == ({}, [file], 1)


def test_folder_that_is_a_file_is_reported(exchange: Exchange, folder: Path) -> None:
    folder.write_text("")
    with pytest.raises(PapersError, match="is a file"):
        exchange()


def test_dry_run_writes_nothing(exchange: Exchange, tmp_path: Path, folder: Path) -> None:
    assert [each.name for each in exchange(dry_run=True).made] == ["Lamps- a -survey- -1.md"]
    assert not folder.exists()
    assert list((tmp_path / "library").iterdir()) == []


def test_properties_follow_until_somebody_changes_them(
    notes: NotesFolder, exchange: Exchange, file: Path
) -> None:
    noted = Noted(LAMPS, Marks(tags=("light",), note="Bright."), EARLY)
    assert notes.exchange([noted]).changed == [file]
    assert values_in(file)["tags"] == ["light"]
    edit(file, "starred: false", "starred: false\nrating: 5")
    before = file.read_bytes()
    assert exchange() == Report()
    assert file.read_bytes() == before


def test_paper_has_its_file_under_a_better_key(exchange: Exchange, file: Path) -> None:
    better = replace(LAMPS, id="arxiv:2508.00009", aliases=(LAMPS.id,))
    assert exchange("Dim.", of=better).made == []
    assert "\nDim.\n" in file.read_text()


def test_unmarked_paper_keeps_its_file(notes: NotesFolder, exchange: Exchange, file: Path) -> None:
    assert notes.exchange([Noted(LAMPS, Marks(), LATE)]).changed == [file]
    assert "Bright." not in file.read_text()
    assert file.read_text().endswith("Mine behind.")


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
LINES = st.lists(
    st.one_of(
        TEXT, st.sampled_from([END, f" \\{END}", begin("a"), "<!-- papers-tui x", "---", "\r"])
    ),
    max_size=6,
).map("\n".join)


@given(before=LINES, note=LINES, other=LINES, after=LINES, ending=st.sampled_from(["\n", "\r\n"]))
def test_note_comes_back_and_what_stands_outside_is_untouched(
    before: str, note: str, other: str, after: str, ending: str
) -> None:
    before, after = (before + "\n") * (before != ""), ("\n" + after) * (after != "")
    note, other = plain_note(note), plain_note(other)
    block = f"{begin('doi:10/--x')}\n{written_note(note)}{END}".replace("\n", ending)
    text = before + block + after
    if has_marker(before) or has_marker(after):
        with pytest.raises(BlockError):
            find_block(text)
        return
    found = find_block(text)
    assert plain_note(found.note) == note
    again = found.with_note(other)
    assert again.startswith(before)
    assert again.endswith(END + after)
    assert plain_note(find_block(again).note) == other
    assert find_block(again).with_note(note) == text


@given(title=TEXT, tags=st.lists(TEXT, max_size=3))
def test_properties_are_whole_whatever_a_title_holds(title: str, tags: list[str]) -> None:
    lines = properties(paper(title=title), Marks(tags=tuple(tags))).splitlines(keepends=True)
    assert (lines[0], lines[-1]) == ("---\n", "---\n")
    assert "---\n" not in lines[1:-1]


NOTES = LINES.map(plain_note)


@COSTLY
@given(
    base=NOTES, ours=NOTES, theirs=NOTES, outside=TEXT.filter(lambda text: not has_marker(text)),
    is_later=st.booleans(),
)  # fmt: skip
def test_both_sides_end_with_one_note_and_no_text_is_lost(
    base: str, ours: str, theirs: str, outside: str, is_later: bool
) -> None:
    with TemporaryDirectory() as name:
        vault = Path(name, "vault")
        notes = NotesFolder(Path(name), vault, lambda paper: paper.title)
        changed_at = EARLY if is_later else LATE
        path = notes.exchange([Noted(LAMPS, Marks(starred=True, note=base))]).made[0]
        before, after = path.read_bytes().split(written_note(base).encode() + END.encode())
        after = END.encode() + after + outside.encode()
        path.write_bytes(before + written_note(theirs).encode() + after)
        report = notes.exchange([Noted(LAMPS, Marks(starred=True, note=ours), changed_at)])
        end = report.adopted[LAMPS.id].note if report.adopted else ours
        assert notes.exchange([Noted(LAMPS, Marks(starred=True, note=end), LATE)]) == Report()
        assert path.read_bytes() == before + written_note(end).encode() + after
        others = [each.read_bytes().decode() for each in vault.glob("Other version*")]
        kept = {end, *(plain_note(each) for each in others)}
        wanted = {each for each in (ours, theirs) if each not in ("", base)}
        assert wanted <= kept
        assert bool(report.problems) == (len({base, ours, theirs}) == 3)
