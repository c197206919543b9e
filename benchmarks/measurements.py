"""What was measured: values by what, at which size of library, of which program."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ANY_SIZE = ""
"""The size of what has no library, such as the bare program."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a list of values is of."""

    what: str
    size: str
    who: str


Readings = dict[Reading, list[float]]


class Readout:
    """Collects values; milliseconds, megabytes or percent, as `what` says."""

    def __init__(self, readings: Readings | None = None) -> None:
        self.readings: Readings = {} if readings is None else readings

    def add(self, what: str, size: str, who: str, value: float) -> None:
        """Take in one value."""
        self.readings.setdefault(Reading(what, size, who), []).append(value)

    def add_all(self, readings: Readings) -> None:
        """Take in what another readout has collected."""
        for reading, values in readings.items():
            self.readings.setdefault(reading, []).extend(values)

    def of(self, what: str, size: str, who: str) -> list[float]:
        """Return the values of a program at a size, or those it has at any size."""
        return self.readings.get(
            Reading(what, size, who), self.readings.get(Reading(what, ANY_SIZE, who), [])
        )

    def others(self, what: str, size: str, but: str) -> list[str]:
        """Return the programs other than `but` that were measured, in order of appearance."""
        names = (r.who for r in self.readings if r.what == what and r.size in (size, ANY_SIZE))
        return [name for name in dict.fromkeys(names) if name != but]


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the smallest value that `percent` of all do not exceed (nearest rank)."""
    return sorted(values)[max(-(-len(values) * percent // 100), 1) - 1]


def share(hits: Iterable[bool]) -> float:
    """Return how many of the answers are yes, in percent."""
    answers = list(hits)
    return 100 * sum(answers) / len(answers)
