"""Zotero by command and key."""

from dataclasses import replace
from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import OpenLibrary
from http_helpers import Server
from screen_helpers import IN_COLOUR, reading, until
from zotero_server import Zotero

from tui.settings.config import ConfigError, read_config
from tui.settings.programs import ZoteroSettings


@pytest.fixture
def zotero(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Zotero:
    """A Zotero that the settings know."""
    file = tmp_path / "config.toml"
    file.write_text(f'[zotero]\ncollection = "Inbox"\naddress = "{server.url}"')
    monkeypatch.setenv("PAPERS_TUI_CONFIG", str(file))
    return Zotero(server)


def test_papers_are_sent_once(filled: OpenLibrary, run: Run, zotero: Zotero) -> None:
    assert run("zotero", "date:2025-08-01").out == "3 papers added\n"
    assert run("zotero", "date:2025-08-01").out == "3 papers there already\n"
    assert zotero.collections[0]["data"]["name"] == "Inbox"


def test_collection_of_the_command_comes_first(
    filled: OpenLibrary, run: Run, zotero: Zotero
) -> None:
    run("zotero", "snails", "--collection", "Other")
    assert [each["data"]["name"] for each in zotero.collections] == ["Other"]


def test_import_is_reported(filled: OpenLibrary, run: Run, zotero: Zotero) -> None:
    zotero.version = 7
    done = run("zotero", "snails")
    assert done.out == "1 paper added, into the collection selected there\n"
    assert "older than 10" in done.err


def test_zotero_that_does_not_run_is_one_line(
    filled: OpenLibrary, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text('[zotero]\naddress = "http://127.0.0.1:9"')
    done = run("zotero", "snails", "--config", tmp_path / "config.toml")
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert "Zotero is not running here" in done.err


def test_dry_run_asks_nobody(filled: OpenLibrary, run: Run, zotero: Zotero) -> None:
    assert run("zotero", "snails", "--dry-run").out == "would be sent: 1 paper\n"
    assert zotero.server.requests == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("zotero = 1", "line 1: zotero takes a table"),
        ("[zotero]\ncollection = 1", "line 2: zotero: collection takes a name"),
        ("[zotero]\ntags = 1", "line 2: zotero: tags takes true or false"),
        ('[zotero]\naddress = "x"', "line 2: zotero: address takes a web address"),
        ('[zotero]\naddress = "http://a.example"', "address must be on this machine"),
        ("[zotero]\nkey = 1", "line 2: zotero has no option key; known: collection"),
    ],
)
def test_wrong_settings_are_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_config(tmp_path / "config.toml")
    assert words in str(caught.value)


async def test_key_sends_the_selection(filled: OpenLibrary, server: Server, zotero: Zotero) -> None:
    config = replace(IN_COLOUR, zotero=ZoteroSettings(address=server.url))
    async with reading(filled(), config=config) as reader:
        await reader.press("space", "space", "Z")
        await reader.notifies("Zotero 2 papers added")
        await reader.press("Z")
        await reader.notifies("Zotero 2 papers there already")
        await until(lambda: len(zotero.papers) == 2, "two items")
