"""The reader in terminals of several kinds: it starts, shows a paper, leaves; or says why not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from conftest import ABSTRACT, OpenLibrary, paper
from terminal import MODERN, OpenTerminal

COLOUR = re.compile(r"\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9\d|10\d)(?:;[\d;]*)?m")
TRUE_COLOUR = re.compile(r"[34]8;2;")
INDEXED = re.compile(r"[34]8;5;")

USUAL, ASCII = "▌●  Sorting Pebbles", ">o  Sorting Pebbles"
ETUDES = "A Map of Every Puddle — Études"


@dataclass(frozen=True)
class Kind:
    """A kind of terminal, and how the reader looks there."""

    environment: Mapping[str, str]
    colours: frozenset[re.Pattern[str]]
    row: str = USUAL
    """The paper under the cursor, with what is drawn before it."""
    title: str = ETUDES


KINDS = {
    "true colour": Kind(MODERN, frozenset((TRUE_COLOUR, COLOUR))),
    "tmux": Kind({"TERM": "tmux-256color"}, frozenset((INDEXED, COLOUR))),
    "screen": Kind({"TERM": "screen"}, frozenset((COLOUR,))),
    "console": Kind({"TERM": "linux"}, frozenset((COLOUR,)), ASCII, ETUDES.replace("—", "-")),
    "no colour": Kind({**MODERN, "NO_COLOR": "1"}, frozenset()),
    "latin": Kind(
        {**MODERN, "LC_ALL": "C"},
        frozenset((TRUE_COLOUR, COLOUR)), ASCII, "A Map of Every Puddle - Etudes",
    ),
}  # fmt: skip


@pytest.fixture
def library(open_library: OpenLibrary) -> None:
    """A library with two papers."""
    puddles = paper("arxiv:2508.00002", ETUDES)
    open_library().add([paper(abstract=ABSTRACT), puddles], "hf")


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_reader_looks_as_the_terminal_can_and_works_there(
    library: None, open_terminal: OpenTerminal, kind: Kind
) -> None:
    terminal = open_terminal(kind.environment)
    terminal.shows(kind.title)
    terminal.shows("? Help")
    assert terminal.lines[2].startswith(kind.row)
    dashes = "--" if kind.row == ASCII else "──"
    assert terminal.lines[1].startswith(f" {dashes} Fri 1 Aug 2025 {dashes}")
    terminal.type("s\r")
    terminal.shows("We measure how well")
    terminal.shows("1 unread")
    terminal.type("q")
    assert terminal.leaves() == 0
    found = {each for each in (TRUE_COLOUR, INDEXED, COLOUR) if each.search(terminal.written)}
    assert found == kind.colours
    assert terminal.written.isascii() == kind.title.isascii()


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_terminal_that_can_not_draw_is_reported_of_triage(
    library: None, open_terminal: OpenTerminal, term: str
) -> None:
    terminal = open_terminal({"TERM": term})
    assert terminal.leaves() == 1
    assert terminal.written == (
        f"papers-tui: TERM is {term or 'not set'}: the reader can't draw here; "
        "papers-tui triage --plain works with plain lines\r\n"
    )
