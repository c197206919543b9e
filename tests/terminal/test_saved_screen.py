"""The last screen is there at once at the next start, and nobody can tell it from the real one."""

import re
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import OpenLibrary, paper
from terminal import MODERN, OpenTerminal, Terminal

from store.model import Change
from tui.screen_file import screens_folder

pytestmark = pytest.mark.slow

ENTERED = "\x1b[?1049h"
TEXTUAL = "\x1b[?1000h"
"""What Textual writes first, once it is loaded: it asks for the mouse."""


WAITS = (
    "import os, signal, sys; from tui import start; show = start.show; "
    "start.show = lambda words: (show(words), os.kill(os.getpid(), signal.SIGSTOP)); "
    "sys.exit(start.main())"
)
"""The program, which waits for the shell right behind the saved screen."""
SHOWS_ALONE = "import sys; from tui.saved_screen import show; show(sys.argv[1:]); print('shown')"
"""The saved screen, if there is one, without a reader behind it."""


@pytest.fixture
def start(
    open_terminal: OpenTerminal, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Terminal]:
    """Start the program on a library of two papers, by lines of Python where there are some."""
    # Where it is noon no day ends meanwhile.
    monkeypatch.setenv("TZ", f"NOON{datetime.now(UTC).hour - 12}")
    library = open_library()
    library.add([paper(), paper("arxiv:2508.00002", "Counting Snails")], "hf")
    given = ("--library", str(library.folder))

    def begin(*arguments: str, code: str = "", **environment: str) -> Terminal:
        program = ("-c", code) if code else ("-m", "tui.start")
        words = (*program, *given, *arguments)
        return open_terminal({**MODERN, **environment}, *words, program=sys.executable)

    return begin


def leave(terminal: Terminal, *keys: str) -> None:
    """Press keys once all papers are read and shown, and leave in order."""
    terminal.shows("Sorting Pebbles")
    terminal.shows("2 unread")
    for key in keys:
        terminal.type(key)
    terminal.type("q")
    assert terminal.leaves() == 0


def test_saved_screen_is_the_last_one_and_what_the_reader_paints(
    start: Callable[..., Terminal],
) -> None:
    leave(start(), "js", "/snails\r")
    terminal = start(code=WAITS)
    terminal.sleeps()
    terminal.until(lambda: "Quit" in terminal.lines[-1], "the saved screen")
    assert "★ Counting Snails" in terminal.text
    assert "  Sorting Pebbles" in terminal.text
    before = terminal.cells
    assert TEXTUAL not in terminal.written
    terminal.type("j")  # a key typed before the reader is there arrives
    terminal.child.kill(signal.SIGCONT)
    terminal.until(lambda: TEXTUAL in terminal.written, "the reader")
    terminal.shows("2 of 2")
    terminal.type("k")
    terminal.until(lambda: terminal.cells == before, "the same cells")
    assert terminal.written.count(ENTERED) == 1
    terminal.type("\x1a")
    terminal.sleeps()
    terminal.until(lambda: "\x1b[?1049l" in terminal.written, "the other screen is left")


def seen(start: Callable[..., Terminal], *arguments: str, **environment: str) -> bool:
    """Return whether a start begins with the screen that was kept."""
    terminal = start(*arguments, code=SHOWS_ALONE, **environment)
    assert terminal.leaves() == 0
    return "Sorting Pebbles" in terminal.written


def test_saved_screen_is_shown_only_where_all_is_as_it_was(
    start: Callable[..., Terminal], open_library: OpenLibrary, tmp_path: Path
) -> None:
    leave(start())
    assert seen(start)
    assert not seen(start, "-q", "snails")
    for environment in ({"NO_COLOR": "1"}, {"COLORTERM": ""}, {"LC_ALL": "C"}):
        assert not seen(start, **environment), environment
    assert seen(start)
    library = open_library()
    library.mark(["arxiv:2508.00001"], Change(starred=True))
    library.commit()
    assert not seen(start)
    # Nothing is kept any more where the settings say so.
    assert len(list(Path(screens_folder()).iterdir())) == 2
    settings = tmp_path / "config" / "papers-tui" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("keep_screen = false\n")
    leave(start())
    assert [path.name for path in Path(screens_folder()).iterdir()] == ["secret"]


# Where the reader does not follow

BEGUN = "from tui.saved_screen import SHOWN; import os, sys, signal; SHOWN.begin('Snails'); "
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
