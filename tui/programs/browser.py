"""Open an address: find the browser, and whether it needs the terminal for itself.

The command that is chosen is the one that runs. Python's webbrowser may check one browser and start
another, on the terminal that the reader draws on.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Thread
from typing import TypeAlias

from store.errors import PapersError
from tui.programs.children import run_in_terminal, start_apart
from tui.settings.programs import PLACE, OpenSettings

Command: TypeAlias = tuple[str, ...]

OF_THE_TERMINAL = ("www-browser", "w3m", "lynx", "links", "links2", "elinks")
"""Text browsers, in the order in which they are tried."""
TAKES_TERMINAL = frozenset((*OF_THE_TERMINAL, "browsh", "carbonyl", "cha", "chawan"))
"""Names of browsers that need the terminal for themselves."""
OF_THE_DESKTOP: tuple[Command, ...] = (
    ("xdg-open",), ("gio", "open"), ("x-www-browser",), ("firefox",), ("chromium",),
    ("google-chrome",),
)  # fmt: skip
OF_WINDOWS: tuple[Command, ...] = (("wslview",), ("explorer.exe",))
"""Commands that open an address in Windows from WSL."""

MOMENT = 2.0
"""Seconds after which a browser that still runs has opened the address."""


class BrowserError(PapersError):
    """There is no browser, or it failed."""


@dataclass(frozen=True, slots=True)
class Browser:
    """An installed browser."""

    command: Command
    """The command, with PLACE for the address."""
    terminal: bool = False
    """Whether it needs the terminal for itself."""

    @property
    def name(self) -> str:
        """The name of its program."""
        return os.path.basename(self.command[0])

    @property
    def status_tells(self) -> bool:
        """Whether an exit status other than 0 means that it failed."""
        return self.name.lower() != "explorer.exe"  # which always ends with 1

    def opening(self, address: str) -> list[str]:
        """Return the command that opens an address."""
        program, *arguments = self.command
        return [program, *(argument.replace(PLACE, address) for argument in arguments)]


def find_browser(
    settings: OpenSettings, environment: Mapping[str, str], system: str = sys.platform
) -> Browser:
    """Return the browser of the settings, else the first installed one of $BROWSER and the system.

    Raises BrowserError if there is none, or the one of the settings is not installed.
    """
    path = environment.get("PATH")
    commands = [settings.browser] if settings.browser else _usual(environment, system)
    for command in commands:
        program = os.path.expanduser(command[0])
        if found := shutil.which(program, path=path):
            whole = command if any(PLACE in word for word in command) else (*command, PLACE)
            terminal = settings.terminal
            if terminal is None:
                names = {os.path.basename(program), os.path.basename(os.path.realpath(found))}
                terminal = not names.isdisjoint(TAKES_TERMINAL)
            return Browser((found, *whole[1:]), terminal)
    if settings.browser:
        raise BrowserError(f"The browser in the settings, {settings.browser[0]}, is missing")
    raise BrowserError("No browser is installed")


def open_apart(browser: Browser, address: str) -> None:
    """Open an address in a browser with a window; BrowserError if it fails within a moment."""
    try:
        process = start_apart(browser.opening(address))
    except OSError as error:
        raise BrowserError(f"{browser.name} does not start: {error.strerror}") from error
    try:
        status = process.wait(MOMENT)
    except subprocess.TimeoutExpired:
        Thread(target=process.wait, name="browser's end", daemon=True).start()
        return
    if status and browser.status_tells:
        raise BrowserError(f"{browser.name} ended with status {status}")


def open_in_terminal(browser: Browser, address: str) -> None:
    """Leave the terminal to a browser until it ends; BrowserError if it fails."""
    try:
        status = run_in_terminal(browser.opening(address))
    except OSError as error:
        raise BrowserError(f"{browser.name} does not start: {error.strerror}") from error
    # If a signal ended it, the address was not the reason.
    if status > 0:
        raise BrowserError(f"{browser.name} ended with status {status}")


def _usual(environment: Mapping[str, str], system: str) -> Iterator[Command]:
    """Yield the usual commands if the settings name none, the likeliest first."""
    yield from _named(environment.get("BROWSER", ""), environment.get("PATH"))
    if system == "darwin":
        yield ("open",)
    if environment.get("WSL_DISTRO_NAME") or environment.get("WSL_INTEROP"):
        yield from OF_WINDOWS
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        yield from OF_THE_DESKTOP
    yield from ((name,) for name in OF_THE_TERMINAL)


def _named(browsers: str, path: str | None) -> Iterator[Command]:
    """Yield the commands in $BROWSER: separated by colons, with arguments, `%s` for the address."""
    for each in browsers.split(os.pathsep):
        # Only a shell needs the & to go on at once.
        line = each.strip().removesuffix("&").rstrip()
        if line and shutil.which(os.path.expanduser(line), path=path):
            yield (line,)  # its path may have spaces
            continue
        try:
            words = shlex.split(line)
        except ValueError:
            continue
        if words and words[0]:
            yield tuple(word.replace("%s", PLACE) for word in words)
