"""How long the screen takes: python -m benchmarks.screen_times LIBRARY [--runs N].

Runs papers-tui on a copy of the library, and a bare Textual program (floor_app), by turns in a
pseudo-terminal of 80 by 24 that answers no query, and prints median and 95th percentile in
milliseconds for both, with their ratio (what papers-tui takes over what the bare program takes).

- start: from just before the fork until the output holds the beginning of a title of the newest
  day; for the bare program, the line it shows. One run of each before the first one counted.
- all listed: until the output holds the number of all papers.
- j, s, letter: from writing a key until the first chunk of output after which what came since the
  key holds the change: for j any output, for s a star, for a letter of the filter the count's
  " of " (abstracts may be searched a frame later). For the bare program any output.
- letter, settled: until the last output before QUIET_SECONDS of silence, so with abstracts.

Every key waits until the screen has been silent for QUIET_SECONDS.
"""

import argparse
import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.floor_app import READY
from store.errors import PapersError
from store.library import Library

ROWS, COLUMNS = 24, 80
KEYS = 30
"""Keys of each kind in a run."""
QUIET_SECONDS = 0.1
"""Longer than any frame, so that no late output of one key counts for the next."""
LOADED_QUIET_SECONDS = 1.0
"""The silence after the start, longer since months are read without output."""
TIMEOUT_SECONDS = 30.0
PREFIX = 20
"""Letters of a title to look for; so many fit on every row."""
WORDS = ("model", "agent", "video", "image", "learn", "token")
"""Typed letter by letter into the filter: KEYS letters together."""

Times = dict[str, list[float]]
"""Milliseconds by what was measured."""


class BenchmarkError(Exception):
    """A program did not do what is measured."""


class Terminal:
    """A program in a pseudo-terminal of its own; killed at the end."""

    def __init__(self, command: Sequence[str]) -> None:
        environment = {**os.environ, "TERM": "xterm-256color"}
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        self.started = perf_counter()
        self._process, self._screen = pty.fork()
        if not self._process:
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            try:
                os.execve(command[0], list(command), environment)
            finally:
                os._exit(127)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._screen)

    def wait_for(self, *changes: Sequence[bytes], since: float) -> list[float]:
        """Return, change by change, the milliseconds until one of its forms was in the output."""
        output = b""
        found: dict[int, float] = {}
        deadline = since + TIMEOUT_SECONDS
        while len(found) < len(changes):
            chunk = self._read(max(deadline - perf_counter(), 0))
            now = perf_counter()
            if not chunk:
                raise BenchmarkError(f"not all of {changes} came; last came {output[-200:]!r}")
            output += chunk
            for number, forms in enumerate(changes):
                if number not in found and any(form in output for form in forms):
                    found[number] = (now - since) * 1_000
        return [found[number] for number in range(len(changes))]

    def wait_for_quiet(self, seconds: float = QUIET_SECONDS) -> float:
        """Read until the screen is silent; return the time of the last output."""
        last = perf_counter()
        while self._read(seconds):
            last = perf_counter()
        return last

    def press(self, key: bytes) -> float:
        """Write a key; return the time just before."""
        now = perf_counter()
        os.write(self._screen, key)
        return now

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self._screen], [], [], seconds)
        if not ready:
            return b""
        try:
            return os.read(self._screen, 1 << 16)
        except OSError as error:
            raise BenchmarkError("the program ended") from error


@dataclass(frozen=True)
class Expected:
    """What to look for in the output of papers-tui on one library."""

    first_row: tuple[bytes, ...]
    everything: bytes


def main() -> int:
    """Run the program; return its exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.screen_times",
        description="Measure start and keys of papers-tui beside a bare Textual program.",
    )
    parser.add_argument("library", type=Path, metavar="LIBRARY", help="it is not changed")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="of each (default 5)")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    try:
        count, floor, papers = measure(options.library, options.runs)
    except (BenchmarkError, PapersError) as error:
        print(f"screen_times: {error}", file=sys.stderr)
        return 1
    print(f"{count:,} papers, {options.runs} runs, {COLUMNS} x {ROWS}, milliseconds")
    print(table(floor, papers))
    return 0


def measure(library: Path, runs: int) -> tuple[int, Times, Times]:
    """Return the number of papers, and the times of the bare program and of papers-tui."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "library")
        shutil.copytree(library, copy)
        count, expected = _expected(copy)
        shutil.rmtree(copy)
        floor: Times = {}
        papers: Times = {}
        for run in range(runs + 1):
            shutil.copytree(library, copy)
            # The first run of each only fills the caches of the file system and of bytecode.
            _run_floor(floor if run else {})
            _run_papers(copy, expected, papers if run else {})
            shutil.rmtree(copy)
    return count, floor, papers


