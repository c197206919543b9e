"""Why a paper is at its place, in words: what is like it, what it has, what was liked."""

from typing import TYPE_CHECKING

from store.model import Paper
from store.query.relax import any_words
from store.query.syntax import Problem, Query
from store.query.tree import Field, ranking_fields
from store.search.index import Index
from store.text.clean import clean_line
from tui.reader.shown import Shown

if TYPE_CHECKING:
    from store.ranking.foryou import Reason

SHORT_TITLE, IN_STATUS = 28, 16
"""Letters of a title that is named beside others, and below the list."""
FEW_STARS = 2
NO_STARS = "newest first: no stars yet"


def sorts_by_taste(query: Query) -> bool:
    """Return whether a query is sorted by what one likes."""
    return any(key.removeprefix("-") == "foryou" for key in query.sort)


def note(index: Index, query: Query, complete: bool) -> str:
    """Return a note beside the number of papers found: how far the work is, what it is based on."""
    if index.is_reading(query):
        return f"{index.ranks.progress:.0%}"
    if not sorts_by_taste(query):
        return ""
    if not complete:
        return f"{index.tasting.progress:.0%}" if index.tasting.progress < 1 else ""
    stars = index.tasting.stars
    if not stars:
        return NO_STARS
    return f"from {stars} star{'s' * (stars > 1)}" if stars <= FEW_STARS else ""


def missing_papers(query: Query, missing: tuple[str, ...]) -> tuple[Problem, ...]:
    """Return the problems that `like:` names papers which are not here."""
    return tuple(
        Problem(f"like: there is no paper {field.value} here", field.start, field.end, False)
        for field in ranking_fields(query.tree, excluded=False)
        if field.name == "like" and field.value in missing
    )


def named(index: Index, query: Query) -> str:
    """Return what papers are like, where that is asked alone: "like «Mobile-GS: Real-ti…»"."""
    if isinstance(query.tree, Field) and query.tree.name == "like":
        liked = index.row_named(query.tree.value)
        if liked is not None:
            return f"like {_short(index.papers[liked], IN_STATUS)}"
    return ""


def reason(index: Index, query: Query, shown: Shown, paper: Paper, place: int) -> str:
    """Return why a paper at a place of the list is there; empty if its words say it."""
    row = index.row_of.get(paper.id)
    if row is None:
        return ""
    if shown.sections and place >= min(shown.sections):
        below = any_words(query)
        return (
            _has(index, ranking_fields(below.tree, excluded=False)[0].value, row) if below else ""
        )
    for field in ranking_fields(query.tree, excluded=False):
        if field.name == "about":
            return _has(index, field.value, row)
        liked = index.row_named(field.value)
        if liked is not None and (words := index.ranks.why_like(liked, row)):
            return f"like it: {clean_line(', '.join(words))}"
    if sorts_by_taste(query) and shown.complete:
        return _because(index.tasting.reason(paper), bool(index.tasting.stars))
    return ""


def _has(index: Index, question: str, row: int) -> str:
    words = index.ranks.why_about(question, row)
    return f"has {clean_line(', '.join(words))}" if words else ""


def _because(found: "Reason | None", stars: bool) -> str:
    if not stars:
        return "newest first; star papers to put similar ones first"
    if found is None:
        return ""
    did = "starred" if found.starred else "marked"
    terms = clean_line(", ".join(found.terms))
    return f"because you {did} {_short(found.paper)}" + (f": {terms}" if terms else "")


def _short(paper: Paper, most: int = SHORT_TITLE) -> str:
    title = clean_line(paper.title)
    return f"«{title if len(title) <= most else title[: most - 1].rstrip() + '…'}»"
