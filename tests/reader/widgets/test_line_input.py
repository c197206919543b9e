"""Lines that are typed in: what is pasted into them, and where the terminal's cursor stands."""

import pytest
from conftest import OpenLibrary, paper
from screen_helpers import Reader, reading, until
from terminal import OpenTerminal, Terminal
from textual import events
from textual.widgets import Input

from store.library import Library
from tui.reader.widgets.line_input import one_line

LINES = ("t", "e", "m", "ctrl+p", "slash")
"""Keys that open a line."""


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed."""
    return filled()


async def pasted(reader: Reader, key: str, text: str) -> str:
    """Paste a text into the line that a key opens, leave it, and return what was in it."""
    await reader.press(key)
    await until(lambda: isinstance(reader.app.focused, Input), f"the line of {key}")
    line = reader.app.focused
    assert isinstance(line, Input)
    line.value = ""
    reader.app.post_message(events.Paste(text))
    await until(lambda: line.value, f"a text in the line of {key}")
    value = line.value
    await reader.press("escape")
    await until(lambda: reader.app.focused is not line, "the line left")
    return value


async def test_lines_that_are_pasted_become_one(library: Library) -> None:
    async with reading(library, query="a") as reader:  # a view is made of a filter
        for key in LINES:
            value = await pasted(reader, key, "\nfine\r\n\r\ntuning\rtwice\n")
            assert value == "fine tuning twice", key


async def test_paste_into_a_note_keeps_its_lines_and_into_the_filter_is_one_line(
    library: Library,
) -> None:
    async with reading(library) as reader:
        await reader.press("N")
        await reader.shows("Note")
        reader.app.post_message(events.Paste("one\ntwo"))
        await reader.shows("two")
        await reader.press("escape")
        await until(lambda: reader.library.marks(reader.cursor).note, "the note")
        assert reader.library.marks(reader.cursor).note == "one\ntwo"
        # What was copied here is pasted as one line.
        await reader.press("space", "space", "y", "slash", "ctrl+v")
        await until(lambda: "00002" in reader.screen.panes.bar.value, "the copied text in the line")
        assert "00001 https" in reader.screen.panes.bar.value


@pytest.mark.parametrize(
    ("text", "line"),
    [("a", "a"), (" a ", " a "), ("a\n\n b", "a  b"), ("\r\n", ""), ("a\u2028b\x0bc", "a b c")],
)
def test_line_ends_become_a_space(text: str, line: str) -> None:
    assert one_line(text) == line


# The terminal's cursor, at which an input method opens its window


@pytest.fixture
def terminal(open_library: OpenLibrary, open_terminal: OpenTerminal) -> Terminal:
    """The reader in a terminal, on one paper."""
    open_library().add([paper()], "hf")
    opened = open_terminal()
    opened.shows("? Help")
    opened.shows("1 of 1")
    return opened


def stands_behind(terminal: Terminal, text: str) -> None:
    """Wait until the cursor stands right behind the last place of a text on the screen."""

    def there() -> bool:
        x, y = terminal.cursor
        return terminal.lines[y].ljust(80)[:x].endswith(text)

    terminal.until(there, f"the cursor behind {text!r}")


def test_cursor_stands_in_a_line_as_soon_as_it_opens(terminal: Terminal) -> None:
    for keys, before in (("e", "papers"), ("N", "│ "), ("t", "│ "), ("/", " / "), ("\x10", "│ ")):
        terminal.shows("? Help")  # the line before is left
        terminal.type(keys)
        stands_behind(terminal, before)
        terminal.type("lamp")
        stands_behind(terminal, "lamp")
        terminal.type("\x1b[D")
        stands_behind(terminal, "lam")
        terminal.type("\x1b")
