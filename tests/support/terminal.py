"""The installed reader in a real pseudo-terminal, seen through a terminal emulator."""

import os
import re
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic
from typing import TypeAlias

import pexpect
import pyte
from cli_helpers import COMMAND
from patience import DEADLINE

COLUMNS, ROWS = 80, 24
MODERN: Mapping[str, str] = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
"""What the environment says of a terminal of today."""

_SAID_OF_TERMINALS = frozenset(("COLORTERM", "COLUMNS", "LINES", "NO_COLOR", "TMUX"))
"""What the environment of whoever runs the tests says of another terminal."""
_NOT_FOR_PYTE = re.compile(r"\x1b\[[<=>][\d;]*[a-zA-Z]|\x1b\[\?[\d;]*\$p|\x1b[_P][^\x1b]*\x1b\\")
"""Sequences that pyte would print in part."""
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[_P][^\x1b]*\x1b?)?\Z")
"""The beginning of a sequence whose end is still to come."""


class Terminal:
    """The reader in a terminal of 80 columns and 24 rows, or another program in its place.

    A line for the shell, if there is one, is run instead, and finds papers-tui by its name.
    AssertionError, with the screen as it is then, where something waited for does not come.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        *arguments: str,
        program: str = str(COMMAND),
        shell: str = "",
    ) -> None:
        path = f"{COMMAND.parent}:{os.environ['PATH']}"
        cleared = {name: v for name, v in os.environ.items() if name not in _SAID_OF_TERMINALS}
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.Stream(self._screen)
        self.written = ""
        """Everything the program has sent."""
        self._fed = 0
        self._lines: list[str] = []
        command = [program, *arguments]
        if shell:
            command = ["sh", "-c", shell]
        self.child = pexpect.spawn(
            command[0], command[1:], dimensions=(ROWS, COLUMNS), encoding="utf-8",
            codec_errors="replace", env={**cleared, "PATH": path, **environment},
        )  # fmt: skip
        self.child.delaybeforesend = None
        self.child.ptyproc.delayafterclose = 0

    @property
    def lines(self) -> list[str]:
        """The rows of the screen."""
        if not self._lines:  # pyte takes long for them
            self._lines = [line.rstrip() for line in self._screen.display]
        return self._lines

    @property
    def cells(self) -> list[list[tuple[str, str, str, bool]]]:
        """The rows of the screen with their colours."""
        rows = (self._screen.buffer[row] for row in range(ROWS))
        return [
            [
                (each.data, each.fg, each.bg, each.bold)
                for each in map(row.__getitem__, range(COLUMNS))
            ]
            for row in rows
        ]

    @property
    def text(self) -> str:
        """The screen, one line per row."""
        return "\n".join(self.lines)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the cursor."""
        return self._screen.cursor.x, self._screen.cursor.y

    def shows(self, text: str) -> None:
        """Wait until the text is on the screen."""
        self.until(lambda: text in self.text, f"{text!r} on the screen")

    def shows_not(self, text: str) -> None:
        """Wait until the text is nowhere on the screen."""
        self.until(lambda: text not in self.text, f"{text!r} gone from the screen")

    def type(self, keys: str | bytes) -> None:
        """Send keys, all at once."""
        os.write(self.child.child_fd, keys if isinstance(keys, bytes) else keys.encode())

    def others_write(self, text: str) -> None:
        """Let another program write on the screen."""
        self._feed(text)

    def sleeps(self) -> None:
        """Wait until the program is stopped, as a shell that it was sent to the background of."""
        stat = Path(f"/proc/{self.child.pid}/stat")
        self.until(lambda: ") T " in stat.read_text(), "the program stopped")

    def leaves(self, seconds: float = DEADLINE) -> int | None:
        """Wait until the program has ended; return its exit status."""
        self.until(lambda: self.child.flag_eof, "the end of the program", seconds)
        self.child.wait()
        status: int | None = self.child.exitstatus
        return status

    def kill(self) -> None:
        """End the program as a crash would."""
        self.child.kill(signal.SIGKILL)
        self.child.wait()

    def close(self) -> None:
        """End the program if it still runs."""
        if self.child.isalive():
            self.kill()
        self.child.close()

    def until(self, condition: Callable[[], object], what: str, seconds: float = DEADLINE) -> None:
        """Read what the program sends until the condition holds."""
        deadline = monotonic() + seconds
        while not condition():
            assert not self.child.flag_eof, f"the program ended before {what}\n{self.written}"
            assert monotonic() < deadline, f"never happened: {what}\n{self.text}"
            self._read()

    def _read(self) -> None:
        try:
            self.written += self.child.read_nonblocking(65_536, timeout=0.05)
        except (pexpect.TIMEOUT, pexpect.EOF):  # the latter is noted in flag_eof
            return
        unfinished = _UNFINISHED.search(self.written, self._fed)
        whole = unfinished.start() if unfinished else len(self.written)
        self._feed(_NOT_FOR_PYTE.sub("", self.written[self._fed : whole]))
        self._fed = whole

    def _feed(self, text: str) -> None:
        self._stream.feed(text)
        self._lines = []


OpenTerminal: TypeAlias = Callable[..., Terminal]
"""Start the reader; what its environment says of the terminal, then arguments."""
