"""A picture as it is drawn: decoded for a box of cells, in the way of the terminal."""

from math import ceil
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from store.fulltext.pictures import decode
from tui.reader.pictures import half_blocks, kitty, sixel
from tui.reader.pictures.ways import Way

MOST = 2_000, 1_500
"""Pixels, across and down, that are sent at most: a terminal enlarges the picture itself."""


class Wanted(NamedTuple):
    """A picture, and the box of cells that there is for it."""

    address: str
    columns: int
    rows: int
    way: Way


class Drawn(NamedTuple):
    """A picture that can be shown."""

    rows: list[Strip]
    """Its rows of cells, all of a width; of sixels empty ones."""
    columns: int
    sent: str = ""
    """What the terminal is sent before the rows are drawn."""
    forgotten: str = ""
    """What the terminal is sent once they are not needed any more."""
    painted: str = ""
    """What is sent with the cursor at its upper left corner, after the rows were drawn."""


def draw(data: bytes, wanted: Wanted, cell: tuple[int, int], in_tmux: bool) -> Drawn:
    """Return a picture drawn as large as its box allows; `cell` is the size of a cell in pixels.

    PictureError if it can't be decoded.
    """
    columns, rows = wanted.columns, wanted.rows
    if wanted.way is Way.BLOCKS:
        # Half a cell is about as high as it is wide.
        pixels = decode(data, columns, 2 * rows)
        return Drawn(half_blocks.rows_of(pixels), pixels.width)
    across, down = cell
    smaller = max(columns * across / MOST[0], rows * down / MOST[1], 1.0)
    box = int(columns * across / smaller), int(rows * down / smaller)
    if wanted.way is Way.SIXEL:
        pixels = decode(data, *box, colours=sixel.COLOURS)
        columns, rows = ceil(pixels.width / across), ceil(pixels.height / down)
        empty = [Strip([Segment(" " * columns)], columns)] * rows
        return Drawn(empty, columns, painted=sixel.sent(pixels))
    pixels = decode(data, *box)
    columns, rows = (
        min(ceil(length * smaller / cells), len(kitty.MARKS))
        for length, cells in ((pixels.width, across), (pixels.height, down))
    )
    number = kitty.next_number()
    sent, forgotten = kitty.sent(pixels, number, columns, rows), kitty.deleted(number)
    if in_tmux:
        sent, forgotten = map(kitty.through_tmux, (sent, forgotten))
    return Drawn(kitty.rows_of(number, columns, rows), columns, sent, forgotten)
