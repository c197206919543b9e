"""The budgets: how long each thing may take, beside what was measured in the same run."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from benchmarks.durable_star import FSYNC, SAVE
from benchmarks.known_items import EXACT, TYPO, place_name
from benchmarks.matching import MATCH
from benchmarks.measurements import Readout, percentile
from benchmarks.programs import OURS
from benchmarks.screen_times import DOWN, FILTER, MEMORY, PAPERS_ON_DISK, STAR, START

SMALL, ALL = ("58", "1k"), ("58", "1k", "10k", "100k")


@dataclass(frozen=True, slots=True)
class Budget:
    """At most `times` what another program takes, plus `plus`; at least, with `at_least`."""

    what: str
    sizes: tuple[str, ...]
    other: str = ""
    """Who else; nobody where it is empty."""
    times: float = 0.0
    plus: float = 0.0
    also: str = ""
    """A second other whose value comes on top, `also_times` times."""
    also_times: float = 0.0
    p95: bool = False
    """Whether our 95th percentile must keep it, and not the median."""
    at_least: bool = False


BUDGETS = (
    Budget(START, ("58", "1k", "10k"), "floor", 1.15),
    Budget(START, ("100k",), "floor", 1.3),
    Budget(FILTER, SMALL, "fzf", 1.0),
    Budget(FILTER, SMALL, "echo", 5.0),
    Budget(FILTER, ("10k",), "fzf", 0.4),
    Budget(FILTER, ("10k",), "echo", 6.0),
    Budget(FILTER, ("10k",), plus=20.0, p95=True),
    Budget(FILTER, ("100k",), "fzf", 0.1),
    Budget(FILTER, ("100k",), plus=45.0, p95=True),
    Budget(MATCH, ALL, "fzf --filter", 0.01),
    Budget(MATCH, ("100k",), plus=25.0, p95=True),
    Budget(DOWN, ALL, "echo", 4.0),
    Budget(STAR, ALL, "echo", 4.0),
    Budget(SAVE, ("1k",), FSYNC, 1.0, plus=3.0),
    Budget(SAVE, ("10k",), FSYNC, 1.0, plus=10.0),
    Budget(SAVE, ("100k",), FSYNC, 1.0, plus=60.0),
    Budget(MEMORY, SMALL, "floor", 1.4),
    Budget(MEMORY, ("10k", "100k"), "floor", 1.0, also=PAPERS_ON_DISK, also_times=2.0),
    Budget(place_name(EXACT, 1), ("10k", "100k"), "fzf", 1.0, at_least=True),
    Budget(place_name(TYPO, 10), ("10k",), plus=97.0, at_least=True),
    Budget(place_name(TYPO, 10), ("100k",), plus=90.0, at_least=True),
)


def budgets_of(what: str, size: str) -> Iterator[Budget]:
    """Yield the budgets of a thing at a size."""
    return (budget for budget in BUDGETS if budget.what == what and size in budget.sizes)


def limit(budget: Budget, size: str, readout: Readout) -> float | None:
    """Return the value that must be kept, or None where the other was not measured."""
    total = budget.plus
    for who, times in ((budget.other, budget.times), (budget.also, budget.also_times)):
        if who:
            values = readout.of(budget.what, size, who)
            if not values:
                return None
            total += times * median(values)
    return total


def is_met(budget: Budget, size: str, readout: Readout) -> bool | None:
    """Tell whether ours keeps the budget; None where it can't be told."""
    allowed = limit(budget, size, readout)
    values = readout.of(budget.what, size, OURS)
    if allowed is None or not values:
        return None
    ours = percentile(values, 95) if budget.p95 else median(values)
    return ours >= allowed if budget.at_least else ours <= allowed


def in_words(budget: Budget) -> str:
    """Return the budget as it is written down."""
    sign = "≥" if budget.at_least else "≤"
    parts = []
    if budget.other:
        parts.append(budget.other if budget.times == 1 else f"{budget.times:g} × {budget.other}")
    if budget.also:
        parts.append(f"{budget.also_times:g} × {budget.also}")
    if budget.plus:
        parts.append(f"{budget.plus:g}")
    return f"{'p95 ' if budget.p95 else ''}{sign} {' + '.join(parts)}"
