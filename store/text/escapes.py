"""Take escape sequences out of what a program printed.

What programs print for a terminal is colours and movements; without their introducer alone the rest
of a sequence would be in the text. Source: ECMA-48, sections 5.3 to 5.6.
"""

import re

_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # control sequences: colours, movements
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\|(?=\x1b))"  # strings: titles, links, images
    r"|\x1b[ -/]*[0-Z\\^-~]"  # the others
)
_UNFINISHED = re.compile(r"\x1b(?:[ -/]*|\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]{0,4096}\x1b?)\Z")


def without_escapes(text: str) -> str:
    """Return a text without escape sequences; for a terminal it has to be cleaned all the same."""
    return _SEQUENCE.sub("", text) if "\x1b" in text else text


def unfinished(text: str) -> int:
    """Return where a sequence begins that the end of a text cuts; its length where none does."""
    match = _UNFINISHED.search(text) if "\x1b" in text else None
    return match.start() if match else len(text)
