"""The reader keeps notes as files, and takes in what is changed there."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import OpenLibrary, done
from screen_helpers import IN_COLOUR, PEBBLES, reading, until

from store.model import Change
from tui.cli.other_programs import exchange_notes
from tui.settings.config import Config
from tui.settings.files import NotesSettings


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Settings with a folder of notes."""
    monkeypatch.setattr("tui.reader.main.NOTES_AFTER", 0.01)
    return replace(IN_COLOUR, notes=NotesSettings(tmp_path / "vault"))


def text_of(folder: Path) -> str:
    """Return what is in all files of a folder."""
    return "".join(each.read_text() for each in folder.glob("*.md"))


async def test_star_makes_a_file(filled: OpenLibrary, tmp_path: Path, config: Config) -> None:
    async with reading(filled(), config=config) as reader:
        await reader.press("s")
        await until(lambda: "starred: true" in text_of(tmp_path / "vault"), "there is a file")
        await reader.press("s")
        await until(lambda: "starred: false" in text_of(tmp_path / "vault"), "it follows")


async def test_edit_in_a_file_is_taken_at_the_start_and_undone(
    filled: OpenLibrary, tmp_path: Path, config: Config
) -> None:
    library = done(filled(), Change(note="Slow."))
    library.read_all()
    path = exchange_notes(library, config).made[0]
    path.write_text(path.read_text().replace("Slow.", "Fast."))
    async with reading(filled(), config=config) as reader:
        await reader.notifies("1 note read from files")
        assert reader.library.marks(PEBBLES).note == "Fast."
        await reader.press("u")
        await until(lambda: "Slow." in path.read_text(), "the file follows")


async def test_folder_that_can_not_be_used_is_reported_once(
    filled: OpenLibrary, tmp_path: Path, config: Config
) -> None:
    (tmp_path / "vault").write_text("")
    async with reading(filled(), config=config) as reader:
        await reader.notifies("is a file, not a folder for notes")
        assert len(reader.app._notifications) == 1


async def test_without_the_setting_nothing_of_it_is_made(filled: OpenLibrary) -> None:
    async with reading(filled()) as reader:
        await reader.press("s")
        assert "note_files" not in reader.screen.parts.made


async def test_note_that_is_being_written_is_not_changed_behind_it(
    filled: OpenLibrary, tmp_path: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.reader.subjects.note_files.AFTER", timedelta(seconds=0.01))
    library = done(filled(), Change(note="Slow."))
    library.read_all()
    path = exchange_notes(library, config).made[0]
    async with reading(filled(), config=config) as reader:
        await reader.press("N")
        path.write_text(path.read_text().replace("Slow.", "Fast."))
        reader.screen.parts.note_files.changed()
        await reader.type("Very ")
        assert reader.library.marks(PEBBLES).note == "Slow."
        await reader.press("escape")
        await reader.notifies("the other is in")
    texts = text_of(tmp_path / "vault")
    assert "Very" in texts
    assert "Fast." in texts
