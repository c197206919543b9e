"""The tables of LaTeXML's pages: tables of the paper, and the layout of equations."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from store.fulltext.blocks import NOTHING, Block, Kind, Words
from store.fulltext.html_tree import Element
from store.fulltext.wording import Wording

MOST_CELLS = 20_000
"""Cells of a table; rows beyond them are cut."""
WIDEST = 60
"""Columns of a table, and the most that a cell may span."""

Read: TypeAlias = Callable[[Element], Words]
"""Returns the text of an element on one line."""

_NO_GRID = frozenset(("ltx_listing", "ltx_figure", "ltx_equationgroup", "ltx_itemize"))


def read_table(table: Element, read: Read) -> Block | None:
    """Return a table, or None if it is only layout."""
    rows = list(_rows(table))
    if sum(1 for row, _ in rows for _ in _cells(row)) < 2:
        return None
    if any(each.name == "figure" or each.classes & _NO_GRID for each in table.walk()):
        return None
    grid: list[list[Words]] = []
    aligned: dict[int, str] = {}
    below: dict[int, int] = {}
    """For each column with a cell from a row above, the rows that it still covers."""
    head = ruled = 0
    for number, (row, in_head) in enumerate(rows):
        line: list[Words] = []
        for cell in _cells(row):
            while below.get(len(line), 0) > 0:
                below[len(line)] -= 1
                line.append(NOTHING)
            column = len(line)
            across = _span(cell.get("colspan"))
            for each in range(column, column + across):
                below[each] = max(below.get(each, 0), _span(cell.get("rowspan")) - 1)
            if across == 1:
                aligned[column] = _alignment(cell, aligned.get(column, "l"))
            line += [read(cell), *[NOTHING] * (across - 1)]
            if number and not ruled and "ltx_border_t" in cell.classes:
                ruled = number
        while below.get(len(line), 0) > 0:
            below[len(line)] -= 1
            line.append(NOTHING)
        grid.append(line[:WIDEST])
        head += in_head
        if sum(map(len, grid)) > MOST_CELLS:
            break
    width = max(map(len, grid))
    if not any(cell.text for line in grid for cell in line):
        return None
    return Block(
        Kind.TABLE,
        level=min(head or ruled, 5),
        rows=tuple((*line, *[NOTHING] * (width - len(line))) for line in grid if any(line)),
        aligned="".join(aligned.get(column, "l") for column in range(width)),
    )


def read_equations(table: Element, read: Read) -> Iterator[Block]:
    """Yield a block for each equation of a group, and the prose between them."""
    rows = list(_rows(table))
    if not rows:
        yield from _equation(table, [table], (), read)
    parts = {id(row): part for part in table.elements() for row in part.elements()}
    for row, _ in rows:
        cells = list(_cells(row))
        if "ltx_equation" in row.classes or (row.find("math") and row.find(of_class="ltx_tag")):
            yield from _equation(row, cells, _anchors(parts.get(id(row)), row), read)
        else:
            for cell in cells:
                if (words := read(cell)).text:
                    yield Block(Kind.PARAGRAPH, words, _anchors(parts.get(id(row)), row))


def _equation(
    row: Element, cells: list[Element], anchors: tuple[str, ...], read: Read
) -> Iterator[Block]:
    tag = row.find(of_class="ltx_tag_equation") or row.find(of_class="ltx_tag_equationgroup")
    label = "".join(tag.text().split()) if tag else ""
    line = Wording()
    for cell in cells:
        formulas = [each for each in cell.walk() if each.name == "math"]
        if "ltx_eqn_eqno" in cell.classes or (
            not formulas and any(each is tag for each in cell.walk())
        ):
            continue
        if len(formulas) == 1 and not _has_words(cell):
            line.add_formula(formulas[0].get("alttext"), apart=True)
        elif (words := read(cell)).text:
            line.add_words(words)
        line.add(" ")
    if (words := line.finish()).text and words.text != label:
        yield Block(Kind.EQUATION, words, anchors, label=label)


def _has_words(cell: Element) -> bool:
    """Return whether a cell has text besides a formula and its number."""
    for element in cell.walk():
        if element.name == "math" or "ltx_tag" in element.classes:
            continue
        if any(isinstance(each, str) and each.strip() for each in element.children):
            return True
    return False


def _anchors(part: Element | None, row: Element) -> tuple[str, ...]:
    """Return the ids of a row, and of the part of the table if the row is its first."""
    ids = [row.get("id")]
    if part is not None and next(part.elements(), None) is row:
        ids.append(part.get("id"))
    return tuple(each for each in ids if each)


def _rows(table: Element) -> Iterator[tuple[Element, bool]]:
    """Yield the rows of a table without inner tables, and whether each is in its head."""
    for element in table.elements():
        if element.name == "tr" or "ltx_tr" in element.classes:
            yield element, False
        elif element.name in ("thead", "tbody", "tfoot") or element.classes & {
            "ltx_thead", "ltx_tbody", "ltx_tfoot"
        }:  # fmt: skip
            in_head = element.name == "thead" or "ltx_thead" in element.classes
            yield from ((row, in_head) for row, _ in _rows(element))


def _cells(row: Element) -> Iterator[Element]:
    for element in row.elements():
        if element.name in ("td", "th") or "ltx_td" in element.classes:
            yield element


def _span(value: str) -> int:
    return min(int(value), WIDEST) if value.isdecimal() and len(value) < 9 and int(value) else 1


def _alignment(cell: Element, before: str) -> str:
    for name, letter in (("right", "r"), ("center", "c"), ("left", "l")):
        if f"ltx_align_{name}" in cell.classes:
            return letter
    return before
