"""The last screen is there at once at the next start, and nobody can tell it from the real one."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import OpenLibrary, paper
from terminal import MODERN, OpenTerminal, Terminal

from store.model import Change
from tui.screen_file import kept_folder

pytestmark = pytest.mark.slow

ENTERED = "\x1b[?1049h"
TEXTUAL = "\x1b[?1000h"
"""What Textual writes first, once it is loaded."""


@pytest.fixture
def start(open_terminal: OpenTerminal, open_library: OpenLibrary) -> Callable[..., Terminal]:
    """Start the program as it is installed, on a library of two papers."""
    library = open_library()
    library.add([paper(), paper("arxiv:2508.00002", "Counting Snails")], "hf")
    given = ("--library", str(library.folder))

    def begin(*arguments: str, **environment: str) -> Terminal:
        words = ("-m", "tui.start", *given, *arguments)
        return open_terminal({**MODERN, **environment}, *words, program=sys.executable)

    return begin


def settled(terminal: Terminal) -> Terminal:
    """Wait until all papers are read and shown."""
    terminal.shows("Sorting Pebbles")
    terminal.shows("2 unread")
    return terminal


def kept(start: Callable[..., Terminal]) -> None:
    """Start the reader and leave it in order."""
    terminal = settled(start())
    terminal.type("q")
    terminal.leaves()
    assert len(list(Path(kept_folder()).iterdir())) == 2


def begins_with(terminal: Terminal) -> str:
    """Return what was written before Textual was there."""
    terminal.until(lambda: TEXTUAL in terminal.written, "the reader")
    return terminal.written.partition(TEXTUAL)[0]


def test_screen_is_there_before_the_reader(start: Callable[..., Terminal]) -> None:
    kept(start)
    assert "Counting Snails" in begins_with(start())


def test_screen_is_what_the_reader_paints(start: Callable[..., Terminal]) -> None:
    kept(start)
    terminal = start()
    terminal.until(lambda: "Quit" in terminal.lines[-1], "the kept screen")
    before = terminal.cells
    assert TEXTUAL not in terminal.written
    begins_with(terminal)
    terminal.until(lambda: terminal.written.count("2 unread") > 1, "the real screen")
    terminal.until(lambda: terminal.cells == before, "the same cells")
    assert terminal.written.count(ENTERED) == 1


def test_key_typed_before_the_reader_is_there_arrives(start: Callable[..., Terminal]) -> None:
    kept(start)
    terminal = start()
    terminal.until(lambda: "2 unread" in terminal.text, "the kept screen")
    terminal.type("s")
    assert TEXTUAL not in terminal.written
    terminal.shows("★")


def test_ctrl_z_goes_to_the_shell_behind_a_kept_screen(start: Callable[..., Terminal]) -> None:
    kept(start)
    terminal = settled(start())
    begins_with(terminal)
    terminal.type("s")
    terminal.shows("★")
    terminal.type("\x1a")
    terminal.sleeps()
    terminal.until(lambda: "\x1b[?1049l" in terminal.written, "the other screen is left")


def test_screen_follows_what_was_marked(start: Callable[..., Terminal]) -> None:
    terminal = settled(start())
    terminal.type("js")
    terminal.shows("★")
    terminal.type("/snails\r")
    terminal.shows("1 of 2")
    terminal.type("q")
    terminal.leaves()
    begun = start()
    before = begins_with(begun)
    assert "★" in before
    assert "Sorting Pebbles" in before


def test_changed_library_shows_no_kept_screen(
    start: Callable[..., Terminal], open_library: OpenLibrary
) -> None:
    kept(start)
    library = open_library()
    library.mark(["arxiv:2508.00001"], Change(read=True))
    library.commit()
    assert "Pebbles" not in begins_with(start())


@pytest.mark.parametrize(
    "other",
    [{"NO_COLOR": "1"}, {"COLORTERM": ""}, {"LC_ALL": "C"}],
    ids=lambda each: next(iter(each)),
)
def test_other_terminal_shows_no_kept_screen(
    start: Callable[..., Terminal], other: dict[str, str]
) -> None:
    kept(start)
    assert "Pebbles" not in begins_with(start(**other))


def test_query_shows_no_kept_screen(start: Callable[..., Terminal]) -> None:
    kept(start)
    assert "Pebbles" not in begins_with(start("-q", "snails"))


def test_nothing_is_kept_where_the_settings_say_so(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    kept(start)
    settings = tmp_path / "config" / "papers-tui" / "config.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("keep_screen = false\n")
    terminal = settled(start())
    terminal.type("q")
    terminal.leaves()
    assert [path.name for path in Path(kept_folder()).iterdir()] == ["secret"]


# Where the reader does not follow

BEGUN = "from tui.kept_screen import SHOWN; import os, sys, signal; SHOWN.begin('Snails'); "
ENDS: dict[str, str] = {
    "says something": "print('no library', file=sys.stderr)",
    "fails": "raise OSError('no library')",
    "is ended": "os.kill(os.getpid(), signal.SIGTERM)",
    "loses its terminal": "os.kill(os.getpid(), signal.SIGHUP)",
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_terminal_is_left_as_it_was(open_terminal: OpenTerminal, end: str) -> None:
    line = f'stty -g; {sys.executable} -c "{BEGUN}{end}"; stty -g'
    terminal = open_terminal(MODERN, shell=line)
    terminal.leaves()
    assert terminal.written.index(ENTERED) < terminal.written.index("\x1b[?1049l")
    assert "no library" not in terminal.written.partition("\x1b[?1049l")[0]
    modes = re.findall(r"^[0-9a-f]+(?::[0-9a-f]+)+", terminal.written.replace("\r", ""), re.M)
    assert modes[0] == modes[-1]
    assert len(modes) == 2
