"""Means with their intervals: of queries that were drawn, and of readers that were made up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from benchmarks.measurements import Readings, Readout


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over queries or readers, in percent."""

    what: str
    size: str
    who: str
    mean: float
    interval: float
    """What is on both sides of the mean with 95 % confidence: 1.96 standard errors."""
    number: int


def estimate(what: str, size: str, who: str, values: Iterable[float]) -> Estimate:
    """Return the mean of values, which are percentages."""
    known = list(values)
    spread = 1.96 * stdev(known) / sqrt(len(known)) if len(known) > 1 else 0.0
    return Estimate(what, size, who, fmean(known), spread, len(known))


def readings_of(estimates: Iterable[Estimate]) -> Readings:
    """Return the means as readings, which budgets are held against."""
    readout = Readout()
    for each in estimates:
        readout.add(each.what, each.size, each.who, each.mean)
    return readout.readings


def estimates_table(estimates: Sequence[Estimate]) -> str:
    """Return a line for each thing that was estimated, a column for each who."""
    who = list(dict.fromkeys(each.who for each in estimates))
    whats = list(dict.fromkeys(each.what for each in estimates))
    by_place = {(each.what, each.who): each for each in estimates}
    rows = [["", "n", *who]]
    for what in whats:
        found = [by_place.get((what, name)) for name in who]
        number = max(each.number for each in found if each)
        cells = [f"{each.mean:.1f} ±{each.interval:.1f}" if each else "" for each in found]
        rows.append([what, str(number), *cells])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
