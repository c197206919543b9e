"""Notes as files, by command and by the reader."""

from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import OpenLibrary
from screen_helpers import SNAILS

from tui.settings.config import ConfigError, read_config
from tui.settings.files import NotesSettings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the settings name."""
    (tmp_path / "config.toml").write_text('[notes]\nfolder = "vault"\nname = "{id} {title:.9}.md"')
    monkeypatch.setenv("PAPERS_TUI_CONFIG", str(tmp_path / "config.toml"))
    return tmp_path / "vault"


@pytest.fixture
def file(filled: OpenLibrary, run: Run, folder: Path) -> Path:
    """The file of a paper with a note."""
    run("mark", "snails", "--note", "Slow.")
    assert run("notes").out == "1 file made\n"
    return next(folder.iterdir())


def test_file_has_the_name_of_the_template(file: Path) -> None:
    assert file.name == f"{SNAILS.replace(':', '-')} Counting….md"


def test_edit_gets_into_the_library_and_can_be_undone(run: Run, file: Path) -> None:
    file.write_text(file.read_text().replace("Slow.", "Not\tso slow.\n\nReally."))
    before = file.read_bytes()
    assert run("notes").out == "1 note read\n"
    assert run("list", "has:note", "--format", "{note}").out == "Not so slow. Really.\n"
    assert (run("notes").out, file.read_bytes()) == ("", before)
    assert run("undo").out == "undid: notes from files (1 paper)\n"
    assert run("notes").out == "1 changed\n"
    assert "Slow." in file.read_text()


def test_dry_run_prints_what_would_be_done(run: Run, file: Path, folder: Path) -> None:
    file.write_text(file.read_text().replace("Slow.", "Fast."))
    run("mark", "lamps", "--star")
    done = run("notes", "--dry-run").out.splitlines()
    assert done[1:] == [f"read {SNAILS}"]
    assert done[0].startswith(f"make {folder}/")
    assert list(folder.iterdir()) == [file]
    assert run("list", "has:note", "--format", "{note}").out == "Slow.\n"


def test_conflict_is_reported_and_both_texts_are_there(run: Run, file: Path, folder: Path) -> None:
    file.write_text(file.read_text().replace("Slow.", "From the file."))
    run("mark", "snails", "--note", "From the library.")
    done = run("notes")
    assert (done.status, done.err.count("\n")) == (1, 1)
    texts = "".join(each.read_text() for each in folder.iterdir())
    assert "From the file." in texts
    assert "From the library." in texts
    assert run("notes").status == 0


def test_taken_note_runs_its_hook(run: Run, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with (tmp_path / "config.toml").open("a") as settings:
        settings.write(f'\n[hooks]\non_note = ["sh", "-c", "cat > {out}"]\n')
    file.write_text(file.read_text().replace("Slow.", "Fast."))
    run("notes")
    assert '"Fast."' in out.read_text()


def test_folder_has_to_be_set(filled: OpenLibrary, run: Run) -> None:
    done = run("notes")
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "[notes]" in done.err


def test_folder_that_can_not_be_made_is_one_line(
    filled: OpenLibrary, run: Run, folder: Path
) -> None:
    folder.write_text("a file")
    done = run("notes")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert str(folder) in done.err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("notes = 1", "notes takes a table"),
        ("[notes]", "notes needs a folder"),
        ('[notes]\nfolder = " "', "folder takes a folder"),
        ('[notes]\nfolder = "~nobody-of-this-name/a"', "there is no home folder"),
        ('[notes]\nfolder = "a"\nname = "{colour}"', "there is no {colour}"),
        ('[notes]\nfolder = "a"\nname = ""', "name takes a template"),
        ('[notes]\nfolder = "a"\nwhere = "b"', "notes has no option where"),
    ],
)
def test_wrong_settings_are_told(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "c.toml").write_text(text)
    with pytest.raises(ConfigError, match=words):
        read_config(tmp_path / "c.toml")


def test_relative_folder_begins_at_the_settings(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text('[notes]\nfolder = "vault"')
    assert read_config(tmp_path / "c.toml").notes == NotesSettings(tmp_path / "vault")
