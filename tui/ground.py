"""Whether the terminal's ground is light or dark, asked of the terminal before Textual is loaded.

The question is OSC 11 with a question mark (XTerm Control Sequences). DA1 follows it, which nearly
every terminal answers, and answers come in order: behind that of DA1 nothing more will come. So the
program goes on loading, and does not wait where the terminal does not know its ground.

What is typed meanwhile comes with the answers, and is kept for the reader.
"""

import os
import re
import select
from codecs import getincrementaldecoder
from collections.abc import Mapping
from time import monotonic

from tui.kept_screen import SHOWN

GROUND_QUESTION, LAST_QUESTION = "\x1b]11;?\x07", "\x1b[c"
LONGEST = 0.1
"""Seconds after the question for which the reader waits at most."""
LONGEST_AT_END = 0.5
"""The same where it leaves instead: an answer that comes later is typed into the shell."""
LATE = 3.0
"""Seconds after the question in which an answer is still thought to be on its way."""

_GROUND = re.compile(rb"\x1b\]11;([^\x07\x1b]*)(?:\x07|\x1b\\)")
_LAST = re.compile(rb"\x1b\[\?([\d;]*)c")
_COLOUR = re.compile(
    rb"rgba?:([0-9a-f]{1,4})/([0-9a-f]{1,4})/([0-9a-f]{1,4})(?:/[0-9a-f]{1,4})?", re.I
)
_COLOURFUL = ("256color", "kitty")
"""Ends of TERM that mean 256 colours, as Rich has it; below that no ground is drawn."""


class Ground:
    """The question to the terminal, and what came since."""

    def __init__(self) -> None:
        self._asked_at: float | None = None
        self._heard = b""
        self._is_whole = False
        """Whether the last answer has come."""
        self.has_sixel = False
        """Whether the terminal said that it can draw sixels: that is 4 among DA1's numbers."""
        self._is_taken = False
        """Whether the reader has taken the answer, or goes on without."""

    def ask(self, is_theme_fixed: bool = False) -> None:
        """Ask, once; nothing where the terminal belongs to another program now.

        If no theme depends on the ground, the last question alone: what it can draw.
        """
        if self._asked_at is not None or os.tcgetpgrp(0) != os.getpgrp():
            return
        SHOWN.quiet(self._take_back)
        self._asked_at = monotonic()
        question = LAST_QUESTION if is_theme_fixed else GROUND_QUESTION + LAST_QUESTION
        os.write(2, question.encode())

    def is_light(self) -> bool:
        """Tell what the terminal answered; False if nothing came in time."""
        self._listen(LONGEST)
        self._is_taken = True
        answer = _GROUND.search(self._heard)
        return bool(answer and is_light(answer[1]))

    @property
    def is_due(self) -> bool:
        """Whether an answer may still come."""
        asked_at = self._asked_at
        return asked_at is not None and not self._is_whole and monotonic() - asked_at < LATE

    def take_typed(self) -> str:
        """Return what was typed meanwhile, once, and the beginning of an answer that is late."""
        decoder = getincrementaldecoder("utf-8")("replace")
        typed = decoder.decode(_LAST.sub(b"", _GROUND.sub(b"", self._heard)))
        self._heard = decoder.getstate()[0]
        return typed

    def take_rest(self) -> bytes:
        """Return what is left then, once: the beginning of a character."""
        rest, self._heard = self._heard, b""
        return rest

    def _listen(self, seconds: float) -> None:
        """Take what comes until the last answer, but for no longer than that after the question."""
        while self.is_due and self._asked_at is not None:
            left = max(0.0, self._asked_at + seconds - monotonic())
            if not select.select([0], [], [], left)[0]:
                return
            if not (data := os.read(0, 4096)):
                return  # the terminal is gone
            self._heard += data
            if last := _LAST.search(self._heard):
                self._is_whole = True
                self.has_sixel = b"4" in last[1].split(b";")[1:]

    def _take_back(self) -> None:
        """Keep the answer from whoever has the terminal next, where there will be no reader."""
        if not self._is_taken:
            self._listen(LONGEST_AT_END)


def is_light(colour: bytes) -> bool:
    """Return whether a colour is nearer to white, as XParseColor writes it: `rgb:ffff/ffff/ffff`.

    False for what is none. The weights are those of Rec. 709 for luma.
    """
    parts = _COLOUR.fullmatch(colour.strip())
    if not parts:
        return False
    red, green, blue = (int(each, 16) / int(b"f" * len(each), 16) for each in parts.groups())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5


def has_colours(environment: Mapping[str, str]) -> bool:
    """Return whether a terminal has the colours for a ground of ours."""
    if "NO_COLOR" in environment:
        return False
    colours = environment.get("TERM", "").strip().lower().rpartition("-")[2]
    named = environment.get("COLORTERM", "").strip().lower()
    return named in ("truecolor", "24bit") or colours in _COLOURFUL


GROUND = Ground()
"""That of this process's terminal."""
