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

    `text` is `auto`, `none`, or the signs that are at the places of q to p, a to l, z to m. Those
    of ASCII among them are keys as they are. Raises ValueError for anything else.
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
    """Return letters that are not ASCII, which are keys as they are, by what they stand for."""
    places: dict[str, str] = {}
    for letter, latin in pairs:
        if letter.isalpha() and not letter.isascii():
            places[letter] = latin
            large = _SHIFTED.get(latin, latin.upper())
            if len(letter.upper()) == 1:
                places.setdefault(letter.upper(), large)
    return places
