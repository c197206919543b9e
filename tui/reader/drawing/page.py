"""A paper as a page: title, a line of facts, summary and abstract, then all else that is known.

Pure; feed text is never read as markup.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rich.cells import cell_len
from textual.content import Content, Span
from textual.style import Style

from store.model import Marks, Paper
from store.text.clean import NAME_LIMIT, SUMMARY_LIMIT, clean_line, clean_text
from store.text.web import is_web_address
from tui.reader.appearance.tag_colours import tag_colour
from tui.reader.drawing.render import (
    HIDDEN,
    NOTE,
    STAR,
    cut,
    format_day,
    links_shown,
    name_of,
    short_tags,
)

if TYPE_CHECKING:  # the first paint highlights nothing
    from store.query.wanted import MatchedWord, Place

MATCH = "$text-warning bold underline"
"""The style of matched words."""
_ADDRESS = re.compile(r"\bhttps?://\S+")
QUIET = "$foreground 60%"
NAMED, NAMED_BELOW = 2, 300
"""Authors named in the line of facts, and below the abstract."""
NEWS, NEWS_SHOWN = "→", 4
"""The sign of what became of a paper, and how much of it is shown."""

_ANNOUNCED = {
    "cross": "cross-listed",
    "replace": "new version",
    "replace-cross": "new version, cross-listed",
}

Words: TypeAlias = "tuple[MatchedWord, ...]"


class Beside(NamedTuple):
    """What a page says beside the facts about its paper."""

    reason: str = ""
    """Why it is at its place in the list."""
    related: tuple[Paper, ...] = ()
    """The related papers below it."""
    rules: str = ""
    """What rules did to it."""


NOTHING_BESIDE = Beside()


def page(
    paper: Paper,
    marks: Marks,
    width: int,
    words: Words = (),
    numbered: bool = True,
    beside: Beside = NOTHING_BESIDE,
) -> Content:
    """Return everything known about a paper, the matched words highlighted.

    `width` is that of the line of facts, which leaves out what has no room. With `numbered`, links
    have the numbers that open them.
    """
    head = [*_head(paper, marks, width, words, beside), *_text(paper, words)]
    below = [*_below(paper, words, numbered), *_related(beside.related)]
    return Content("\n").join(head) + Content("\n").join(below)


def _related(papers: Sequence[Paper]) -> Iterator[Content]:
    """Yield the titles of related papers."""
    if papers:
        yield from (Content(), Content.styled("Related", "bold"))
        yield from (Content(clean_line(paper.title)) for paper in papers)


def _head(
    paper: Paper, marks: Marks, width: int, words: Words, beside: Beside
) -> Iterator[Content]:
    """Yield the title, the facts, and what the user added."""
    title = highlighted(clean_line(paper.title), "bold $text-primary", words, "title")
    star = Content.styled(f"{STAR} ", "$text-warning") if marks.starred else Content()
    yield star + title
    yield _facts(paper, width, words)
    if beside.reason:
        yield Content.styled(beside.reason, "italic")
    if added := [*_added(marks, words)]:
        yield Content(" ").join(added)
    if beside.rules:
        yield Content.styled(cut(beside.rules, width), QUIET)
    for line in reversed(marks.news[-NEWS_SHOWN:]):
        day, _, event = line.partition(" ")
        yield Content.styled(f"{NEWS} {format_day(day)}  {clean_line(event)}", QUIET)
    if marks.note:
        note = highlighted(clean_text(marks.note), "", words, "note")
        yield Content.styled(f"{NOTE} ", "$text-warning") + note


def _added(marks: Marks, words: Words) -> Iterator[Content]:
    """Yield tags, and what rules did."""
    for tag in marks.tags:
        yield highlighted(short_tags([tag]), tag_colour(tag), words, "tag")
    if marks.hidden:
        yield Content.styled(f"{HIDDEN} hidden", "$text-warning")
    if marks.score:
        yield Content.styled(f"score {marks.score:+}", "$text-warning")


def _names(authors: Sequence[str], words: Words) -> Content:
    """Return names in a row."""
    names = [clean_line(name, NAME_LIMIT) for name in authors]
    if not words:
        return Content.styled(", ".join(names), QUIET)
    # One by one: no phrase reaches from one author to the next.
    parts = [highlighted(name, QUIET, words, "author") for name in names]
    return Content.styled(", ", QUIET).join(parts)


def _facts(paper: Paper, width: int, words: Words) -> Content:
    """Return the facts that fit into a line: authors, day, id, votes; less of them in turn."""
    total, day = len(paper.authors), format_day(paper.date)
    short_day = day.partition(" ")[2] if _is_day(paper.date) else day
    votes, paper_id = _votes_in_short(paper), name_of(paper.id)
    line = Content()
    for named, facts in (
        (2, (day, paper_id, votes)),
        (2, (short_day, paper_id, votes)),
        (1, (short_day, paper_id, votes)),
        (1, (short_day, votes)),
        (0, (short_day, votes)),
    ):
        said = paper.authors[:named]
        more = f" +{total - len(said):,}" if said and total > len(said) else ""
        more += " et al." if said and paper.authors_incomplete else ""
        rest = " · ".join(fact for fact in facts if fact)
        gap = " · " if said and rest else ""
        line = _names(said, words) + Content.styled(f"{more}{gap}{rest}", QUIET)
        if cell_len(line.plain) <= width:
            break
    return line


def _text(paper: Paper, words: Words) -> Iterator[Content]:
    """Yield summary and abstract, with an empty line before each."""
    if paper.summary:
        yield Content()
        yield highlighted(clean_line(paper.summary, SUMMARY_LIMIT), "italic", words, "summary")
    abstract = highlighted(clean_text(paper.abstract), "", words, "abstract")
    yield Content()
    yield abstract if abstract.plain else Content("No abstract.")


def _below(paper: Paper, words: Words, numbered: bool) -> Iterator[Content]:
    """Yield what comes after the abstract, with an empty line before it if there is any."""
    lines = [*_about(paper, words), *_links(paper, numbered)]
    if lines:
        yield from (Content(), Content(), *lines)


def _about(paper: Paper, words: Words) -> Iterator[Content]:
    """Yield all authors, the place and day of publication, and what feeds say about it."""
    if len(paper.authors) > NAMED:
        named, more = paper.named_authors(NAMED_BELOW)
        yield _names(named, words) + Content.styled(more, QUIET)
    facts: tuple[tuple[str, Place], ...] = (
        (clean_line(paper.venue), "venue"),
        (clean_line(" ".join(paper.categories)), "cat"),
        (_ANNOUNCED.get(paper.announced, ""), "type"),
        (clean_line(paper.comment), "comment"),
        (clean_line(", ".join(paper.keywords)), "keyword"),
    )
    about = [highlighted(text, QUIET, words, field) for text, field in facts if text]
    out = f"published {format_day(paper.published)}" if paper.published else ""
    about += [Content.styled(text, QUIET) for text in (out, _votes(paper)) if text]
    if about:
        yield Content.styled(" · ", QUIET).join(about)


def _links(paper: Paper, numbered: bool) -> Iterator[Content]:
    """Yield the links in one line; a terminal that can opens them too."""
    links = []
    for number, (name, link) in enumerate(links_shown(paper), 1):
        opens = Style.from_meta({"@click": f"screen.open_link({number})"})
        there = Style(underline=True, link=link if is_web_address(link) else None)
        links.append(
            # A click moves the keys here first: nothing may move under it.
            Content.styled(f"{number if numbered else ' '} ", QUIET)
            + Content.styled(name, opens + there)
        )
    if links:
        yield Content("  ").join(links)


def _is_day(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _votes_in_short(paper: Paper) -> str:
    """Return upvotes and how many came: "▲ 52 +14"."""
    rise = paper.rise or 0
    return f"▲ {paper.upvotes}" + (f" +{rise}" if rise > 0 else "") if paper.upvotes else ""


def _votes(paper: Paper) -> str:
    """Return how the upvotes changed, and comments: "▲ 52 (+14 since 1 Aug 2025)"."""
    parts = []
    if paper.earlier_votes and (rise := paper.rise):
        day = format_day(paper.earlier_votes.day).partition(" ")[2]
        parts.append(f"▲ {paper.upvotes} ({rise:+} since {day})")
    if paper.comments:
        parts.append("1 comment" if paper.comments == 1 else f"{paper.comments} comments")
    return " · ".join(parts)


def highlighted(text: str, style: str | Style, words: Words, place: "Place") -> Content:
    """Return a text in a style, with the words marked that are looked for in such a place.

    Nothing is marked in addresses, which are not there to be read.
    """
    whole = [Span(0, len(text), style)] if style and text else []
    if not words:
        return Content(text, whole)
    from store.query.wanted import spans, wanted_in

    found = spans(text, wanted_in(words, place))
    in_address = bytearray(len(text))
    for address in _ADDRESS.finditer(text) if found else ():
        in_address[slice(*address.span())] = b"\1" * len(address[0])
    marked = [Span(*span, MATCH) for span in found if not any(in_address[slice(*span)])]
    return Content(text, [*whole, *marked])
