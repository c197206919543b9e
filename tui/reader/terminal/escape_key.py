"""Esc and the key after it, told apart from a key with Alt: a terminal sends the same for both.

Whoever types Esc j fast, or over a slow line, means two keys. Textual takes them for Alt+j, which
types a j, for what Alt does on some keyboard (Alt+1 is ¡), or leaves the Esc out.
"""

from textual import events
from textual.keys import _character_to_key

ESC = "\x1b"
ALT = "alt+"
BEGINNINGS = "[OPX]^_\t\x7f"
"""What comes after an Esc where a longer sequence begins, or a key of its own is meant."""
MOVES = {"b": "ctrl+left", "f": "ctrl+right"}
"""What terminals of macOS send for Alt with an arrow, which moves by words in a line of text."""


def key_behind_escape(sequence: str) -> str:
    """Return the key that came with an Esc before it; empty if the two mean something else."""
    is_key = len(sequence) == 2 and sequence[0] == ESC and sequence[1] not in BEGINNINGS
    return sequence[1] if is_key else ""


def with_alt(key: events.Key) -> events.Key:
    """Return a key as one that was pressed with Alt."""
    return events.Key(ALT + key.key, key.character)


def two_keys(key: events.Key, in_text: bool) -> tuple[events.Key, ...]:
    """Return Esc and the key that came with Alt, where it types something; nothing for others.

    In a line of text two letters are for moving by words.
    """
    if not key.key.startswith(ALT) or not key.character:
        return ()
    char = key.character
    if in_text and char in MOVES:
        return (events.Key(MOVES[char], None),)
    name = key.key.removeprefix(ALT)
    if char.isprintable():
        name = char if char.isalnum() else _character_to_key(char)
    return events.Key("escape", ESC), events.Key(name, char)
