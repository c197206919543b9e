"""Make text from outside harmless for a terminal.

Control characters become U+FFFD, so that a reader sees something was there; characters that
reorder or hide text are dropped. Escape sequences are not parsed: without their introducer they
are plain text. Sources: ECMA-48 (C0, C1), Unicode UAX #9 (bidi controls), UTS #51 (tags).
"""

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
"""What a terminal would act on, and what can't be seen, as they are in a regular expression."""
_CONTROL = re.compile(f"[{CONTROLS}]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_LINE_BREAK = re.compile("\r\n?|[\u0085\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_PLAIN = bytes(range(0x20, 0x7F)) + b"\n"
"""What nothing has to be done about, as ASCII."""


def clean_text(text: str, limit: int = ABSTRACT_LIMIT) -> str:
    """Return `text` with nothing in it that a terminal would act on; newlines are kept.

    At most `limit` characters come back, the last an ellipsis where text was cut.
    """
    text = text[: limit * 2]
    # Taking out of bytes what is harmless is seven times as fast as looking for anything else.
    if not text.isascii() or text.encode().translate(None, _PLAIN):
        text = _LINE_BREAK.sub("\n", text).replace("\t", " ")
        text = _INVISIBLE.sub("", text)
        text = _CONTROL.sub("\ufffd", text)
        text = _limit_combining_marks(text)
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return text


def clean_line(text: str, limit: int = TITLE_LIMIT) -> str:
    """Return `text` as one harmless line: as clean_text, with white space folded to one space."""
    if len(text) <= limit and text.isascii() and text.isprintable():  # as nearly always
        return (_SPACES.sub(" ", text) if "  " in text else text).strip()
    return _SPACES.sub(" ", clean_text(text, limit)).strip()


def are_clean(lines: Sequence[str], limit: int) -> bool:
    """Return whether `clean_line` leaves every line as it is, and none is empty, as nearly always.

    One look at all is much faster than a look at each. It may say no where it need not.
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
    """Return `text` as a tag: one harmless word without commas, a leading `#`, `+` or `-`.

    An accent is part of its letter (Unicode NFC). Whether it is too long is for `is_tag` to say.
    """
    return _one_word(unicodedata.normalize("NFC", text))


def is_tag(text: str) -> bool:
    """Return whether a text can be a tag as it stands, as earlier versions made them too."""
    return 0 < len(text) <= TAG_LIMIT and _one_word(text) == text


def _one_word(text: str) -> str:
    return "-".join(clean_line(text).replace(",", " ").split()).lstrip("#+-")


def _limit_combining_marks(text: str, most: int = 4) -> str:
    """Drop combining marks past `most` in a row (stacked marks smear over other lines)."""
    if text.isascii() or not any(map(unicodedata.combining, text)):
        return text
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= most:
            kept.append(character)
    return "".join(kept)
