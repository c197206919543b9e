"""The values passed around: papers as feeds described them, marks as the user set them."""

from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses that belong to a paper; an empty string if there is none."""

    page: str = ""
    """The paper's own page."""
    pdf: str = ""
    """The paper as a PDF."""
    code: str = ""
    """A source repository."""
    project: str = ""
    """A project page, demo or data set."""


@dataclass(frozen=True, slots=True)
class Votes:
    """What a feed's readers thought of a paper on a day."""

    day: str
    """YYYY-MM-DD, in UTC."""
    upvotes: int
    comments: int


@dataclass(frozen=True, slots=True, order=True)
class Publication:
    """What a bibliography says of the book, journal or thesis that a paper is or is in."""

    kind: str = ""
    """The type of entry as BibTeX and biblatex call it, such as `article`, `book`, `phdthesis`."""
    key: str = ""
    """The citation key that it had at its source."""
    publisher: str = ""
    institution: str = ""
    """The school of a thesis, the institution of a report."""
    place: str = ""
    """Where the publisher or institution is."""
    editors: tuple[str, ...] = ()
    series: str = ""
    edition: str = ""
    volume: str = ""
    number: str = ""
    """The issue, or the number of a report."""
    pages: str = ""
    """The first and the last with an en dash between them."""
    isbn: str = ""
    issn: str = ""

    def __bool__(self) -> bool:
        return self != NO_PUBLICATION

    def said(self) -> dict[str, Any]:
        """Return the known fields by name, as in JSON."""
        known = {each.name: getattr(self, each.name) for each in fields(self)}
        known["editors"] = list(self.editors)
        return {name: value for name, value in known.items() if value}


NO_PUBLICATION = Publication()
"""For papers that no bibliography has."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as the feeds described it. Text has been cleaned; dates are ISO 8601 strings."""

    id: str
    """The key: `arxiv:...`, `doi:...` or `sha:...` (see store.identity)."""
    title: str
    authors: tuple[str, ...] = ()
    authors_incomplete: bool = False
    """Whether there are more authors than any feed names ("et al.")."""
    abstract: str = ""
    summary: str = ""
    """The feed's one-line summary, if it has one."""
    keywords: tuple[str, ...] = ()
    date: str = ""
    """The day a feed first listed it, YYYY-MM-DD; if none does, the day of publication."""
    published: str = ""
    """The day it was published, YYYY-MM-DD, or empty."""
    updated: str = ""
    """The day of the newest version, YYYY-MM-DD, or empty."""
    categories: tuple[str, ...] = ()
    venue: str = ""
    comment: str = ""
    links: Links = field(default_factory=Links)
    upvotes: int | None = None
    comments: int | None = None
    """Number of comments at the feed."""
    earlier_votes: Votes | None = None
    """The votes of the last day before the present ones, if known."""
    feeds: tuple[str, ...] = ()
    """Names of the feeds that listed it."""
    aliases: tuple[str, ...] = ()
    """Other keys of the paper: earlier ones, before a better one was found, and its DOI."""
    version: int = 0
    """Version of the text, 0 if it is not known; the newest wins."""
    announced: str = ""
    """The type of arXiv's last announcement: new, cross, replace, replace-cross; else empty."""
    publication: Publication = NO_PUBLICATION

    @property
    def keys(self) -> tuple[str, ...]:
        """All its keys: the present one and the others."""
        return (self.id, *self.aliases)

    @property
    def is_replacement(self) -> bool:
        """Whether arXiv announced a new version of a paper that is out already."""
        return self.announced.startswith("replace")

    def named_authors(self, most: int) -> tuple[tuple[str, ...], str]:
        """Return the first authors, and words for the others: " and 5 more", " et al."."""
        others = max(len(self.authors) - most, 0)
        more = f" and {others:,} more" if others else ""
        return self.authors[:most], " et al." if self.authors_incomplete else more

    @property
    def all_authors(self) -> str:
        """All known names in one line, with " et al." at the end if there are more."""
        names, more = self.named_authors(len(self.authors))
        return ", ".join(names) + more

    @property
    def rise(self) -> int | None:
        """How many upvotes came since those of an earlier day; None if that is not known."""
        if self.upvotes is None or self.earlier_votes is None:
            return None
        return self.upvotes - self.earlier_votes.upvotes


@dataclass(frozen=True, slots=True)
class Marks:
    """What the user did with a paper; time stamps are ISO 8601 in UTC, or empty."""

    read: bool = False
    starred: bool = False
    tags: tuple[str, ...] = ()
    """In alphabetical order."""
    note: str = ""
    read_at: str = ""
    starred_at: str = ""
    hidden: bool = False
    """Whether lists hide it; they always show how many they hide."""
    score: int = 0
    """The sum of its scores from rules."""
    news: tuple[str, ...] = ()
    """Its news since it was starred, the latest last: "2025-08-01 version 2"."""


NO_MARKS = Marks()
"""The marks of a paper nobody has touched."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of marks, the same for each paper it is applied to; None leaves a field alone."""

    read: bool | None = None
    starred: bool | None = None
    note: str | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    hidden: bool | None = None
    score: int | None = None
