"""A program in a pseudo-terminal that notes when what was on the screen."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter

ROWS, COLUMNS = 24, 80
QUIET_SECONDS = 0.05
"""Longer than any frame; a program that is silent and idle for so long has done with a key."""
IDLE_SHARE = 0.1
"""A program that computes less than this share of the time is idle: timers, a cursor's blinking."""
TIMEOUT_SECONDS = 60.0
ANY_OUTPUT = re.compile(rb"(?s).")
NOTHING = re.compile(rb"")
"""What has come before it is waited for."""


class BenchmarkError(Exception):
    """A program did not do what is measured."""


class Terminal:
    """A program in a terminal of 80 by 24 that answers no query; killed at the end.

    Times are in milliseconds. What is waited for is a pattern in the output since the key (or the
    start), and the time is that of the first chunk of output after which it is there.
    """

    def __init__(self, command: Sequence[str], stdin: Path | None = None) -> None:
        self._name = Path(command[0]).name
        environment = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        self.started = perf_counter()
        self._process, self._screen = pty.fork()
        if not self._process:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, size)
                if stdin:
                    os.dup2(os.open(stdin, os.O_RDONLY), 0)
                os.execvpe(command[0], list(command), environment)
            finally:
                os._exit(127)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._screen)

    def wait_for(self, change: re.Pattern[bytes], since: float | None = None) -> float:
        """Return the milliseconds until the output holds `change`."""
        return self._follow(change, self.started if since is None else since, False)[0]

    def press(self, key: bytes) -> None:
        """Write a key."""
        os.write(self._screen, key)

    def end(self, key: bytes) -> None:
        """Write the key that ends the program, and wait until it has ended."""
        os.write(self._screen, key)
        deadline = perf_counter() + TIMEOUT_SECONDS
        with suppress(BenchmarkError):
            while perf_counter() < deadline:
                self._read(QUIET_SECONDS)

    def press_until(self, key: bytes, change: re.Pattern[bytes]) -> float:
        """Write a key, however busy the program is; return the milliseconds until its change."""
        now = perf_counter()
        os.write(self._screen, key)
        return self._follow(change, now, False)[0]

    def press_and_rest(self, key: bytes, change: re.Pattern[bytes]) -> tuple[float, float]:
        """Write a key and wait for the program to rest.

        Return the milliseconds to the first time its change was painted, and to the last.
        """
        now = perf_counter()
        os.write(self._screen, key)
        return self._follow(change, now, True)

    def rest(self) -> None:
        """Read until the program is silent and idle."""
        self.press_and_rest(b"", NOTHING)

    def resident_megabytes(self) -> float:
        """Return the resident memory of the program (1 MB is a million bytes)."""
        rollup = Path(f"/proc/{self._process}/smaps_rollup").read_text(encoding="ascii")
        kilobytes = re.search(r"^Rss:\s+(\d+) kB", rollup, re.MULTILINE)
        assert kilobytes
        return int(kilobytes[1]) * 1024 / 1e6

    def _follow(
        self, change: re.Pattern[bytes], since: float, until_rest: bool
    ) -> tuple[float, float]:
        output = b""
        first = last = 0.0 if change is NOTHING else None
        begun, spent = perf_counter(), self._computed()
        while True:
            chunk = self._read(QUIET_SECONDS)
            now = perf_counter()
            passed = (now - since) * 1_000
            if passed > TIMEOUT_SECONDS * 1_000:
                came = f"{len(output)} bytes came, the last {output[-100:]!r}"
                raise BenchmarkError(f"{self._name} did not show {change.pattern!r}; {came}")
            if chunk:
                output += chunk
                if first is None and change.search(output):
                    first = last = passed
                elif first is not None and change.search(chunk):
                    last = passed
                if first is None:
                    continue  # nothing may come between the parts of a frame that is timed
            computed = self._computed()
            # A silent program may be at work still; one that waits for nothing is at rest.
            idle = not chunk and computed - spent < IDLE_SHARE * (now - begun)
            if first is not None and last is not None and (idle or not until_rest):
                return first, last
            begun, spent = now, computed

    def _computed(self) -> float:
        """Return the seconds that the threads of the program have been running."""
        total = 0
        for thread in Path(f"/proc/{self._process}/task").iterdir():
            try:
                total += int((thread / "schedstat").read_text(encoding="ascii").split()[0])
            except (FileNotFoundError, ProcessLookupError):
                continue  # it has just ended
        return total / 1e9

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self._screen], [], [], seconds)
        if not ready:
            return b""
        try:
            return os.read(self._screen, 1 << 16)
        except OSError as error:
            raise BenchmarkError(f"{self._name} ended") from error
