"""Everything about one paper, wrapped to the pane and scrolled line by line."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.strip import Strip

from store.model import NO_MARKS, Marks, Paper
from tui.reader.drawing.page import Beside, page
from tui.reader.keyboard.keys import DETAIL_KEYS
from tui.reader.widgets.line_view import LineView, WrappedContent

if TYPE_CHECKING:  # the first paint highlights nothing
    from store.query.wanted import MatchedWord


class PaperDetail(LineView):
    """One paper.

    | key | action |
    | --- | --- |
    | j, k, down, up | scroll a line |
    | space, ctrl+d, ctrl+u | scroll half a page |
    | g, G, home, end | to the top, to the bottom |
    | 1 to 5 | open a link |
    """

    BINDINGS: ClassVar[list[BindingType]] = DETAIL_KEYS
    DEFAULT_CSS = "PaperDetail { padding: 0 0 0 1; }"

    def __init__(self, *, id: str = "detail") -> None:
        super().__init__(id=id)
        self._text = WrappedContent(self, self._page)
        self._paper: Paper | None = None
        self._marks = NO_MARKS
        self._words: tuple[MatchedWord, ...] = ()
        self._reason = ""
        self.related_to: Callable[[Paper], Sequence[Paper]] = lambda paper: ()
        """Returns the related papers listed below an open paper."""
        self._ruled_by: Callable[[Paper, Marks], str] = lambda paper, marks: ""
        self._rules = ""
        """Its present line about rules."""

    def show(
        self,
        paper: Paper | None,
        marks: Marks,
        words: "tuple[MatchedWord, ...]" = (),
        reason: str = "",
    ) -> None:
        """Show a paper; the scroll position stays if it is the same as before.

        `reason` says why it is at its place in the list.
        """
        if paper is None or self._paper is None or paper.id != self._paper.id:
            self.top = 0
        self._paper, self._marks, self._words, self._reason = paper, marks, words, reason
        self._text.forget()
        self.refresh()

    def explain(self, ruled_by: Callable[[Paper, Marks], str]) -> None:
        """From now on show what rules did to a paper."""
        self._ruled_by = ruled_by
        if self._what_rules_did() != self._rules:
            self._text.forget()
            self.refresh()

    def _what_rules_did(self) -> str:
        """Return a line on what rules did to the paper; if it has no marks they did nothing."""
        if self._paper is None or self._marks == NO_MARKS:
            return ""
        return self._ruled_by(self._paper, self._marks)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Number the links while digits open them; otherwise digits go to views."""
        super().watch_has_focus(has_focus)
        self._text.forget()
        self.refresh()

    def line_count(self) -> int:
        """Return the number of wrapped lines."""
        return len(self._text.lines)

    def draw_line(self, index: int, width: int) -> Strip:
        """Return one wrapped line."""
        return self._text.lines[index]

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_lines(lines)

    def action_scroll_half(self, direction: int) -> None:
        """Scroll by half a page."""
        self.scroll_half(direction)

    def fit(self) -> None:
        """Wrap again."""
        self._text.forget()

    def notify_style_update(self) -> None:
        """Redraw in the colours of another theme or focus."""
        super().notify_style_update()
        self._text.forget()

    def _page(self, width: int) -> Content:
        if self._paper is None:
            return Content()
        related = self.related_to(self._paper) if self.has_focus else ()
        self._rules = self._what_rules_did()
        beside = Beside(self._reason, tuple(related), self._rules)
        return page(self._paper, self._marks, width, self._words, self.has_focus, beside)
