"""Where a cursor goes when what it is on leaves the list."""

from collections.abc import Container, Sequence
from itertools import chain
from typing import TypeVar

Item = TypeVar("Item")


def nearest(before: Sequence[Item], place: int, now: Container[Item]) -> Item | None:
    """Return what stood at a place if it is still there, else the next one, else the last before.

    None if nothing is left of what there was.
    """
    places = chain(range(place, len(before)), range(min(place, len(before)) - 1, -1, -1))
    return next((before[each] for each in places if before[each] in now), None)
