"""Notices about papers that were read: which were cut, and which will count as one paper.

An entry with neither an arXiv id nor a DOI is identified by its title and first author: a column
that appears each month under the same title becomes one paper.
"""

from collections.abc import Iterable, Iterator

from store.feeds.feed_text import MORE
from store.identity import family_names
from store.model import NO_PUBLICATION, Paper
from store.text.clean import ABSTRACT_LIMIT, NAME_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT
from store.text.people import AUTHORS_LIMIT

_MOST_CUT = 5
"""Papers of a file that are named as cut."""
_MOST_TITLES = 3
"""Titles that are named as recurring."""
_TEXTS = (
    *((name, TITLE_LIMIT) for name in ("title", "venue", "comment")),
    ("abstract", ABSTRACT_LIMIT),
    ("summary", SUMMARY_LIMIT),
)
_PUBLICATION = ("publisher", "institution", "place", "series", "edition")
_PUBLICATION_LIMIT = 300


def cut(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield a line for each paper with a cut part, up to _MOST_CUT, and the number of others."""
    count = 0
    for paper in papers:
        if parts := list(_parts(paper)):
            count += 1
            if count <= _MOST_CUT:
                yield f"“{paper.title[:80]}”: {', '.join(parts)}"
    if count > _MOST_CUT:
        yield f"of {count - _MOST_CUT:,} more papers something was cut too"


def _parts(paper: Paper) -> Iterator[str]:
    """Yield the parts of a paper that were cut, in words."""
    # A cut text ends in an ellipsis; it may be shorter by white space that was folded.
    for name, limit in _TEXTS:
        if getattr(paper, name)[-1:] == "…" and len(getattr(paper, name)) > limit * 0.9:
            yield f"the {name} was cut at {limit:,} characters"
    if len(paper.authors) >= AUTHORS_LIMIT and paper.authors_incomplete:
        yield f"it has more than {AUTHORS_LIMIT:,} authors, the rest was skipped"
    if "…" in "".join(paper.authors) and any(map(_is_cut_name, paper.authors)):
        yield f"an author's name was cut at {NAME_LIMIT:,} characters"
    if paper.keywords[-1:] == (MORE,):
        yield "it has too many keywords; some were dropped"
    if paper.publication is not NO_PUBLICATION:
        for name in _PUBLICATION:
            text = getattr(paper.publication, name)
            if text[-1:] == "…" and len(text) > _PUBLICATION_LIMIT * 0.9:
                yield f"the {name} was cut at {_PUBLICATION_LIMIT:,} characters"


def _is_cut_name(name: str) -> bool:
    return name[-1:] == "…" and len(name) > NAME_LIMIT * 0.9


def recurring(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield a line if entries with the same title and first author appeared in different places."""
    first: dict[str, Paper] = {}
    more: dict[str, int] = {}
    for paper in papers:
        if paper.date or not paper.authors or not paper.id.startswith("sha:"):
            continue
        known = first.setdefault(paper.id, paper)
        if known is not paper and _elsewhere(known, paper) and _of_one(known, paper):
            more[known.title] = more.get(known.title, 0) + 1
    if more:
        titles = ", ".join(f"“{title[:60]}”" for title in list(more)[:_MOST_TITLES])
        rest = f" and {len(more) - _MOST_TITLES:,} more titles" if len(more) > _MOST_TITLES else ""
        count = sum(more.values())
        entries = "1 entry has" if count == 1 else f"{count:,} entries have"
        yield (
            f"{entries} the title and first author of another that came out elsewhere, and no DOI: "
            f"they count as the same paper ({titles}{rest})"
        )


def _of_one(one: Paper, other: Paper) -> bool:
    return family_names(one.authors[:1]) == family_names(other.authors[:1])


def _elsewhere(one: Paper, other: Paper) -> bool:
    """Return whether two papers have different years, volumes, numbers or pages."""
    ours, theirs = one.publication, other.publication
    pairs = (
        (one.published[:4], other.published[:4]),
        (ours.volume, theirs.volume),
        (ours.number, theirs.number),
        (ours.pages, theirs.pages),
    )
    return any(mine and its and mine != its for mine, its in pairs)
