"""The screen of cards: one paper at a time, large, and at the end what was kept."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Static

from tui.reader.actions import does
from tui.reader.drawing.page import page
from tui.reader.drawing.render import cut
from tui.reader.keyboard.keys import TRIAGE_KEYS
from tui.reader.messages import close_passing, key_for
from tui.reader.triage.cards import Cards
from tui.reader.triage.drawing import LIST_KEYS, closing, progress
from tui.reader.widgets.key_line import KeyLine
from tui.reader.widgets.line_view import LineView, WrappedContent

WIDTH = 83
"""Cells of a card at most, for lines of 80 letters."""


class Card(LineView):
    """One card, wrapped and scrolled."""

    DEFAULT_CSS = "Card { padding: 0 0 0 1; }"

    def __init__(self) -> None:
        super().__init__(id="card")
        self.can_focus = False  # every key is for the screen
        self._draw: Callable[[int], Content] = lambda width: Content()
        self._text = WrappedContent(self, lambda width: self._draw(width))

    def show(self, draw: Callable[[int], Content], to_top: bool) -> None:
        """Show what `draw` returns for a width."""
        self._draw = draw
        self._text.forget()
        self.top = 0 if to_top else self.top
        self.refresh()

    def line_count(self) -> int:
        """Return the number of wrapped lines."""
        return len(self._text.lines)

    def draw_line(self, index: int, width: int) -> Strip:
        """Return one wrapped line."""
        return self._text.lines[index]

    def fit(self) -> None:
        """Wrap again."""
        self._text.forget()

    def notify_style_update(self) -> None:
        """Redraw in the colours of another theme."""
        super().notify_style_update()
        self._text.forget()


class TriageScreen(Screen[bool]):
    """Cards; it ends with whether what was kept is to be selected."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-tall"), (30, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = TRIAGE_KEYS
    DEFAULT_CSS = """
    TriageScreen {
        layout: vertical;
        & > #page { height: 1fr; align-horizontal: center; }
        & Card { max-width: 83; height: 1fr; }
        & #progress { max-width: 83; height: 1; padding: 0 1; }
        &.-tall Card { padding: 1 0 1 1; }
        &.-high Card { padding: 2 0 1 1; }
        &.-tall #progress { margin-bottom: 1; }
    }
    """

    def __init__(self, cards: Cards, keys_of_list: Callable[[str], str]) -> None:
        """`keys_of_list` returns the key of an action of the list."""
        super().__init__()
        self.cards = cards
        self._keys_of_list = keys_of_list
        self.card = Card()
        self._progress = Static(id="progress", markup=False)
        self._said = ""
        self._shown = -1
        """The place of the card that is shown."""

    def compose(self) -> ComposeResult:
        """Lay out the card, how far one is, and the keys."""
        with Container(id="page"):
            yield self.card
            yield self._progress
        yield KeyLine()

    def on_resize(self) -> None:
        """Fit the bar."""
        self.show()

    def on_screen_resume(self) -> None:
        """Show what a dialog or the full text changed."""
        self.show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing for a paper on the closing card."""
        if self.cards.ended and action in ("skip", "keep", "tag", "open_page", "open_pdf"):
            return False
        return super().check_action(action, parameters)

    def show(self) -> None:
        """Show the card as it is now, and how far one is."""
        cards = self.cards
        self.card.show(self._drawn, to_top=cards.place != self._shown)
        self._shown = cards.place
        self._show_line()
        self.refresh_bindings()

    def say_in_line(self, text: str, severity: str) -> bool:
        """Say what passes in the line of the bar, "" for nothing; False if it is not a line."""
        if "\n" in text or severity != "information":
            return False
        self._said = text
        self._show_line()
        return True

    def _show_line(self) -> None:
        """Show what is said, else how far one is."""
        cards, width = self.cards, min(self.size.width, WIDTH) - 2
        line = progress(cards.place, cards.total, len(cards.kept), width)
        self._progress.update(Content(cut(self._said, width)) if self._said else line, layout=False)

    def _drawn(self, width: int) -> Content:
        cards = self.cards
        if cards.ended:
            keys = {name: self._keys_of_list(name) for name in LIST_KEYS}
            keys |= {b.id: key_for(self, b.id) for _, b in self._bindings if b.id}
            kept = cards.kept
            return closing(cards.seen, cards.marked(kept), cards.texts_kept(kept), keys, width)
        if cards.paper is None:
            return Content("This paper is no longer in the library.")
        return page(cards.paper, cards.marks, width, numbered=False)

    def action_skip(self) -> None:
        """Mark it read, and go on."""
        self._do(self.cards.skip)

    def action_keep(self) -> None:
        """Star it, mark it read, and go on."""
        self._do(self.cards.keep)

    def action_previous(self) -> None:
        """Go back to the card before; that marks nothing."""
        self._do(lambda: self.cards.move(-1))

    def action_undo(self) -> None:
        """Undo the last change of marks."""
        self._do(self.cards.undo)

    def _do(self, change: Callable[[], None]) -> None:
        close_passing(self.app)
        change()
        self.show()

    action_tag = does("cards.tag")
    action_open_page = does("cards.open_page")
    action_open_pdf = does("cards.open_pdf")

    def action_open(self) -> None:
        """Read the full text; on the closing card go to what was kept."""
        if self.cards.ended:
            self.dismiss(bool(self.cards.kept))
        else:
            self.cards.open_text()

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.card.scroll_lines(lines)

    def action_scroll_half(self, direction: int) -> None:
        """Scroll by half a page."""
        self.card.scroll_half(direction)

    def action_help(self) -> None:
        """Show all keys."""
        from tui.reader.dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen(self._bindings))

    def action_close(self) -> None:
        """Go to the list."""
        self.dismiss(False)
