"""How the rows of papers and the headings of days are drawn."""

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.model import Marks, Paper
from store.query.wanted import MatchedWord, Place, wanted_in
from store.text.clean import TITLE_LIMIT
from tui.reader.highlights import cut_at_matches
from tui.reader.render import fit, format_day, row_text
from tui.reader.tag_colours import COLOURS, colour_number, cut_at
from tui.reader.widgets.line_view import LineView


class PaperRows(LineView):
    """Draws papers, a line each, with what was looked for marked."""

    DEFAULT_CSS = """
    PaperRows {
        & > .paper-rows--heading { color: $foreground 60%; }
        & > .paper-rows--unread { color: $foreground; text-style: bold; }
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
        f"PaperRows > .paper-rows--tag-{number} {{ color: {colour}; }}"
        for number, colour in enumerate(COLOURS)
    )
    COMPONENT_CLASSES = {
        "paper-rows--heading",
        "paper-rows--unread",
        "paper-rows--read",
        "paper-rows--star",
        "paper-rows--extra",
        "paper-rows--match",
        "paper-rows--cursor",
        "paper-rows--empty",
        *(f"paper-rows--tag-{number}" for number in range(len(COLOURS))),
    }

    _words: tuple[MatchedWord, ...] = ()
    """What was looked for."""

    def draw_paper(
        self, paper: Paper, marks: Marks, selected: bool, at_cursor: bool, width: int
    ) -> Strip:
        """Return the row of a paper, `width` cells wide."""
        lead, title, tail = row_text(paper, marks, selected, width - 1)
        base = self.style_of()
        text = self._colour("read" if marks.read else "unread")
        star, extra, tags = self._colour("star"), self._colour("extra"), marks.tags
        if at_cursor:
            cursor = self.style_of("paper-rows--cursor")
            # No faded text on this ground, and in reverse no colours either.
            text = Style(color=cursor.color, bold=text.bold)
            star, extra = (
                (Style(), Style()) if cursor.reverse else (star, Style(color=cursor.color))
            )
            base += Style(bgcolor=cursor.bgcolor, reverse=cursor.reverse)
            tags = () if cursor.reverse else tags
        text, star, extra = base + text, base + star, base + extra
        right = self._coloured(tail, next(iter(paper.authors), ""), tags, base, extra)
        bar = "▌" if at_cursor else " "
        marked = self._marked(paper.title[:TITLE_LIMIT], text, "title", title)
        return Strip([Segment(bar, star), Segment(lead, star), *marked, *right])

    def draw_heading(self, day: str, unread: int, width: int) -> Strip:
        """Return the heading of a day, with how many of its papers are unread."""
        return self.draw_line_between(format_day(day), width, f"{unread} new" if unread else "")

    def draw_line_between(self, text: str, width: int, right: str = "") -> Strip:
        """Return a line with a text at its left, and another at its right."""
        end = f" {right} ─" if right else ""
        start = f" ── {text} "
        line = start + "─" * max(width - len(start) - len(end), 0) + end
        return Strip([Segment(fit(line, width), self.style_of() + self._colour("heading"))])

    def _colour(self, name: str) -> Style:
        """Return the text colour of a component, blended with the pane's background."""
        style = self.style_of(f"paper-rows--{name}")
        return Style(color=style.color, bold=style.bold, underline=style.underline)

    def _marked(
        self, text: str, style: Style, place: Place, shown: str | None = None
    ) -> list[Segment]:
        """Return a text, or as much of it as is shown, with what was looked for marked."""
        pattern = wanted_in(self._words, place) if self._words else None
        parts = list(cut_at_matches(text, pattern, shown))
        if len(parts) == 1:
            return [Segment(parts[0][0], style)]
        mark = Style(bold=True, underline=True) if style.reverse else self._colour("match")
        marked = style + mark
        return [Segment(part, marked if found else style) for part, found in parts]

    def _coloured(
        self, tail: str, author: str, tags: tuple[str, ...], base: Style, extra: Style
    ) -> list[Segment]:
        """Return the right column with each tag in its colour, and what was looked for marked."""
        segments: list[Segment] = []
        for part, tag in cut_at(tail, tags):
            if tag:
                colour = base + self._colour(f"tag-{colour_number(tag)}")
                segments += self._marked(part, colour, "tag")
            elif author and self._words:
                before, name, after = part.partition(author)
                named = self._marked(name, extra, "author")
                segments += [Segment(before, extra), *named, Segment(after, extra)]
            else:
                segments.append(Segment(part, extra))
        return segments
