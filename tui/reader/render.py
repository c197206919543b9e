"""Turn papers and marks into text for the screen. Pure; feed text is never read as markup."""

from collections.abc import Iterable, Sequence
from datetime import date

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.style import Style

from store.model import Marks, Paper
from store.query.wanted import MatchedWord, Place
from store.text.clean import NAME_LIMIT, TITLE_LIMIT, clean_line, clean_text
from tui.reader.highlights import highlighted
from tui.reader.tag_colours import tag_colour

UNREAD, STAR, SELECTED, NOTE, HIDDEN = "●", "★", "▪", "✎", "×"
_NAMED = 12
"""So many authors are named in the detail."""
_QUIET = "$foreground 60%"
_ANNOUNCED = {
    "cross": "cross-listed",
    "replace": "new version",
    "replace-cross": "new version, cross-listed",
}
UNDERLINED = Style(underline=True)


def format_day(day: str) -> str:
    """Return a day such as "Fri 1 Aug 2025"; an unknown one as "no date"."""
    try:
        parsed = date.fromisoformat(day)
    except ValueError:
        return day or "no date"
    return f"{parsed:%a} {parsed.day} {parsed:%b %Y}"


def fit(text: str, width: int) -> str:
    """Return one line of exactly `width` cells, with an ellipsis where text was cut."""
    if cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    return set_cell_size(text, max(width - 1, 0)) + "…"[:width]


def short_tags(tags: Iterable[str]) -> str:
    """Return tags as they are typed in a query: "#rlhf #dpo"."""
    return " ".join(f"#{tag}" for tag in tags)


