"""DBLP's bibliography of a conference, a journal, a volume or a person, in BibTeX.

| name | meaning |
| --- | --- |
| `dblp:conf/iclr`, `dblp:journals/jmlr` | a conference or journal, year by year |
| `dblp:conf/iclr/iclr2025` | a volume |
| `dblp:pid/l/YannLeCun` | a person |

Each is spelled as in the address of its page there. Sources: https://dblp.org/faq/13501473.html
(the search API: `q`, `h` up to 1,000, `f`), https://dblp.org/faq/1474706.html (requests a second or
two apart, 429 with Retry-After).
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from store.fetching.parts import Part, Visit

PAGE = 1_000
"""Entries on a page, at most."""
_PAGES = 10
"""So many pages of a year; no conference has as many papers."""
_FIRST_YEAR = 1936
"""Of DBLP's first papers."""
_PLACE = re.compile(
    r"(?:conf|journals|series|books)/\w[\w.+-]{0,60}(?:/\w[\w.+-]{0,80})?|pid/[\w-]{1,20}/[\w-]{1,80}",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What DBLP lists at a place."""

    base: str
    place: str
    """As `place_of` returns it."""

    @property
    def name(self) -> str:
        """The place behind `dblp:`."""
        return f"dblp:{self.place}"

    def parts(self, visit: Visit) -> list[Part]:
        """Return a person's or volume's papers; of a conference those of this year and the last.

        Volumes are listed there weeks after the conference: the year before is asked for again, and
        all years since the last visit.
        """
        last = visit.until or visit.today
        if self.place.startswith("pid/"):
            return [Part(f"{self.base}/{self.place}.bib", "bibtex", covers=last)]
        if self.place.count("/") == 2:
            return [self._found(f"toc:db/{self.place}.bht:", last)]
        since = visit.since.year if visit.since else (visit.complete or last).year - 1
        return [
            self._found(f"stream:streams/{self.place}: year:{year}:", min(date(year, 12, 31), last))
            for year in range(max(min(since, last.year), _FIRST_YEAR), last.year + 1)
        ]

    def _found(self, query: str, covers: date) -> Part:
        """Return what a search finds."""
        address = f"{self.base}/search/publ/api?q={quote(query)}&format=bib1&h={PAGE}"
        return Part(
            address, "bibtex", covers=covers, counter="f", step=PAGE, pages=_PAGES, full=PAGE
        )


def place_of(text: str) -> str | None:
    """Return a place as DBLP spells it, None for what can't be one; a page's address is one."""
    place = re.sub(r"^https?://dblp\.org/", "", text.strip()).strip("/")
    place = place.removeprefix("db/").removesuffix(".html").removesuffix("/index")
    return place if _PLACE.fullmatch(place) else None
