"""The places in a text that match a query: compared folded, as in the search."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from store.text.fold import fold_aligned

Place: TypeAlias = Literal[
    "title", "author", "abstract", "summary", "note", "tag", "venue", "cat", "type", "comment",
    "keyword",
]  # fmt: skip
"""Which part of a paper a text is."""


class MatchedWord(NamedTuple):
    """A folded word, or several in a row, that a query looked for."""

    text: str
    """With a space before it if it begins a word, and one after it if it ends one."""
    field: str = ""
    """The field that asked for it, if only that field's text is marked; else empty."""


@lru_cache(maxsize=64)
def wanted_in(words: tuple[MatchedWord, ...], place: Place) -> re.Pattern[str] | None:
    """Return the pattern of the words for the folded text of a place; None if there are none.

    A single letter is never marked: it would be everywhere.
    """
    anywhere: list[str] = []
    at_starts: list[str] = []
    for word in sorted(words, key=lambda word: -len(word.text)):  # the longest is taken
        shown = len(word.text.strip()) > 1 or not word.text.isascii()
        if shown and word.field in ("", place):
            pattern, begins = _pattern(word, place)
            at_starts.append(pattern)
            if not begins:
                anywhere.append(pattern)
    if len(at_starts) == len(anywhere):
        return re.compile("|".join(anywhere)) if anywhere else None
    # Together after one lookbehind: one for each takes ten times as long.
    return re.compile("|".join([rf"(?<!\S)(?:{'|'.join(at_starts)})", *anywhere]))


def spans(text: str, pattern: re.Pattern[str] | None) -> list[tuple[int, int]]:
    """Return the matches of a folded text: starts and ends, in order and disjoint.

    A character that folds to several (ﬁ) is in a span as a whole.
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
    """Return a regular expression for folded text, and whether it is for beginnings of words.

    Such a text has letters, digits and spaces only.
    """
    words = word.text.split()
    begins = word.text.startswith(" ")
    if place == "author" and not word.field:
        begins |= word.text.isascii()  # names are looked for from their beginnings
    elif place == "author" and min(map(len, words)) == 1:
        words = [rf"{each}\w*" if len(each) == 1 else each for each in words]
        begins = True
    return " +".join(words) + r"(?!\S)" * word.text.endswith(" "), begins
