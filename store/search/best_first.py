"""The order of rows of equal cost: titles with the words side by side, then in order."""

import re
from collections.abc import Callable, Sequence

from store.search.matching import MENDED
from store.search.places import ABSTRACT, INSIDE
from store.search.rows import Levels, rows_as_set, rows_of, union


def is_pooled(cost: int) -> bool:
    """Return whether rows of a cost have one of the words only in the abstract."""
    return ABSTRACT <= cost < MENDED


def titles_first(levels: Levels, words: list[list[str]], titles: Sequence[str]) -> Levels:
    """Put titles with the words side by side first; words in order before words in any."""
    if len(words) < 2:
        return levels
    groups = [f"(?:{'|'.join(map(re.escape, each))})" for each in words]
    each_word = [re.compile(f" {group}").search for group in groups]
    side_by_side = re.compile(" " + " ".join(groups)).search
    count = len(titles)
    better: Levels = {}
    for cost, rows in levels.items():
        if cost % MENDED < INSIDE:
            ordered = [row for row in rows_of(rows) if _in_order(each_word, titles[row])]
            phrases = [row for row in ordered if side_by_side(titles[row])]
            first = 2 * (cost - cost % MENDED) - 1
            better[first] = better.get(first, 0) | rows_as_set([phrases], count)
            better[2 * cost] = rows_as_set([ordered], count) & ~better[first]
    done = union(better)
    return better | {2 * cost + 1: rows & ~done for cost, rows in levels.items()}


def _in_order(words: Sequence[Callable[[str, int], re.Match[str] | None]], title: str) -> bool:
    """Return whether the words are found in a title one after the other."""
    at = 0
    for find in words:
        found = find(title, at)
        if found is None:
            return False
        at = found.end()
    return True
