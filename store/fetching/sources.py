"""What a subscription means: which addresses are asked for, for which days.

| name | meaning |
| --- | --- |
| `hf` | Hugging Face's daily papers, day by day |
| `hf:trending`, `hf:week`, `hf:month` | its papers that are trending, of this week, this month |
| `biorxiv:neuroscience`, `medrxiv:all` | preprints by subject |
| `dblp:conf/iclr`, `dblp:pid/l/YannLeCun` | DBLP's bibliography of a conference, a person |
| `arxiv:cs.CL`, `arxiv:cs.CL+cs.AI` | arXiv's listing of today; its API for days before |
| `arxiv?all:electron AND cat:cs.CL` | a search in arXiv's API, the newest first |
| an http(s) address | any feed in a format that can be read |

Sources: https://huggingface.co/docs/hub/api, https://info.arxiv.org/help/rss.html,
https://info.arxiv.org/help/api/user-manual.html.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol
from urllib.parse import quote, urlencode

from store.errors import FeedNameError
from store.fetching.addresses import address_problem
from store.fetching.arxiv_categories import categories_in
from store.fetching.dblp import Bibliography, place_of
from store.fetching.hf_lists import LISTS, PaperList
from store.fetching.parts import Part, Visit
from store.fetching.preprints import SERVERS, Preprints, subject_of
from store.text.clean import clean_line

MIRRORED = ("hf", "arxiv", "biorxiv", "doi", "dblp", "semantic_scholar")
"""Services that a mirror can be named for."""
CATCH_UP = 31
"""Days before today, at most, that are asked for without being told from when."""
FIRST_TIME = 7
"""Days that are asked for the first time."""
_HF_BEGAN = date(2023, 5, 4)
_ARXIV_BEGAN = date(1991, 8, 14)
_ARXIV_PAGE = 100
_HF_PAGE = 100
_SEARCH_PAGES = 10
_DAY = timedelta(days=1)

_WITH_SUBJECTS = (
    *("astro-ph", "cond-mat", "cs", "econ", "eess", "math", "nlin", "physics", "q-bio", "q-fin"),
    "stat",
)
"""arXiv's archives whose papers are all in one of their subjects."""


@dataclass(frozen=True, slots=True)
class Mirrors:
    """Where the services are; other addresses are for mirrors of them."""

    hf: str = "https://huggingface.co"
    arxiv_rss: str = "https://rss.arxiv.org"
    arxiv_api: str = "https://export.arxiv.org"
    arxiv: str = "https://arxiv.org"
    """Where papers are read: `/html/ID` and `/pdf/ID`."""
    ar5iv: str = "https://ar5iv.labs.arxiv.org"
    """Where else they are; empty if a mirror stands for all of arXiv."""
    biorxiv: str = "https://api.biorxiv.org"
    """The API of bioRxiv and medRxiv."""
    doi: str = "https://doi.org"
    """The registry of DOIs."""
    dblp: str = "https://dblp.org"
    semantic_scholar: str = "https://api.semanticscholar.org"


class Source(Protocol):
    """A feed that can be fetched."""

    @property
    def name(self) -> str:
        """The name it is subscribed by."""

    def parts(self, visit: Visit) -> list[Part]:
        """Return what to ask for, the oldest first."""


def find_source(name: str, mirrors: Mirrors) -> Source:
    """Return the feed that a name means; FeedNameError if it means none."""
    name = name.strip()
    if name.lower() == "hf":
        return DailyPapers(mirrors.hf)
    before, colon, behind = name.partition(":")
    if before.lower() == "hf" and colon:
        if behind.strip().lower() not in LISTS:
            lists = ", ".join(f"hf:{each}" for each in LISTS)
            raise FeedNameError(f"hf: has {lists}, and hf alone is the daily papers")
        return PaperList(mirrors.hf, behind.strip().lower())
    if before.lower() in SERVERS and colon:
        if (subject := subject_of(behind)) is None:
            raise FeedNameError(
                f"{before.lower()}: takes all or a subject, such as {before.lower()}:neuroscience; "
                f"{clean_line(behind, 40)!r} is not one"
            )
        return Preprints(mirrors.biorxiv, before.lower(), subject)
    if before.lower() == "dblp" and colon:
        if (place := place_of(behind)) is None:
            raise FeedNameError(
                "dblp: takes the name of a page there, such as dblp:conf/iclr, "
                "dblp:conf/iclr/iclr2025 or dblp:pid/l/YannLeCun; "
                f"{clean_line(behind, 40)!r} is not one"
            )
        return Bibliography(mirrors.dblp, place)
    scheme, mark, rest = name[:5].lower(), name[5:6], name[6:].strip()
    if scheme == "arxiv" and mark == ":":
        return ArxivListing(categories_in(rest), mirrors)
    if scheme == "arxiv" and mark == "?":
        if not rest or len(rest) > 1_000 or clean_line(rest) != rest:
            raise FeedNameError("arxiv? needs a search in one line, such as arxiv?all:electron")
        return ArxivSearch(rest, mirrors)
    if "://" in name:
        if problem := address_problem(name):
            raise FeedNameError(f"{clean_line(name, 100)}: {problem}")
        return WebFeed(name.partition("#")[0])
    raise FeedNameError(
        f"{clean_line(name, 100) or 'nothing'!r} is not a feed: use hf, "
        "hf:week, arxiv:cs.CL, 'arxiv?all:electron', biorxiv:neuroscience, dblp:conf/iclr or a web "
        "address"
    )


