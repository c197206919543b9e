"""Fold text for comparison: without case, accents and punctuation."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

STRAIGHT = str.maketrans("“”„‟＂", '"' * 5)
"""Maps quotation marks of all shapes to the straight one."""
BREAK = "|"
"""A word between folded authors or tags, so that no phrase matches across two of them."""


def fold(text: str) -> str:
    """Return the words of a text without case, accents and punctuation, with single spaces."""
    return _folded(text, _LETTERS)


def fold_each(texts: tuple[str, ...]) -> str:
    """Return the texts folded, with BREAK between them and a space at both ends."""
    return f" {_folded(BREAK.join(texts), _LETTERS_AND_BREAK)} "


def fold_name(name: str) -> str:
    """Return a tag or another name without case and accents, but with punctuation."""
    return name.lower() if name.isascii() else _fold_name(name)


def fold_titles(titles: Sequence[str]) -> list[str]:
    """Return each title folded, with a space at both ends; much faster than one by one."""
    return _fold_many(titles, _LETTERS, _ASCII_MARKED)


def fold_people(names: Sequence[tuple[str, ...]]) -> list[str]:
    """Return `fold_each` of each list; much faster than one by one."""
    return _fold_many([f" {BREAK} ".join(each) for each in names], _LETTERS_AND_BREAK, _ASCII_BREAK)


def fold_aligned(text: str) -> tuple[str, list[int] | None]:
    """Return a folded text, and the place in the text of each folded character.

    There may be several spaces in a row. The length of the text is the last place. Places are None
    if they are the same in both, as for nearly all texts.
    """
    folded = text.translate(_ALIGNED)
    if _OTHERWISE not in folded:
        return folded, None
    each = [_folded_character(character) for character in text]
    places = [place for place, part in enumerate(each) for _ in part]
    return "".join(each), [*places, len(text)]


def spaced(text: str) -> str:
    """Return an ASCII text in lower case with spaces for punctuation and at both ends."""
    return f" {text.translate(_ASCII)} "


def one_space(text: str) -> str:
    """Return a text with single spaces; faster than split and join."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text


class _Letters(dict[int, str]):
    """What each character becomes, added on first use."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        accent = unicodedata.category(character) == "Mn"
        self[code] = character if character.isalnum() else "" if accent else " "
        return self[code]


_GROWTH, _SMALL = 3, 1_000
"""The longest folded text: so many times as long as the text, plus so many characters.

A syllable of Korean becomes three letters. One Arabic sign becomes eighteen: a text of such signs
would fill the memory.
"""
_LETTERS = _Letters()
_LETTERS_AND_BREAK = _Letters({ord(BREAK): f" {BREAK} "})


class _Aligned(dict[int, str]):
    """The one character that each character becomes, or _OTHERWISE; added on first use."""

    def __missing__(self, code: int) -> str:
        folded = _folded_character(chr(code))
        self[code] = folded if len(folded) == 1 else " " if folded.isspace() else _OTHERWISE
        return self[code]


_OTHERWISE = "\x00"
_ALIGNED = _Aligned()

_BETWEEN = "\x01"
_ASCII = str.maketrans(
    {chr(code): chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
)
_ASCII_MARKED = _ASCII | {ord(_BETWEEN): _BETWEEN}
_ASCII_BREAK = _ASCII_MARKED | {ord(BREAK): BREAK}
"""One character for each of ASCII, for which str.translate is fastest."""


@lru_cache(maxsize=4096)
def _fold_name(name: str) -> str:
    text = unicodedata.normalize("NFKD", name.casefold()).casefold().translate(STRAIGHT)
    return "".join(character for character in text if unicodedata.category(character) != "Mn")


def _folded(text: str, letters: _Letters) -> str:
    if text.isascii() and letters is _LETTERS:
        return one_space(spaced(text)).strip()
    room = len(text) * _GROWTH + _SMALL
    text = unicodedata.normalize("NFKD", text.casefold())[:room].casefold()
    return " ".join(text.translate(letters).split())


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    folded = unicodedata.normalize("NFKD", character.casefold()).casefold()
    return folded.translate(_LETTERS)


def _fold_many(texts: Sequence[str], letters: _Letters, table: dict[int, str]) -> list[str]:
    """Fold all ASCII texts together, with a mark between them, and the others one by one."""
    plain = [text for text in texts if text.isascii()]
    marked = f" {_BETWEEN} ".join(["", *plain, ""]).translate(table)
    folded = one_space(marked).split(_BETWEEN)[1:-1]
    if len(folded) != len(plain):  # one of them contains the mark
        folded = [_with_ends(text, letters) for text in plain]
    each = iter(folded)
    return [next(each) if text.isascii() else _with_ends(text, letters) for text in texts]


def _with_ends(text: str, letters: _Letters) -> str:
    """Return the folded text with a space at both ends; a single space if it is empty."""
    return one_space(f" {_folded(text, letters)} ")
