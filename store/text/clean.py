"""Make text from outside harmless for a terminal, and for a shell.

Control characters become U+FFFD, so that readers see that something was there; characters that
reorder or hide text are dropped. Escape sequences are not parsed: without their first character
they are plain text. Sources: ECMA-48 (C0, C1), Unicode UAX #9 (bidi controls), UTS #51 (tags).
"""

import os
import re
import unicodedata
from collections.abc import Sequence

TITLE_LIMIT = 1_000
ABSTRACT_LIMIT = 50_000
SUMMARY_LIMIT = 5_000
NAME_LIMIT = 200
TAG_LIMIT = 60

CONTROLS = "\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff"
INVISIBLE = (
    "\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""Ranges of characters, for regular expressions: those that a terminal acts on, and those that
nobody sees."""
_CONTROL = re.compile(f"[{CONTROLS}]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_LINE_BREAK = re.compile("\r\n?|[\u0085\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_PLAIN = bytes(range(0x20, 0x7F)) + b"\n"
"""The harmless characters of ASCII."""


def clean_text(text: str, limit: int = ABSTRACT_LIMIT) -> str:
    """Return a text without anything that a terminal would act on; line breaks stay.

    It has at most `limit` characters; if it was cut, the last one is an ellipsis.
    """
    text = text[: limit * 2]
    # Deleting harmless bytes is seven times as fast as searching for others.
    if not text.isascii() or text.encode().translate(None, _PLAIN):
        text = _LINE_BREAK.sub("\n", text).replace("\t", " ")
        text = _INVISIBLE.sub("", text)
        text = _CONTROL.sub("\ufffd", text)
        text = _limit_combining_marks(text)
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return text


def clean_line(text: str, limit: int = TITLE_LIMIT) -> str:
    """Return a text as one harmless line: like `clean_text`, with single spaces for white space."""
    if len(text) <= limit and text.isascii() and text.isprintable():  # as nearly always
        return (_SPACES.sub(" ", text) if "  " in text else text).strip()
    return _SPACES.sub(" ", clean_text(text, limit)).strip()


def are_clean(lines: Sequence[str], limit: int) -> bool:
    """Return whether `clean_line` changes none of the lines, and none is empty.

    One test of all lines is much faster than a test of each. It may be False for clean lines.
    """
    text = f"|{'|'.join(lines)}|"
    return (
        text.isascii()
        and text.isprintable()
        and "  " not in text
        and "| " not in text
        and " |" not in text
        and "||" not in text
        and max(map(len, lines), default=0) <= limit
    )


def clean_tag(text: str) -> str:
    """Return a text as a tag: one harmless word without commas, a leading `#`, `+` or `-`.

    An accent is part of its letter (Unicode NFC). `is_tag` tells whether it is too long.
    """
    return _one_word(unicodedata.normalize("NFC", text))


def is_tag(text: str) -> bool:
    """Return whether a text can be a tag as it is; tags of earlier versions can."""
    return 0 < len(text) <= TAG_LIMIT and _one_word(text) == text


def _one_word(text: str) -> str:
    return "-".join(clean_line(text).replace(",", " ").split()).lstrip("#+-")


def _limit_combining_marks(text: str, most: int = 4) -> str:
    """Drop combining marks beyond `most` in a row: stacked marks cover other lines."""
    if text.isascii() or not any(map(unicodedata.combining, text)):
        return text
    limited: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= most:
            limited.append(character)
    return "".join(limited)


def shell_word(text: object) -> str:
    """Return a text as one word of a shell command that the user copies from the screen.

    The shell runs nothing that is in it. Characters that do not survive printing are written as
    bytes in `$'...'`, which bash, zsh and ksh read.
    """
    from shlex import quote  # here because it is seldom needed

    word = str(text)
    return quote(word) if word == clean_line(word, len(word) + 1) else f"$'{_as_bytes(word)}'"


def _as_bytes(word: str) -> str:
    letters = (chr(byte) for byte in os.fsencode(word))
    return "".join(
        each if each.isascii() and (each.isalnum() or each in "/._-") else f"\\x{ord(each):02x}"
        for each in letters
    )
