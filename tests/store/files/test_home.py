"""A library that was in its folder and is not any more is no empty one."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import OpenLibrary, TickingClock, done, paper
from http_helpers import Server
from screen_helpers import PEBBLES, reading, until
from sync_helpers import names

from store.errors import LibraryDamagedError, LibraryGoneError
from store.files.home import MARKER
from store.fulltext.markdown import read_markdown
from store.fulltext.reading_places import Place, Places
from store.fulltext.texts import FOLDER, FullTexts
from store.library import Library
from store.model import NO_MARKS, Change, Paper
from tui.cli.feeds import feeds
from tui.settings.config import Config

STAR, READ = Change(starred=True), Change(read=True)


class Drive:
    """A library's drive, which can be taken away: an empty folder stays in its place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._away = folder.with_name("away")

    def take_away(self) -> None:
        self.folder.rename(self._away)
        self.folder.mkdir()

    def bring_back(self) -> None:
        for path in self.folder.iterdir():
            path.unlink()
        self.folder.rmdir()
        self._away.rename(self.folder)


@pytest.fixture
def drive(filled: OpenLibrary) -> Drive:
    """The drive of a library with the small feed and one star."""
    return Drive(done(filled(), STAR).folder)


def test_marker_is_made_at_the_first_write(open_library: OpenLibrary) -> None:
    library = open_library()
    assert not (library.folder / MARKER).exists()
    library.add([paper()], "hf")
    assert (library.folder / MARKER).exists()


def test_library_of_an_earlier_version_gets_its_marker_at_the_next_write(
    drive: Drive, filled: OpenLibrary
) -> None:
    (drive.folder / MARKER).unlink()
    done(filled(), READ)
    assert (drive.folder / MARKER).exists()


def add(library: Library) -> None:
    library.add([Paper("arxiv:1", "Late", date="2025-08-01")], "hf")


def commit(library: Library) -> None:
    library.mark([PEBBLES], READ)
    library.commit()


def keep_text(library: Library) -> None:
    texts = FullTexts(library.folder / FOLDER, check=library.check_here)
    texts.put(paper(PEBBLES), read_markdown("Pebbles."))


def keep_place(library: Library) -> None:
    places = Places(library.folder / FOLDER, check=library.check_here)
    places.remember(paper(PEBBLES), Place(1), 5)
    places.save()


def undo(library: Library) -> None:
    with library.alone():
        library.undo()


WORKS: list[Callable[[Library], object]] = [
    add,
    commit,
    lambda library: library.drop_feed("hf"),
    lambda library: library.others.exchange(),
    lambda library: library.load_marks(),
    undo,
    lambda library: library.changed_months(),
    lambda library: feeds(library, "add", ["hf"], False, False, Config()),
    lambda library: feeds(library, "remove", ["hf"], False, False, Config()),
    keep_text,
    keep_place,
]


@pytest.mark.parametrize(
    "work",
    WORKS,
    ids=["add", "mark", "drop", "sync", "marks", "undo", "months", "subscribe", "unsubscribe",
         "text", "place"],
)  # fmt: skip
def test_library_on_a_drive_that_was_taken_away_is_gone(
    drive: Drive, work: Callable[[Library], object]
) -> None:
    library = Library(drive.folder, TickingClock())
    library.read_all()
    drive.take_away()
    with pytest.raises(LibraryGoneError, match="is gone from"):
        work(library)
    assert names(drive.folder) == []


@pytest.mark.slow
async def test_reader_keeps_stars_while_the_drive_is_away_and_saves_when_it_is_back(
    drive: Drive,
) -> None:
    library = Library(drive.folder, TickingClock())
    async with reading(library) as reader:
        drive.take_away()
        await reader.notifies("the library is gone from")
        await reader.shows("★ Sorting Pebbles")
        await reader.press("j", "s")
        await reader.shows("1 unsaved")
        assert names(drive.folder) == []
        drive.bring_back()
        await reader.saved()
        await until(lambda: "is gone" not in reader.notifications, "the message closed")
        await reader.shows("★ Counting Snails")
    assert len(Library(drive.folder).all_marks) == 2


async def test_reader_that_ends_while_the_drive_is_away_writes_nothing_in_its_place(
    drive: Drive,
) -> None:
    async with reading(Library(drive.folder, TickingClock())) as reader:
        drive.take_away()
        await reader.notifies("the library is gone from")
        await reader.quit()
    assert names(drive.folder) == []


async def test_text_read_while_the_drive_is_away_is_not_kept_in_its_place(
    drive: Drive, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    server.says(f"/papers/{PEBBLES.removeprefix('arxiv:')}.md", b"Markdown Content:\nHello there.")
    async with reading(Library(drive.folder, TickingClock())) as reader:
        drive.take_away()
        await reader.notifies("the library is gone from")
        await reader.press("f")
        await reader.shows("Hello there.")
        await reader.notifies("The text is not saved")
        assert names(drive.folder) == []
        drive.bring_back()
        await reader.saved()


def test_marks_removed_while_they_are_in_use_are_damage(drive: Drive, filled: OpenLibrary) -> None:
    library = filled()
    (drive.folder / "state.json").unlink()
    library.mark([PEBBLES], READ)
    with pytest.raises(LibraryDamagedError, match="it is gone"):
        library.commit()
    assert not (drive.folder / "state.json").exists()


def test_marks_removed_on_their_first_day_are_damage(run: Run, drive: Drive) -> None:
    (drive.folder / "state.json").unlink()
    said = run("mark", "pebbles", "--read")
    assert (said.status, said.err.count("\n")) == (3, 1)
    assert "it is gone, though it was here before" in said.err
    assert not (drive.folder / "state.json").exists()


def test_doctor_says_how_to_begin_without_marks_that_were_removed(run: Run, drive: Drive) -> None:
    (drive.folder / "state.json").unlink()
    said = run("doctor")
    assert said.status == 3
    assert f"rm -f {drive.folder}/state.json.bak {drive.folder}/{MARKER}" in said.out
    (drive.folder / MARKER).unlink()
    assert run("mark", "pebbles", "--read").out == "marked 1\n"


def test_library_where_nothing_was_marked_is_a_new_one(run: Run, filled: OpenLibrary) -> None:
    filled()
    assert run("mark", "pebbles", "--star").out == "marked 1\n"


def test_copy_without_its_marks_can_be_marked(
    run: Run, filled: OpenLibrary, tmp_path: Path
) -> None:
    done(filled(), STAR)
    (tmp_path / "there").mkdir()
    (tmp_path / "library" / "papers").rename(tmp_path / "there" / "papers")
    assert run("mark", "pebbles", "--star", "--library", tmp_path / "there").status == 0


def test_first_mark_leaves_a_copy_made_of_links_alone(filled: OpenLibrary, tmp_path: Path) -> None:
    library = filled()
    shutil.copytree(library.folder, tmp_path / "copy", copy_function=os.link)
    library.mark(["arxiv:2508.00001"], Change(starred=True))
    library.commit()
    assert Library(tmp_path / "copy").marks("arxiv:2508.00001") == NO_MARKS
