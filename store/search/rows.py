"""Sets of rows as integers, bit n for row n: `&` and `|` of 100,000 rows take a microsecond.

Levels rank rows: they map each cost to the set of rows with it; a row is in one set.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, compress
from typing import TypeAlias

Levels: TypeAlias = dict[int, int]
"""The set of rows by cost."""


def _only(byte: int, becomes: int) -> bytes:
    """Return the table for bytes.translate that maps one byte to another and all others to zero."""
    return bytes(byte) + bytes([becomes]) + bytes(255 - byte)


_ONES = _only(ord("1"), 1)
_MANY = 1_500
"""From this many rows on, a set is built faster from a character for each row than from bits."""

_FEW = 16
"""A set with less than one row in this many is read by jumping from row to row."""


def rows_as_set(lists: Iterable[Iterable[int]], count: int) -> int:
    """Return the set of the rows in any of the lists; rows are below `count`."""
    rows = list(chain.from_iterable(lists))
    if len(rows) < _MANY:
        packed = bytearray(count // 8 + 1)
        for row in rows:
            packed[row >> 3] |= 1 << (row & 7)
        return int.from_bytes(packed, "little")
    digits = bytearray(b"0") * (count + 1)
    for row in rows:
        digits[row] = 49
    return int(digits[::-1], 2)


def rows_of(rows: int) -> list[int]:
    """Return the rows of a set, in ascending order."""
    digits = bin(rows)[:1:-1]
    if rows.bit_count() * _FEW > len(digits):
        return list(compress(range(len(digits)), digits.encode().translate(_ONES)))
    found, at = [], digits.find("1")
    while at >= 0:
        found.append(at)
        at = digits.find("1", at + 1)
    return found


def in_order(levels: Levels, order: list[int], place: list[int]) -> Iterator[int]:
    """Yield rows by cost, rows of equal cost as in `order`; `place` has the position of each in it.

    The first rows come at once, however many there are.
    """
    for cost in sorted(levels):
        rows = levels[cost]
        if rows.bit_count() * _FEW < len(order):
            yield from sorted(rows_of(rows), key=place.__getitem__)
            continue
        bits = rows.to_bytes(len(order) // 8 + 1, "little")
        for row in order:
            if bits[row >> 3] >> (row & 7) & 1:
                yield row


def union(levels: Mapping[int, int]) -> int:
    """Return the set of the rows of all levels."""
    rows = 0
    for each in levels.values():
        rows |= each
    return rows


def cheapest(*costs_and_rows: tuple[int, int]) -> Levels:
    """Return levels in which each row has its lowest cost."""
    levels: Levels = {}
    seen = 0
    for cost, rows in sorted(costs_and_rows):
        new = rows & ~seen
        if new:
            levels[cost] = levels.get(cost, 0) | new
            seen |= new
    return levels


def together(one: Levels, other: Levels) -> Levels:
    """Return the rows in both, at the sum of their costs."""
    levels: Levels = {}
    for cost, rows in one.items():
        for more, others in other.items():
            both = rows & others
            if both:
                levels[cost + more] = levels.get(cost + more, 0) | both
    return levels
