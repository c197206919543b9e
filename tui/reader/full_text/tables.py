"""Lay out a table of Markdown: columns as wide as there is room for, cells wrapped in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from rich.cells import cell_len

from tui.reader.full_text.inline import Inline
from tui.reader.line_breaks import folds, line_breaks

_BETWEEN = "  "
_RULE = "$foreground 40%"


@dataclass(slots=True)
class Table:
    """A table as it is read: the first row is its heading."""

    rows: list[list[Inline]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    """Of each column, whether it is aligned to the right."""

    def lines(self, width: int) -> list[Inline]:
        """Return the lines of the table; where there are too many columns they are cut."""
        widths = _widths(self.rows, width)
        # Cells that go on for lines need something between the rows.
        apart = any(
            cell_len(cell.text) > room
            for row in self.rows
            for cell, room in zip(row, widths, strict=False)
        )
        lines: list[Inline] = []
        for number, row in enumerate(self.rows):
            lines += self._row(row, widths)
            if number == 0 or (apart and number < len(self.rows) - 1):
                lines.append(_rule(widths, "┈" if number else "─"))
        return [line.part(*folds(line.text, width)[0]) for line in lines]

    def _row(self, row: Sequence[Inline], widths: Sequence[int]) -> list[Inline]:
        wrapped = [
            [cell.part(start, end) for start, end in line_breaks(cell.text, room)]
            for cell, room in zip(row, widths, strict=False)
        ]
        right = self.right
        lines: list[Inline] = []
        for parts in zip_longest(*wrapped, fillvalue=Inline()):
            line = Inline()
            for number, (part, room) in enumerate(zip(parts, widths, strict=False)):
                gap = " " * (room - cell_len(part.text))
                before, after = (gap, "") if number < len(right) and right[number] else ("", gap)
                line.add(_BETWEEN * bool(number) + before)
                line.add_inline(part)
                line.add(after)
            lines.append(line)
        return lines


def _widths(rows: Sequence[Sequence[Inline]], width: int) -> list[int]:
    """Return the widths of the columns: the widest give way until all fit, to a cell each."""
    columns = zip_longest(*rows, fillvalue=Inline())
    widths = [max(1, *(cell_len(cell.text) for cell in column)) for column in columns]
    room = width - len(_BETWEEN) * (len(widths) - 1)
    fitting = (
        most for most in range(room, 1, -1) if sum(min(each, most) for each in widths) <= room
    )
    most = next(fitting, 1)
    return [min(each, most) for each in widths]


def _rule(widths: Sequence[int], mark: str) -> Inline:
    line = Inline()
    line.add(_BETWEEN.join(mark * room for room in widths), _RULE)
    return line
