"""Light or dark as the terminal is: asked once, never waited for, never taken for keys."""

import re
import sys
from pathlib import Path

import pytest
from cli_helpers import Run
from terminal import MODERN, OpenTerminal, Terminal

from tui.ground import has_colours, is_light
from tui.reader.terminal.terminal_input import LateAnswers
from tui.settings.theme_names import follows_terminal, save_theme

QUESTION = "\x1b]11;?\x07\x1b[c"
LIGHT, DARK = "\x1b]11;rgb:fdfd/f6f6/e3e3\x1b\\", "\x1b]11;rgb:1e1e/1e1e/1e1e\x07"
LAST = "\x1b[?62;22;52c"
LIGHT_GROUND, DARK_GROUND = "f7f4ed", "1b1c1e"


# Whatever the machine is busy with, the answer of a test is in time.
PATIENT = "import sys; from tui import ground; ground.LATE = 3_600.0; "
WAITS = PATIENT + "ground.LONGEST = 60.0; from tui.start import main; sys.exit(main())"
"""The reader, which waits for the answer for as long as it takes."""
WAITS_NOT = PATIENT + "from tui.start import main; sys.exit(main())"
"""The reader, which takes an answer for one however late it comes."""
ALONE = PATIENT + "g = ground.GROUND; ground.LONGEST = 60.0; g.ask(); print(g.is_light())"
"""The question alone."""
DRAWS = (
    "from tui import ground; ground.LATE = 3_600.0; ground.LONGEST = 60.0; g = ground.GROUND; "
    "g.ask(True); g.is_light(); print('sixels:', g.has_sixel)"
)
"""What the terminal can draw, asked alone."""


def asked(open_terminal: OpenTerminal, code: str, *arguments: str) -> Terminal:
    """Start the reader by lines of Python and wait for its question."""
    terminal = open_terminal(MODERN, "-c", code, *arguments, program=sys.executable)
    terminal.until(lambda: QUESTION in terminal.written, "the question")
    return terminal


def ground(terminal: Terminal) -> str:
    """Return the ground of the list, once it is there."""
    terminal.shows("58 unread")
    terminal.until(lambda: terminal.cells[10][40][2] != "default", "a ground")
    return terminal.cells[10][40][2]


@pytest.mark.parametrize(
    ("answer", "light"),
    [(LIGHT + LAST, True), (DARK + LAST, False), (LAST, False)],
    ids=["light", "dark", "unknown to the terminal"],
)
def test_answer_tells_the_ground(open_terminal: OpenTerminal, answer: str, light: bool) -> None:
    terminal = asked(open_terminal, ALONE)
    terminal.type(answer)
    terminal.shows(str(light))


@pytest.mark.parametrize(("answer", "sixels"), [("\x1b[?62;4;22c", True), ("\x1b[?4;22c", False)])
def test_answer_tells_whether_there_are_sixels_though_no_theme_depends_on_it(
    open_terminal: OpenTerminal, answer: str, sixels: bool
) -> None:
    terminal = open_terminal(MODERN, "-c", DRAWS, program=sys.executable)
    terminal.until(lambda: "\x1b[c" in terminal.written, "the question")
    assert "\x1b]11;" not in terminal.written
    terminal.type(answer)
    terminal.shows(f"sixels: {sixels}")


def test_theme_is_as_the_terminal_and_keys_typed_around_the_answer_arrive(
    open_terminal: OpenTerminal, tmp_path: Path
) -> None:
    save_theme("nord")  # auto in the settings goes before what was chosen
    (tmp_path / "theme.toml").write_text('theme = "auto"\n')
    terminal = asked(open_terminal, WAITS, "--config", str(tmp_path / "theme.toml"))
    terminal.type(f"j{LIGHT}j{LAST}jts")
    terminal.type("ü".encode()[:1])
    terminal.type("ü".encode()[1:] + b"\r")
    terminal.shows("#sü")
    terminal.shows("4 of 58")
    assert ground(terminal) == LIGHT_GROUND


def test_theme_is_dark_where_nothing_is_reported_and_a_late_answer_presses_no_key(
    open_terminal: OpenTerminal,
) -> None:
    terminal = asked(open_terminal, WAITS_NOT)
    assert ground(terminal) == DARK_GROUND
    terminal.type(f"{LIGHT}{LAST}j")
    terminal.shows("2 of 58")
    terminal.shows("58 unread")
    assert ground(terminal) == DARK_GROUND


def test_late_answer_in_pieces_is_left_out_of_what_is_typed() -> None:
    whole = LIGHT + LAST
    for cut in range(1, len(whole)):
        answers = LateAnswers(lambda: True)
        assert answers.without(whole[:cut]) + answers.without(whole[cut:] + "j") == "j", cut


def test_terminal_is_not_asked_where_a_theme_was_chosen(open_terminal: OpenTerminal) -> None:
    save_theme("papers-light")
    terminal = open_terminal()
    assert ground(terminal) == LIGHT_GROUND
    assert "\x1b]11;" not in terminal.written


def test_theme_follows_the_terminal_by_settings_or_where_none_is_chosen() -> None:
    assert follows_terminal("")
    assert not follows_terminal("papers-light")
    save_theme("nord")
    assert follows_terminal("auto")
    assert not follows_terminal("")


@pytest.mark.parametrize("given", [("list",), ("-q", "is:nope")])
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
        "import os, signal, sys; from tui.ground import GROUND; "
        "from tui.saved_screen import SHOWN; "
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
