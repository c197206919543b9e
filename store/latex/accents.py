"""Put TeX's accents on letters: the commands of LaTeX 2e for text, such as \\'e and \\c{c}."""

import re
import unicodedata

from store.latex.source import Source
from store.latex.tex_commands import ACCENTS, letter

_CONTRACTED = re.compile(r"(?:s|t|d|m|re|ve|ll)(?![A-Za-z])")
_COMMAND = re.compile(r"\\([A-Za-z]+|['\"`^~=.])")
_ONLY_IN_BRACES = frozenset("hGU")
"""In text that may not be TeX, these are more likely commands of the author's own."""
_DEEPEST = 4
"""Most accents on a letter."""
_ON_DIGITS = frozenset("=b")


def is_accent(mark: str) -> bool:
    """Return whether a command (letters or a sign) puts an accent on what follows."""
    return mark in ACCENTS


def read_accent(
    source: Source, mark: str, at: int, end: int, is_tex: bool
) -> tuple[str, int] | None:
    r"""Return the text that the accent before a place makes, and where to read on.

    None if it is not an accent: no letter follows, or the text may not be TeX (`is_tex` is False)
    and the result is not a letter of any language (`\d+` is a pattern, `don\'t` a quoted string).
    """
    text = source.text
    if not is_tex:
        if text[at : at + 1].isspace() and not mark.isalpha():
            return None
        if mark == "'" and _CONTRACTED.match(text, at, end):
            return None
    argument = source.argument(at, end)
    if argument is None or (mark in _ONLY_IN_BRACES and not (argument.in_braces or is_tex)):
        return None
    base, after = _base(source, at, end, 0)
    if not base[:1].isalpha() and not (is_tex and mark in _ON_DIGITS and base[:1].isdecimal()):
        return None
    if len(base) > 1 and not is_tex and not argument.in_braces:
        return None
    if len(base) > 1 and not is_tex and unicodedata.combining(base[1]) == 0:
        return (base, after) if mark == "b" else None
    whole = _accented(mark, base)
    composed = len(whole) == len(base)
    if not (composed or argument.in_braces or is_tex):
        return None
    return whole, after


def _base(source: Source, at: int, end: int, depth: int) -> tuple[str, int]:
    """Return the text under an accent that ends at a place, and where that text ends.

    It is a group, a letter written as a command, or a letter with its own accent; else empty.
    """
    at = source.skip_spaces(at, end)
    closing = source.group(at, end)
    if closing is not None:
        start = source.skip_spaces(at + 1, closing)
        if depth <= _DEEPEST and source.text[start : start + 1] in ("\\", "{"):
            base, after = _base(source, start, closing, depth + 1)
            return (base and base + source.text[after:closing].rstrip()), closing + 1
        return source.text[start:closing].rstrip(), closing + 1
    command = _COMMAND.match(source.text, at, end)
    if command is None:
        return source.text[at : min(at + 1, end)], at + 1
    name = command[1]
    if name not in ACCENTS or depth > _DEEPEST:
        return letter(name), command.end()
    base, after = _base(source, command.end(), end, depth + 1)
    return (_accented(name, base) if base[:1].isalpha() else ""), after


def _accented(mark: str, base: str) -> str:
    """Return text with an accent on its first character."""
    first = {"ı": "i", "ȷ": "j"}.get(base[0], base[0])
    return unicodedata.normalize("NFC", first + ACCENTS[mark]) + base[1:]
