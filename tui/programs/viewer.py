"""Find the program that opens a PDF file, and whether it needs the terminal for itself."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping

from tui.programs.browser import OF_WINDOWS, Browser, BrowserError, Command
from tui.settings.programs import FILE, PLACE, OpenSettings

TAKES_TERMINAL = frozenset(("tdf", "fancy-cat", "termpdf", "termpdf.py"))
"""Names of viewers that draw in the terminal."""
OF_THE_DESKTOP: tuple[Command, ...] = (
    ("xdg-open",), ("gio", "open"), ("zathura",), ("evince",), ("okular",), ("mupdf",),
)  # fmt: skip


def find_viewer(
    settings: OpenSettings, environment: Mapping[str, str], system: str = sys.platform
) -> Browser:
    """Return the viewer of the settings, else the first installed one of those usual here.

    Raises BrowserError if there is none, or the one of the settings is not installed.
    """
    path = environment.get("PATH")
    for command in [settings.pdf] if settings.pdf else _usual(environment, system):
        program = os.path.expanduser(command[0])
        if found := shutil.which(program, path=path):
            words = [word.replace(FILE, PLACE) for word in command[1:]]
            if not any(PLACE in word for word in words):
                words.append(PLACE)
            terminal = settings.pdf_terminal
            if terminal is None:
                names = {os.path.basename(program), os.path.basename(os.path.realpath(found))}
                terminal = not names.isdisjoint(TAKES_TERMINAL)
            return Browser((found, *words), terminal)
    if settings.pdf:
        raise BrowserError(f"The viewer in the settings, {settings.pdf[0]}, is missing")
    raise BrowserError("No program to open PDFs is installed; name one with pdf in [open]")


def _usual(environment: Mapping[str, str], system: str) -> Iterator[Command]:
    """Yield the usual commands if the settings name none, the likeliest first."""
    if system == "darwin":
        yield ("open",)
    if environment.get("WSL_DISTRO_NAME") or environment.get("WSL_INTEROP"):
        yield from OF_WINDOWS
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        yield from OF_THE_DESKTOP
    yield from ((name,) for name in sorted(TAKES_TERMINAL))
