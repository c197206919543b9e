"""Where the cursor goes when its line leaves the list."""

from collections.abc import Container, Sequence
from itertools import chain
from typing import TypeVar

Item = TypeVar("Item")


def nearest(before: Sequence[Item], place: int, now: Container[Item]) -> Item | None:
    """Return the item that was at a place if it is still there, else the next one, else the last
    before.

    None if no item is left.
    """
    places = chain(range(place, len(before)), range(min(place, len(before)) - 1, -1, -1))
    return next((before[each] for each in places if before[each] in now), None)
