"""The basis of a taste: papers that the user liked, papers read and left, and any others."""

from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from store.model import NO_MARKS, Marks, Paper

STARS, LEFT, BACKGROUND = 300, 500, 1_000
"""Numbers of papers: the latest that were liked, papers read and not liked, any papers."""
FEW_LEFT = 50
"""If fewer papers were read and left, unread papers of the library are added."""
HALF = 0.5
"""The weight of a tag or a note on a paper without a star; that of a star is 1."""
GATHERED = 2_000
"""Papers in a slice of work; keys are handled between slices."""


@dataclass(frozen=True, slots=True)
class Liked:
    """A paper that the user likes."""

    paper: Paper
    when: str
    """When it was starred or read; ISO 8601 in UTC, or empty."""
    weight: float
    """How much: 1 for a star, else HALF."""


@dataclass(frozen=True, slots=True)
class Basis:
    """The papers to learn from."""

    liked: tuple[Liked, ...]
    """The latest first."""
    left: tuple[Paper, ...]
    """Read and not liked."""
    background: tuple[Paper, ...]
    """Any papers, which show how common each word is."""


def gathering(
    papers: Iterable[Paper], all_marks: Mapping[str, Marks], since: str = ""
) -> Generator[None, None, Basis]:
    """Gather the papers to learn from, a slice at each step; the generator returns them.

    Marks from before the day `since` (YYYY-MM-DD) do not count. Tags and notes have no day of their
    own: the day counts on which the paper was read or starred.
    """
    days: defaultdict[str, list[Paper]] = defaultdict(list)
    for number, paper in enumerate(papers, 1):
        days[paper.date].append(paper)
        if number % GATHERED == 0:
            yield
    by_date: list[Paper] = []
    liked: list[Liked] = []
    left: list[Paper] = []
    others: list[Paper] = []
    in_order = (p for day in sorted(days) for p in sorted(days[day], key=attrgetter("id")))
    for paper in in_order:
        by_date.append(paper)
        if len(by_date) % GATHERED == 0:
            yield
        marks = all_marks.get(paper.id, NO_MARKS)
        if marks.starred and marks.starred_at >= since:
            liked.append(Liked(paper, marks.starred_at, 1.0))
        elif (marks.tags or marks.note) and max(marks.starred_at, marks.read_at) >= since:
            liked.append(Liked(paper, max(marks.starred_at, marks.read_at), HALF))
        elif marks.read and not marks.starred and marks.read_at >= since:
            left.append(paper)
        elif not marks.starred:
            others.append(paper)
    liked.sort(key=lambda each: (each.when, each.paper.date, each.paper.id), reverse=True)
    if len(left) < FEW_LEFT:
        left += evenly(others, LEFT - len(left))
    return Basis(
        tuple(liked[:STARS]), tuple(evenly(left, LEFT)), tuple(evenly(by_date, BACKGROUND))
    )


def evenly(papers: Sequence[Paper], most: int) -> list[Paper]:
    """Return at most so many papers, evenly spaced."""
    if len(papers) <= most:
        return list(papers)
    return [papers[number * len(papers) // most] for number in range(most)]