def table(floor: Times, papers: Times) -> str:
    """Return the times as lines of text."""
    lines = [f"{'':16}{'bare':>9}{'p95':>9}{'papers':>9}{'p95':>9}{'ratio':>8}{'p95':>8}"]
    for name, ours in papers.items():
        values = median(ours), percentile(ours, 95)
        line = f"{name:16}"
        if bare := floor.get(name):
            bases = median(bare), percentile(bare, 95)
            line += f"{bases[0]:9.1f}{bases[1]:9.1f}{values[0]:9.1f}{values[1]:9.1f}"
            line += f"{values[0] / bases[0]:8.2f}{values[1] / bases[1]:8.2f}"
        else:
            line += f"{'':18}{values[0]:9.1f}{values[1]:9.1f}"
        lines.append(line)
    return "\n".join(lines)


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the smallest value that `percent` of all do not exceed (nearest rank)."""
    return sorted(values)[max(-(-len(values) * percent // 100), 1) - 1]


def _expected(folder: Path) -> tuple[int, Expected]:
    library = Library(folder)
    library.read_all()
    if len(library.papers) <= KEYS:
        raise BenchmarkError(f"{folder.name} has too few papers: more than {KEYS} are needed")
    newest = max(paper.date for paper in library.papers.values())
    titles = {p.title[:PREFIX].strip() for p in library.papers.values() if p.date == newest}
    everything = f"{len(library.papers):,} papers"
    return len(library.papers), Expected(
        tuple(title.encode() for title in titles), everything.encode()
    )


def _run_floor(times: Times) -> None:
    program = Path(__file__).with_name("floor_app.py")
    with Terminal([sys.executable, str(program)]) as terminal:
        _add(times, "start", terminal.wait_for([READY.encode()], since=terminal.started)[0])
        terminal.wait_for_quiet(LOADED_QUIET_SECONDS)
        _press_all(terminal, times, "j", b"j" * KEYS, b"")
        _press_all(terminal, times, "s", b"s" * KEYS, b"")
        _type_words(terminal, times, b"")


def _run_papers(library: Path, expected: Expected, times: Times) -> None:
    program = Path(sys.executable).with_name("papers-tui")
    with Terminal([str(program), "--library", str(library)]) as terminal:
        changes = expected.first_row, (expected.everything,)
        first_row, everything = terminal.wait_for(*changes, since=terminal.started)
        _add(times, "start", first_row)
        _add(times, "all listed", everything)
        terminal.wait_for_quiet(LOADED_QUIET_SECONDS)
        _press_all(terminal, times, "j", b"j" * KEYS, b"")
        _press_and_rest(terminal, b"g")
        _press_all(
            terminal, times, "s", b"s" * KEYS, "★".encode(), lambda: _press_and_rest(terminal, b"j")
        )
        _press_and_rest(terminal, b"/")
        _type_words(terminal, times, b" of ")


def _press_and_rest(terminal: Terminal, key: bytes) -> None:
    terminal.press(key)
    terminal.wait_for_quiet()


def _press_all(
    terminal: Terminal,
    times: Times,
    name: str,
    keys: bytes,
    change: bytes,
    between: Callable[[], None] = lambda: None,
) -> None:
    for code in keys:
        pressed = terminal.press(bytes([code]))
        _add(times, name, terminal.wait_for([change], since=pressed)[0])
        last = terminal.wait_for_quiet()
        if name == "letter":
            _add(times, "letter, settled", (last - pressed) * 1_000)
        between()


def _type_words(terminal: Terminal, times: Times, change: bytes) -> None:
    for word in WORDS:
        _press_all(terminal, times, "letter", word.encode(), change)
        _press_and_rest(terminal, b"\x15")  # ctrl+u empties the line


def _add(times: Times, name: str, milliseconds: float) -> None:
    times.setdefault(name, []).append(milliseconds)


if __name__ == "__main__":
    sys.exit(main())
