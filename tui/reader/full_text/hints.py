"""A letter or two for each link in sight, to go to it without going through them all."""

from collections.abc import Sequence
from itertools import islice, product

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The keys under the fingers first."""


def hints_for(count: int) -> Sequence[str]:
    """Return as many hints, none of which begins another: of one letter where that does."""
    if count <= len(LETTERS):
        return LETTERS[:count]
    return ["".join(pair) for pair in islice(product(LETTERS, repeat=2), count)]
