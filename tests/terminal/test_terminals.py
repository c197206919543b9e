"""The reader in terminals of several kinds: it starts, shows a paper, leaves; or says why not."""

import re
from collections.abc import Callable
from typing import TypeAlias

import pytest
from conftest import ABSTRACT, OpenLibrary, paper
from terminal import MODERN, OpenTerminal, Terminal

COLOUR = re.compile(r"\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9\d|10\d)(?:;[\d;]*)?m")
TRUE_COLOUR = re.compile(r"[34]8;2;")
INDEXED = re.compile(r"[34]8;5;")

Start: TypeAlias = Callable[[str], Terminal]

KINDS = {
    "true colour": MODERN,
    "256 colours": {"TERM": "xterm-256color"},
    "tmux": {"TERM": "tmux-256color"},
    "screen": {"TERM": "screen"},
    "console": {"TERM": "linux"},
    "vt100": {"TERM": "vt100"},
    "no colour": {"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"},
    "latin": {"TERM": "xterm-256color", "LC_ALL": "C"},
}
"""What the environment says of a terminal."""


@pytest.fixture
def library(open_library: OpenLibrary) -> None:
    """A library with two papers."""
    puddles = paper("arxiv:2508.00002", "A Map of Every Puddle — Études")
    open_library().add([paper(abstract=ABSTRACT), puddles], "hf")


@pytest.fixture
def start(library: None, open_terminal: OpenTerminal) -> Start:
    """Start the reader in a terminal of some kind."""
    return lambda kind: open_terminal(KINDS[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_reader_starts_shows_a_paper_and_leaves(start: Start, kind: str) -> None:
    terminal = start(kind)
    terminal.shows("Sorting Pebbles")
    terminal.shows("? Help")
    terminal.type("s\r")
    terminal.shows("We measure how well")
    terminal.shows("1 unread")
    terminal.type("q")
    assert terminal.leaves() == 0


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
    terminal = start(kind)
    terminal.shows("? Help")
    found = {each for each in (TRUE_COLOUR, INDEXED, COLOUR) if each.search(terminal.written)}
    assert found == {colours, COLOUR}


def test_no_color_writes_no_colour(start: Start) -> None:
    terminal = start("no colour")
    terminal.shows("? Help")
    assert not COLOUR.search(terminal.written)


@pytest.mark.parametrize("kind", ["console", "latin"])
def test_borders_and_marks_are_ascii_where_nothing_else_is(start: Start, kind: str) -> None:
    terminal = start(kind)
    terminal.shows("? Help")
    assert terminal.lines[1].startswith(" -- Fri 1 Aug 2025 -----")
    assert terminal.lines[2].startswith(">o  Sorting Pebbles")


def test_letters_are_ascii_only_where_the_encoding_has_no_others(start: Start) -> None:
    console, latin = start("console"), start("latin")
    console.shows("A Map of Every Puddle - Études")
    latin.shows("A Map of Every Puddle - Etudes")
    assert latin.written.isascii()


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_terminal_that_can_not_draw_is_told_of_triage(
    library: None, open_terminal: OpenTerminal, term: str
) -> None:
    terminal = open_terminal({"TERM": term})
    assert terminal.leaves() == 1
    assert terminal.written == (
        f"papers-tui: TERM is {term or 'not set'}: the reader can't draw here; "
        "papers-tui triage --plain works with plain lines\r\n"
    )
