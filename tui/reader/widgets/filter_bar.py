"""The filter line: the query, its error, and how many papers match."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.highlighter import Highlighter
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static
from textual.widgets.input import Selection

from tui.reader.keyboard.keys import FILTER_KEYS, SEARCH_KEYS
from tui.reader.widgets.line_input import LineInput

if TYPE_CHECKING:  # imported after the first paint
    from store.query.syntax import Problem
    from tui.reader.filter_completion import Completion


class ProblemMarks(Highlighter):
    """Underline the errors in a query."""

    def __init__(self, problems: Sequence["Problem"]) -> None:
        self.problems = problems

    def highlight(self, text: Text) -> None:
        """Mark the places in what the line shows."""
        for problem in self.problems:
            text.stylize("underline bold", problem.start, problem.end)


class QueryInput(LineInput):
    """An input line that reports typing, and marks errors."""

    def __init__(self, changed: Callable[[str], None], value: str) -> None:
        super().__init__(
            value=value, placeholder="words, is:unread, #tag", compact=True, id="query",
            select_on_focus=False,
        )  # fmt: skip
        self._typed = changed

    def mark(self, problems: Sequence["Problem"]) -> None:
        """Underline the errors."""
        if problems or self.highlighter:
            self.highlighter = ProblemMarks(problems) if problems else None
            self.refresh()

    def watch_value(self) -> None:
        """Report what the user types, not what the program sets."""
        if self.is_mounted and self.has_focus:
            self._typed(self.value)


class SearchInput(QueryInput):
    """The input line for searching a text."""

    BINDINGS: ClassVar[list[BindingType]] = SEARCH_KEYS


class FilterInput(QueryInput):
    """The query, followed by a completion."""

    BINDINGS: ClassVar[list[BindingType]] = FILTER_KEYS

    def __init__(self, changed: Callable[[str], None], value: str) -> None:
        super().__init__(changed, value)
        self._completed = ""
        """The text when it is completed, or empty."""

    def suggest(self, completion: "Completion | None") -> None:
        """Show a completion after the text."""
        self._completed = completion.text if completion else ""
        # Not by a Suggester: it would start a worker at every letter and answer a frame later.
        self._suggestion = self.value + completion.rest if completion else ""

    def action_complete(self) -> None:
        """Take the completion."""
        if self._suggestion and self._completed:
            self.value = self._completed
            self.cursor_position = len(self.value)

    def action_cursor_right(self, select: bool = False) -> None:
        """Take the completion at the end of the text, else move the cursor."""
        if self.cursor_at_end and self._suggestion and not select:
            self.action_complete()
        else:
            super().action_cursor_right(select)


class FilterBar(Horizontal):
    """A slash, the query, and on the right the count or the error; for a while a message."""

    DEFAULT_CSS = """
    FilterBar {
        height: 1;
        & > #slash { width: 3; color: $text-muted; }
        & > #query { width: 3fr; background: transparent; }
        & > #count { width: 2fr; height: 1; color: $text-muted; padding: 0 1; text-align: right;
            text-wrap: nowrap; text-overflow: ellipsis; }
        & > #count.-problem { color: $text-error; width: auto; max-width: 80%; }
        & > #said { display: none; width: 1fr; height: 1; padding: 0 1; text-wrap: nowrap; }
        & > #said.-warning { color: $text-warning; }
        & > #said.-error { color: $text-error; }
        &.-saying > #said { display: block; }
        &.-saying > #slash, &.-saying > #query, &.-saying > #count { display: none; }
    }
    """

    def __init__(self, line: QueryInput) -> None:
        super().__init__(id="filter")
        self.input = line
        """The input line."""
        self._status = Static(id="count", markup=False)
        self._said = Static(id="said", markup=False)

    def compose(self) -> ComposeResult:
        """Lay out the three parts."""
        yield Static(" / ", id="slash")
        yield self.input
        yield self._status
        yield self._said

    @property
    def value(self) -> str:
        """The query as typed."""
        return self.input.value

    @value.setter
    def value(self, query: str) -> None:
        self.input.value = query
        self.input.cursor_position = len(query)

    def edit(self) -> None:
        """Let the user type."""
        self.say("")
        self.screen.set_focus(self.input)
        # A letter replaces the present filter, an arrow keeps it.
        self.input.selection = Selection(0, len(self.input.value))

    def say(self, text: str, kind: str = "information") -> bool:
        """Show a message instead of the query, or remove it with ""; return False if impossible."""
        room = self.size.width - 2 if self.display and not self.input.has_focus else 0
        fits = "\n" not in text and cell_len(text) <= room
        self.set_class(bool(text) and fits, "-saying")
        self._said.set_classes(f"-{kind}")
        self._said.update(Content(text), layout=False)
        return fits

    def on_resize(self) -> None:
        """Show a message elsewhere if there is no longer room here."""
        if self.has_class("-saying"):
            self.app._refresh_notifications()

    def on_click(self) -> None:
        """Remove a message that keeps the user from typing."""
        if self.has_class("-saying"):
            self.edit()

    def show_status(self, status: str) -> None:
        """Show the count."""
        self._show(status, ())

    def show_problems(self, problems: Sequence["Problem"]) -> None:
        """Show the query's error and its place."""
        self._show(problems[0].message, problems)

    def _show(self, status: str, problems: Sequence["Problem"]) -> None:
        self._status.set_class(bool(problems), "-problem")
        # The width of a count is fixed, so that a new one costs no layout.
        self._status.update(Content(status), layout=bool(problems))
        self.input.mark(problems)
