"""Lay out a table: columns as wide as there is room for, cells wrapped in them."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len

from store.fulltext.blocks import NOTHING, Block, Row, Words
from tui.reader.drawing.line_breaks import folds, line_breaks
from tui.reader.full_text.looks import RULE, Styled

_BETWEEN = "  "


class Run(NamedTuple):
    """A stretch of what is drawn that stands for one of the block's own text."""

    drawn: int
    """Where it begins in what is drawn."""
    plain: int
    """Where it begins in the block's text."""
    length: int


class TableLines:
    """The lines of a table at a width; if there are too many columns they are cut."""

    def __init__(self, table: Block, width: int) -> None:
        self.text = Styled()
        """All lines, apart by line breaks."""
        self.lines: list[tuple[int, int, int]] = []
        """Of each line: where it begins and ends in the text, and the place of its row."""
        self.runs: list[Run] = []
        self._width = width
        self._aligned = table.aligned
        widths = _widths(table.rows, width)
        # Cells that go on for lines need something between the rows.
        apart = any(
            cell_len(cell.text) > room
            for row in table.rows
            for cell, room in zip(row, widths, strict=False)
        )
        place = 0
        for number, row in enumerate(table.rows, start=1):
            self._add_row(row, widths, place)
            place += sum(len(cell.text) + 1 for cell in row)
            if number == len(table.rows):
                break
            if number == table.level:
                self._add_rule(widths, "─", place)
            elif apart and number > table.level:
                self._add_rule(widths, "┈", place)

    def _add_row(self, row: Row, widths: Sequence[int], place: int) -> None:
        columns = []
        at = place
        for cell, room in zip(row, widths, strict=False):
            breaks = line_breaks(cell.text, room)
            columns.append([(cell.part(start, end), at + start) for start, end in breaks])
            at += len(cell.text) + 1
        for parts in zip_longest(*columns, fillvalue=(NOTHING, place)):
            start = len(self.text.text)
            for number, ((part, plain), room) in enumerate(zip(parts, widths, strict=False)):
                before, after = self._gaps(number, part, room)
                self.text.add(_BETWEEN * bool(number) + before)
                if part.text:
                    self.runs.append(Run(len(self.text.text), plain, len(part.text)))
                self.text.add_words(part)
                self.text.add(after)
            self._end_line(start, place)

    def _gaps(self, column: int, part: Words, room: int) -> tuple[str, str]:
        """Return the spaces before and after what is in a column."""
        gap = room - cell_len(part.text)
        match self._aligned[column : column + 1]:
            case "r":
                return " " * gap, ""
            case "c":
                return " " * (gap // 2), " " * (gap - gap // 2)
        return "", " " * gap

    def _add_rule(self, widths: Sequence[int], mark: str, place: int) -> None:
        start = len(self.text.text)
        self.text.add(_BETWEEN.join(mark * room for room in widths), RULE)
        self._end_line(start, place)

    def _end_line(self, start: int, place: int) -> None:
        _, end = folds(self.text.text[start:], self._width)[0]
        self.lines.append((start, start + end, place))
        self.text.add("\n")


def _widths(rows: Sequence[Row], width: int) -> list[int]:
    """Return the widths of the columns: the widest give way until all fit, to a cell each."""
    columns = zip_longest(*rows, fillvalue=NOTHING)
    widths = [max(1, *(cell_len(cell.text) for cell in column)) for column in columns]
    room = width - len(_BETWEEN) * (len(widths) - 1)
    fitting = (
        most for most in range(room, 1, -1) if sum(min(each, most) for each in widths) <= room
    )
    most = next(fitting, 1)
    return [min(each, most) for each in widths]
