"""All keys, made from the bindings of the screen below and of what is in it."""

from itertools import chain
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from tui.keys import GROUPS, NOTE_KEYS, TAG_KEYS

QUERY_HELP = (
    ("rlhf safety", "both words, in title, authors, tags, notes or abstract"),
    ('"reward model"', "these words in a row"),
    ("-survey", "without it"),
    ("a OR b, ( )", "either; grouping"),
    ("is:unread", "read, unread, starred, tagged"),
    ("note:lamp", "in the note; also title, abstract, author"),
    ("#rlhf", "has the tag; the same as tag:rlhf"),
    ("date:7d", "listed in the last week; also 2025-08, a..b"),
)


class HelpScreen(ModalScreen[None]):
    """The keys by group, then the query language in short."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss(None)", "Close", id="help.close"),
        Binding("j,down", "scroll(1)", "Down", id="help.down", show=False),
        Binding("k,up", "scroll(-1)", "Up", id="help.up", show=False),
    ]
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

    def __init__(self, *explained: Widget) -> None:
        super().__init__()
        self._explained = explained

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with VerticalScroll() as box:
            box.border_title = Content("Keys")
            yield Static(self._text())

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def _text(self) -> Content:
        groups: dict[str, dict[str, tuple[Binding, list[str]]]] = {n: {} for n in GROUPS.values()}
        bindings = list(chain.from_iterable(each._bindings for each in self._explained))
        if any(binding.id == "mark.tag" for _, binding in bindings):
            bindings += BindingsMap([*TAG_KEYS, *NOTE_KEYS])
        for key, binding in bindings:
            name = GROUPS.get((binding.id or "").partition(".")[0])
            if name and binding.id:
                keys = groups[name].setdefault(binding.id, (binding, []))[1]
                keys.append(self.app.get_key_display(Binding(key, "", "")))
        parts: list[Content | tuple[str, str]] = []
        shown = {name: actions for name, actions in groups.items() if actions}
        for name, actions in shown.items():
            parts.append((f"{name}\n", "bold $text-primary"))
            for binding, keys in actions.values():
                parts.append((f"  {' '.join(keys):18} ", "bold"))
                parts.append((f"{binding.tooltip or binding.description}\n", ""))
        if GROUPS["filter"] not in shown:
            return Content.assemble(*parts)
        parts.append(("The filter\n", "bold $text-primary"))
        for example, meaning in QUERY_HELP:
            parts += [(f"  {example:18} ", "bold"), (f"{meaning}\n", "")]
        return Content.assemble(*parts)
