"""A picture as a terminal gets it: read back from the bytes that are sent."""

from collections.abc import Callable

import pytest
from picture_helpers import BLUE, RED, halves, kitty_pixels, needs_pictures, sixel_pixels
from rich.cells import cell_len

from store.fulltext.pictures import Pixels
from tui.reader.appearance.line_filters import _UNSAFE
from tui.reader.pictures import half_blocks, kitty, sixel
from tui.reader.pictures.drawn import Drawn, Wanted, draw
from tui.reader.pictures.ways import Way

CELL = 8, 16

Draw = Callable[[Way], Drawn]


@pytest.fixture(scope="module")
def drawn() -> Draw:
    """A picture of 400 by 100 pixels, half red and half blue, in a box of 20 by 20 cells."""
    data = halves(400, 100)
    return lambda way: draw(data, Wanted("", 20, 20, way), CELL, in_tmux=False)


@needs_pictures
def test_kitty_gets_the_pixels_in_pieces_and_the_cells_they_are_for(drawn: Draw) -> None:
    shown = drawn(Way.KITTY)
    keys, pixels = kitty_pixels(shown.sent)
    assert (keys["U"], keys["c"], keys["r"], keys["q"]) == ("1", "20", "3", "2")
    assert (keys["s"], keys["v"]) == ("160", "40")
    assert pixels[:3] == bytes(RED)
    assert pixels[-3:] == bytes(BLUE)
    assert len(pixels) == 160 * 40 * 3


@needs_pictures
def test_placeholders_name_picture_row_and_column_in_each_cell(drawn: Draw) -> None:
    shown = drawn(Way.KITTY)
    number = int(kitty_pixels(shown.sent)[0]["i"])
    assert shown.forgotten == kitty.deleted(number)
    assert [row.cell_length for row in shown.rows] == [20, 20, 20]
    for place, row in enumerate(shown.rows):
        (segment,) = row
        cells = segment.text.split(kitty.PLACEHOLDER)[1:]
        marks = [tuple(map(kitty.MARKS.index, cell)) for cell in cells]
        assert marks == [(place, column, number >> 24) for column in range(20)]
        assert segment.style is not None
        assert segment.style.color is not None
        assert segment.style.color.number == number & 0xFF


def test_marks_are_those_of_the_protocol_and_take_no_cell() -> None:
    assert len(kitty.MARKS) == 297
    assert [f"{ord(mark):X}" for mark in (*kitty.MARKS[:3], kitty.MARKS[-1])] == [
        "305", "30D", "30E", "1D244",
    ]  # fmt: skip
    text = "".join(kitty.PLACEHOLDER + mark for mark in kitty.MARKS)
    assert cell_len(text) == 297
    assert not _UNSAFE.search(text)


def test_noisy_picture_is_sent_whole() -> None:
    noise = bytes(number * number % 251 for number in range(3 * 100 * 80))
    sent = kitty.sent(Pixels(100, 80, noise), 17, 10, 5)
    assert sent.startswith("\x1b_Ga=d,d=I,i=17,q=2;\x1b\\")
    assert kitty_pixels(sent)[1] == noise


def test_commands_go_through_tmux_one_by_one() -> None:
    assert kitty.through_tmux("\x1b_Ga;\x1b\\\x1b_Gb;\x1b\\") == (
        "\x1bPtmux;\x1b\x1b_Ga;\x1b\x1b\\\x1b\\\x1bPtmux;\x1b\x1b_Gb;\x1b\x1b\\\x1b\\"
    )


@needs_pictures
def test_sixels_are_the_picture(drawn: Draw) -> None:
    shown = drawn(Way.SIXEL)
    rows = list(sixel_pixels(shown.painted))
    assert (len(rows), {len(row) for row in rows}) == (40, {160})
    assert {row[0] for row in rows} == {(100, 0, 0)}
    assert {row[-1] for row in rows} == {(0, 0, 100)}
    assert {row.text for row in shown.rows} == {" " * 20}


def test_every_pixel_of_sixels_is_where_it_was() -> None:
    palette = bytes((0, 0, 0, 255, 255, 255, 255, 0, 0))
    data = bytes(number * number % 3 for number in range(7 * 8))
    rows = sixel_pixels(sixel.sent(Pixels(7, 8, data, palette)))
    levels = ((0, 0, 0), (100, 100, 100), (100, 0, 0))
    assert [pixel for row in rows for pixel in row] == [levels[each] for each in data]


@needs_pictures
def test_half_blocks_have_two_pixels_a_cell_and_the_shape_of_the_picture(drawn: Draw) -> None:
    shown = drawn(Way.BLOCKS)
    assert [(row.cell_length, row.text.strip("▀ ")) for row in shown.rows] == [(20, "")] * 3


def test_half_block_has_the_upper_pixel_in_front() -> None:
    first, last = half_blocks.rows_of(Pixels(2, 3, bytes((*RED, *RED, *BLUE, *RED) + BLUE * 2)))
    assert (first.text, last.text) == ("▀ ", "  ")
    style = next(iter(first)).style
    assert style is not None
    assert (style.color.triplet, style.bgcolor.triplet) == (RED, BLUE)  # type: ignore[union-attr]
