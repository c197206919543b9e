"""The mouse: asked of the terminal, or left to it."""

import re
import signal
from pathlib import Path

from terminal import MODERN, OpenTerminal

MOUSE = re.compile(r"\x1b\[\?(?:9|1000|1001|1002|1003|1005|1006|1007|1015|1016)h")
"""What asks a terminal for what the mouse does (XTerm Control Sequences, mouse tracking)."""


def whole_session(open_terminal: OpenTerminal, settings: Path) -> str:
    """Return all that is written from the start over the shell and back to the end."""
    terminal = open_terminal(MODERN, "--config", str(settings))
    terminal.shows("58 unread")
    terminal.type("\x1a")
    terminal.sleeps()
    terminal.child.kill(signal.SIGCONT)
    terminal.type("s")
    terminal.shows("★")
    terminal.type("q")
    assert terminal.leaves() == 0
    return terminal.written


def test_terminal_keeps_the_mouse_where_the_settings_say_so(
    open_terminal: OpenTerminal, tmp_path: Path
) -> None:
    settings = tmp_path / "mouse.toml"
    settings.write_text("mouse = false\n")
    assert MOUSE.findall(whole_session(open_terminal, settings)) == []


def test_terminal_is_asked_for_the_mouse_by_default(
    open_terminal: OpenTerminal, tmp_path: Path
) -> None:
    settings = tmp_path / "mouse.toml"
    settings.write_text("")
    asked = MOUSE.findall(whole_session(open_terminal, settings))
    assert "\x1b[?1000h" in asked
