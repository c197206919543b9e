"""The budgets: how long each thing may take, beside what was measured in the same run."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from benchmarks import commands, foryou, related
from benchmarks.durable_star import FSYNC, SAVE
from benchmarks.known_items import ABSTRACT, EXACT, FORM, SIDE, TYPO, WRONG, place_name
from benchmarks.matching import MATCH
from benchmarks.measurements import Readout, percentile
from benchmarks.programs import INTERPRETER, OURS
from benchmarks.questions import (
    FIVE,
    KEYWORDS,
    LAY_QUESTIONS,
    OWN_WORDS,
    QUESTION_TIME,
    SUMMARY,
    question_name,
)
from benchmarks.related import related_name
from benchmarks.screen_times import (
    DOWN,
    FILTER,
    KEPT_SCREEN,
    MEMORY,
    PAPERS_ON_DISK,
    STAR,
    START,
)
from benchmarks.tfidf import SKLEARN

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
    Budget(KEPT_SCREEN, ALL, INTERPRETER, 2.5),
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
    *(
        Budget(what, ("10k", "100k"), commands.SMALL, 2.0)
        for what in (commands.SHOW, commands.MARK, commands.TODAY, commands.TAGS)
    ),
    Budget(commands.HEAD, ("100k",), commands.AT_TEN_THOUSAND, 1.5),
    Budget(commands.ADD_DAY, ("10k", "100k"), commands.EMPTY, 1.5, plus=50.0),
    Budget(place_name(EXACT, 1), ("10k", "100k"), "fzf", 1.0, at_least=True),
    Budget(place_name(TYPO, 10), ("10k",), plus=97.0, at_least=True),
    Budget(place_name(TYPO, 10), ("100k",), plus=90.0, at_least=True),
    Budget(place_name(ABSTRACT, 10), ("10k",), plus=85.0, at_least=True),
    Budget(place_name(ABSTRACT, 10), ("10k",), "FTS5", 1.0, plus=-1.0, at_least=True),
    Budget(place_name(SIDE, 10), ("10k",), "FTS5", 1.0, plus=4.0, at_least=True),
    Budget(place_name(FORM, 10), ("10k",), plus=65.0, at_least=True),
    Budget(place_name(WRONG, 10), ("10k",), plus=60.0, at_least=True),
    *(
        Budget(question_name(kind), ("10k",), plus=least, at_least=True)
        for kind, least in (
            (SUMMARY, 95.0), (FIVE, 70.0), (KEYWORDS, 90.0), (LAY_QUESTIONS, 50.0),
            (OWN_WORDS, 50.0),
        )
    ),
    *(
        Budget(question_name(kind), ("10k",), "FTS5", 1.0, plus=5.0, at_least=True)
        for kind in (LAY_QUESTIONS, OWN_WORDS)
    ),
    Budget(QUESTION_TIME, ("10k",), plus=15.0),
    *(
        Budget(related_name(what), ("10k",), SKLEARN, 1.0, plus=-1.5, at_least=True)
        for what in related.SETS
    ),
    *(
        Budget(related_name(what), ("10k",), plus=least, at_least=True)
        for what, least in (
            (related.NAMED, 41.0), (related.FIRST_LAST, 18.0), (related.ORGANISATION, 16.5),
        )
    ),
    Budget(related.TIME, ("10k",), plus=10.0),
    *(
        Budget(foryou.auc_of(stars), ("10k",), plus=least, at_least=True)
        for stars, least in ((5, 83.0), (20, 85.0), (100, 86.0))
    ),
    *(
        Budget(foryou.auc_of(stars), ("10k",), SKLEARN, 1.0, plus=-2.0, at_least=True)
        for stars in (5, 20, 100)
    ),
    *(
        Budget(foryou.found_of(what), ("10k",), plus=least, at_least=True)
        for what, least in (
            ("5 stars", 48.0), ("20 stars", 52.0), ("100 stars", 48.0), (foryou.DRIFT, 38.0),
        )
    ),
    Budget(foryou.LEARN, ("10k",), plus=350.0),
    Budget(foryou.SCORE, ("10k",), plus=0.15),
)  # fmt: skip


def budgets_of(what: str, size: str) -> Iterator[Budget]:
    """Yield the budgets of a thing at a size."""
    return (budget for budget in BUDGETS if budget.what == what and size in budget.sizes)


def limit(budget: Budget, size: str, readout: Readout) -> float | None:
    """Return the value that must be kept, or None if the other was not measured."""
    total = budget.plus
    for who, times in ((budget.other, budget.times), (budget.also, budget.also_times)):
        if who:
            values = readout.of(budget.what, size, who)
            if not values:
                return None
            total += times * median(values)
    return total


def is_met(budget: Budget, size: str, readout: Readout) -> bool | None:
    """Return whether ours keeps the budget; None if it can't be determined."""
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
    words = " + ".join(parts).replace("+ -", "- ")
    return f"{'p95 ' if budget.p95 else ''}{sign} {words}"
