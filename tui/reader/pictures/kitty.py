"""Pictures by kitty's graphics protocol, placed by characters so that they scroll with the text.

Source: https://sw.kovidgoyal.net/kitty/graphics-protocol/, "Unicode placeholders". A picture is
sent once, for a number of cells. If it is to be seen stand cells of U+10EEEE: their colour is
the last byte of the picture's number, their marks are row, column and the first byte of the number.
"""

import os
import zlib
from base64 import b64encode
from itertools import count

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.fulltext.pictures import Pixels

PLACEHOLDER = "\U0010eeee"
CHUNK = 4_096
"""Characters of data in a command, at most."""
_RUNS = """
305 30d-30e 310 312 33d-33f 346 34a-34c 350-352 357 35b 363-36f 483-487 592-595 597-599 59c-5a1
5a8-5a9 5ab-5ac 5af 5c4 610-617 657-65b 65d-65e 6d6-6dc 6df-6e2 6e4 6e7-6e8 6eb-6ec 730 732-733
735-736 73a 73d 73f-741 743 745 747 749-74a 7eb-7f1 7f3 816-819 81b-823 825-827 829-82d 951 953-954
f82-f83 f86-f87 135d-135f 17dd 193a 1a17 1a75-1a7c 1b6b 1b6d-1b73 1cd0-1cd2 1cda-1cdb 1ce0 1dc0-1dc1
1dc3-1dc9 1dcb-1dcc 1dd1-1de6 1dfe 20d0-20d1 20d4-20d7 20db-20dc 20e1 20e7 20e9 20f0 2cef-2cf1
2de0-2dff a66f a67c-a67d a6f0-a6f1 a8e0-a8f1 aab0 aab2-aab3 aab7-aab8 aabe-aabf aac1 fe20-fe26 10a0f
10a38 1d185-1d189 1d1aa-1d1ad 1d242-1d244
"""
MARKS = [
    chr(code)
    for first, _, last in (run.partition("-") for run in _RUNS.split())
    for code in range(int(first, 16), int(last or first, 16) + 1)
]
"""The combining characters that stand for numbers from 0 on, in the order of the protocol."""
_COLOURS = range(16, 256)
"""Colours that a terminal draws as they are, and so the last bytes of numbers."""
_numbers = count()


def next_number() -> int:
    """Return a number for a picture: none of the 240 before, and seldom another program's."""
    first = os.getpid() % 255 + 1
    return first << 24 | _COLOURS[next(_numbers) % len(_COLOURS)]


def sent(pixels: Pixels, number: int, columns: int, rows: int) -> str:
    """Return what is sent to have a picture ready for that many cells, in place of an older one."""
    data = b64encode(zlib.compress(pixels.data)).decode()
    head = (
        f"a=T,U=1,i={number},f=24,o=z,s={pixels.width},v={pixels.height},c={columns},r={rows},q=2,"
    )
    pieces = []
    for start in range(0, len(data), CHUNK):
        more = int(start + CHUNK < len(data))
        pieces.append(f"\x1b_G{head}m={more};{data[start : start + CHUNK]}\x1b\\")
        head = "q=2,"
    return deleted(number) + "".join(pieces)


def deleted(number: int) -> str:
    """Return what is sent to have a picture forgotten."""
    return f"\x1b_Ga=d,d=I,i={number},q=2;\x1b\\"


def through_tmux(data: str) -> str:
    """Return what tmux passes on to the terminal it is in, where its `allow-passthrough` is on."""
    commands = (f"{each}\x1b\\" for each in data.split("\x1b\\") if each)
    return "".join("\x1bPtmux;" + each.replace("\x1b", "\x1b\x1b") + "\x1b\\" for each in commands)


def rows_of(number: int, columns: int, rows: int) -> list[Strip]:
    """Return the cells where a picture is to be seen."""
    style = Style(color=Color.from_ansi(number & 0xFF))
    first = MARKS[number >> 24]
    return [
        Strip(
            [Segment("".join(PLACEHOLDER + MARKS[row] + MARKS[column] + first
                             for column in range(columns)), style)],
            columns,
        )
        for row in range(rows)
    ]  # fmt: skip
