"""Say which entries of a file will count as one paper, although they may be several.

An entry with neither an arXiv id nor a DOI is known by its title and its first author. A column
that appears each month under the same title is one paper then.
"""

from collections.abc import Iterable, Iterator

from store.identity import family_names
from store.model import Paper

_SHOWN = 3


def recurring(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield a line about entries of one title and author that came out in different places."""
    first: dict[str, Paper] = {}
    more: dict[str, int] = {}
    for paper in papers:
        if paper.date or not paper.authors or not paper.id.startswith("sha:"):
            continue
        # The id is that of the title.
        known = first.setdefault(paper.id, paper)
        if known is not paper and _elsewhere(known, paper) and _of_one(known, paper):
            more[known.title] = more.get(known.title, 0) + 1
    if more:
        titles = ", ".join(f"“{title[:60]}”" for title in list(more)[:_SHOWN])
        rest = f" and {len(more) - _SHOWN:,} more titles" if len(more) > _SHOWN else ""
        count = sum(more.values())
        entries = "1 entry has" if count == 1 else f"{count:,} entries have"
        yield (
            f"{entries} the title and first author of another that came out elsewhere, and no DOI: "
            f"they count as the same paper ({titles}{rest})"
        )


def _of_one(one: Paper, other: Paper) -> bool:
    return family_names(one.authors[:1]) == family_names(other.authors[:1])


def _elsewhere(one: Paper, other: Paper) -> bool:
    """Return whether two descriptions name different years, volumes, numbers or pages."""
    ours, theirs = one.publication, other.publication
    pairs = (
        (one.published[:4], other.published[:4]),
        (ours.volume, theirs.volume),
        (ours.number, theirs.number),
        (ours.pages, theirs.pages),
    )
    return any(mine and its and mine != its for mine, its in pairs)
