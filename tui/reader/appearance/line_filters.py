"""What every line goes through on its way to the terminal, after everything that draws.

No control character passes. In terminals whose font or encoding has nothing else, all is ASCII.
"""

import locale
import os
import re
from functools import lru_cache
from unicodedata import category, normalize

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\U000e0000-\U000e007f]"
)
"""Characters that a terminal would act on."""

SIGNS = {
    "●": "o", "★": "*", "▲": "^", "▼": "v", "▌": ">", "▐": "<", "┃": "#",
    "…": "~", "·": "-", "•": "*", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"',
    "×": "x", "✓": "v", "✗": "x", "→": ">", "←": "<", "↑": "^", "↓": "v", "⏎": "~", "⌫": "<",
    "▶": ">", "▸": ">", "▾": "v", "◀": "<", "○": "=", "◉": "@", "☆": ".", "✎": "%",
    "■": "+", "□": "_", "↻": "&", "🔎": "/ ",
    "⡀": ".", "⡄": ",", "⡆": ":", "⡇": "|",
}  # fmt: skip
"""Signs that mean something, each other than the rest of its line."""

ACROSS = "─━┄┅┈┉╌╍═╴╶╸╺╼╾▔▁▂▃▄▀"
DOWN = "│┆┇┊┋╎╏║╵╷╹╻╽╿▏▎▍▊▋▉▕"


class ControlFilter(LineFilter):
    """Replace characters that a terminal would act on, wherever they come from.

    Feed text is cleaned when it is imported; this catches what came another way.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the line with U+FFFD in place of unsafe characters."""
        text = "".join([segment.text for segment in segments if not segment.control])
        if text.isprintable() or not _UNSAFE.search(text):
            return segments
        return [
            segment if segment.control
            else Segment(_UNSAFE.sub("\ufffd", segment.text), segment.style)
            for segment in segments
        ]  # fmt: skip


def wants_ascii(chosen: bool | None) -> bool:
    """Return whether to draw in ASCII: as was chosen, else by encoding and terminal.

    The fonts of the Linux console have no star and no round corner.
    """
    if chosen is not None:
        return chosen
    return not _is_utf8() or os.environ.get("TERM") == "linux"


class AsciiFilter(LineFilter):
    """Replace what is not ASCII by signs of the same width; letters only where they must be."""

    def __init__(self, letters: bool | None = None) -> None:
        super().__init__()
        self._letters = not _is_utf8() if letters is None else letters

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the line in ASCII."""
        return [
            segment if segment.control or segment.text.isascii()
            else Segment(in_ascii(segment.text, self._letters), segment.style)
            for segment in segments
        ]  # fmt: skip


@lru_cache(4_096)
def in_ascii(text: str, letters: bool) -> str:
    """Return a text of the same width with what is drawn in ASCII, and with letters if wanted."""
    return "".join(char if char.isascii() else _sign(char, letters) for char in text)


def _sign(char: str, letters: bool) -> str:
    if char in SIGNS:
        return SIGNS[char]
    if char in ACROSS:
        return "-"
    if char in DOWN:
        return "|"
    if "\u2500" <= char <= "\u257f":
        return "+"
    if "\u2580" <= char <= "\u259f":
        return "#"
    if not letters:
        return char
    width = cell_len(char)
    if category(char).startswith("Z"):
        return " " * width
    plain = normalize("NFKD", char).encode("ascii", "ignore").decode()
    return plain if plain and len(plain) == width else "?" * width


def _is_utf8() -> bool:
    return locale.getencoding().casefold().replace("-", "") == "utf8"
