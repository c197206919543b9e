"""Whether the terminal's background is light or dark. The program asks before Textual is loaded.

The question is OSC 11 with a question mark (XTerm Control Sequences). DA1 follows, which nearly
every terminal answers. Answers come in order, so the answer to DA1 is the last. Thus the program
goes on loading, and does not wait for a terminal that does not know its background.

Keys typed in the meantime arrive among the answers, and are held for the reader.
"""

import os
import re
import select
from codecs import getincrementaldecoder
from collections.abc import Mapping
from time import monotonic

from tui.saved_screen import SHOWN

GROUND_QUESTION, LAST_QUESTION = "\x1b]11;?\x07", "\x1b[c"
LONGEST = 0.1
"""How many seconds after the question the reader waits at most."""
LONGEST_AT_END = 0.5
"""The same if the reader does not start: a later answer would be typed into the shell."""
LATE = 3.0
"""How many seconds after the question an answer may still arrive."""

_GROUND = re.compile(rb"\x1b\]11;([^\x07\x1b]*)(?:\x07|\x1b\\)")
_LAST = re.compile(rb"\x1b\[\?([\d;]*)c")
_COLOUR = re.compile(
    rb"rgba?:([0-9a-f]{1,4})/([0-9a-f]{1,4})/([0-9a-f]{1,4})(?:/[0-9a-f]{1,4})?", re.I
)
_COLOURFUL = ("256color", "kitty")
"""Endings of TERM that mean 256 colours, as in Rich; with fewer no background is drawn."""


class Ground:
    """The question to the terminal, and what it has sent since."""

    def __init__(self) -> None:
        self._asked_at: float | None = None
        self._received = b""
        self._is_complete = False
        """Whether the last answer has arrived."""
        self.has_sixel = False
        """Whether the terminal can draw sixels: 4 is among the numbers of DA1."""
        self._is_read = False
        """Whether the reader has read the answer, or goes on without it."""

    def ask(self, is_theme_fixed: bool = False) -> None:
        """Ask once; do nothing if the terminal belongs to another program now.

        If no theme depends on the background, it asks only the last question: what it can draw.
        """
        if self._asked_at is not None or os.tcgetpgrp(0) != os.getpgrp():
            return
        SHOWN.quiet(self._drain)
        self._asked_at = monotonic()
        question = LAST_QUESTION if is_theme_fixed else GROUND_QUESTION + LAST_QUESTION
        os.write(2, question.encode())

    def is_light(self) -> bool:
        """Return what the terminal answered; False if no answer came in time."""
        self._listen(LONGEST)
        self._is_read = True
        answer = _GROUND.search(self._received)
        return bool(answer and is_light(answer[1]))

    @property
    def is_due(self) -> bool:
        """Whether an answer may still come."""
        asked_at = self._asked_at
        return asked_at is not None and not self._is_complete and monotonic() - asked_at < LATE

    def pop_typed(self) -> str:
        """Return the keys typed in the meantime, once, and the beginning of a late answer."""
        decoder = getincrementaldecoder("utf-8")("replace")
        typed = decoder.decode(_LAST.sub(b"", _GROUND.sub(b"", self._received)))
        self._received = decoder.getstate()[0]
        return typed

    def pop_rest(self) -> bytes:
        """Return what is left after that, once: the beginning of a character."""
        rest, self._received = self._received, b""
        return rest

    def _listen(self, seconds: float) -> None:
        """Read until the last answer, at most for this long after the question."""
        while self.is_due and self._asked_at is not None:
            left = max(0.0, self._asked_at + seconds - monotonic())
            if not select.select([0], [], [], left)[0]:
                return
            if not (data := os.read(0, 4096)):
                return  # the terminal is gone
            self._received += data
            if last := _LAST.search(self._received):
                self._is_complete = True
                self.has_sixel = b"4" in last[1].split(b";")[1:]

    def _drain(self) -> None:
        """Read the answer if no reader starts, so that the next program does not get it."""
        if not self._is_read:
            self._listen(LONGEST_AT_END)


def is_light(colour: bytes) -> bool:
    """Return whether a colour in the form of XParseColor, `rgb:ffff/ffff/ffff`, is nearer to white.

    False if it is no colour. The weights for luma are those of Rec. 709.
    """
    parts = _COLOUR.fullmatch(colour.strip())
    if not parts:
        return False
    red, green, blue = (int(each, 16) / int(b"f" * len(each), 16) for each in parts.groups())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5


def has_colours(environment: Mapping[str, str]) -> bool:
    """Return whether a terminal has enough colours for a background of ours."""
    if "NO_COLOR" in environment:
        return False
    colours = environment.get("TERM", "").strip().lower().rpartition("-")[2]
    named = environment.get("COLORTERM", "").strip().lower()
    return named in ("truecolor", "24bit") or colours in _COLOURFUL


GROUND = Ground()
"""The question to the terminal of this process."""
