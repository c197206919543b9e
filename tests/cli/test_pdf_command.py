"""PDFs by command, and the settings of them."""

from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import OpenLibrary
from http_helpers import Server
from programs import program
from screen_helpers import SNAILS

from tui.programs.browser import BrowserError
from tui.programs.viewer import find_viewer
from tui.settings.config import ConfigError, read_config
from tui.settings.programs import OpenSettings

PDF = b"%PDF-1.7\n%%EOF\n"


def test_paths_are_printed_and_what_fails_is_reported(
    filled: OpenLibrary, run: Run, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERS_TUI_ARXIV", server.url)
    server.says("/pdf/2508.00002", PDF)
    (tmp_path / "config.toml").write_text('[pdf]\nfolder = "PDFs"\nname = "{id} {title:.16}"')
    done = run("pdf", "date:2025-08-01", "--config", tmp_path / "config.toml")
    assert done.out == f"{tmp_path}/PDFs/arxiv-2508.00002 Counting Snails….pdf\n"
    assert done.status == 1
    assert done.err.count("answered 404") == 2
    assert run("list", "has:pdf-file", "--format", "{id}").out == f"{SNAILS}\n"
    assert run("pdf", "--offline", "snails").out == done.out


def test_all_papers_have_to_be_asked_for(filled: OpenLibrary, run: Run) -> None:
    assert run("pdf").status == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('pdf = "x"', "line 1: pdf takes a table"),
        ("[pdf]\nfolder = 3", "line 2: pdf: folder takes a folder"),
        ('[pdf]\nname = "{what}"', "line 2: pdf: name: there is no {what}"),
        ("[pdf]\nfodler = 1", "line 2: pdf has no option fodler"),
        ("[open]\npdf_terminal = 1", "line 2: open: pdf_terminal takes true or false"),
        ("[open]\npdf = 1", "line 2: open: pdf takes a command, as pdf = "),
        ('[open]\neditor = "{file}"', "line 2: open: editor begins with the name of a program"),
    ],
)
def test_wrong_settings_are_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_config(tmp_path / "config.toml")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("programs", "settings", "line", "terminal"),
    [
        ("zathura", OpenSettings(pdf=("zathura",)), "zathura FILE", False),
        ("tdf", OpenSettings(pdf=("tdf", "-f", "{file}")), "tdf -f FILE", True),
        ("tdf", OpenSettings(pdf=("tdf",), pdf_terminal=False), "tdf FILE", False),
        ("xdg-open zathura", OpenSettings(), "xdg-open FILE", False),
        ("tdf", OpenSettings(), "tdf FILE", True),
    ],
)
def test_viewer(
    tmp_path: Path, programs: str, settings: OpenSettings, line: str, terminal: bool
) -> None:
    for name in programs.split():
        program(tmp_path / name, "true")
    viewer = find_viewer(settings, {"PATH": str(tmp_path), "DISPLAY": ":0"}, "linux")
    opening = " ".join(viewer.opening("FILE")).replace(f"{tmp_path}/", "")
    assert (opening, viewer.terminal) == (line, terminal)


def test_viewer_that_is_not_here_is_reported(tmp_path: Path) -> None:
    with pytest.raises(BrowserError, match="The viewer in the settings, zathura, is missing"):
        find_viewer(OpenSettings(pdf=("zathura",)), {"PATH": str(tmp_path)})


def test_browser_of_text_opens_no_pdf(tmp_path: Path) -> None:
    program(tmp_path / "w3m", "true")
    with pytest.raises(BrowserError, match=r"name one with pdf in \[open\]"):
        find_viewer(OpenSettings(), {"PATH": str(tmp_path)}, "linux")
