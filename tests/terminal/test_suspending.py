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
    """Come back as from a shell that has cleared the screen, and find it as it was."""
    before = terminal.lines
    terminal.sleeps()
    terminal.others_write(f"{CLEAR}$ fg")
    terminal.child.kill(signal.SIGCONT)
    terminal.until(lambda: terminal.lines == before, "the screen as it was")


def test_ctrl_z_goes_to_the_shell_and_the_screen_comes_back(terminal: Terminal) -> None:
    terminal.type("\x1a")
    comes_back(terminal)
    terminal.type("j")
    terminal.shows("2 of 5")


def test_terminal_is_in_order_while_the_reader_sleeps(terminal: Terminal) -> None:
    terminal.type("\x1a")
    terminal.sleeps()
    terminal.until(lambda: "\x1b[?1049l" in terminal.written, "the other screen is left")
    assert terminal.written.rindex("\x1b[?25h") > terminal.written.rindex("\x1b[?25l")


@pytest.mark.parametrize("stop", [signal.SIGTSTP, signal.SIGSTOP], ids=lambda stop: stop.name)
def test_screen_comes_back_after_a_stop_from_outside(
    terminal: Terminal, stop: signal.Signals
) -> None:
    terminal.child.kill(stop)
    comes_back(terminal)


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("/cro", "1 of 1"),
        ("t", "Tag"),
        ("S", "relevance"),
        ("e", "Export"),
        ("?", "Moving"),
        ("\x10", "Search for"),
    ],
)
def test_ctrl_z_works_in_dialogs_and_lines(terminal: Terminal, keys: str, shown: str) -> None:
    terminal.type(keys)
    terminal.shows(shown)
    terminal.type("\x1a")
    terminal.sleeps()


def test_ctrl_z_takes_back_what_was_typed_in_a_note(terminal: Terminal) -> None:
    terminal.type("N")
    terminal.shows("Note")
    terminal.type("lamp")
    terminal.shows("lamp ")
    terminal.type("\x1a")
    terminal.shows_not("lamp ")


def test_ctrl_l_draws_over_what_others_wrote(terminal: Terminal) -> None:
    before = terminal.lines
    terminal.others_write(f"{CLEAR}Opening in existing session.\r\n")
    terminal.type("\x0c")
    terminal.until(lambda: terminal.lines == before, "the screen as it was")


def test_ctrl_l_keeps_a_line_as_it_is_typed(terminal: Terminal) -> None:
    terminal.type("/crows")
    terminal.shows("1 of 5")
    terminal.others_write(CLEAR)
    terminal.type("\x0c and")
    terminal.shows("crows and")


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
    terminal.shows("status 1\npapers-tui: the reader draws on stderr, which goes elsewhere")


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
