"""DBLP's bibliography of a conference, a journal, a volume or a person, in BibTeX.

| name | meaning |
| --- | --- |
| `dblp:conf/iclr`, `dblp:journals/jmlr` | a conference or journal, year by year |
| `dblp:conf/iclr/iclr2025` | a volume |
| `dblp:pid/l/YannLeCun` | a person |

The names are those in the addresses of the pages. Sources: https://dblp.org/faq/13501473.html
(the search API: `q`, `h` up to 1,000, `f`), https://dblp.org/faq/1474706.html (requests a second or
two apart, 429 with Retry-After).
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from store.fetching.visit import Part, Visit

PAGE = 1_000
"""Most entries on a page."""
_PAGES = 10
"""Most pages of a year; no conference has as many papers."""
_FIRST_YEAR = 1936
"""The year of DBLP's first papers."""
_PLACE = re.compile(
    r"(?:conf|journals|series|books)/\w[\w.+-]{0,60}(?:/\w[\w.+-]{0,80})?|pid/[\w-]{1,20}/[\w-]{1,80}",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Bibliography:
    """A bibliography at DBLP."""

    base: str
    place: str
    """In the form of `place_of`."""

    @property
    def name(self) -> str:
        """`dblp:` and the place."""
        return f"dblp:{self.place}"

    def parts(self, visit: Visit) -> list[Part]:
        """Return a person or volume as one part, a conference year by year.

        Those are this year, the year before, as volumes appear weeks after a conference, and all
        years since the last visit.
        """
        last = visit.last
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
        """Return the results of a search as a part."""
        address = f"{self.base}/search/publ/api?q={quote(query)}&format=bib1&h={PAGE}"
        return Part(
            address, "bibtex", covers=covers, counter="f", step=PAGE, pages=_PAGES, full=PAGE
        )


def place_of(text: str) -> str | None:
    """Return the place in a text or the address of a page; None if it can't be one."""
    place = re.sub(r"^https?://dblp\.org/", "", text.strip()).strip("/")
    place = place.removeprefix("db/").removesuffix(".html").removesuffix("/index")
    return place if _PLACE.fullmatch(place) else None
