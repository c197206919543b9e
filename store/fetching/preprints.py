"""Preprints of bioRxiv and medRxiv by subject, from their API: https://api.biorxiv.org."""

import re
from dataclasses import dataclass
from datetime import date

from store.fetching.visit import CURSOR, DAY, Part, Visit

SERVERS = ("biorxiv", "medrxiv")
_BEGAN = date(2013, 11, 7)
"""The day of bioRxiv's first preprint."""
_SUBJECT = re.compile(r"[a-z]+(?:[ _-](?:and[ _-])?[a-z]+){0,6}")


@dataclass(frozen=True, slots=True)
class Preprints:
    """The preprints of a server on a subject."""

    base: str
    server: str
    subject: str
    """In lower case with `_` for spaces; empty for all subjects."""

    @property
    def name(self) -> str:
        """The server and the subject."""
        return f"{self.server}:{self.subject or 'all'}"

    def parts(self, visit: Visit) -> list[Part]:
        """Return the days since the last visit as one part, the last of them again."""
        last = visit.last
        first = visit.since or visit.first_missing(last, last)
        address = f"{self.base}/details/{self.server}/{max(first, _BEGAN)}/{last}/{CURSOR}"
        if self.subject:
            address += f"?category={self.subject}"
        return [Part(address, "biorxiv", covers=min(last, visit.today - DAY), counter=CURSOR)]


def subject_of(text: str) -> str | None:
    """Return a subject in the spelling of the API, empty for all; None if it can't be one."""
    folded = re.sub(r"[ _-]+", "_", text.strip().lower())
    if folded == "all":
        return ""
    return folded if len(folded) <= 80 and _SUBJECT.fullmatch(folded) else None
