"""Pictures in characters: two pixels a cell, the upper one in the colour of a half block."""

from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.fulltext.pictures import Pixels

HALF = "▀"


def rows_of(pixels: Pixels) -> list[Strip]:
    """Return a picture in rows of cells, each as high as two pixels."""
    data, stride = pixels.data, 3 * pixels.width
    rows = []
    for start in range(0, len(data), 2 * stride):
        upper = data[start : start + stride]
        lower = data[start + stride : start + 2 * stride] or upper
        segments: list[Segment] = []
        begun, before = 0, (upper[:3], lower[:3])
        for at in range(3, stride, 3):
            here = upper[at : at + 3], lower[at : at + 3]
            if here != before:
                segments.append(_cells(*before, at // 3 - begun))
                begun, before = at // 3, here
        segments.append(_cells(*before, pixels.width - begun))
        rows.append(Strip(segments, pixels.width))
    return rows


def _cells(upper: bytes, lower: bytes, count: int) -> Segment:
    """Return cells of one colour or two; those of one are empty, so that they can't show a seam."""
    return Segment((" " if upper == lower else HALF) * count, _style(upper, lower))


@lru_cache(4_096)
def _style(upper: bytes, lower: bytes) -> Style:
    return Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))
