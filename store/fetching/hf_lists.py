"""Hugging Face's other lists of papers: trending now, of a week, of a month."""

from dataclasses import dataclass
from datetime import date, timedelta

from store.fetching.parts import Part, Visit

LISTS = ("trending", "week", "month")
_PAGE = 100
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PaperList:
    """What is trending, or the papers of this week or month, most votes first."""

    base: str
    kind: str

    @property
    def name(self) -> str:
        """The list behind `hf:`."""
        return f"hf:{self.kind}"

    def parts(self, visit: Visit) -> list[Part]:
        """Return the list of now; of weeks and months also those since the last visit."""
        last = visit.until or visit.today
        if self.kind == "trending":
            return [Part(f"{self._address}sort=trending&limit={_PAGE}", "hf", covers=visit.today)]
        first = visit.since or visit.complete or last
        # The one before this one is asked for once more when it is over.
        first = max(first, last - 92 * _DAY) if not visit.since else first
        names: dict[str, date] = {}
        day = first
        while day <= last:
            names[self._period(day)] = day
            day += _DAY
        names.setdefault(self._period(last), last)
        return [
            Part(
                f"{self._address}{self.kind}={name}&limit={_PAGE}",
                "hf",
                covers=min(day, visit.today - _DAY),
                counter="p",
            )
            for name, day in names.items()
        ]

    @property
    def _address(self) -> str:
        return f"{self.base}/api/daily_papers?"

    def _period(self, day: date) -> str:
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}" if self.kind == "week" else f"{day:%Y-%m}"
