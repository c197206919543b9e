"""The mouse: asked of the terminal, or left to it."""

import re
import signal
from pathlib import Path

from terminal import MODERN, OpenTerminal

MOUSE = re.compile(r"\x1b\[\?(?:9|1000|1001|1002|1003|1005|1006|1007|1015|1016)h")
"""What asks a terminal for what the mouse does (XTerm Control Sequences, mouse tracking)."""


def test_terminal_keeps_the_mouse_where_the_settings_say_so(
    open_terminal: OpenTerminal, tmp_path: Path
) -> None:
    settings = tmp_path / "mouse.toml"
    settings.write_text("mouse = false\n")
    terminal = open_terminal(MODERN, "--config", str(settings))
    terminal.shows("58 unread")
    terminal.type("\x1a")
    terminal.sleeps()
    terminal.child.kill(signal.SIGCONT)
    terminal.type("s")
    terminal.shows("★")
    terminal.type("q")
    assert terminal.leaves() == 0
    assert MOUSE.findall(terminal.written) == []
