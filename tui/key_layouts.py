"""Letters of other scripts as keys: which Latin letter has their place on the keyboard.

Places are those of the layouts that X11 and Windows have for Russian, Ukrainian and Greek against
the American one. No letter has two places in them, so one table serves all.
"""

from collections.abc import Iterable

LAYOUT = "layout"
"""The name in the table of keys."""
AUTO, NONE = "auto", "none"

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_ROWS = (
    "йцукенгшщзхъфывапролджэячсмитьбю",
    "йцукенгшщзхїфівапролджєячсмитьбю",
    ";ςερτυθιοπ[]ασδφγηξκλ΄'ζχψωβνμ,.",
)
_SHIFTED = {"[": "{", "]": "}", ";": ":", "'": '"', ",": "<", ".": ">"}
_PLACES = "qwertyuiopasdfghjklzxcvbnm"


def read_layout(text: str) -> dict[str, str]:
    """Return the Latin letter of each other letter, small and large.

    `text` is `auto`, `none`, or the letters that stand at the places of q to p, a to l, z to m.
    Raises ValueError for anything else.
    """
    if text == NONE:
        return {}
    if text == AUTO:
        pairs = [pair for row in _ROWS for pair in zip(row, _LATIN, strict=True)]
        return _both_cases(pairs)
    letters = "".join(text.split()).lower()
    wanted = len(_PLACES)
    if len(letters) != wanted or len({*letters}) != wanted or not letters.isalpha():
        raise ValueError(
            f'{LAYOUT} takes "auto", "none", or the {wanted} letters that are typed '
            "by the keys q to p, a to l and z to m"
        )
    return _both_cases(zip(letters, _PLACES, strict=True))


def _both_cases(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return letters that are not ASCII, which are keys as they are, by what they stand for."""
    places: dict[str, str] = {}
    for letter, latin in pairs:
        if letter.isalpha() and not letter.isascii():
            places[letter] = latin
            large = _SHIFTED.get(latin, latin.upper())
            if len(letter.upper()) == 1:
                places.setdefault(letter.upper(), large)
    return places
