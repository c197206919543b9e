"""Pictures as sixels.

Source: DEC, VT330/VT340 Programmer Reference Manual, chapter 14. A sixel is a column of six pixels
of one colour, the uppermost of which is the lowest bit.
"""

import re

from store.fulltext.pictures import Pixels

COLOURS = 64
"""Colours of a picture: fewer than 256, which all take a line of their own in each band."""
_REPEATED = re.compile(rb"(.)\1{3,}", re.DOTALL)


def sent(pixels: Pixels) -> str:
    """Return the sequence that draws a picture at the cursor; its pixels are of a palette."""
    width, palette = pixels.width, pixels.palette
    head = f'\x1bP0;1q"1;1;{width};{pixels.height}'
    for colour in range(len(palette) // 3):
        red, green, blue = (
            round(level * 100 / 255) for level in palette[3 * colour : 3 * colour + 3]
        )
        head += f"#{colour};2;{red};{green};{blue}"
    bands = (_band(pixels.data, width, top) for top in range(0, len(pixels.data), 6 * width))
    return head + b"-".join(bands).decode("ascii") + "\x1b\\"


def _band(data: bytes, width: int, top: int) -> bytes:
    """Return six rows of pixels, a line for each colour in them."""
    rows = [data[at : at + width] for at in range(top, min(top + 6 * width, len(data)), width)]
    empty = int.from_bytes(b"?" * width)
    lines = []
    for colour in sorted(set(b"".join(rows))):
        bits = bytearray(256)
        sixels = empty
        for row in range(len(rows)):
            bits[colour] = 1 << row
            # One bit of each byte, for all columns at once.
            sixels += int.from_bytes(rows[row].translate(bits))
        line = sixels.to_bytes(width)
        lines.append(b"#%d" % colour + _REPEATED.sub(_counted, line))
    return b"$".join(lines)


def _counted(run: re.Match[bytes]) -> bytes:
    return b"!%d%s" % (len(run[0]), run[1])
