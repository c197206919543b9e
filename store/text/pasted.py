"""Commands that are printed to be pasted into a shell."""

import os

from store.text.clean import clean_line


def quoted(text: object) -> str:
    """Return a text as one word of a shell, which runs nothing that is in it.

    What would not survive being printed is written as bytes, which bash, zsh and ksh read in
    `$'...'`.
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
