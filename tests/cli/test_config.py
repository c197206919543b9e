"""The settings are a TOML file; what is wrong with it is said in one line and nothing is done."""

from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import OpenLibrary

from tui.settings.config import Config, ConfigError, read_config

WRONG = {
    "mistyped option": ('veiws = "red"\n', "there is no option veiws; did you mean views?"),
    "unknown option": ('colour = "red"\n', "there is no option colour; known: sync, views"),
    "unknown table": ("[sync-folder]\n", "there is no option sync-folder"),
    "number": ("sync = 1\n", "sync takes a folder in quotes"),
    "list": ('sync = ["~/Sync"]\n', "sync takes a folder in quotes"),
    "table": ('[sync]\nfolder = "a"\n', "sync takes a folder in quotes"),
    "empty": ('sync = " "\n', "sync takes a folder in quotes"),
    "zero": ('sync = "a\\u0000b"\n', "sync takes a folder in quotes"),
    "nobody": ('sync = "~nobody-of-this-name/a"\n', "there is no home folder"),
    "views in a line": ('views = "is:unread"\n', "views takes queries by name"),
    "view of a number": ("[views]\nnew = 1\n", "views takes queries by name"),
    "wrong view": ('[views]\nnew = "is:odd"\n', "the view new: is: takes"),
    "circle": ('[views]\na = "view:b"\nb = "view:a"\n', "a view can't contain itself"),
    "feed that is none": ('feeds = ["hfx"]\n', "feeds: 'hfx' is not a feed"),
    "feed alone": ('feeds = "hf"\n', "feeds takes names in a list"),
    "feed of a number": ("feeds = [1]\n", "feeds takes names in a list"),
    "mirror that is none": ('[mirrors]\nhf = "file:///a"\n', "the mirror of hf"),
    "mirror of nothing": ('[mirrors]\nacl = "https://a.example"\n', "mirrors takes addresses"),
    "start with a wrong query": ('start = "is:blue"\n', "start: is: takes"),
    "start with a number": ("start = 3\n", "start takes a query in quotes"),
    "unknown way of pictures": ('images = "big"\n', "images takes one of"),
    "unknown last step": ('escape_last = "leave"\n', "escape_last takes"),
    "two lines of a word": ('two_line_titles = "yes"\n', "two_line_titles takes true or false"),
    "mouse of a word": ('mouse = "off"\n', "mouse takes true or false, such as mouse = true"),
    "mouse of a table": ("[mouse]\nclick = false\n", "mouse takes true or false"),
    "layout of no name": ('[keys]\nlayout = "klingon"\n', 'keys: layout takes "auto"'),
    "layout that is short": ('[keys]\nlayout = "йцу"\n', 'keys: layout takes "auto"'),
    "layout of Latin letters": (
        '[keys]\nlayout = "qwertyuiop asdfghjkl zxcvbnm"\n',
        'keys: layout takes "auto"',
    ),
    "flag of a word": ('read_on_next = "yes"\n', "read_on_next takes true or false"),
    "flag of a number": ("advance_after_mark = 1\n", "advance_after_mark takes true or false"),
    "seconds of a flag": ("read_on_dwell = true\n", "read_on_dwell takes seconds"),
    "seconds below none": ("read_on_dwell = -1\n", "read_on_dwell takes seconds"),
    "no number": ("read_on_dwell = nan\n", "read_on_dwell takes seconds"),
    "no toml": ("sync: ~/Sync\n", "is not TOML"),
    "twice": ('sync = "a"\nsync = "b"\n', "is not TOML"),
    "control": ('sync = "a\x1b[2J"\n', "is not TOML"),
}
"""What is in the file, and what is said of it."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the settings of a test are."""
    return tmp_path / "settings" / "papers.toml"


def written(path: Path, text: str) -> Path:
    """Return a file with settings."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG.keys())
def test_wrong_settings_are_said_in_one_line(run: Run, file: Path, text: str, said: str) -> None:
    done = run("list", "--config", written(file, text))
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert said in done.err


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG.keys())
def test_wrong_settings_write_nothing(
    run: Run, file: Path, tmp_path: Path, text: str, said: str
) -> None:
    run("mark", "*", "--read", "--config", written(file, text))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [file]


def test_text_in_another_encoding_is_not_toml(file: Path) -> None:
    written(file, "").write_bytes(b'sync = "\xff"')
    with pytest.raises(ConfigError, match="is not TOML"):
        read_config(file)


def test_settings_that_are_a_folder_can_not_be_read(run: Run, tmp_path: Path) -> None:
    done = run("list", "--config", tmp_path)
    assert (done.status, done.err.count("\n")) == (2, 1)


def test_settings_that_were_asked_for_have_to_be_there(run: Run, file: Path) -> None:
    done = run("list", "--config", file)
    assert (done.status, done.err) == (
        2,
        f"papers-tui: can't read {file}: No such file or directory\n",
    )


def test_settings_named_by_the_variable_have_to_be_there(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERS_TUI_CONFIG", str(file))
    assert run("list").status == 2


def test_no_settings_are_fine(run: Run, filled: OpenLibrary) -> None:
    assert run("list").status == 0


def test_empty_settings_are_the_defaults(file: Path) -> None:
    assert read_config(written(file, "# nothing\n")) == Config()


def test_option_goes_before_the_variable(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERS_TUI_CONFIG", str(tmp_path / "missing"))
    assert read_config(written(file, "")) == Config()


def test_settings_are_found_in_the_folder_for_them(tmp_path: Path) -> None:
    written(tmp_path / "config" / "papers-tui" / "config.toml", 'sync = "/a"\n')
    assert read_config().sync == Path("/a")


def test_relative_folder_begins_at_the_settings(file: Path) -> None:
    assert read_config(written(file, 'sync = "marks"\n')).sync == file.parent / "marks"


def test_tilde_is_the_home_folder(file: Path) -> None:
    assert read_config(written(file, 'sync = "~/marks"\n')).sync == Path.home() / "marks"


def test_views_are_queries_by_name(file: Path) -> None:
    assert read_config(written(file, '[views]\nnew = "is:unread"\n')).views == {"new": "is:unread"}


def test_feeds_are_names(file: Path) -> None:
    assert read_config(written(file, 'feeds = ["HF", "arxiv:cs.cl"]')).feeds == (
        "hf",
        "arxiv:cs.CL",
    )


def test_mirrors_are_addresses_by_name(file: Path) -> None:
    settings = written(file, '[mirrors]\nhf = "https://a.example"\n')
    assert read_config(settings).mirrors == {"hf": "https://a.example"}


def test_view_can_stand_in_a_query(run: Run, file: Path, filled: OpenLibrary) -> None:
    settings = written(file, '[views]\nstars = "is:starred"\n')
    run("mark", "*", "--star")
    starred = run("list", "view:stars", "--config", settings).out
    assert starred == run("list", "is:starred").out != ""
