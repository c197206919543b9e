"""Run a program apart from the terminal: write its input, read its output, end it in time.

It runs in a session of its own, so it shares neither screen nor keys with the reader, and ends with
all programs that it started. Its output is made harmless. Source of the forms of escape sequences:
ECMA-48, sections 5.3 to 5.6.
"""

import codecs
import errno
import os
import re
import selectors
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from time import monotonic
from typing import IO

from store.errors import PapersError
from store.text.clean import clean_line, clean_text

PRINTED_AT_MOST = 1_000_000
"""How many characters a program may print; at more it is ended, and that is reported."""
COMPLAINT_BYTES = 4_000
"""How many bytes of the end of its standard error are stored."""
POLL = 0.05
"""Seconds between two checks whether it was cancelled."""
LAST_CHANCE = 2.0
"""Seconds between asking a program to end and killing it."""
LINGER = 0.5
"""Seconds to go on reading after its end, if a program that it started still prints."""
_ESCAPE_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # control sequences: colours, movements
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\|(?=\x1b))"  # strings: titles, links, images
    r"|\x1b[ -/]*[0-Z\\^-~]"  # the others
)
_UNFINISHED_SEQUENCE = re.compile(
    r"\x1b(?:[ -/]*|\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]{0,4096}\x1b?)\Z"
)


class ProgramError(PapersError):
    """A program does not start."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended."""

    status: int
    """Its exit status; less than 0 if a signal ended it."""
    printed: str
    complaint: str
    """The last line of its standard error."""
    stopped: str = ""
    """Why we ended it, in words; empty if it ended by itself."""

    @property
    def ok(self) -> bool:
        """Whether it did what it was for."""
        return self.status == 0 and not self.stopped

    @property
    def words(self) -> str:
        """What to report of it if it failed."""
        if self.stopped:
            return self.stopped
        how = f"ended with status {self.status}" if self.status > 0 else "was killed by a signal"
        return f"{how}: {self.complaint}" if self.complaint else how


def run_apart(
    argv: Sequence[str],
    data: bytes = b"",
    *,
    timeout: float | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    show: Callable[[str], None] | None = None,
    merged: bool = False,
    keep: bool = True,
    at_most: int = PRINTED_AT_MOST,
) -> Ended:
    """Run a program on `data` until it ends, is cancelled, or its `timeout` is over.

    `show` gets its output as it arrives, with its standard error if `merged`. Without `keep` its
    output is not read. Raises ProgramError if it does not start.
    """
    program = _start(argv, bool(data), merged=merged, keep=keep)
    if program.stdin:
        Thread(target=_feed, args=(program.stdin, data), name="input", daemon=True).start()
    reader = _Reader(program, show, at_most)
    deadline = monotonic() + timeout if timeout else None
    stopped = ""
    try:
        while not stopped and reader.read():
            if cancelled():
                stopped = "cancelled"
            elif deadline and monotonic() > deadline:
                stopped = f"took over {timeout:g} s, and was stopped"
            elif reader.room < 0:
                stopped = f"printed more than {at_most:,} characters, and was stopped"
    finally:
        if program.poll() is None:
            _end(program)
        reader.close()
    return Ended(program.returncode, reader.printed, reader.complaint, stopped)


def start_error(program: str, error: OSError) -> ProgramError:
    """Return the error for a program that does not start."""
    name = clean_line(program, 200)
    if error.errno == errno.ENOENT:
        return ProgramError(f"there is no program {name} here")
    if error.errno == errno.E2BIG:
        return ProgramError(f"{name}: an argument is too long; give it by stdin")
    return ProgramError(f"{name} does not start: {error.strerror}")


def _start(
    argv: Sequence[str], fed: bool, *, merged: bool, keep: bool
) -> "subprocess.Popen[bytes]":
    pipe, none = subprocess.PIPE, subprocess.DEVNULL
    try:
        return subprocess.Popen(
            [os.path.expanduser(argv[0]), *argv[1:]],
            stdin=pipe if fed else none,
            stdout=pipe if keep else none,
            stderr=subprocess.STDOUT if merged else pipe,
            start_new_session=True,
        )
    except OSError as error:
        raise start_error(argv[0], error) from error
    except ValueError as error:
        raise ProgramError(f"{clean_line(argv[0], 200)} does not start: {error}") from error


