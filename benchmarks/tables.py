"""Results as lines of text."""

from collections.abc import Iterator, Sequence
from statistics import median

from benchmarks.budgets import budgets_of, in_words, is_met, limit
from benchmarks.measurements import Readings, Readout, percentile
from benchmarks.programs import OURS
from benchmarks.screen_times import PAPERS_ON_DISK

HEAD = ("what", "size", "ours", "p95", "other", "", "p95", "ratio", "budget", "allowed", "")


def budget_table(readout: Readout, sizes: Sequence[str]) -> str:
    """Return a line for each budget and each other program, by what and size."""
    whats = dict.fromkeys(reading.what for reading in readout.readings)
    rows = [row for what in whats for size in sizes for row in _rows(readout, what, size)]
    return _aligned([HEAD, *rows])


def relevance_table(readings: Readings) -> str:
    """Return a line for each kind of query and place, a column for each searcher."""
    readout = Readout(readings)
    searchers = list(dict.fromkeys(reading.who for reading in readings))
    size = next(iter(readings)).size
    rows: list[Sequence[str]] = [("", *searchers)]
    for what in dict.fromkeys(reading.what for reading in readings):
        found = [median(readout.of(what, size, who)) for who in searchers]
        rows.append((what, *(f"{share:.1f}" for share in found)))
    return _aligned(rows)


def missed(readout: Readout, sizes: Sequence[str]) -> int:
    """Return how many budgets are not kept."""
    whats = dict.fromkeys(reading.what for reading in readout.readings)
    verdicts = (
        is_met(budget, size, readout)
        for what in whats
        for size in sizes
        for budget in budgets_of(what, size)
    )
    return sum(verdict is False for verdict in verdicts)


def _rows(readout: Readout, what: str, size: str) -> Iterator[tuple[str, ...]]:
    ours = readout.of(what, size, OURS)
    if not ours:
        return
    compared: list[str] = []
    for budget in budgets_of(what, size):
        met = is_met(budget, size, readout)
        verdict = {True: "met", False: "MISSED", None: "not measured"}[met]
        compared += [budget.other, budget.also]
        allowed = limit(budget, size, readout)
        figure = "" if allowed is None else _number(allowed)
        yield _row(readout, what, size, budget.other, (in_words(budget), figure, verdict))
    for other in readout.others(what, size, but=OURS):
        if other not in (*compared, PAPERS_ON_DISK):
            yield _row(readout, what, size, other)
    if not compared and not readout.others(what, size, but=OURS):
        yield _row(readout, what, size, "")


def _row(
    readout: Readout,
    what: str,
    size: str,
    other: str,
    budget: tuple[str, str, str] = ("", "", ""),
) -> tuple[str, ...]:
    ours, others = readout.of(what, size, OURS), readout.of(what, size, other) if other else []
    ratio = ""
    if others and (base := median(others)):
        ratio = f"{median(ours) / base:.3g}"
    return (what, size, *_figures(ours), other, *_figures(others), ratio, *budget)


def _figures(values: list[float]) -> tuple[str, str]:
    """Return median and 95th percentile, this only where there are more values than one."""
    if not values:
        return "", ""
    return _number(median(values)), _number(percentile(values, 95)) if len(values) > 1 else ""


def _number(value: float) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{digits}f}"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return the rows with columns as wide as they need, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = (
            cell.rjust(width) if _is_number(column, rows) else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _is_number(column: int, rows: Sequence[Sequence[str]]) -> bool:
    cells = [row[column] for row in rows[1:] if row[column]]
    return bool(cells) and all(cell.replace(".", "").isdecimal() for cell in cells)
