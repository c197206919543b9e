"""The columns of a row of the list: the same for all rows of a width."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len

from store.model import Paper
from tui.reader.drawing.render import cut

SIGNS = 3
"""Cells before the title: unread or selected, star, a space."""
DATE, VOTES, AUTHOR, RISE = ("date", 8, 28), ("votes", 5, 28), ("author", 14, 36), ("rise", 4, 40)
"""Each column, its cells, and the cells that the title needs beside it, else the column goes.

The first stays longest. A space goes before each.
"""


class Columns(NamedTuple):
    """How many cells each column has; 0 if it has no room."""

    title: int
    date: int = 0
    author: int = 0
    votes: int = 0
    rise: int = 0


ALL = frozenset(("votes", "author", "rise"))
"""Columns that are empty for some papers."""


def filled_by(paper: Paper) -> frozenset[str]:
    """Return the columns that a paper fills."""
    has = {"votes": paper.upvotes, "author": paper.authors, "rise": (paper.rise or 0) > 0}
    return frozenset(name for name, value in has.items() if value)


@lru_cache(64)
def columns_in(width: int, dated: bool, filled: frozenset[str] = ALL) -> Columns:
    """Return the columns of rows of a width; `dated` adds the day, for lists without headings.

    Columns that no paper fills are left out.
    """
    room = width - SIGNS - 1
    chosen: dict[str, int] = {}
    for name, cells, least in (DATE, VOTES, AUTHOR, RISE)[not dated :]:
        if name in ALL - filled:
            continue
        if room - cells - 1 < least:
            break
        chosen[name] = cells
        room -= cells + 1
    return Columns(max(room, 0), **chosen)


def votes_of(paper: Paper, cells: int) -> str:
    """Return the upvotes of a paper in a column: "▲  41"."""
    return f"▲{_short(paper.upvotes):>{cells - 1}}" if paper.upvotes else " " * cells


def rise_of(paper: Paper, cells: int) -> str:
    """Return how many upvotes came since an earlier day: " +13"."""
    rise = paper.rise or 0
    return f"{'+' + _short(rise, cells - 1):>{cells}}" if rise > 0 else " " * cells


def day_of(paper: Paper, today: date) -> str:
    """Return the day of a paper, of another year its month: "19 Aug", "2024-08".

    Votes are to the left of it: behind them "Aug 2024" would look like a day.
    """
    try:
        day = date.fromisoformat(paper.date)
    except ValueError:
        return ""
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day:%Y-%m}"


def _short(number: int, digits: int = 4) -> str:
    for unit, sign in ((1, ""), (1_000, "k"), (1_000_000, "M")):
        if len(text := f"{number // unit}{sign}") <= digits:
            return text
    return "9" * digits


@lru_cache(4_096)
def title_lines(title: str, width: int, last: int, at_most: int) -> tuple[str, ...]:
    """Return a title in as many lines as it needs and there may be, cut if they do not do.

    All lines are `width` cells wide, but a title's last line only `last`, which leaves room behind.
    Together the lines are the title, or its beginning and an ellipsis.
    """
    if cell_len(title) <= last or at_most < 2:
        return (cut(title, last),)
    first, taken = "", 0
    for char in title:
        taken += cell_len(char)
        if taken > width:
            break
        first += char
    # Between words, where that leaves more than half a line.
    at = first.rfind(" ") + 1 if len(first) < len(title) else len(first)
    if at > len(first) // 2:
        first = first[:at]
    return first, *title_lines(title[len(first) :], width, last, at_most - 1)
