"""All keys, from the bindings of the screen below and its widgets."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.reader.drawing.line_breaks import line_breaks
from tui.reader.keyboard.keys import (
    FOLLOW_KEYS,
    GROUPS,
    HELP_KEYS,
    NOTE_KEYS,
    SAVE_KEYS,
    TAG_KEYS,
)
from tui.reader.widgets.key_line import KeyLine
from tui.reader.widgets.line_input import LineInput

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

INDENT, TIGHT_INDENT = 21, 15
"""The column of the descriptions, with one column of groups and with two."""
TWO_COLUMNS = 92
"""The least width of the text for two columns of groups."""
GAP = 2
LEAST_WORDS = 10
"""Cells for what a key does; where fewer are left beside the key, it is said below it."""

Rows = Sequence[tuple[str, str]]


def keys_of_dialogs() -> BindingsMap:
    """Return the keys of the dialogs that have some of their own."""
    return BindingsMap([*FOLLOW_KEYS, *TAG_KEYS, *NOTE_KEYS, *SAVE_KEYS])


class HelpScreen(ModalScreen[None]):
    """The keys by group, those of the present place first, then a summary of the query language."""

    BINDINGS: ClassVar[list[BindingType]] = HELP_KEYS
    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        & > VerticalScroll {
            width: 72; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $text-primary;
        }
        & > VerticalScroll.-wide { width: 124; }
        & LineInput { display: none; dock: top; background: transparent; }
        & LineInput.-searching { display: block; }
    }
    """

    def __init__(self, *explained: BindingsMap, place: str = "") -> None:
        """Explain the keys of one or more places; ids that begin with `place` come first.

        As in GROUPS: "side" where the sidebar has the keys.
        """
        super().__init__()
        self._explained = explained
        self._place = place
        self._line = LineInput(placeholder="a key, or words about what it does", compact=True)
        self._line.changed = self._search

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with VerticalScroll(classes="-wide" if self.app.size.width >= 100 else "") as box:
            box.border_title = Content("Keys")
            yield self._line
            yield HelpText(self._groups())
        yield KeyLine()

    def on_mount(self) -> None:
        """Send keys to the text, not to the line."""
        self.query_one(VerticalScroll).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Be wide if there is room for two columns."""
        self.query_one(VerticalScroll).set_class(event.size.width >= 100, "-wide")

    def on_key(self, event: events.Key) -> None:
        """Close with the key that opened the help, whatever it is."""
        bindings = chain.from_iterable(self._explained)
        if any(key == event.key and binding.action == "help" for key, binding in bindings):
            event.stop()
            self.dismiss(None)

    def on_input_submitted(self) -> None:
        """Go from the line to what was found."""
        self.query_one(VerticalScroll).focus()

    def action_search(self) -> None:
        """Begin to search."""
        self._line.add_class("-searching")
        self._line.focus()

    def action_close(self) -> None:
        """Leave the search, else the help."""
        if not self._line.has_class("-searching"):
            self.dismiss(None)
            return
        self._line.value = ""
        self._line.remove_class("-searching")
        self.query_one(VerticalScroll).focus()

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_scroll_half(self, direction: int) -> None:
        """Scroll by half a page."""
        self.action_scroll(direction * max(self.query_one(VerticalScroll).size.height // 2, 1))

    def _search(self) -> None:
        if self.is_mounted:
            self.query_one(HelpText).show(self._line.value)

    def _groups(self) -> dict[str, Rows]:
        """Return the keys of each group and what they do, by heading."""
        groups: dict[str, dict[str, tuple[Binding, list[str]]]] = {n: {} for n in GROUPS.values()}
        for key, binding in chain.from_iterable(self._explained):
            name = GROUPS.get((binding.id or "").partition(".")[0])
            if name and binding.id:
                keys = groups[name].setdefault(binding.id, (binding, []))[1]
                keys.append(self.app.get_key_display(Binding(key, "", "")))
        rows: dict[str, Rows] = {
            name: [(" ".join(keys), key.tooltip or key.description) for key, keys in ids.values()]
            for name, ids in groups.items()
            if ids
        }
        if GROUPS["filter"] in rows:
            rows["The filter"] = QUERY_HELP
        first = GROUPS.get(self._place, "")
        return {name: rows[name] for name in sorted(rows, key=lambda each: each != first)}


class HelpText(Static):
    """Headings, and below each what keys do; in two columns where there is room."""

    def __init__(self, groups: dict[str, Rows]) -> None:
        super().__init__()
        self._groups = groups
        self._words: list[str] = []

    def show(self, text: str) -> None:
        """Show only keys that have all words of a text, in them or in what they do."""
        self._words = text.casefold().split()
        self._write()

    def on_resize(self) -> None:
        """Break the lines again."""
        self._write()

    def _write(self) -> None:
        width = self.size.width
        columns = 2 if width >= TWO_COLUMNS else 1
        width = (width - GAP * (columns - 1)) // columns
        indent = TIGHT_INDENT if columns > 1 else INDENT
        blocks = [[*_block(name, rows, width, indent)] for name, rows in self._found()]
        lines = _side_by_side(blocks, width) if columns > 1 else [*chain.from_iterable(blocks)]
        self.update(Content("\n").join(lines) if lines else Content("No key does that."))

    def _found(self) -> Iterator[tuple[str, Rows]]:
        for name, rows in self._groups.items():
            found = [row for row in rows if self._has_words(f"{name} {row[0]} {row[1]}")]
            if found:
                yield name, found

    def _has_words(self, text: str) -> bool:
        folded = text.casefold()
        return all(word in folded for word in self._words)


def _block(name: str, rows: Rows, width: int, indent: int) -> Iterator[Content]:
    """Yield the lines of a group: what keys do begins at a column, or behind or below the keys."""
    yield Content.styled(name, "bold $text-primary")
    for keys, does in rows:
        left = f"  {keys:{indent - 3}} "
        if width - len(left) < LEAST_WORDS:
            yield Content.styled(left.rstrip(), "bold")
            left = " " * min(width // 4, 4)
        for start, end in line_breaks(does, width - len(left)):
            yield Content.styled(left, "bold") + Content(does[start:end])
            left = " " * len(left)


def _side_by_side(blocks: Sequence[list[Content]], width: int) -> list[Content]:
    """Return the lines of groups in two columns that are about as long as each other."""
    total, taken, left = sum(map(len, blocks)), 0, 0
    while left < len(blocks) and taken + len(blocks[left]) // 2 < total / 2:
        taken += len(blocks[left])
        left += 1
    first = [*chain.from_iterable(blocks[:left])]
    second = [*chain.from_iterable(blocks[left:])]
    height = max(len(first), len(second))
    first += [Content()] * (height - len(first))
    second += [Content()] * (height - len(second))
    gap = Content(" " * GAP)
    return [
        a + Content(" " * max(width - a.cell_length, 0)) + gap + b
        for a, b in zip(first, second, strict=True)
    ]
