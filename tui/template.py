"""Templates of `list --format` and of own commands: names in braces are values of a paper.

`{title}`, `{title:.60}` (cut), `{upvotes:>4}` (filled up, to the right), `{date:%d %b}` (in the
format of strftime), `{{` and `}}` for braces, `\\t` and `\\n` for tab and new line.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from store.errors import QueryError
from store.export.links import links_of
from store.model import Marks, Paper
from store.text.clean import clean_line, clean_text

Value: TypeAlias = Callable[[Paper, Marks], str]
Piece: TypeAlias = Callable[[Paper, Marks], str]

VALUES: Mapping[str, tuple[Value, str]] = {
    "id": (lambda paper, marks: paper.id, "its id, with prefix"),
    "title": (lambda paper, marks: paper.title, "its title"),
    "authors": (lambda paper, marks: paper.all_authors, "all authors"),
    "first_author": (lambda paper, marks: "".join(paper.authors[:1]), "the first author"),
    "date": (lambda paper, marks: paper.date, "the day it was listed"),
    "published": (lambda paper, marks: paper.published, "the day it was published"),
    "updated": (lambda paper, marks: paper.updated, "the day of its newest version"),
    "read": (lambda paper, marks: " " if marks.read else "●", "● if it is unread, else a space"),
    "star": (lambda paper, marks: "★" if marks.starred else " ", "★ or a space"),
    "tags": (lambda paper, marks: " ".join(f"#{tag}" for tag in marks.tags), "#a #b"),
    "note": (lambda paper, marks: marks.note, "your note, in one line"),
    "score": (lambda paper, marks: str(marks.score), "its score from rules"),
    "news": (lambda paper, marks: "; ".join(marks.news), "news since it was starred"),
    "upvotes": (lambda paper, marks: _number(paper.upvotes), "upvotes at the feed"),
    "comments": (lambda paper, marks: _number(paper.comments), "comments at the feed"),
    "url": (lambda paper, marks: links_of(paper).page, "the address of its page"),
    "pdf": (lambda paper, marks: links_of(paper).pdf, "the address of its PDF"),
    "code": (lambda paper, marks: links_of(paper).code, "the address of its code"),
    "project": (lambda paper, marks: links_of(paper).project, "the address of its project"),
    "summary": (lambda paper, marks: paper.summary, "the feed's own line about it"),
    "abstract": (lambda paper, marks: paper.abstract, "its abstract, in one line"),
    "venue": (lambda paper, marks: paper.venue, "where it was published"),
    "categories": (lambda paper, marks: " ".join(paper.categories), "such as cs.CL cs.LG"),
    "keywords": (lambda paper, marks: ", ".join(paper.keywords), "the feed's keywords"),
    "feeds": (lambda paper, marks: " ".join(paper.feeds), "the feeds that listed it"),
}
"""The value of each name, and its meaning in words."""

DATES = ("date", "published", "updated")
DEFAULT = "{date} {read}{star} {title} {tags}"

_PIECE = re.compile(
    r"(?P<text>(?:[^{}]|\{\{|\}\})+)|\{(?P<name>\w*)(?::(?P<spec>[^{}]*))?\}|(?P<bad>.)"
)
_FIT = re.compile(r"(?P<side>[<>^]?)(?P<width>\d{0,3})(?:\.(?P<most>\d{1,3}))?", re.ASCII)
_STRFTIME = re.compile(r"(?:[^%]|%[aAbBdjmuUVwWxyYG%])*")
"""Text, and the directives that make sense for a day."""


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed template."""

    pieces: tuple[Piece, ...]

    def line(self, paper: Paper, marks: Marks) -> str:
        """Return the text for a paper, without spaces at its end."""
        return self.whole(paper, marks).rstrip(" ")

    def whole(self, paper: Paper, marks: Marks) -> str:
        """Return the text for a paper."""
        return "".join(piece(paper, marks) for piece in self.pieces)


NOTHING_MORE: Mapping[str, Value] = {}


def template_of(
    text: str,
    where: str = "--format",
    more: Mapping[str, Value] = NOTHING_MORE,
    literal: bool = False,
) -> Template:
    """Parse a template; QueryError if a name is unknown or a brace is unpaired.

    Errors name `where` it is. `more` are further names, whose text keeps its lines. A `literal`
    template is for programs: the text between names stays as it is, except for braces.
    """
    return Template(tuple(_piece(match, where, more, literal) for match in _PIECE.finditer(text)))


def names_in(text: str) -> frozenset[str]:
    """Return the names in braces in a template."""
    return frozenset(match["name"] for match in _PIECE.finditer(text) if match["name"])


def _piece(match: re.Match[str], where: str, more: Mapping[str, Value], literal: bool) -> Piece:
    if match["bad"]:
        raise QueryError(
            f"{where}: the {match['bad']} at character {match.start() + 1} is unpaired; "
            f"for the brace itself write {match['bad'] * 2}",
            match.start(),
        )
    if match["text"] is not None:
        text = match["text"].replace("{{", "{").replace("}}", "}")
        if not literal:
            text = clean_text(text).replace("\\t", "\t").replace("\\n", "\n")
        return lambda paper, marks: text
    name, spec = match["name"], match["spec"] or ""
    if name in more:
        return more[name]
    if name not in VALUES:
        from store.text.messages import choices

        raise QueryError(
            f"{where}: there is no {{{clean_line(name)}}}; {choices(name, (*VALUES, *more))}",
            match.start(),
        )
    value = VALUES[name][0]
    if name in DATES and "%" in spec:
        spec = clean_text(spec)
        return _dated(value, _checked(_STRFTIME, spec, name, where, "write a day as {date:%d %b}"))
    takes = "it takes a width, such as {title:40}, {title:>40} or {title:.40}"
    fit = _checked(_FIT, spec, name, where, takes)
    side, width, most = fit["side"], int(fit["width"] or 0), int(fit["most"] or 0)

    def piece(paper: Paper, marks: Marks) -> str:
        # A sign that is a space stays one.
        text = value(paper, marks)
        return _fitted(clean_line(text, len(text)) if text != " " else text, side, width, most)

    return piece


def _checked(
    pattern: re.Pattern[str], spec: str, name: str, where: str, words: str
) -> re.Match[str]:
    if match := pattern.fullmatch(spec):
        return match
    raise QueryError(f"{where}: {{{name}:{clean_line(spec)}}}: {words}", 0)


def _dated(value: Value, form: re.Match[str]) -> Piece:
    def piece(paper: Paper, marks: Marks) -> str:
        try:
            return date.fromisoformat(value(paper, marks)).strftime(form.string)
        except ValueError:  # there is no such day
            return ""

    return piece


def _fitted(text: str, side: str, width: int, most: int) -> str:
    """Return a text cut to `most` columns and filled up to `width`; 0 means any."""
    if not (width or most):
        return text
    from rich.cells import cell_len, set_cell_size  # here because most templates have no widths

    if most and cell_len(text) > most:
        text = set_cell_size(text, most - 1).rstrip() + "…"
    missing = width - cell_len(text)
    if missing <= 0:
        return text
    left = {">": missing, "^": missing // 2}.get(side, 0)
    return " " * left + text + " " * (missing - left)


def _number(count: int | None) -> str:
    return "" if count is None else str(count)
