"""Put TeX's accents on letters: the commands of LaTeX 2e for text, such as \\'e and \\c{c}."""

import re
import unicodedata

from store.latex.commands import letter
from store.latex.source import Source

_ACCENTS = {
    "'": "\u0301", '"': "\u0308", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328",
    "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_CONTRACTED = re.compile(r"(?:s|t|d|m|re|ve|ll)(?![A-Za-z])")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_ACCENTED = re.compile(r"\\(['\"`^~=.cvuHkrdb])\s*\{?(\w)\}?")


def is_accent(mark: str) -> bool:
    """Tell whether a command, a letter or a sign, puts an accent on what follows."""
    return mark in _ACCENTS


def read_accent(
    source: Source, mark: str, at: int, end: int, is_tex: bool
) -> tuple[str, int] | None:
    r"""Return what the accent before a place makes, and where to read on.

    None where it is none: no letter follows, or, in text that may not be TeX (`is_tex` is False),
    what would come out is no letter of any language (`\d+` is a pattern, `don\'t` a quoted string).
    """
    text = source.text
    if not is_tex:
        if text[at : at + 1].isspace() and not mark.isalpha():
            return None
        if mark == "'" and _CONTRACTED.match(text, at, end):
            return None
    argument = source.argument(at, end)
    if argument is None:
        return None
    base = text[argument.start : argument.end].strip()
    if command := _COMMAND.fullmatch(base):
        base = letter(command[1])
    elif inner := _ACCENTED.fullmatch(base):
        base = _accented(*inner.groups())
    if not base[:1].isalpha():
        return None
    if len(base) > 1 and not is_tex:
        return (base, argument.after) if mark == "b" else None
    whole = _accented(mark, base)
    composed = len(whole) == len(base)
    if not (composed or argument.in_braces or is_tex):
        return None
    return whole, argument.after


def _accented(mark: str, base: str) -> str:
    """Return text with an accent on its first character."""
    first = {"ı": "i", "ȷ": "j"}.get(base[0], base[0])
    return unicodedata.normalize("NFC", first + _ACCENTS[mark]) + base[1:]
