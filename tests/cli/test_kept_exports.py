"""`export --keep`: a file that is always what its query finds."""

from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import page

from store.errors import LibraryDamagedError
from store.kept_exports import KEPT, KeptExports


@pytest.fixture
def file(run: Run, tmp_path: Path) -> Path:
    """A file that is kept as what is starred; the library has two papers."""
    feed = tmp_path / "page.txt"
    feed.write_bytes(page(("Lamps at Night", "They shine."), ("Snails", "They are slow.")))
    run("import", feed)
    path = tmp_path / "starred.bib"
    assert run("export", "is:starred", "--keep", path).out == f"kept 0 in {path}\n"
    return path


def test_file_is_written_again_when_what_it_finds_changes(run: Run, file: Path) -> None:
    assert run("mark", "lamps", "--star").status == 0
    assert "Lamps at Night" in file.read_text()
    run("undo")
    assert file.read_text() == ""


def test_papers_that_arrive_get_into_it(run: Run, file: Path, tmp_path: Path) -> None:
    run("rules", "add", "title:pebbles", "--then", "star")
    feed = tmp_path / "more.txt"
    feed.write_bytes(page(("Pebbles", "They lie there.")))
    run("import", feed)
    assert "Pebbles" in file.read_text()


def test_file_that_is_as_it_should_be_is_left_alone(run: Run, file: Path) -> None:
    run("mark", "lamps", "--star")
    before = file.stat().st_mtime_ns
    run("mark", "snails", "--read")
    run("list")
    assert file.stat().st_mtime_ns == before


def test_what_a_dry_run_would_do_does_not_get_into_it(run: Run, file: Path) -> None:
    run("rules", "add", "lamps", "--then", "star")
    assert run("rules", "apply", "--dry-run").out.endswith("would change: 1 paper\n")
    assert file.read_text() == ""
    run("rules", "apply")
    assert "Lamps" in file.read_text()


def test_keys_of_citations_stay(run: Run, file: Path) -> None:
    run("mark", "lamps", "--star")
    first = file.read_text().splitlines()[0]
    run("mark", "*", "--star")
    assert first in file.read_text()


def test_kept_files_are_listed_and_forgotten(run: Run, file: Path) -> None:
    assert run("export", "--kept").out == f"{file}  bibtex  is:starred\n"
    assert run("export", "--forget", file).out == f"{file} is no longer kept up to date\n"
    run("mark", "lamps", "--star")
    assert file.read_text() == ""
    assert run("export", "--forget", file).status == 1


def test_view_is_looked_up_each_time(run: Run, file: Path, tmp_path: Path) -> None:
    settings = tmp_path / "c.toml"
    settings.write_text('[views]\nmine = "title:snails"\n')
    path = tmp_path / "mine.md"
    run("export", "view:mine", "--keep", path, "--config", settings)
    assert "Snails" in path.read_text()
    settings.write_text('[views]\nmine = "title:lamps"\n')
    run("mark", "lamps", "--read", "--config", settings)
    assert "Lamps" in path.read_text()
    settings.write_text("")
    done = run("mark", "lamps", "--unread", "--config", settings)
    assert (done.status, done.err) == (
        0, f"papers-tui: {path} is not updated: no view named mine\n",
    )  # fmt: skip


def test_folder_that_is_gone_is_reported_and_the_mark_stands(
    run: Run, file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    run("export", "is:read", "--keep", folder / "read.ris")
    (folder / "read.ris").unlink()
    folder.rmdir()
    done = run("mark", "lamps", "--read")
    assert (done.status, done.out) == (0, "marked 1\n")
    assert "there is no folder" in done.err


@pytest.mark.parametrize(
    "arguments",
    [("--keep", "-"), ("--keep", "a.bib", "--limit", "3"), ("--keep", "a"),
     ("--keep", "a.bib", "-o", "b.bib"), ("--keep", "a.jsonl", "--with-marks")],
)  # fmt: skip
def test_wrong_usage_is_told(run: Run, file: Path, arguments: tuple[str, ...]) -> None:
    assert run("export", *arguments).status == 2


@pytest.mark.parametrize("saved", ["7", "{}", '{"query": 1, "form": "ris", "group": "day"}'])
def test_damaged_list_is_reported(tmp_path: Path, saved: str) -> None:
    (tmp_path / KEPT).write_text(f'{{"exports": {{"/a": {saved}}}}}')
    with pytest.raises(LibraryDamagedError):
        KeptExports(tmp_path).read()


@pytest.mark.parametrize(
    "text",
    ["fetch = 1", "[fetch]\nevery = 1", '[fetch]\nevery = "soon"', '[fetch]\nevery = "1m"',
     '[fetch]\nevery = "0h"', "[fetch]\nwhen = 1"],
)  # fmt: skip
def test_wrong_time_to_fetch_is_reported(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "c.toml").write_text(text)
    done = run("list", "--config", tmp_path / "c.toml")
    assert (done.status, done.err.count("\n")) == (2, 1)
