"""How the rows of papers and the headings of days are drawn."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.model import Marks, Paper
from store.text.clean import TITLE_LIMIT
from tui.reader.appearance.tag_colours import COLOURS, colour_number, cut_at
from tui.reader.drawing.columns import Columns, rise_of, title_lines, votes_of
from tui.reader.drawing.render import (
    BEGUN,
    HIDDEN,
    LENT,
    NOTE,
    REPLACED,
    SELECTED,
    SELECTED_READ,
    STAR,
    UNREAD,
    cut,
    fit,
    format_day,
    tags_within,
)  # fmt: skip

if TYPE_CHECKING:  # the first paint highlights nothing
    from store.query.wanted import MatchedWord, Place

PARTS = (
    "heading",
    "unread",
    "read",
    "star",
    "extra",
    "match",
    "cursor",
    "empty",
    *(f"tag-{number}" for number in range(len(COLOURS))),
)
"""The parts of a row with a style of their own."""

STYLES = """
PaperList {
    & > .paper-rows--heading { color: $foreground 60%; }
    & > .paper-rows--unread { color: $foreground; }
    & > .paper-rows--read { color: $foreground 60%; }
    & > .paper-rows--star { color: $text-warning; }
    & > .paper-rows--extra { color: $foreground 60%; }
    & > .paper-rows--cursor { background: $surface-lighten-2; color: $foreground; }
    & > .paper-rows--match { color: $text-warning; text-style: bold underline; }
    &:focus > .paper-rows--cursor { background: $primary 30%; }
    /* Where colours can't be told apart, or are the terminal's own. */
    &:ansi > .paper-rows--cursor { background: $background; text-style: reverse; }
    & > .paper-rows--empty { color: $foreground 60%; }
}
""" + "".join(
    f"PaperList > .paper-rows--tag-{number} {{ color: {colour}; }}"
    for number, colour in enumerate(COLOURS)
)


class PaperRows:
    """Draws papers in columns, one or two lines each, with the search words marked."""

    def __init__(self, style_of: Callable[[str], Style]) -> None:
        """`style_of` returns the style of a part of a row, and with "" that of the list."""
        self._style_of = style_of
        self.words: tuple[MatchedWord, ...] = ()
        """The search words."""
        self.begun: Mapping[str, int] = {}
        """How much of each begun paper was read, in percent below 100, by its id."""
        self.title_most = 1
        """Lines that a title may take."""

    def paper_lines(self, paper: Paper, marks: Marks, columns: Columns) -> tuple[str, ...]:
        """Return the lines of the title; tags follow the last one."""
        behind = cell_len(_behind(paper, marks, columns))
        title = paper.title[:TITLE_LIMIT]
        return title_lines(title, columns.title, columns.title - behind, self.title_most)

    def draw_paper(
        self,
        paper: Paper,
        marks: Marks,
        selected: bool,
        at_cursor: bool,
        columns: Columns,
        day: str = "",
        line: int = 0,
    ) -> Strip:
        """Return a line of a paper's row, with its day if no heading shows it."""
        base = self._style_of("")
        text = self.colour("read" if marks.read else "unread")
        star, extra, tags = self.colour("star"), self.colour("extra"), marks.tags
        if at_cursor:
            cursor = self._style_of("cursor")
            # No faded text on this background, and no colours in reverse.
            text = Style(color=cursor.color, bold=not marks.read)
            star, extra = (
                (Style(), Style()) if cursor.reverse else (star, Style(color=cursor.color))
            )
            base += Style(bgcolor=cursor.bgcolor, reverse=cursor.reverse)
            tags = () if cursor.reverse else tags
        text, star, extra = base + text, base + star, base + extra
        lines = self.paper_lines(paper, marks, columns)
        title = self._marked(paper.title[:TITLE_LIMIT], text, "title", "".join(lines))
        start, end = (cell_len("".join(lines[:until])) for until in (line, line + 1))
        strip = Strip(title).crop(start, end)
        tail = _behind(paper, marks, columns) if line == len(lines) - 1 else ""
        gap = columns.title - (end - start) - cell_len(tail)
        bar = "▌" if at_cursor else " "
        state = self._state(paper, marks, selected) if line == 0 else " "
        starred = STAR if marks.starred and line == 0 else " "
        return Strip([
            Segment(bar, star), Segment(state, extra if state in BEGUN else star),
            Segment(f"{starred} ", star), *strip, Segment(" " * gap, text),
            *self._coloured(tail, tags, base, extra),
            *self._columns(paper, columns, day, extra, empty=line > 0),
        ])  # fmt: skip

    def _state(self, paper: Paper, marks: Marks, selected: bool) -> str:
        """Return the sign of a paper that is selected, hidden, not kept or unread, else how much
        was read."""
        if selected:
            return SELECTED_READ if marks.read else SELECTED
        if marks.hidden:
            return HIDDEN
        if not paper.feeds:
            return LENT
        if not marks.read:
            return UNREAD
        share = self.begun.get(paper.id)
        return " " if share is None else BEGUN[share * len(BEGUN) // 100]

    def _columns(
        self, paper: Paper, columns: Columns, day: str, style: Style, empty: bool
    ) -> list[Segment]:
        """Return the columns to the right of the title; empty beside its other lines."""
        segments = []
        if columns.author:
            author = "" if empty else next(iter(paper.authors), "")
            shown = cut(author, columns.author)
            segments += [Segment(" ", style), *self._marked(author, style, "author", shown)]
            segments.append(Segment(" " * (columns.author - cell_len(shown)), style))
        votes = votes_of(paper, columns.votes) if columns.votes else ""
        rise = rise_of(paper, columns.rise) if columns.rise else ""
        day = f"{day:>{columns.date}}" if columns.date else ""
        rest = "".join(f" {each}" for each in (votes, rise, day) if each) + " "
        segments.append(Segment(" " * cell_len(rest) if empty else rest, style))
        return segments

    def draw_message(self, text: str, line: int, width: int) -> Strip:
        """Return a line of what an empty list says."""
        from textwrap import wrap  # here because there nearly always are papers

        wrapped = (wrap(each, max(width - 2, 1)) or [""] for each in text.splitlines())
        lines = ("", *(each for lines in wrapped for each in lines))
        shown = f"  {lines[line]}" if line < len(lines) else ""
        return Strip([Segment(fit(shown, width + 1), self._style_of("") + self.colour("empty"))])

    def draw_heading(self, day: str, unread: int, width: int) -> Strip:
        """Return the heading of a day, with how many of its papers are unread."""
        return self.draw_line_between(
            format_day(day), width, f"{unread:,} unread" if unread else ""
        )

    def draw_line_between(self, text: str, width: int, right: str = "") -> Strip:
        """Return a line with a text at its left, and another at its right."""
        end = f" {right} ─" if right else ""
        start = f" ── {text} "
        line = start + "─" * max(width - len(start) - len(end), 0) + end
        return Strip([Segment(fit(line, width), self._style_of("") + self.colour("heading"))])

    def colour(self, name: str) -> Style:
        """Return the text colour of a component, blended with the pane's background."""
        style = self._style_of(name)
        return Style(color=style.color, bold=style.bold, underline=style.underline)

    def _marked(
        self, text: str, style: Style, place: "Place", shown: str | None = None
    ) -> list[Segment]:
        """Return a text, or its visible part, with the search words marked."""
        if not self.words:
            return [Segment(text if shown is None else shown, style)]
        from store.query.wanted import wanted_in

        pattern = wanted_in(self.words, place)
        parts = list(cut_at_matches(text, pattern, shown))
        if len(parts) == 1:
            return [Segment(parts[0][0], style)]
        mark = Style(bold=True, underline=True) if style.reverse else self.colour("match")
        marked = style + mark
        return [Segment(part, marked if found else style) for part, found in parts]

    def _coloured(
        self, tail: str, tags: tuple[str, ...], base: Style, extra: Style
    ) -> list[Segment]:
        """Return what follows a title, each tag in its colour, with the search words marked."""
        if not tags:
            return [Segment(tail, extra)] if tail else []
        segments: list[Segment] = []
        for part, tag in cut_at(tail, tags):
            if tag:
                colour = base + self.colour(f"tag-{colour_number(tag)}")
                segments += self._marked(part, colour, "tag")
            else:
                segments.append(Segment(part, extra))
        return segments


def _behind(paper: Paper, marks: Marks, columns: Columns) -> str:
    """Return the signs after a title, and as many tags as fit into a third of its room."""
    signs = f" {REPLACED}" if paper.is_replacement else ""
    signs += f" {NOTE}" if marks.note else ""
    tags = tags_within(marks.tags, columns.title // 3 - len(signs)) if marks.tags else ""
    return signs + (f" {tags}" if tags else "")


def cut_at_matches(
    text: str, pattern: re.Pattern[str] | None, shown: str | None = None
) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text in order, and whether each is a match.

    If only the beginning of the text is shown, that is cut: a match may reach over its end.
    """
    from store.query.wanted import spans

    shown = text if shown is None else shown
    at = 0
    for start, end in spans(text, pattern):
        if start >= len(shown):
            break
        yield shown[at:start], False
        yield shown[start:end], True
        at = end
    yield shown[at:], False
