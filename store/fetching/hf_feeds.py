"""Hugging Face's lists of papers: daily papers, trending papers, those of a week or a month.

Source: https://huggingface.co/docs/hub/api.
"""

from dataclasses import dataclass
from datetime import date

from store.fetching.visit import DAY, Part, Visit, days

LISTS = ("trending", "week", "month")
_PAGE = 100
_BEGAN = date(2023, 5, 4)
"""The first day with daily papers."""


@dataclass(frozen=True, slots=True)
class DailyPapers:
    """Hugging Face's daily papers."""

    base: str
    name: str = "hf"

    def parts(self, visit: Visit) -> list[Part]:
        """Return the days since the last visit, and the last two again for their votes."""
        yesterday = visit.today - DAY
        first = max(visit.since or visit.first_missing(yesterday, visit.today), _BEGAN)
        return [
            Part(
                address=f"{self.base}/api/daily_papers?date={day}&limit={_PAGE}",
                form="hf",
                day=day,
                listed=True,
                covers=min(day, yesterday),
                counter="p",
            )
            for day in days(first, visit.last)
        ]


@dataclass(frozen=True, slots=True)
class PaperList:
    """Trending papers, or those of a week or month, the most votes first."""

    base: str
    kind: str
    """One of LISTS."""

    @property
    def name(self) -> str:
        """`hf:` and the kind."""
        return f"hf:{self.kind}"

    def parts(self, visit: Visit) -> list[Part]:
        """Return the present list, and the weeks or months since the last visit."""
        last = visit.last
        if self.kind == "trending":
            return [Part(f"{self._address}sort=trending&limit={_PAGE}", "hf", covers=visit.today)]
        first = visit.since or visit.complete or last
        # A week or month is fetched once more after its end.
        first = max(first, last - 92 * DAY) if not visit.since else first
        names: dict[str, date] = {}
        day = first
        while day <= last:
            names[self._period(day)] = day
            day += DAY
        names.setdefault(self._period(last), last)
        return [
            Part(
                f"{self._address}{self.kind}={name}&limit={_PAGE}",
                "hf",
                covers=min(day, visit.today - DAY),
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
