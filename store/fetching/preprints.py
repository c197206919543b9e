"""Preprints of bioRxiv and medRxiv by subject, from their API: https://api.biorxiv.org."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from store.fetching.parts import CURSOR, Part, Visit

SERVERS = ("biorxiv", "medrxiv")
_BEGAN = date(2013, 11, 7)
_FIRST_TIME, _CATCH_UP = 7, 31
_DAY = timedelta(days=1)
_SUBJECT = re.compile(r"[a-z]+(?:[ _-](?:and[ _-])?[a-z]+){0,6}")


@dataclass(frozen=True, slots=True)
class Preprints:
    """What a server posted on a subject."""

    base: str
    server: str
    subject: str
    """In lower case, its words with `_` between; empty for all subjects."""

    @property
    def name(self) -> str:
        """The subject behind the server."""
        return f"{self.server}:{self.subject or 'all'}"

    def parts(self, visit: Visit) -> list[Part]:
        """Return the days since the last visit, all in one; the last of them again."""
        last = visit.until or visit.today
        first = visit.since or self._first_missing(visit, last)
        address = f"{self.base}/details/{self.server}/{max(first, _BEGAN)}/{last}/{CURSOR}"
        if self.subject:
            address += f"?category={self.subject}"
        return [Part(address, "biorxiv", covers=min(last, visit.today - _DAY), counter=CURSOR)]

    def _first_missing(self, visit: Visit, last: date) -> date:
        if visit.complete is None:
            return last - (_FIRST_TIME - 1) * _DAY
        return max(min(visit.complete + _DAY, last), last - (_CATCH_UP - 1) * _DAY)


def subject_of(text: str) -> str | None:
    """Return a subject as the API takes it, empty for all; None for what can't be one."""
    folded = re.sub(r"[ _-]+", "_", text.strip().lower())
    if folded == "all":
        return ""
    return folded if len(folded) <= 80 and _SUBJECT.fullmatch(folded) else None
