"""The command `config`: what holds and why, and a file to begin with."""

import re
from pathlib import Path

import orjson
import pytest
from cli_helpers import Run

from tui.cli.settings import FIRST_FILE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the settings of a test are by default."""
    return tmp_path / "config" / "papers-tui" / "config.toml"


def written(path: Path, text: str) -> Path:
    """Return a file with settings."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_path_is_printed_whether_or_not_there_is_a_file(run: Run, file: Path) -> None:
    assert run("config", "path").out == f"{file}\n"


def test_path_is_that_of_the_option(run: Run, tmp_path: Path) -> None:
    assert run("config", "path", "--config", tmp_path / "a").out == f"{tmp_path / 'a'}\n"


def test_init_writes_a_file_in_a_new_folder(run: Run, file: Path) -> None:
    assert run("config", "init").out == f"wrote {file}\n"
    assert file.read_text() == FIRST_FILE


def test_init_leaves_a_file_as_it_is(run: Run, file: Path) -> None:
    written(file, "# mine\n")
    done = run("config", "init")
    assert (done.status, done.err.count("\n"), file.read_text()) == (1, 1, "# mine\n")


def test_init_leaves_a_broken_link_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "missing")
    assert run("config", "init", "--config", tmp_path / "link").status == 1
    assert not (tmp_path / "missing").exists()


def test_init_where_nothing_can_be_written_is_reported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("config", "init", "--config", tmp_path / "file" / "config.toml")
    assert (done.status, done.err.count("\n")) == (1, 1)


def test_show_does_not_make_a_library(run: Run, tmp_path: Path) -> None:
    run("config", "--library", tmp_path / "library")
    assert not (tmp_path / "library").exists()


def sources(run: Run, *options: object) -> dict[str, tuple[str, str, str]]:
    """Return value, source and place of each setting by its name."""
    rows = orjson.loads(run("config", "--json", *options).out)
    return {row["name"]: (row["value"], row["source"], row["place"]) for row in rows}


def test_defaults_are_named_as_such(run: Run) -> None:
    assert sources(run)["sync"] == ("", "default", "")


def test_what_the_file_sets_is_shown_with_its_line(run: Run, file: Path) -> None:
    written(file, '# one\nsync = "/a"\nfeeds = ["hf"]\n\n[views]\n# two\nnew = "is:new"\n')
    shown = sources(run)
    assert shown["sync"] == ("/a", "file", "line 2")
    assert shown["feeds"] == ("hf", "file", "line 3")
    assert shown["views.new"] == ("is:new", "file", "line 7")


def test_what_is_switched_off_is_not_shown_as_unset(run: Run, file: Path) -> None:
    written(file, "ascii = false\n")
    assert re.search(r"^ascii +false +\[file line 1\]$", run("config").out, re.MULTILINE)


def test_values_of_the_digest_are_shown_as_they_are_written(run: Run, file: Path) -> None:
    written(file, '[digest]\nfrom = "me <a@example.org>"\n')
    assert sources(run)["digest.from"] == ("me <a@example.org>", "file", "line 2")


def test_what_is_written_with_escapes_is_of_the_file_too(run: Run, file: Path) -> None:
    written(file, '"s\\u0079nc" = "/a"\n')
    assert sources(run)["sync"] == ("/a", "file", "")


def test_environment_goes_before_the_file(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(file, 'sync = "/a"\n')
    monkeypatch.setenv("PAPERS_TUI_SYNC", "/b")
    assert sources(run)["sync"] == ("/b", "environment", "PAPERS_TUI_SYNC")


def test_empty_variable_sets_nothing(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(file, 'sync = "/a"\n')
    monkeypatch.setenv("PAPERS_TUI_SYNC", "")
    assert sources(run)["sync"] == ("/a", "file", "line 1")


def test_library_of_the_option_goes_before_the_environment(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    assert sources(run, "--library", folder)["library"] == (str(folder), "option", "--library")


def test_library_of_the_environment_is_shown(run: Run, tmp_path: Path) -> None:
    place = (str(tmp_path / "library"), "environment", "PAPERS_TUI_LIBRARY")
    assert sources(run)["library"] == place


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["text", "json"])
def test_strange_names_are_shown_harmlessly(run: Run, file: Path, options: list[str]) -> None:
    written(file, '[views]\n"a\\u001b[2J" = "b"\n')
    done = run("config", "--library", "/nowhere/\udcff\x1b[2J", *options)
    assert done.status == 0
    assert all(line.isprintable() for line in done.out.split("\n"))


def test_text_names_the_source(run: Run, file: Path) -> None:
    written(file, 'sync = "/a"\n')
    lines = [line.split() for line in run("config").out.splitlines()]
    assert ["sync", "/a", "[file", "line", "1]"] in lines
    assert ["views", "(none)", "[default]"] in lines


@pytest.mark.parametrize("action", ["path", "init"])
def test_json_is_for_show_alone(run: Run, file: Path, action: str) -> None:
    assert (run("config", action, "--json").status, file.exists()) == (2, False)


def test_variable_that_means_nothing_is_pointed_out(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERS_TUI_SINC", "/a")
    done = run("config")
    assert done.status == 0
    assert "PAPERS_TUI_SINC sets nothing" in done.err


def test_wrong_variable_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERS_TUI_SYNC", "~nobody-of-this-name/a")
    done = run("list")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("papers-tui: PAPERS_TUI_SYNC: sync: there is no home folder")


LINES = {
    "unknown": ('sync = "a"\n# colour\ncolour = 1\n', 3),
    "in a text before": ('sync = """\ncolour = 1\n"""\ncolour = 1\n', 4),
    "in a value of its own": ('colour = """\ncolour\n"""\n', 1),
    "unknown table": ('sync = "a"\n\n[colour]\na = 1\n', 3),
    "in a table before": ('[views]\ncolour = "a"\n[colour]\n', 3),
    "wrong view": ('[views]\ngood = "a"\nbad = "is:odd"\n', 3),
    "dotted": ('views.good = "a"\nviews.bad = "is:odd"\n', 2),
    "in the digest": ('[digest]\nto = "a@example.org"\nport = 0\n', 3),
    "no option of the digest": ('[digest]\nto = "a@example.org"\ncc = "b"\n', 3),
    "wrong value": ('\nfeeds = "hf"\n', 2),
}


@pytest.mark.parametrize(("text", "line"), LINES.values(), ids=LINES.keys())
def test_wrong_line_is_named(run: Run, file: Path, text: str, line: int) -> None:
    written(file, text)
    assert run("list").err.startswith(f"papers-tui: {file}, line {line}: ")
