"""Which browser is taken, and whether it gets the terminal: what is asked about is what runs."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from cli_helpers import Run
from programs import program

from tui.programs.browser import BrowserError, find_browser
from tui.settings.config import ConfigError, read_config
from tui.settings.programs import OpenSettings

ADDRESS = "https://pebbles.example/?a=1&b=%20"
NOTHING_SET = OpenSettings()
DESKTOP = {"DISPLAY": ":0"}
FIREFOX = {"BROWSER": "firefox", **DESKTOP}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder for the programs there are."""
    (tmp_path / "bin").mkdir()
    return tmp_path / "bin"


def found(
    here: Path,
    programs: str,
    settings: OpenSettings = NOTHING_SET,
    *,
    environment: Mapping[str, str] = MappingProxyType({}),
    system: str = "linux",
) -> tuple[str, bool]:
    """Return the line that opens the address where these programs are, and who has the terminal."""
    for name in programs.split():
        program(here / name, "true")
    browser = find_browser(settings, {"PATH": str(here), **environment}, system)
    line = " ".join(browser.opening(ADDRESS)).replace(f"{here}/", "")
    return line.replace(ADDRESS, "URL"), browser.terminal


@pytest.mark.parametrize(
    ("browser", "line", "terminal"),
    [
        ("firefox", "firefox URL", False),
        ("firefox --new-tab", "firefox --new-tab URL", False),
        ("firefox --new-tab %s", "firefox --new-tab URL", False),
        ("firefox '--page=%s'", "firefox --page=URL", False),
        ("firefox %s &", "firefox URL", False),
        ("absent:w3m", "w3m URL", True),
        ("absent --new-tab:firefox", "firefox URL", False),
        ("::firefox", "firefox URL", False),
        ("'unclosed:firefox", "firefox URL", False),
        ("w3m -cols 80", "w3m -cols 80 URL", True),
        ("env w3m", "env w3m URL", False),
    ],
)
def test_browser_of_the_environment(here: Path, browser: str, line: str, terminal: bool) -> None:
    assert found(here, "firefox w3m env", environment={"BROWSER": browser, **DESKTOP}) == (
        line,
        terminal,
    )


def test_path_of_a_browser_may_have_spaces(here: Path) -> None:
    program(here / "My Browser.exe", "true")
    line = found(here, "", environment={"BROWSER": f"{here}/My Browser.exe"})[0]
    assert line == "My Browser.exe URL"


@pytest.mark.parametrize(
    ("programs", "environment", "line", "terminal"),
    [
        ("xdg-open firefox w3m", DESKTOP, "xdg-open URL", False),
        ("gio w3m", {"WAYLAND_DISPLAY": "wayland-0"}, "gio open URL", False),
        ("xdg-open firefox w3m", {}, "w3m URL", True),
        ("lynx", DESKTOP, "lynx URL", True),
        ("wslview explorer.exe w3m", {"WSL_DISTRO_NAME": "Debian"}, "wslview URL", False),
        ("explorer.exe w3m", {"WSL_INTEROP": "/run/1"}, "explorer.exe URL", False),
        ("explorer.exe w3m", {}, "w3m URL", True),
        ("w3m", {"BROWSER": "firefox"}, "w3m URL", True),
    ],
)
def test_browser_of_the_system(
    here: Path, programs: str, environment: dict[str, str], line: str, terminal: bool
) -> None:
    assert found(here, programs, environment=environment) == (line, terminal)


def test_browser_of_macos(here: Path) -> None:
    assert found(here, "open w3m", system="darwin") == ("open URL", False)


def test_other_name_of_a_browser_of_text_takes_the_terminal_too(here: Path) -> None:
    program(here / "w3m", "true")
    (here / "mine").symlink_to(here / "w3m")
    assert found(here, "", environment={"BROWSER": "mine"}) == ("mine URL", True)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (OpenSettings(("mine", "-n")), ("mine -n URL", False)),
        (OpenSettings(("mine", "--to={url}", "-n")), ("mine --to=URL -n", False)),
        (OpenSettings(("mine",), terminal=True), ("mine URL", True)),
        (OpenSettings(("w3m",), terminal=False), ("w3m URL", False)),
        (OpenSettings(terminal=True), ("firefox URL", True)),
    ],
)
def test_settings_go_before_the_environment(
    here: Path, settings: OpenSettings, expected: tuple[str, bool]
) -> None:
    assert found(here, "mine firefox w3m", settings, environment=FIREFOX) == expected


def test_no_other_browser_stands_in_for_that_of_the_settings(here: Path) -> None:
    with pytest.raises(BrowserError, match="The browser in the settings, mine, is missing"):
        found(here, "firefox w3m", OpenSettings(("mine",)), environment=FIREFOX)


def test_no_browser_is_reported(here: Path) -> None:
    with pytest.raises(BrowserError, match="No browser is installed"):
        found(here, "firefox xdg-open")


def test_status_of_what_always_ends_with_one_tells_nothing(here: Path) -> None:
    program(here / "explorer.exe", "exit 1")
    assert not find_browser(NOTHING_SET, {"PATH": str(here), "WSL_INTEROP": "1"}).status_tells


# The settings


@pytest.mark.parametrize("written", ["\"a --b 'c d'\"", '["a", "--b", "c d"]'])
def test_command_is_a_line_or_a_list(tmp_path: Path, written: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"[open]\nbrowser = {written}\nterminal = true\n", encoding="utf-8")
    assert read_config(file).open == OpenSettings(("a", "--b", "c d"), True)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('open = "firefox"', "line 1: open takes a table"),
        ("[open]\nbrowser = 1", "line 2: open: browser takes a command"),
        ('[open]\nbrowser = ["a", 1]', "line 2: open: browser takes a command"),
        ('[open]\nbrowser = "a \'b"', "line 2: open: browser: No closing quotation"),
        ('[open]\nbrowser = "{url}"', "line 2: open: browser begins with the name of a program"),
        ('[open]\nterminal = "yes"', "line 2: open: terminal takes true or false"),
        ('[open]\nviewer = "a"', "line 2: open has no option viewer; known: browser, terminal"),
    ],
)
def test_wrong_setting_is_reported_with_its_line(tmp_path: Path, written: str, said: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"{written}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        read_config(file)


def test_settings_are_listed_as_they_hold(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[open]\nbrowser = ["w3m", "{url}"]\n', encoding="utf-8")
    assert "open.browser" in run("config", "--config", file).out
    assert "w3m, {url}" in run("config", "--config", file).out
