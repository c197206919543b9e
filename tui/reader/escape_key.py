"""Esc and the key after it, told apart from a key with Alt: a terminal sends the same for both.

Whoever types Esc j fast, or over a slow line, means two keys. Textual takes them for Alt+j, which
types a j, for what Alt does on some keyboard (Alt+1 is ¡), or leaves the Esc out.
"""

from collections.abc import Iterable

from textual import events
from textual._xterm_parser import XTermParser
from textual.keys import _character_to_key

ESC = "\x1b"
ALT = "alt+"
BEGINNINGS = "[OPX]^_\t\x7f"
"""What stands behind an Esc where a longer sequence begins, or a key of its own is meant."""
MOVES = {"b": "ctrl+left", "f": "ctrl+right"}
"""What terminals of macOS send for Alt with an arrow, which moves by words in a line of text."""


class AltParser(XTermParser):
    """A parser that gives every key behind an Esc as one with Alt."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if len(sequence) == 2 and sequence[0] == ESC and sequence[1] not in BEGINNINGS:
            sequence, alt = sequence[1], True
        keys = super()._sequence_to_key_events(sequence)
        return [events.Key(ALT + key.key, key.character) if alt else key for key in keys]


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
