"""The feeds that a name can mean: which addresses are requested, for which days.

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

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol
from urllib.parse import quote, urlencode

from store.errors import FeedNameError
from store.fetching.addresses import address_problem
from store.fetching.arxiv_categories import categories_in
from store.fetching.dblp import Bibliography, place_of
from store.fetching.hf_feeds import LISTS, DailyPapers, PaperList
from store.fetching.preprints import SERVERS, Preprints, subject_of
from store.fetching.visit import CATCH_UP, DAY, Part, Visit, days
from store.text.clean import clean_line

MIRRORED = ("hf", "arxiv", "biorxiv", "doi", "dblp", "semantic_scholar")
"""Services that can have a mirror."""
_ARXIV_BEGAN = date(1991, 8, 14)
_ARXIV_PAGE = 100
_SEARCH_PAGES = 10

_WITH_SUBJECTS = (
    *("astro-ph", "cond-mat", "cs", "econ", "eess", "math", "nlin", "physics", "q-bio", "q-fin"),
    "stat",
)
"""The archives of arXiv with subjects; each paper is in a subject."""


@dataclass(frozen=True, slots=True)
class Mirrors:
    """The addresses of the services, or of mirrors of them."""

    hf: str = "https://huggingface.co"
    arxiv_rss: str = "https://rss.arxiv.org"
    arxiv_api: str = "https://export.arxiv.org"
    arxiv: str = "https://arxiv.org"
    """The site with `/html/ID` and `/pdf/ID`."""
    ar5iv: str = "https://ar5iv.labs.arxiv.org"
    """A site with `/html/ID` as well; empty with a mirror of arXiv."""
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
        """The name by which users subscribe to it."""

    def parts(self, visit: Visit) -> list[Part]:
        """Return the parts to request, the oldest first."""


def find_source(name: str, mirrors: Mirrors) -> Source:
    """Return the feed with a name; FeedNameError if there is none."""
    name = name.strip()
    if name.lower() == "hf":
        return DailyPapers(mirrors.hf)
    before, colon, after = name.partition(":")
    if before.lower() == "hf" and colon:
        if after.strip().lower() not in LISTS:
            lists = ", ".join(f"hf:{each}" for each in LISTS)
            raise FeedNameError(f"hf: has {lists}, and hf alone is the daily papers")
        return PaperList(mirrors.hf, after.strip().lower())
    if before.lower() in SERVERS and colon:
        if (subject := subject_of(after)) is None:
            raise FeedNameError(
                f"{before.lower()}: takes all or a subject, such as {before.lower()}:neuroscience; "
                f"{clean_line(after, 40)!r} is not one"
            )
        return Preprints(mirrors.biorxiv, before.lower(), subject)
    if before.lower() == "dblp" and colon:
        if (place := place_of(after)) is None:
            raise FeedNameError(
                "dblp: takes the name of a page there, such as dblp:conf/iclr, "
                "dblp:conf/iclr/iclr2025 or dblp:pid/l/YannLeCun; "
                f"{clean_line(after, 40)!r} is not one"
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
    """Return the addresses in settings by the names in MIRRORED, for others the services' own.

    FeedNameError for an address that can't be requested.
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
class ArxivListing:
    """arXiv's announcements in some categories."""

    categories: tuple[str, ...]
    mirrors: Mirrors

    @property
    def name(self) -> str:
        """`arxiv:` and the categories."""
        return f"arxiv:{'+'.join(self.categories)}"

    def parts(self, visit: Visit) -> list[Part]:
        """Return today's listing, and before it the days whose listings were missed.

        A listing has the papers submitted until 18:00 UTC of the day before. There is none on
        Saturday and Sunday: the first visit then fetches the newest papers.
        """
        missing: Iterable[date] = ()
        if visit.since or visit.until:
            missing = days(max(visit.since or visit.last, _ARXIV_BEGAN), visit.last)
        elif visit.complete and _weekday_between(visit.complete, visit.today):
            first = max(visit.complete - DAY, visit.today - CATCH_UP * DAY)
            missing = days(first, visit.today - 2 * DAY)
        parts = [self._day(day) for day in missing]
        if visit.until is None or visit.until >= visit.today:
            address = f"{self.mirrors.arxiv_rss}/rss/{'+'.join(self.categories)}"
            newest = None if parts or visit.complete else self._newest(visit.today)
            parts.append(Part(address, "arxiv-rss", newest_listing=True, otherwise=newest))
        return parts

    def _newest(self, today: date) -> Part:
        """Return the newest papers, complete up to the last day with a listing before today."""
        (part,) = ArxivSearch(self._search, self.mirrors).parts(Visit(today))
        listed = next(day for day in (today - n * DAY for n in (1, 2, 3)) if day.weekday() < 5)
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
    """The results of a search in arXiv's API."""

    query: str
    mirrors: Mirrors

    @property
    def name(self) -> str:
        """`arxiv?` and the search."""
        return f"arxiv?{self.query}"

    def parts(self, visit: Visit) -> list[Part]:
        """Return the newest papers; with days from the user, all papers between them."""
        if visit.since or visit.until:
            first = visit.since or _ARXIV_BEGAN
            address = _search_address(self.mirrors, f"({self.query})", first, visit.last)
            pages, while_new = 100, False
        else:
            address = _search_address(self.mirrors, self.query)
            pages, while_new = (_SEARCH_PAGES if visit.complete else 1), True
        return [
            Part(
                address=address,
                form="arxiv-atom",
                covers=visit.last,
                counter="start",
                step=_ARXIV_PAGE,
                pages=pages,
                while_new=while_new,
            )
        ]


@dataclass(frozen=True, slots=True)
class WebFeed:
    """A feed at a web address; it has no earlier days."""

    name: str

    def parts(self, visit: Visit) -> list[Part]:
        """Return the feed as a single part."""
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


def _weekday_between(first: date, last: date) -> bool:
    """Return whether there is a day from Monday to Friday between two days."""
    return any(day.weekday() < 5 for day in days(first + DAY, last - DAY))
