"""The reader in terminals of several kinds: it starts, shows a paper, leaves; or says why not."""

import os
import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

import pexpect
import pyte
import pytest
from cli_helpers import COMMAND
from conftest import ABSTRACT, OpenLibrary, paper

DEADLINE = 15.0
"""Seconds after which what has not come is a failure."""
COLOUR = re.compile(r"\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9\d|10\d)(?:;[\d;]*)?m")
TRUE_COLOUR = re.compile(r"[34]8;2;")
INDEXED = re.compile(r"[34]8;5;")
_NOT_FOR_PYTE = re.compile(r"\x1b\[[<=>][\d;]*[a-zA-Z]|\x1b\[\?[\d;]*\$p|\x1b[_P][^\x1b]*\x1b\\")
"""Sequences that pyte would print in part."""

KINDS = {
    "true colour": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "256 colours": {"TERM": "xterm-256color"},
    "tmux": {"TERM": "tmux-256color"},
    "screen": {"TERM": "screen"},
    "console": {"TERM": "linux"},
    "vt100": {"TERM": "vt100"},
    "no colour": {"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"},
    "latin": {"TERM": "xterm-256color", "LC_ALL": "C"},
}
"""What the environment says of a terminal."""


Start: TypeAlias = "Callable[[str], Session]"


class Session:
    """The reader in a terminal of 80 columns and 24 rows."""

    def __init__(self, environment: dict[str, str]) -> None:
        cleared = {name: v for name, v in os.environ.items() if name not in ("COLORTERM", "TMUX")}
        self.child = pexpect.spawn(
            str(COMMAND), dimensions=(24, 80), encoding="utf-8", codec_errors="replace",
            timeout=DEADLINE, env={**cleared, **environment},
        )  # fmt: skip
        self.child.delaybeforesend = None
        self.written = ""

    def shows(self, text: str) -> None:
        """Wait until the text is on the screen."""
        while text not in "\n".join(self.lines):
            self.written += self.child.read_nonblocking(65_536, timeout=DEADLINE)

    def ends(self) -> int | None:
        """Wait for the end; return the exit status."""
        self.child.expect(pexpect.EOF)
        self.written += self.child.before or ""
        self.child.wait()
        status: int | None = self.child.exitstatus
        return status

    @property
    def lines(self) -> list[str]:
        """The screen."""
        screen = pyte.Screen(80, 24)
        pyte.Stream(screen).feed(_NOT_FOR_PYTE.sub("", self.written))
        return [line.rstrip() for line in screen.display]


@pytest.fixture
def library(open_library: OpenLibrary) -> None:
    """A library with two papers."""
    puddles = paper("arxiv:2508.00002", "A Map of Every Puddle — Études")
    open_library().add([paper(abstract=ABSTRACT), puddles], "hf")


@pytest.fixture
def sessions() -> Iterator[list[Session]]:
    """Sessions that are ended."""
    opened: list[Session] = []
    yield opened
    for each in opened:
        each.child.close(force=True)


@pytest.fixture
def start(library: None, sessions: list[Session]) -> Start:
    """Start the reader in a terminal of some kind."""

    def begin(kind: str) -> Session:
        session = Session(KINDS[kind])
        sessions.append(session)
        return session

    return begin


@pytest.mark.parametrize("kind", KINDS)
def test_reader_starts_shows_a_paper_and_leaves(start: Start, kind: str) -> None:
    session = start(kind)
    session.shows("Sorting Pebbles")
    session.shows("? Help")
    session.child.send("s\r")
    session.shows("starred")
    session.shows("We measure how well")
    session.shows("1 unread")
    session.child.send("q")
    assert session.ends() == 0


@pytest.mark.parametrize(
    ("kind", "colours"),
    [
        ("true colour", TRUE_COLOUR),
        ("256 colours", INDEXED),
        ("tmux", INDEXED),
        ("screen", COLOUR),
        ("console", COLOUR),
    ],
)
def test_colours_are_those_the_terminal_has(
    start: Start, kind: str, colours: re.Pattern[str]
) -> None:
    session = start(kind)
    session.shows("? Help")
    found = {each for each in (TRUE_COLOUR, INDEXED, COLOUR) if each.search(session.written)}
    assert found == {colours, COLOUR}


def test_no_color_writes_no_colour(start: Start) -> None:
    session = start("no colour")
    session.shows("? Help")
    assert not COLOUR.search(session.written)


@pytest.mark.parametrize("kind", ["console", "latin"])
def test_borders_and_marks_are_ascii_where_nothing_else_is(start: Start, kind: str) -> None:
    session = start(kind)
    session.shows("? Help")
    assert session.lines[1].startswith("+- Papers -----")
    assert session.lines[3].startswith("|> o   Sorting Pebbles")


def test_letters_are_ascii_only_where_the_encoding_has_no_others(start: Start) -> None:
    console, latin = start("console"), start("latin")
    console.shows("A Map of Every Puddle - Études")
    latin.shows("A Map of Every Puddle - Etudes")
    assert latin.written.isascii()


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_terminal_that_can_not_draw_is_told_of_triage(
    library: None, sessions: list[Session], term: str
) -> None:
    session = Session({"TERM": term})
    sessions.append(session)
    assert session.ends() == 1
    assert session.written == (
        f"papers-tui: TERM is {term or 'not set'}: the reader can't draw here; "
        "papers-tui triage --plain works with plain lines\r\n"
    )
