"""Facts that may change about a starred paper, and which changes are news. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from store.identity import published_doi
from store.model import Paper
from store.text.clean import clean_line

STEPS = (1, 10, 100, 1_000, 10_000, 100_000)
"""Numbers of models and data sets that are news when reached."""
STAR_STEPS = (100, 500, 1_000, 5_000, 10_000, 50_000, 100_000)
"""Stars of a repository that are news when reached."""
FEWEST_CITATIONS = 10
"""Fewest additional citations that are news; a fifth of the known number if that is more."""
MOST_NEWS = 20
"""Most lines of news of a paper; the latest stay."""
_WITHDRAWN = re.compile(
    r"^\W*(?:this|the) (?:paper|article|submission|manuscript|version) (?:has been|is|was) "
    r"(?:temporarily )?withdrawn|^\W*(?:paper |article |submission )?withdrawn\b",
    re.IGNORECASE,
)
_LONGEST = 160
"""Most characters of a name or address in a line of news."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about a paper at a time; None and empty are unknown."""

    version: int = 0
    doi: str = ""
    venue: str = ""
    withdrawn: bool = False
    code: str = ""
    models: int | None = None
    datasets: int | None = None
    stars: int | None = None
    """Stars of its repository at GitHub."""
    citations: int | None = None
    """The last reported number of citations, at first the first known one."""


def known_facts(paper: Paper) -> Facts:
    """Return the facts that the library has about a paper, for one that was never checked."""
    return Facts(
        paper.version, published_doi(paper), paper.venue, is_withdrawn(paper), paper.links.code
    )


def is_withdrawn(paper: Paper) -> bool:
    """Return whether comment or abstract say that the paper was withdrawn, as on arXiv."""
    return bool(_WITHDRAWN.match(paper.comment) or _WITHDRAWN.match(paper.abstract))


def from_arxiv(before: Facts, answer: Paper) -> Facts:
    """Return the facts after an answer of arXiv's; facts that it lacks stay."""
    return replace(
        before,
        version=max(before.version, answer.version),
        doi=published_doi(answer) or before.doi,
        venue=answer.venue or before.venue,
        withdrawn=is_withdrawn(answer),
    )


def from_preprints(before: Facts, versions: Iterable[Paper]) -> Facts:
    """Return the facts after an answer of bioRxiv's, which has all versions of a preprint."""
    versions = list(versions)
    dois = filter(None, map(published_doi, versions))
    return replace(
        before,
        version=max([before.version, *(each.version for each in versions)]),
        doi=next(dois, before.doi),
    )


def from_citations(before: Facts, count: int) -> Facts:
    """Return the facts with a number of citations, if that has grown enough to be news."""
    known = before.citations
    if known is None or count >= known + max(FEWEST_CITATIONS, known // 5):
        return replace(before, citations=count)
    return before


def news(before: Facts, after: Facts) -> Iterator[str]:
    """Yield the news between two states of facts, in words."""
    if after.withdrawn and not before.withdrawn:
        yield "withdrawn"
    elif after.version > before.version > 0:
        yield f"new version {after.version}"
    if (after.doi and not before.doi) or (after.venue and not before.venue):
        where = ", ".join(filter(None, (after.venue, after.doi and f"doi:{after.doi}")))
        yield f"published: {clean_line(where, _LONGEST)}"
    if after.code and not before.code:
        yield f"code: {clean_line(after.code, _LONGEST)}"
    for count, earlier, what, steps in (
        (after.models, before.models, "models on Hugging Face", STEPS),
        (after.datasets, before.datasets, "data sets on Hugging Face", STEPS),
        (after.stars, before.stars, "stars on GitHub", STAR_STEPS),
    ):
        if reached(earlier, count, steps):
            words = what.replace("models", "model").replace("sets", "set") if count == 1 else what
            yield f"{count:,} {words}"
    more = (after.citations or 0) - (before.citations or 0)
    if before.citations is not None and more > 0:
        yield f"cited {after.citations:,} times, {more:,} more"


def reached(earlier: int | None, count: int | None, steps: tuple[int, ...]) -> bool:
    """Return whether a number has reached a step; without an earlier number it has not."""
    if earlier is None or count is None:
        return False
    return any(earlier < step <= count for step in steps)


def with_news(lines: tuple[str, ...], day: str, events: list[str]) -> tuple[str, ...]:
    """Return the lines of news of a paper with the new events of a day added at the end."""
    known = {line.partition(" ")[2] for line in lines}
    new = [f"{day} {event}" for event in dict.fromkeys(events) if event not in known]
    return (*lines, *new)[-MOST_NEWS:] if new else lines


def to_document(facts: Facts) -> dict[str, Any]:
    """Return facts as a document for the file."""
    nothing = asdict(Facts())
    return {name: value for name, value in asdict(facts).items() if value != nothing[name]}


def from_document(saved: Mapping[str, Any]) -> Facts:
    """Return the facts in a document; TypeError if it has anything else."""
    facts = Facts(**saved)
    for name, value in asdict(facts).items():
        kind = type(getattr(Facts(), name))
        if not isinstance(value, int if kind is type(None) else kind) and value is not None:
            raise TypeError(f"{name} is of a different kind")
    return facts
