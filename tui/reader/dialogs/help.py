"""All keys, made from the bindings of the screen below and of what is in it."""

from collections.abc import Sequence
from itertools import chain
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.reader.keys import GROUPS, HELP_KEYS
from tui.reader.line_breaks import line_breaks
from tui.reader.widgets.key_line import KeyLine

QUERY_HELP = (
    ("rlhf safety", "both words, in title, authors, tags, notes or abstract"),
    ('"reward model"', "these words in a row"),
    ("-survey", "without it"),
    ("a OR b, ( )", "either; grouping"),
    ("is:unread", "read, unread, starred, tagged"),
    ("note:lamp", "in the note; also title, abstract, author"),
    ("#rlhf", "has the tag; the same as tag:rlhf"),
    ("view:inbox", "what that view finds"),
    ("date:7d", "listed in the last week; also 2025-08, a..b"),
)

INDENT = 21
"""Where the right column begins."""


class HelpScreen(ModalScreen[None]):
    """The keys by group, then the query language in short."""

    BINDINGS: ClassVar[list[BindingType]] = HELP_KEYS
    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        & > VerticalScroll {
            width: 72; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $text-primary;
        }
    }
    """

    def __init__(self, *explained: BindingsMap) -> None:
        """Explain the keys of one or more places."""
        super().__init__()
        self._explained = explained

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with VerticalScroll() as box:
            box.border_title = Content("Keys")
            yield HelpText(self._rows())
        yield KeyLine()

    def on_key(self, event: events.Key) -> None:
        """Close with the key that opened this, whatever it is."""
        bindings = chain.from_iterable(self._explained)
        if any(key == event.key and binding.action == "help" for key, binding in bindings):
            event.stop()
            self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_scroll_half(self, direction: int) -> None:
        """Scroll by half a page."""
        self.action_scroll(direction * max(self.query_one(VerticalScroll).size.height // 2, 1))

    def _rows(self) -> list[tuple[str, str]]:
        groups: dict[str, dict[str, tuple[Binding, list[str]]]] = {n: {} for n in GROUPS.values()}
        for key, binding in chain.from_iterable(self._explained):
            name = GROUPS.get((binding.id or "").partition(".")[0])
            if name and binding.id:
                keys = groups[name].setdefault(binding.id, (binding, []))[1]
                keys.append(self.app.get_key_display(Binding(key, "", "")))
        rows: list[tuple[str, str]] = []
        for name, actions in groups.items():
            if actions:
                rows.append((name, ""))
                rows += [(" ".join(k), b.tooltip or b.description) for b, k in actions.values()]
        return [*rows, ("The filter", ""), *QUERY_HELP] if groups[GROUPS["filter"]] else rows


class HelpText(Static):
    """Headings, and below each what keys do, in two columns."""

    def __init__(self, rows: Sequence[tuple[str, str]]) -> None:
        """Each row is a key and what it does; a heading has nothing behind it."""
        super().__init__()
        self._rows = rows

    def on_resize(self) -> None:
        """Break the lines of the right column anew."""
        parts: list[tuple[str, str]] = []
        for left, right in self._rows:
            if not right:
                parts.append((f"{left}\n", "bold $text-primary"))
                continue
            breaks = line_breaks(right, self.size.width - INDENT)
            lines = [right[start:end] for start, end in breaks]
            parts.append((f"  {left:{INDENT - 3}} ", "bold"))
            parts.append((f"\n{'':{INDENT}}".join(lines) + "\n", ""))
        self.update(Content.assemble(*parts))
