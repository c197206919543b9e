"""Fold text, so that what reads alike is alike: no case, no accents, no punctuation."""

import unicodedata

BREAK = "|"
"""A word of its own between folded authors or tags: no phrase can reach over it."""


def fold(text: str) -> str:
    """Return the words of `text` without case, accents and punctuation, one space between them."""
    return _folded(text, _LETTERS)


def fold_each(texts: tuple[str, ...]) -> str:
    """Return the texts folded, with BREAK between them and a space at both ends."""
    return f" {_folded(BREAK.join(texts), _LETTERS_AND_BREAK)} "


class _Letters(dict[int, str]):
    """What each character becomes, learnt as characters come along."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        accent = unicodedata.category(character) == "Mn"
        self[code] = character if character.isalnum() else "" if accent else " "
        return self[code]


_LETTERS = _Letters()
_LETTERS_AND_BREAK = _Letters({ord(BREAK): f" {BREAK} "})


def _folded(text: str, letters: _Letters) -> str:
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(text.translate(letters).split())