def find_mirrors(settings: Mapping[str, str]) -> Mirrors:
    """Return the mirrors set under the names in MIRRORED, else the services.

    FeedNameError for what is not an address.
    """
    chosen = {name: address for name in MIRRORED if (address := settings.get(name, ""))}
    for name, address in chosen.items():
        if problem := address_problem(address):
            raise FeedNameError(f"the mirror of {name}, {clean_line(address, 100)!r}: {problem}")
        chosen[name] = address.rstrip("/")
    found = replace(Mirrors(), **chosen)
    if arxiv := chosen.get("arxiv"):
        return replace(found, arxiv_rss=arxiv, arxiv_api=arxiv, ar5iv="")
    return found


@dataclass(frozen=True, slots=True)
class DailyPapers:
    """Hugging Face's daily papers."""

    base: str
    name: str = "hf"

    def parts(self, visit: Visit) -> list[Part]:
        """Return the days since the last visit; the last two again, for their votes."""
        yesterday = visit.today - _DAY
        first = max(visit.since or _first_missing(visit, yesterday), _HF_BEGAN)
        return [
            Part(
                address=f"{self.base}/api/daily_papers?date={day}&limit={_HF_PAGE}",
                form="hf",
                day=day,
                listed=True,
                covers=min(day, yesterday),
                counter="p",
            )
            for day in _days(first, visit.until or visit.today)
        ]


@dataclass(frozen=True, slots=True)
class ArxivListing:
    """What arXiv announces in some categories."""

    categories: tuple[str, ...]
    mirrors: Mirrors

    @property
    def name(self) -> str:
        """The categories behind `arxiv:`."""
        return f"arxiv:{'+'.join(self.categories)}"

    def parts(self, visit: Visit) -> list[Part]:
        """Return today's listing, and before it the days of which a listing was missed.

        A listing has what was submitted until 18:00 UTC of the day before it. There is none on
        Saturday and Sunday: the first visit then asks for the newest papers.
        """
        days: Iterable[date] = ()
        if visit.since or visit.until:
            last = visit.until or visit.today
            days = _days(max(visit.since or last, _ARXIV_BEGAN), last)
        elif visit.complete and _weekday_between(visit.complete, visit.today):
            first = max(visit.complete - _DAY, visit.today - CATCH_UP * _DAY)
            days = _days(first, visit.today - 2 * _DAY)
        parts = [self._day(day) for day in days]
        if visit.until is None or visit.until >= visit.today:
            address = f"{self.mirrors.arxiv_rss}/rss/{'+'.join(self.categories)}"
            newest = None if parts or visit.complete else self._newest(visit.today)
            parts.append(Part(address, "arxiv-rss", newest_listing=True, otherwise=newest))
        return parts

    def _newest(self, today: date) -> Part:
        """Return the newest papers; of a listing that is still to come today there are none."""
        (part,) = ArxivSearch(self._search, self.mirrors).parts(Visit(today))
        listed = next(day for day in (today - n * _DAY for n in (1, 2, 3)) if day.weekday() < 5)
        return replace(part, covers=listed)

    @property
    def _search(self) -> str:
        return " OR ".join(
            f"cat:{category}.*" if category in _WITH_SUBJECTS else f"cat:{category}"
            for category in self.categories
        )

    def _day(self, day: date) -> Part:
        address = _search_address(self.mirrors, f"({self._search})", day, day)
        return Part(address, "arxiv-atom", day, covers=day, counter="start", step=_ARXIV_PAGE)


@dataclass(frozen=True, slots=True)
class ArxivSearch:
    """What a search in arXiv's API finds."""

    query: str
    mirrors: Mirrors

    @property
    def name(self) -> str:
        """The search behind `arxiv?`."""
        return f"arxiv?{self.query}"

    def parts(self, visit: Visit) -> list[Part]:
        """Return the newest papers; between days, all of them."""
        if visit.since or visit.until:
            first, last = visit.since or _ARXIV_BEGAN, visit.until or visit.today
            address = _search_address(self.mirrors, f"({self.query})", first, last)
            pages, while_new = 100, False
        else:
            address = _search_address(self.mirrors, self.query)
            pages, while_new = (_SEARCH_PAGES if visit.complete else 1), True
        return [
            Part(
                address=address,
                form="arxiv-atom",
                covers=visit.until or visit.today,
                counter="start",
                step=_ARXIV_PAGE,
                pages=pages,
                while_new=while_new,
            )
        ]


@dataclass(frozen=True, slots=True)
class WebFeed:
    """A feed at an address; it has no past."""

    name: str

    def parts(self, visit: Visit) -> list[Part]:
        """Return all there is."""
        return [Part(self.name, covers=visit.today)]


def _search_address(
    mirrors: Mirrors, search: str, first: date | None = None, last: date | None = None
) -> str:
    if first and last:
        search += f" AND submittedDate:[{first:%Y%m%d}0000 TO {last:%Y%m%d}2359]"
    query = {
        "search_query": search,
        "sortBy": "submittedDate",
        "sortOrder": "descending",
        "max_results": str(_ARXIV_PAGE),
    }
    return f"{mirrors.arxiv_api}/api/query?{urlencode(query, quote_via=quote)}"


def _first_missing(visit: Visit, latest: date) -> date:
    """Return the first day that was not fetched in full, within the days that are caught up."""
    if visit.complete is None:
        return visit.today - (FIRST_TIME - 1) * _DAY
    return max(min(visit.complete + _DAY, latest), visit.today - (CATCH_UP - 1) * _DAY)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        if first == date.max:
            return
        first += _DAY


def _weekday_between(first: date, last: date) -> bool:
    """Return whether there is a day from Monday to Friday after the one and before the other."""
    return any(day.weekday() < 5 for day in _days(first + _DAY, last - _DAY))
