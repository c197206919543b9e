"""Keys for plain output: pressed one at a time in a terminal, or letters in lines."""

import os
import re
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol, TextIO

from store.errors import PapersError

ARROWS = {"\x1b[A": "k", "\x1b[B": "j", "\x1bOA": "k", "\x1bOB": "j"}
_KEY = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|[^\x1b])?|.", re.DOTALL)
"""The input of one key: a sequence, or a character."""
END = "\x04"
"""What a terminal sends for Ctrl-D, the end of input."""


class PlainKeys(Protocol):
    """A source of keys."""

    def key(self) -> str:
        """Return the next key; an empty text at the end of input."""

    def rest(self, prompt: str) -> str:
        """Return the text after a key: the rest of its line, or a line after a prompt."""

    def lent(self) -> AbstractContextManager[None]:
        """Leave the terminal to another program inside the context."""


class KeysInLines:
    """Keys in lines: each letter is a key, an empty line is Enter."""

    def __init__(self, stream: TextIO, prompt: str = "") -> None:
        self._stream = stream
        self._prompt = prompt
        self._line = ""

    def key(self) -> str:
        """Return the next letter."""
        if not self._line:
            print(end=self._prompt, flush=True)
            line = self._stream.readline()
            self._line = line.rstrip("\r\n") or line[-1:]
        key, self._line = self._line[:1], self._line[1:]
        return key

    def rest(self, prompt: str) -> str:
        """Return the rest of the line, or the next line if there is no rest."""
        rest, self._line = self._line.strip(), ""
        if not rest:
            print(end=prompt if self._prompt else "", flush=True)
        return rest or self._stream.readline()

    def lent(self) -> AbstractContextManager[None]:
        """Do nothing: the terminal was not changed."""
        return nullcontext()


class KeysPressed:
    """Keys pressed in a terminal, each passed on at once."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._before = termios.tcgetattr(stream)
        """The terminal's earlier mode."""
        self._pressed: list[str] = []
        tty.setcbreak(stream, termios.TCSADRAIN)

    def key(self) -> str:
        """Return the next key; arrows up and down become k and j, other sequences are ignored."""
        while not self._pressed:
            read = os.read(self._stream.fileno(), 64)
            if not read:
                return ""
            text = read.decode("utf-8", "replace").replace("\r", "\n")
            keys = (ARROWS.get(key, key) for key in _KEY.findall(text))
            self._pressed = [key for key in keys if not key.startswith("\x1b")]
        key = self._pressed.pop(0)
        return "" if key == END else key

    def rest(self, prompt: str) -> str:
        """Ask for a line, which the user can edit; keys typed ahead begin it."""
        print(end=prompt, flush=True)
        ahead, self._pressed = "".join(self._pressed), []
        line, end, after = ahead.partition("\n")
        if end:
            self._pressed = list(after)
            return line
        with self.lent():
            return ahead + self._stream.readline()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Restore the terminal's earlier mode inside the context."""
        self.put_back()
        try:
            yield
        finally:
            tty.setcbreak(self._stream, termios.TCSADRAIN)

    def put_back(self) -> None:
        """Restore the terminal's earlier mode."""
        termios.tcsetattr(self._stream, termios.TCSADRAIN, self._before)


@contextmanager
def keys_of_terminal() -> Iterator[PlainKeys]:
    """Yield the keys of standard input: single keys if it is a capable terminal.

    A dumb terminal sends whole lines, like the shell in an editor.
    """
    if sys.stdin is None:
        raise PapersError("standard input is closed")
    if not sys.stdin.isatty():
        yield KeysInLines(sys.stdin)
    elif os.environ.get("TERM", "") in ("", "dumb"):
        yield KeysInLines(sys.stdin, "> ")
    else:
        keys = KeysPressed(sys.stdin)
        try:
            yield keys
        finally:
            keys.put_back()