def tags_within(tags: tuple[str, ...], room: int) -> str:
    """Return as many tags as there is room for, and how many more there are: "#dpo #rlhf +2"."""
    for shown in range(min(len(tags), room // 2), 0, -1):
        more = f" +{len(tags) - shown}" if shown < len(tags) else ""
        text = short_tags(tags[:shown]) + more
        if cell_len(text) <= room:
            return text
    return fit(short_tags(tags[:1]), room) if tags else ""


def row_text(paper: Paper, marks: Marks, selected: bool, width: int) -> tuple[str, str, str]:
    """Return the three parts of a list row, `width` cells together: marks, title, right column.

    The right column holds, as room allows, the sign of a note, tags, first author and upvotes.
    """
    state = HIDDEN if marks.hidden else " " if marks.read else UNREAD
    lead = f"{SELECTED if selected else ' '}{state} {STAR if marks.starred else ' '} "
    room = width - cell_len(lead) - 1
    budget = room // 3
    right = [NOTE] if marks.note else []
    extras = [tags_within(marks.tags, budget - 2 * len(right))]
    if room >= 70:
        extras.append(paper.authors[0] if paper.authors else "")
    if room >= 50 and paper.upvotes:
        rise = paper.rise or 0
        extras.append(f"▲{paper.upvotes}" + (f" +{rise}" if rise > 0 else ""))
    for extra in filter(None, extras):
        if cell_len(" ".join([*right, extra])) <= budget:
            right.append(extra)
    tail = f" {' '.join(right)} " if right else " "
    return lead, fit(paper.title[:TITLE_LIMIT], max(room + 1 - cell_len(tail), 0)), tail


def detail(
    paper: Paper,
    marks: Marks,
    words: tuple[MatchedWord, ...] = (),
    numbered: bool = True,
    reason: str = "",
    related: Sequence[Paper] = (),
) -> Content:
    """Return everything known about a paper, the matched words highlighted.

    Links have numbers where these open them. A reason says why it stands where it does.
    """
    parts: list[Content | tuple[str, str | Style]]
    title = clean_line(paper.title)
    parts = [highlighted(title, "bold $text-primary", words, "title"), ("\n\n", "")]
    if paper.authors:
        shown, more = paper.named_authors(_NAMED)
        # One by one: no phrase reaches from one author to the next.
        names = [highlighted(clean_line(name, NAME_LIMIT), "", words, "author") for name in shown]
        parts += [Content(", ").join(names), (more, ""), ("\n", "")]
    facts = [format_day(paper.date), _name_of(paper.id)]
    facts.append(_votes(paper))
    parts += [(" · ".join(filter(None, facts)), _QUIET), ("\n", "")]
    if about := _about(paper, words):
        parts += [Content.styled(" · ", _QUIET).join(about), ("\n", "")]
    if reason:
        parts += [(reason, "italic"), ("\n", "")]
    state = "" if marks.read else f"{UNREAD} unread"
    if marks.starred:
        state = f"{state}  {STAR} starred".strip()
    if marks.hidden:
        state = f"{state}  {HIDDEN} hidden".strip()
    if marks.score:
        state = f"{state}  score {marks.score:+}".strip()
    if state or marks.tags:
        parts += [(state, "$text-warning"), ("  " if state else "", "")]
        for tag in marks.tags:
            parts += [highlighted(short_tags([tag]), tag_colour(tag), words, "tag"), (" ", "")]
        parts.append(("\n", ""))
    if marks.note:
        note = highlighted(clean_text(marks.note), "", words, "note")
        parts += [(f"{NOTE} ", "$text-warning"), note, ("\n", "")]
    for number, (name, link) in enumerate(links_shown(paper), 1):
        opens = Style.from_meta({"@click": f"screen.open_link({number})"}) + UNDERLINED
        parts += [
            (f"{number if numbered else ' '} {name:8}", "$foreground 60%"),
            (clean_line(link), opens),
            ("\n", ""),
        ]
    if paper.summary:
        summary = highlighted(clean_line(paper.summary), "italic", words, "summary")
        parts += [("\n", ""), summary, ("\n", "")]
    abstract = highlighted(clean_text(paper.abstract), "", words, "abstract")
    parts += [("\n", ""), abstract if abstract.plain else ("No abstract.", "")]
    if related:
        titles = "\n".join(clean_line(each.title) for each in related)
        parts += [("\n\nRelated\n", "bold"), (titles, "")]
    return Content.assemble(*parts)


def _about(paper: Paper, words: tuple[MatchedWord, ...]) -> list[Content]:
    """Return where a paper came out, what it is about, and what its authors say of it."""
    said: tuple[tuple[str, Place], ...] = (
        (clean_line(paper.venue), "venue"),
        (clean_line(" ".join(paper.categories)), "cat"),
        (_ANNOUNCED.get(paper.announced, ""), "type"),
        (clean_line(paper.comment), "comment"),
        (clean_line(", ".join(paper.keywords)), "keyword"),
    )
    return [highlighted(text, _QUIET, words, field) for text, field in said if text]


def links_shown(paper: Paper) -> list[tuple[str, str]]:
    """Return names and addresses of the paper's links, in the order they are numbered in."""
    links = paper.links
    named = ("page", links.page), ("pdf", links.pdf), ("code", links.code)
    return [(name, link) for name, link in (*named, ("project", links.project)) if link]


def _votes(paper: Paper) -> str:
    """Return upvotes and comments, and how the upvotes changed: "▲ 52 (+14 since 1 Aug 2025)"."""
    parts = [f"▲ {paper.upvotes}"] if paper.upvotes else []
    if paper.earlier_votes and (rise := paper.rise):
        day = format_day(paper.earlier_votes.day).partition(" ")[2]
        parts[-1:] = [f"▲ {paper.upvotes} ({rise:+} since {day})"]
    if paper.comments:
        parts.append("1 comment" if paper.comments == 1 else f"{paper.comments} comments")
    return " · ".join(parts)


def _name_of(paper_id: str) -> str:
    """Return an id for reading; a hash of the title tells a reader nothing."""
    scheme, _, name = paper_id.partition(":")
    return {"arxiv": f"arXiv {name}", "doi": f"doi {name}"}.get(scheme, "")
