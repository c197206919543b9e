"""The reader goes to the background and comes back, and the screen is whole after that."""

import signal
from pathlib import Path

import pytest
from conftest import OpenLibrary
from terminal import MODERN, OpenTerminal, Terminal

CLEAR = "\x1b[H\x1b[2J"


@pytest.fixture
def terminal(filled: OpenLibrary, open_terminal: OpenTerminal) -> Terminal:
    """The reader in a terminal, on the small feed."""
    filled()
    opened = open_terminal()
    opened.shows("? Help")
    opened.shows("1 of 5")
    opened.shows("measure how well")
    opened.shows_not("loading")
    return opened


def comes_back(terminal: Terminal) -> None:
    """Come back as from a shell that has cleared the screen."""
    terminal.sleeps()
    terminal.others_write(f"{CLEAR}$ fg")
    terminal.child.kill(signal.SIGCONT)


def threads(terminal: Terminal) -> int:
    """Return how many threads the program has, where that can be known."""
    folder = Path(f"/proc/{terminal.child.pid}/task")
    return len([*folder.iterdir()]) if folder.exists() else 0


def test_screen_comes_back_from_the_shell_and_keys_are_heard(terminal: Terminal) -> None:
    before, at_first = terminal.lines, threads(terminal)
    terminal.type("\x1a")
    terminal.sleeps()
    terminal.until(lambda: "\x1b[?1049l" in terminal.written, "the other screen is left")
    assert terminal.written.rindex("\x1b[?25h") > terminal.written.rindex("\x1b[?25l")
    comes_back(terminal)
    terminal.until(lambda: terminal.lines == before, "the screen as it was")
    for stop in (signal.SIGTSTP, signal.SIGSTOP):
        terminal.child.kill(stop)
        comes_back(terminal)
        terminal.until(lambda: terminal.lines == before, f"the screen as it was before {stop!r}")
    # It goes on without having been suspended, and no thread stays.
    for _ in range(5):
        terminal.others_write(CLEAR)
        terminal.child.kill(signal.SIGCONT)
        terminal.until(lambda: terminal.lines == before, "the screen as it was")
    terminal.until(lambda: threads(terminal) < at_first + 5, "the threads of before")
    terminal.type("j")
    terminal.shows("2 of 5")


def test_ctrl_l_and_ctrl_z_work_in_the_list_in_dialogs_and_in_lines(terminal: Terminal) -> None:
    before = terminal.lines
    terminal.others_write(f"{CLEAR}Opening in existing session.\r\n")
    terminal.type("\x0c")
    terminal.until(lambda: terminal.lines == before, "the screen as it was")
    # A line as it is typed stays, and Ctrl+Z undoes what was typed in a note.
    terminal.type("/crows")
    terminal.shows("1 of 5")
    terminal.others_write(CLEAR)
    terminal.type("\x0c and")
    terminal.shows("crows and")
    terminal.type("\x1b")
    terminal.shows_not("crows and")
    terminal.type("N")
    terminal.shows("Note")
    terminal.type("lamp")
    terminal.shows("lamp ")
    terminal.type("\x1a")
    terminal.shows_not("lamp ")
    terminal.type("\x1b")
    terminal.shows_not("Note")
    for keys, shown in (
        ("t", "Tag"), ("S", "relevance"), ("e", "Export"), ("?", "Moving"), ("\x10", "Search for"),
        ("/cro", "1 of 1"),
    ):  # fmt: skip
        terminal.type(keys)
        terminal.shows(shown)
        terminal.type("\x1a")
        comes_back(terminal)
        terminal.shows(shown)
        terminal.type("\x1b")
        terminal.shows_not(shown)


# Where the screen is


def test_reader_that_could_not_be_seen_is_refused(
    filled: OpenLibrary,
    open_terminal: OpenTerminal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    filled()
    terminal = open_terminal(MODERN, shell="papers-tui 2>said; echo status $?; cat said")
    terminal.shows("status 1\npapers-tui: the reader draws on stderr, which is redirected")


def test_output_may_go_elsewhere_than_the_screen(
    filled: OpenLibrary,
    open_terminal: OpenTerminal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    filled()
    terminal = open_terminal(MODERN, shell="papers-tui >printed")
    terminal.shows("? Help")
    terminal.until(lambda: "? Help" in terminal.lines[-1], "the whole height in use")
    terminal.type("q")
    assert terminal.leaves() == 0
    assert not Path("printed").read_bytes()
