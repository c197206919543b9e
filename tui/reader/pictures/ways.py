"""In which way a terminal shows pictures: as it says itself, or as the settings do.

What it can do is recognised by the environment, and by the answer to the question that is asked
before the reader starts (tui.ground): nothing more is asked.
"""

import fcntl
import struct
import termios
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Way(StrEnum):
    """How a picture is shown."""

    KITTY = "kitty"
    """By kitty's graphics protocol, in cells that go with the text."""
    SIXEL = "sixel"
    """As sixels, which stay where they were drawn: for a picture that has the screen for itself."""
    BLOCKS = "blocks"
    """Two colours a cell, in any terminal that has enough of them."""
    OFF = "off"


AUTO = "auto"
OVER_SSH = 'no pictures over SSH: {key} shows one, images = "blocks" in the settings all'
USUAL_CELL = 8, 16
"""Pixels of a cell, across and down, where the terminal does not tell."""


class Ways(NamedTuple):
    """How pictures are shown in a text, and large."""

    inline: Way
    large: Way
    reason: str = ""
    """Why there are none, if that was not asked for."""


def choose(
    setting: str, environment: Mapping[str, str], plain: bool, has_sixel: bool, has_cells: bool
) -> Ways:
    """Return the ways for a setting and a terminal.

    `plain` is whether it is drawn in ASCII or in few colours, `has_sixel` whether the terminal says
    that it knows sixels, `has_cells` whether it tells how many pixels a cell has.
    """
    if setting == Way.OFF:
        return Ways(Way.OFF, Way.OFF)
    if plain:
        return Ways(Way.OFF, Way.OFF, "pictures need 256 colours and more than ASCII")
    if setting != AUTO:
        way = Way(setting)
    elif _knows_placeholders(environment):
        way = Way.KITTY
    else:
        way = Way.SIXEL if has_sixel else Way.BLOCKS
    if way is Way.SIXEL and not has_cells:
        way = Way.BLOCKS
    inline = Way.BLOCKS if way is Way.SIXEL else way
    if setting == AUTO and any(map(environment.get, ("SSH_CONNECTION", "SSH_TTY"))):
        return Ways(Way.OFF, way, OVER_SSH)
    return Ways(inline, way)


def _knows_placeholders(environment: Mapping[str, str]) -> bool:
    """Tell whether a terminal is kitty or Ghostty, which alone place pictures in cells of text."""
    if any(map(environment.get, ("TMUX", "STY", "ZELLIJ"))):
        return False
    if environment.get("TERM") in ("xterm-kitty", "xterm-ghostty"):
        return True
    named = environment.get("TERM_PROGRAM", "").lower()
    return bool(environment.get("KITTY_WINDOW_ID")) or named in ("kitty", "ghostty")


def cell_size(terminal: int = 2) -> tuple[int, int] | None:
    """Return how many pixels a cell has, across and down; None if the terminal does not tell."""
    try:
        answer = fcntl.ioctl(terminal, termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return None
    rows, columns, across, down = struct.unpack("HHHH", answer)
    if not rows or not columns or across < columns or down < rows:
        return None
    return across // columns, down // rows
