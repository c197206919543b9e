"""Light or dark as the terminal is: asked once, never waited for, never taken for keys."""

import re
import sys
from pathlib import Path

import pytest
from cli_helpers import Run
from terminal import MODERN, OpenTerminal, Terminal

from tui.ground import has_colours, is_light
from tui.reader.late_answers import LateAnswers
from tui.theme_names import keep_theme

QUESTION = "\x1b]11;?\x07\x1b[c"
LIGHT, DARK = "\x1b]11;rgb:fdfd/f6f6/e3e3\x1b\\", "\x1b]11;rgb:1e1e/1e1e/1e1e\x07"
LAST = "\x1b[?62;22;52c"
LIGHT_GROUND, DARK_GROUND = "f7f4ed", "1b1c1e"


def asked(open_terminal: OpenTerminal, *arguments: str) -> Terminal:
    """Start the reader and wait for its question."""
    terminal = open_terminal(MODERN, *arguments)
    terminal.until(lambda: QUESTION in terminal.written, "the question")
    return terminal


def ground(terminal: Terminal) -> str:
    """Return the ground of the list, once it is there."""
    terminal.shows("58 unread")
    terminal.until(lambda: terminal.cells[10][40][2] != "default", "a ground")
    return terminal.cells[10][40][2]


@pytest.mark.parametrize(
    ("answer", "shown"),
    [(LIGHT + LAST, LIGHT_GROUND), (DARK + LAST, DARK_GROUND), (LAST, DARK_GROUND)],
    ids=["light", "dark", "unknown to the terminal"],
)
def test_theme_is_as_the_terminal(open_terminal: OpenTerminal, answer: str, shown: str) -> None:
    terminal = asked(open_terminal)
    terminal.type(answer)
    assert ground(terminal) == shown


def test_theme_is_dark_where_the_terminal_says_nothing(open_terminal: OpenTerminal) -> None:
    assert ground(asked(open_terminal)) == DARK_GROUND


def test_keys_typed_around_the_answer_arrive(open_terminal: OpenTerminal) -> None:
    terminal = asked(open_terminal)
    terminal.type(f"j{LIGHT}j{LAST}jts")
    terminal.type("ü".encode()[:1])
    terminal.type("ü".encode()[1:] + b"\r")
    terminal.shows("#sü")
    terminal.shows("4 of 58")


@pytest.mark.parametrize("cut", [1, 2, 4, 6, 12, len(LIGHT) - 1, len(LIGHT) + 4])
def test_late_answer_in_pieces_presses_no_key(open_terminal: OpenTerminal, cut: int) -> None:
    terminal = asked(open_terminal)
    shown = ground(terminal)
    terminal.type((LIGHT + LAST)[:cut])
    terminal.type((LIGHT + LAST)[cut:])
    terminal.type("j")
    terminal.shows("2 of 58")
    terminal.shows("58 unread")
    assert ground(terminal) == shown


def test_terminal_is_not_asked_where_the_theme_is_known(
    open_terminal: OpenTerminal, tmp_path: Path
) -> None:
    settings = tmp_path / "theme.toml"
    settings.write_text('theme = "papers-light"\n')
    terminal = open_terminal(MODERN, "--config", str(settings))
    assert ground(terminal) == LIGHT_GROUND
    assert "\x1b]11;" not in terminal.written


def test_terminal_is_not_asked_where_a_theme_was_chosen(open_terminal: OpenTerminal) -> None:
    keep_theme("papers-light")
    terminal = open_terminal()
    assert ground(terminal) == LIGHT_GROUND
    assert "\x1b]11;" not in terminal.written


def test_auto_in_the_settings_goes_before_what_was_chosen(
    open_terminal: OpenTerminal, tmp_path: Path
) -> None:
    keep_theme("nord")
    settings = tmp_path / "theme.toml"
    settings.write_text('theme = "auto"\n')
    terminal = asked(open_terminal, "--config", str(settings))
    terminal.type(LIGHT + LAST)
    assert ground(terminal) == LIGHT_GROUND


@pytest.mark.parametrize("given", [("list",), ("--version",), ("-q", "is:nope")])
def test_command_asks_nothing(open_terminal: OpenTerminal, given: tuple[str, ...]) -> None:
    terminal = open_terminal(MODERN, *given)
    terminal.leaves()
    assert "\x1b]11;" not in terminal.written


def test_nothing_is_asked_over_a_pipe(run: Run) -> None:
    done = run()
    assert done.status == 1
    assert "\x1b" not in done.out + done.err


MODES = re.compile(r"^(?:[0-9a-f]+:){20,}[0-9a-f]+(?=\s)", re.MULTILINE)
"""What `stty -g` prints."""
ENDS = {
    "says something": "print('no library', file=sys.stderr)",
    "leaves": "pass",
    "is ended": "os.kill(os.getpid(), signal.SIGTERM)",
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_answer_is_not_typed_into_the_shell(open_terminal: OpenTerminal, end: str) -> None:
    code = (
        "import os, signal, sys; from tui.ground import GROUND; from tui.kept_screen import SHOWN; "
        f"GROUND.ask(); {end}; SHOWN.leave()"
    )
    line = f'stty -g; {sys.executable} -c "{code}"; echo; stty -g; read -r typed; echo "<$typed>"'
    terminal = open_terminal(MODERN, shell=line)
    terminal.until(lambda: QUESTION in terminal.written, "the question")
    terminal.type(LIGHT + LAST)
    terminal.until(lambda: len(MODES.findall(terminal.written)) == 2, "the mode of the terminal")
    terminal.type("echo\r")
    terminal.shows("<echo>")
    assert len(set(MODES.findall(terminal.written))) == 1


@pytest.mark.parametrize(
    ("colour", "light"),
    [
        *((b"rgb:ffff/ffff/ffff", True), (b"rgb:ff/ff/ff", True), (b"rgba:f/f/f/f", True)),
        *((b"rgb:0/0/0", False), (b"rgb:2828/2c2c/3434", False), (b"rgb:00/00/ff", False)),
        *((b"", False), (b"?", False), (b"white", False), (b"rgb:fffff/0/0", False)),
    ],
)
def test_colour_is_light_or_dark(colour: bytes, light: bool) -> None:
    assert is_light(colour) is light


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "foot", "COLORTERM": "truecolor"}, True),
        ({"TERM": "linux"}, False),
        ({}, False),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, False),
    ],
)
def test_ground_counts_where_there_are_colours(environment: dict[str, str], colours: bool) -> None:
    assert has_colours(environment) is colours


@pytest.mark.parametrize("keys", ["\x1b", "\x1b]", "\x1b[", "\x1b]1"])
def test_keys_that_begin_as_an_answer_are_given_back(keys: str) -> None:
    answers = LateAnswers(lambda: True)
    assert answers.without(keys) == ""
    assert answers.given_up(0.01) == ""
    assert answers.given_up(0.2) == keys
    assert LateAnswers(lambda: False).without(keys) == keys


def test_answer_without_an_end_is_forgotten() -> None:
    answers = LateAnswers(lambda: False)
    assert answers.without("j\x1b]11;rgb:ff") == "j"
    assert answers.given_up(2.0) == ""
    assert answers.without("k") == "k"
