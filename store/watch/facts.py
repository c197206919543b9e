"""What can become of a paper, and which of it is news. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from store.identity import published_doi
from store.model import Paper
from store.text.clean import clean_line

STEPS = (1, 10, 100, 1_000, 10_000, 100_000)
"""Numbers of models and data sets that are news when they are reached."""
STAR_STEPS = (100, 500, 1_000, 5_000, 10_000, 50_000, 100_000)
"""Stars of a repository that are news when they are reached."""
FEWEST_CITATIONS = 10
"""So many more are news, and a fifth more where that is more."""
MOST_NEWS = 20
"""So many lines are kept of one paper, the latest."""
_WITHDRAWN = re.compile(
    r"^\W*(?:this|the) (?:paper|article|submission|manuscript|version) (?:has been|is|was) "
    r"(?:temporarily )?withdrawn|^\W*(?:paper |article |submission )?withdrawn\b",
    re.IGNORECASE,
)
_LONGEST = 160
"""Characters of a name or an address in a line of news."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was known of a paper when it was looked at; None and empty if nothing was said."""

    version: int = 0
    doi: str = ""
    venue: str = ""
    withdrawn: bool = False
    code: str = ""
    models: int | None = None
    datasets: int | None = None
    stars: int | None = None
    """Of its repository at GitHub."""
    citations: int | None = None
    """How many were told last; at first how many there were."""


def known_facts(paper: Paper) -> Facts:
    """Return what the library knows of a paper: where it was never looked at, that is before."""
    return Facts(
        paper.version, published_doi(paper), paper.venue, is_withdrawn(paper), paper.links.code
    )


def is_withdrawn(paper: Paper) -> bool:
    """Return whether a paper says of itself that it was withdrawn, as on arXiv it does."""
    return bool(_WITHDRAWN.match(paper.comment) or _WITHDRAWN.match(paper.abstract))


def from_arxiv(before: Facts, answer: Paper) -> Facts:
    """Return the facts after arXiv's answer; what it does not say stays."""
    return replace(
        before,
        version=max(before.version, answer.version),
        doi=published_doi(answer) or before.doi,
        venue=answer.venue or before.venue,
        withdrawn=is_withdrawn(answer),
    )


def from_preprints(before: Facts, versions: Iterable[Paper]) -> Facts:
    """Return the facts after an answer of bioRxiv's, which has each version of a preprint."""
    versions = list(versions)
    dois = filter(None, map(published_doi, versions))
    return replace(
        before,
        version=max([before.version, *(each.version for each in versions)]),
        doi=next(dois, before.doi),
    )


def from_citations(before: Facts, count: int) -> Facts:
    """Return the facts where a paper is cited so often; the number stays until it grew enough."""
    known = before.citations
    if known is None or count >= known + max(FEWEST_CITATIONS, known // 5):
        return replace(before, citations=count)
    return before


def news(before: Facts, after: Facts) -> Iterator[str]:
    """Yield in words what is new, an event each."""
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
    """Return whether a number came to a step; if none was known before, it is the beginning."""
    if earlier is None or count is None:
        return False
    return any(earlier < step <= count for step in steps)


def with_news(lines: tuple[str, ...], day: str, events: list[str]) -> tuple[str, ...]:
    """Return a paper's lines with events of a day behind them; what was told is not told again."""
    told = {line.partition(" ")[2] for line in lines}
    new = [f"{day} {event}" for event in dict.fromkeys(events) if event not in told]
    return (*lines, *new)[-MOST_NEWS:] if new else lines


def to_document(facts: Facts) -> dict[str, Any]:
    """Return the form of facts in a file."""
    nothing = asdict(Facts())
    return {name: value for name, value in asdict(facts).items() if value != nothing[name]}


def from_document(saved: Mapping[str, Any]) -> Facts:
    """Return the facts in a document; TypeError if it holds something else."""
    facts = Facts(**saved)
    for name, value in asdict(facts).items():
        kind = type(getattr(Facts(), name))
        if not isinstance(value, int if kind is type(None) else kind) and value is not None:
            raise TypeError(f"{name} is of a different kind")
    return facts