def _feed(stream: IO[bytes], data: bytes) -> None:
    """Write the input of a program; it may end before it has read all of it."""
    with suppress(OSError), stream:
        stream.write(data)


def _end(program: "subprocess.Popen[bytes]") -> None:
    """End a program and those it started: ask first, then kill."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(program.pid, number)
        try:
            program.wait(LAST_CHANCE)
        except subprocess.TimeoutExpired:
            continue
        break
    # Programs that it left in its group.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(program.pid, signal.SIGKILL)


class _Reader:
    """Reads the output of a program until it has ended and its pipes are closed."""

    def __init__(
        self,
        program: "subprocess.Popen[bytes]",
        show: Callable[[str], None] | None,
        at_most: int,
    ) -> None:
        self._program = program
        self._show = show
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._pieces: list[str] = []
        self._waiting = ""
        """The beginning of a line or sequence whose end may still arrive."""
        self._tail = b""
        self._ended_at: float | None = None
        self.room = at_most
        self._pipes = selectors.DefaultSelector()
        for pipe in (program.stdout, program.stderr):
            if pipe:
                os.set_blocking(pipe.fileno(), False)
                self._pipes.register(pipe, selectors.EVENT_READ)

    def read(self) -> bool:
        """Read for a moment; return whether there may be more."""
        for key, _ in self._pipes.select(POLL) if self._pipes.get_map() else ():
            pipe = key.fileobj
            assert not isinstance(pipe, int)
            data = os.read(pipe.fileno(), 65_536)
            if not data:
                self._pipes.unregister(pipe)
            elif pipe is self._program.stdout:
                self._add(self._decoder.decode(data))
            else:
                self._tail = (self._tail + data)[-COMPLAINT_BYTES:]
        if not self._pipes.get_map():
            with suppress(subprocess.TimeoutExpired):
                self._program.wait(POLL)
        if self._program.poll() is None:
            return True
        if self._ended_at is None:
            self._ended_at = monotonic()
        return bool(self._pipes.get_map()) and monotonic() < self._ended_at + LINGER

    def close(self) -> None:
        """Read what is left, and close the pipes."""
        self._add(self._decoder.decode(b"", final=True), last=True)
        self._pipes.close()
        for pipe in (self._program.stdout, self._program.stderr):
            if pipe:
                pipe.close()

    @property
    def printed(self) -> str:
        """All its output, made harmless."""
        return "".join(self._pieces)

    @property
    def complaint(self) -> str:
        """The last line of its standard error, made harmless."""
        text = _without_escapes(self._tail.decode("utf-8", errors="replace"))
        lines = [line for line in clean_text(text).splitlines() if line.strip()]
        return clean_line(lines[-1], 300) if lines else ""

    def _add(self, text: str, last: bool = False) -> None:
        text = self._waiting + text
        end = len(text) if last else _unfinished(text)
        if not last and text.endswith("\r"):  # half of the end of a line
            end = min(end, len(text) - 1)
        text, self._waiting = text[:end], text[end:]
        text = clean_text(_without_escapes(text), len(text) + 1)[: max(self.room, 0)]
        self.room -= end
        if text:
            self._pieces.append(text)
            if self._show:
                self._show(text)


def _without_escapes(text: str) -> str:
    """Return a text without escape sequences; it still has to be cleaned for a terminal.

    Cleaning alone would remove their first character and leave the rest.
    """
    return _ESCAPE_SEQUENCE.sub("", text) if "\x1b" in text else text


def _unfinished(text: str) -> int:
    """Return where an unfinished sequence begins at the end of a text; its length if none does."""
    match = _UNFINISHED_SEQUENCE.search(text) if "\x1b" in text else None
    return match.start() if match else len(text)
