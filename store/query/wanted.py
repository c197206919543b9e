"""The parts of a text that match a query, for highlighting; compared folded, as in a search."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from store.text.fold import fold_aligned

Place: TypeAlias = Literal[
    "title", "author", "abstract", "summary", "note", "tag", "venue", "cat", "type", "comment",
    "keyword",
]  # fmt: skip
"""The part of a paper that a text is."""


class MatchedWord(NamedTuple):
    """A folded word, or several in a row, that a query searched for."""

    text: str
    """With a space before it if it begins a word, and after it if it ends one."""
    field: str = ""
    """The field that asked for it, if only its text is highlighted; else empty."""


@lru_cache(maxsize=64)
def wanted_in(words: tuple[MatchedWord, ...], place: Place) -> re.Pattern[str] | None:
    """Return a pattern of the words for the folded text of a place; None for no words.

    Single letters are not highlighted: they would be everywhere.
    """
    anywhere: list[str] = []
    at_starts: list[str] = []
    for word in sorted(words, key=lambda word: -len(word.text)):  # the longest match wins
        shown = len(word.text.strip()) > 1 or not word.text.isascii()
        if shown and word.field in ("", place):
            pattern, begins = _pattern(word, place)
            at_starts.append(pattern)
            if not begins:
                anywhere.append(pattern)
    if len(at_starts) == len(anywhere):
        return re.compile("|".join(anywhere)) if anywhere else None
    # One lookbehind for all: one for each takes ten times as long.
    return re.compile("|".join([rf"(?<!\S)(?:{'|'.join(at_starts)})", *anywhere]))


def spans(text: str, pattern: re.Pattern[str] | None) -> list[tuple[int, int]]:
    """Return starts and ends of the matches in a text, in order and without overlap.

    The pattern is for folded text. A character that folds to several (ﬁ) matches as a whole.
    """
    if pattern is None:
        return []
    folded, places = fold_aligned(text)
    if places is None:
        return [match.span() for match in pattern.finditer(folded)]
    found: list[tuple[int, int]] = []
    for match in pattern.finditer(folded):
        # Accents may follow the last letter.
        end = max(places[match.end() - 1] + 1, places[match.end()])
        if found and found[-1][1] > places[match.start()]:
            found[-1] = found[-1][0], end
        else:
            found.append((places[match.start()], end))
    return found


def _pattern(word: MatchedWord, place: Place) -> tuple[str, bool]:
    """Return a pattern for folded text, and whether it matches only at beginnings of words.

    Folded text has letters, digits and spaces only.
    """
    words = word.text.split()
    begins = word.text.startswith(" ")
    if place == "author" and not word.field:
        begins |= word.text.isascii()  # names match from their beginnings
    elif place == "author" and min(map(len, words)) == 1:
        words = [rf"{each}\w*" if len(each) == 1 else each for each in words]
        begins = True
    return " +".join(words) + r"(?!\S)" * word.text.endswith(" "), begins
