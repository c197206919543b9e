"""Letters of other scripts as keys: the Latin letter at the same place on the keyboard.

The places are those of the Russian, Ukrainian and Greek layouts of X11 and Windows, compared with
the American one. No letter has two places in them, so one table is enough.
"""

from collections.abc import Iterable

LAYOUT = "layout"
"""The name of the option in the table of keys."""
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
    """Return the Latin letter for each other letter, in lower and upper case.

    `text` is `auto`, `none`, or the characters at the places of q to p, a to l, z to m. ASCII
    characters among them stay keys as they are. Raises ValueError for anything else.
    """
    if text == NONE:
        return {}
    if text == AUTO:
        pairs = [pair for row in _ROWS for pair in zip(row, _LATIN, strict=True)]
        return _both_cases(pairs)
    signs = "".join(text.split()).lower()
    places = _both_cases(zip(signs, _PLACES, strict=False))
    if len(signs) != len(_PLACES) or len({*signs}) != len(_PLACES) or not places:
        raise ValueError(
            f'{LAYOUT} takes "auto", "none", or the {len(_PLACES)} signs, letters of another '
            "script among them, that are typed by the keys q to p, a to l and z to m"
        )
    return places


def _both_cases(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the Latin letter for each letter that is not ASCII, in both cases."""
    places: dict[str, str] = {}
    for letter, latin in pairs:
        if letter.isalpha() and not letter.isascii():
            places[letter] = latin
            large = _SHIFTED.get(latin, latin.upper())
            if len(letter.upper()) == 1:
                places.setdefault(letter.upper(), large)
    return places
