"""The words of a digest on each paper, as harmless lines for both its text and its HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from store.digest.papers import Digest
from store.export.citing import Entry
from store.export.links import links_of
from store.model import Paper
from store.text.clean import ABSTRACT_LIMIT, NAME_LIMIT, clean_line

_NAMED = 3
"""Number of authors that are named; of the others it says how many."""
_GIST = 400
"""Most characters of a summary or an abstract."""
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bal)(?<!e\.g)(?<!i\.e)(?<!\bvs)(?<!\bcf)[.!?][\"”’')]*(?=\s)"
)
"""The end of a sentence; the dots of initials and usual abbreviations are none."""


@dataclass(frozen=True, slots=True)
class Item:
    """A paper in a digest; each text is one line."""

    number: int
    title: str
    page: str
    """Address of the paper's page; empty if there is none."""
    about: tuple[str, ...]
    """Authors, venue, votes, tags."""
    gist: str
    """The summary, or the beginning of the abstract."""
    links: tuple[tuple[str, str], ...]
    """Names and addresses of other links."""


def headline(digest: Digest) -> str:
    """Return the numbers in a digest: "12 new papers, 3 days, news of 2 starred"."""
    news = f"news of {len(digest.news):,} starred" if digest.news else ""
    if not digest.count:
        return news or "0 new papers, 0 days"
    papers = "paper" if digest.count == 1 else "papers"
    days = "day" if digest.all_days == 1 else "days"
    new = f"{digest.count:,} new {papers}, {digest.all_days:,} {days}"
    return ", ".join(filter(None, (new, news)))


NEWS = "News of starred papers"
"""The heading above `news_of`."""


def news_of(digest: Digest) -> Iterator[tuple[str, str, list[str]]]:
    """Yield title, address of the page and lines of news of each starred paper with any."""
    for each in digest.news:
        lines = []
        for line in each.lines:
            day, _, words = line.partition(" ")
            lines.append(f"{_day(day)}: {clean_line(words)}")
        yield clean_line(each.paper.title) or "Untitled", links_of(each.paper).page, lines


def notices(digest: Digest) -> list[str]:
    """Return the last lines of a digest: its query, and how many papers it left out."""
    lines = [f"Looked for: {clean_line(digest.query)}"] if digest.query else []
    if digest.left_out:
        lines.append(f"And {digest.left_out:,} more, which papers-tui shows")
    return lines


def by_day(digest: Digest) -> Iterator[tuple[str, list[Item]]]:
    """Yield a heading and the papers of each day; numbers run through all days."""
    number = 0
    for day, entries in digest.days:
        items = [_item(number + place, entry) for place, entry in enumerate(entries, start=1)]
        number += len(items)
        yield f"{_day(day)} ({len(items)})", items


def _item(number: int, entry: Entry) -> Item:
    paper, marks = entry
    links = links_of(paper)
    about = (
        _authors(paper),
        clean_line(paper.venue, NAME_LIMIT),
        _votes(paper),
        " ".join(f"#{clean_line(tag, NAME_LIMIT)}" for tag in marks.tags),
    )
    return Item(
        number,
        ("★ " if marks.starred else "") + (clean_line(paper.title) or "Untitled"),
        links.page,
        tuple(filter(None, about)),
        _first_sentences(clean_line(paper.summary or paper.abstract, ABSTRACT_LIMIT)),
        tuple(
            (name, address)
            for name, address in (
                ("PDF", links.pdf), ("Code", links.code), ("Project", links.project),
            )
            if address
        ),
    )  # fmt: skip


def _day(day: str) -> str:
    try:
        parsed = date.fromisoformat(day)
    except ValueError:
        return "No day"
    return f"{parsed:%a} {parsed.day} {parsed:%b %Y}"


def _authors(paper: Paper) -> str:
    names, more = paper.named_authors(_NAMED)
    return ", ".join(clean_line(name, NAME_LIMIT) for name in names) + more


def _votes(paper: Paper) -> str:
    """Return upvotes, and how they changed since another day: "▲ 52 (+14 since 1 Aug 2025)"."""
    if paper.upvotes is None:
        return ""
    earlier = paper.earlier_votes
    if earlier and paper.rise:
        return f"▲ {paper.upvotes} ({paper.rise:+} since {_day(earlier.day).partition(' ')[2]})"
    return f"▲ {paper.upvotes}" if paper.upvotes else ""


def _first_sentences(text: str) -> str:
    """Return the whole sentences that fit; if not even one does, its first words."""
    if len(text) <= _GIST:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, _GIST)]
    if ends:
        return text[: ends[-1]]
    beginning = text[: _GIST - 1]
    return (beginning.rpartition(" ")[0] or beginning) + "…"
