"""Links of a paper: numbered where it is open, opened by number, in whatever browser there is."""

from dataclasses import replace
from os import mkfifo
from pathlib import Path

import pytest
from conftest import Asked, OpenLibrary, paper
from screen_helpers import IN_COLOUR, reading, until
from terminal import MODERN, OpenTerminal, Terminal

from store.library import Library
from store.model import Links
from store.text.web import is_web_address
from tui.settings.programs import OpenSettings

LINKS = Links(page="https://pebbles.example/lamps", code="https://github.com/pebbles/lamps")


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """A library with a paper that has two links, and one that has none."""
    kettle = paper("doi:10.1000/kettle", "The Kettle Problem", links=LINKS)
    open_library().add([kettle, paper("sha:0", "A Map of Every Puddle")], "hf")
    return open_library()


async def test_links_have_numbers_where_digits_open_them(library: Library, opened: Asked) -> None:
    async with reading(library) as reader:
        await reader.shows("  page    code")
        assert "1 page" not in reader.text
        await reader.press("1", "0", "enter")
        await reader.shows("1 page  2 code")
        await reader.press("2")
        await until(opened, "a browser asked")
        await reader.press("4")
        await reader.notifies("This paper has no such address.")
        await reader.press("escape")
        await reader.shows_not("1 page")
    assert opened() == [LINKS.code]


async def test_click_opens_the_link(library: Library, opened: Asked) -> None:
    async with reading(library) as reader:
        await reader.shows("  page    code")
        row = next(y for y, line in enumerate(reader.text.split("\n")) if "  page    code" in line)
        await reader.pilot.click(offset=(12, row))
        await until(opened, "a browser asked")
    assert opened() == [LINKS.code]


async def test_page_that_an_id_names_is_opened(open_library: OpenLibrary, opened: Asked) -> None:
    open_library().add([paper("doi:10.1000/kettle", "The Kettle Problem")], "hf")
    async with reading(open_library()) as reader:
        await reader.press("o")
        await until(opened, "a browser asked")
    assert opened() == ["https://doi.org/10.1000/kettle"]


async def test_address_that_was_opened_is_shown(library: Library, opened: Asked) -> None:
    async with reading(library) as reader:
        await reader.press("o")
        await reader.notifies("Opened https://pebbles.example/lamps")
        await until(opened, "a browser asked")
    assert opened() == [LINKS.page]


async def test_address_is_shown_where_no_browser_is(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BROWSER")
    monkeypatch.setenv("PATH", str(tmp_path))
    async with reading(library) as reader:
        await reader.press("o")
        await reader.notifies(
            "No browser is installed; the address is https://pebbles.example/lamps"
        )


async def test_address_is_shown_where_the_browser_fails(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", "false")
    async with reading(library) as reader:
        await reader.press("o")
        await reader.notifies(
            "false ended with status 1; the address is https://pebbles.example/lamps"
        )


async def test_address_is_shown_where_the_terminal_can_not_be_left(
    library: Library, opened: Asked
) -> None:
    config = replace(IN_COLOUR, open=OpenSettings(terminal=True))
    async with reading(library, config=config) as reader:
        await reader.press("o")
        await reader.notifies(
            "browser can't run in this terminal; the address is https://pebbles.example/lamps"
        )
    assert not opened()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "file:///etc/passwd", "https://user@host.example/", "https://",
        "https://a.example/ b", "https://a.example/\u3000", "--help", "https://[", "https://a/\0",
        "https://a.example/" + "x" * 2_048,
    ],
)  # fmt: skip
def test_address_that_is_not_opened(address: str) -> None:
    assert not is_web_address(address)


# A browser that needs the terminal


@pytest.fixture
def terminal(library: Library, tmp_path: Path, open_terminal: OpenTerminal) -> Terminal:
    """The reader in a terminal, with a browser of text that waits for a line."""
    browser = tmp_path / "w3m"
    browser.write_text('#!/bin/sh\nprintf "showing %s\\n" "$1"\nread line\n')
    browser.chmod(0o755)
    return open_terminal({**MODERN, "BROWSER": str(browser)})


def test_browser_of_text_has_the_terminal_until_it_ends(terminal: Terminal) -> None:
    terminal.shows("page  ")
    terminal.shows("? Help")
    terminal.type("o")
    terminal.shows("showing https://pebbles.example/lamps")
    terminal.type("jjq\n")
    terminal.shows("1 of 2")
    terminal.type("j")
    terminal.shows("2 of 2")


@pytest.fixture
def loud(library: Library, tmp_path: Path) -> Path:
    """A browser with a window that writes to whatever it was started on, and goes on when told."""
    browser = tmp_path / "loud"
    go, gone = tmp_path / "go", tmp_path / "gone"
    mkfifo(go)
    browser.write_text(
        f'#!/bin/sh\nread line <"{go}"\necho NOISE\necho NOISE >&2\nread line\n'
        f'tty >"{gone}.new"\nmv "{gone}.new" "{gone}"\n'
    )
    browser.chmod(0o755)
    return browser


def test_browser_with_a_window_shares_nothing_with_the_screen(
    loud: Path, open_terminal: OpenTerminal
) -> None:
    terminal = open_terminal({**MODERN, "BROWSER": str(loud)})
    terminal.shows("page  ")
    terminal.shows("? Help")
    terminal.type("o")
    with (loud.parent / "go").open("r+b", buffering=0) as go:  # for both, as nobody is waited for
        go.write(b"on\n")
        terminal.until((loud.parent / "gone").exists, "the browser ends")
    assert (loud.parent / "gone").read_text(encoding="utf-8") == "not a tty\n"
    terminal.type("j")
    terminal.shows("2 of 2")
    assert "NOISE" not in terminal.written


def test_browser_named_in_the_settings_has_the_terminal(
    library: Library, tmp_path: Path, open_terminal: OpenTerminal
) -> None:
    browser = tmp_path / "my browser"
    browser.write_text('#!/bin/sh\nprintf "%s shows %s\\n" "$1" "$2"\nread line\n')
    browser.chmod(0o755)
    settings = tmp_path / "settings.toml"
    settings.write_text(f'[open]\nbrowser = ["{browser}", "--plain"]\nterminal = true\n')
    terminal = open_terminal(MODERN, "--config", str(settings))
    terminal.shows("? Help")
    terminal.type("o")
    terminal.shows("--plain shows https://pebbles.example/lamps")
    terminal.type("\n")
    terminal.shows("1 of 2")
