"""The installed command on a real pseudo-terminal, seen through a terminal emulator."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pexpect
import pyte
import pytest
from conftest import ABSTRACT, OpenLibrary, page

from store.locks import locked
from store.model import Change

COMMAND = Path(sys.executable).with_name("papers-tui")
COLUMNS, ROWS = 80, 24
DEADLINE = 15.0
"""Seconds after which what is not on the screen is a failure."""

_NOT_FOR_PYTE = re.compile(r"\x1b\[[<=>][\d;]*[a-zA-Z]|\x1b\[\?[\d;]*\$p")
"""Sequences that pyte would print in part."""

_SEQUENCES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor, modes
    r"|\x1b\]22;[a-z-]*(?:\x07|\x1b\\)"  # the shape of the mouse pointer
    r"|\x1b[_P][^\x1b]*\x1b\\"  # queries to the terminal
    r"|\x1b[()][0-9A-B]|\x1b[=>78M]|[\r\n]"
)
"""All that Textual itself writes."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Terminal:
    """The reader in a terminal of 80 columns and 24 rows."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.Stream(self.screen)
        self.written = ""
        """Everything the program has sent."""
        self._fed = 0
        self.child = pexpect.spawn(
            str(COMMAND),
            dimensions=(ROWS, COLUMNS),
            encoding="utf-8",
            codec_errors="replace",
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
            timeout=DEADLINE,
        )
        self.child.delaybeforesend = None

    @property
    def text(self) -> str:
        """The screen, a line a row."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def shows(self, text: str) -> None:
        """Wait until the text is on the screen."""
        self._until(lambda: text in self.text, f"{text!r} on the screen")

    def shows_not(self, text: str) -> None:
        """Wait until the text is nowhere on the screen."""
        self._until(lambda: text not in self.text, f"{text!r} gone from the screen")

    def type(self, keys: str) -> None:
        """Send keys."""
        self.child.send(keys)

    def leaves(self) -> int | None:
        """Wait until the program has ended; return its exit status."""
        self._until(lambda: self.child.flag_eof, "the end of the program")
        self.child.wait()
        status: int | None = self.child.exitstatus
        return status

    def kill(self) -> None:
        """End the program as a crash would."""
        self.child.kill(signal.SIGKILL)
        self.child.wait()

    def close(self) -> None:
        """End the program if it still runs."""
        self.child.close(force=True)

    def _until(self, condition: Callable[[], object], what: str) -> None:
        deadline = monotonic() + DEADLINE
        while not condition():
            assert monotonic() < deadline, f"never happened: {what}\n{self.text}"
            self._read()

    def _read(self) -> None:
        try:
            self.written += self.child.read_nonblocking(65_536, timeout=0.05)
        except pexpect.TIMEOUT:
            return
        except pexpect.EOF:
            self.child.flag_eof = True
            return
        # A sequence that is not whole yet waits for its end.
        whole = len(self.written)
        if (start := self.written.rfind("\x1b", self._fed)) >= 0 and whole - start < 20:
            tail = self.written[start:]
            whole = whole if re.match(r"\x1b(\[[0-?]*[ -/]*[@-~]|[^\[])", tail) else start
        self._stream.feed(_NOT_FOR_PYTE.sub("", self.written[self._fed : whole]))
        self._fed = whole


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """A list of terminals that are closed at the end."""
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def start(terminals: list[Terminal]) -> Terminal:
    """Start the reader and wait until its list is there."""
    terminal = Terminal()
    terminals.append(terminal)
    terminal.shows("Papers")
    terminal.shows("1 of ")
    terminal.shows("? Help")
    return terminal


def test_first_start_shows_the_sample_feed(terminals: list[Terminal]) -> None:
    start(terminals).shows("58 unread · 58 papers")


def test_session_ends_with_success(terminals: list[Terminal]) -> None:
    assert session(terminals) == 0


def test_marks_of_a_session_are_there_on_the_next_start(terminals: list[Terminal]) -> None:
    session(terminals)
    again = start(terminals)
    again.shows("57 unread")
    assert re.fullmatch(r"│    ★ SPF-Portrait.* #rlhf .*", again.text.splitlines()[5])


def test_saved_star_survives_being_killed(
    terminals: list[Terminal], open_library: OpenLibrary
) -> None:
    terminal = start(terminals)
    terminal.type("s")
    terminal.shows("★ starred")
    terminal.shows_not("unsaved")
    terminal.kill()
    assert [marks.starred for marks in open_library().all_marks.values()] == [True]


def test_star_survives_a_hang_up(terminals: list[Terminal], open_library: OpenLibrary) -> None:
    terminal = start(terminals)
    terminal.type("s")
    terminal.shows("★ starred")
    terminal.child.kill(signal.SIGHUP)
    terminal.child.wait()
    assert [marks.starred for marks in open_library().all_marks.values()] == [True]


def test_terminal_is_put_back_in_order(terminals: list[Terminal]) -> None:
    terminal = start(terminals)
    terminal.type("q")
    terminal.leaves()
    assert "\x1b[?1049l" in terminal.written
    assert "\x1b[?25h" in terminal.written


def test_hostile_feed_sends_no_control_characters(
    terminals: list[Terminal], tmp_path: Path
) -> None:
    feed = tmp_path / "feed.txt"
    feed.write_bytes(page(*((hostile(n), hostile(n) + " " + ABSTRACT) for n in range(3))))
    subprocess.run([COMMAND, "import", feed], check=True, capture_output=True, timeout=30)
    terminal = start(terminals)
    terminal.shows("3 papers")
    terminal.type("jj\r")
    terminal.shows("2 unread")
    terminal.type("q")
    terminal.leaves()
    assert _CONTROL.findall(_SEQUENCES.sub("", terminal.written)) == []
    assert not re.search("\x1b\\]52|\x1b\\]2;|\x1bc", terminal.written)


def test_mark_of_a_command_is_on_the_screen(terminals: list[Terminal]) -> None:
    terminal = start(terminals)
    subprocess.run([COMMAND, "mark", "", "--star"], check=True, capture_output=True, timeout=30)
    terminal.shows("★ starred")


def test_leaving_over_a_lock_that_is_held_says_what_is_lost(
    terminals: list[Terminal], tmp_path: Path
) -> None:
    terminal = start(terminals)
    with locked(tmp_path / "library" / "state.json"):
        terminal.type("s")
        terminal.shows("1 unsaved")
        terminal.type("qq")
        assert terminal.leaves() == 1
    assert "1 unsaved change is lost" in " ".join(terminal.written.split())


def hostile(number: int) -> str:
    """Return a title that tries to set the clipboard, the title of the window and more."""
    return (
        f"{number} Pebbles\x1b]52;c;ZXZpbA==\x07 \x1b]2;owned\x1b\\ \x9b31m \x9d0;owned\x9c "
        "\x1bc \u202egnp.exe\u2066 [@click=app.quit]x[/]"
    )


def session(terminals: list[Terminal]) -> int | None:
    """Star, read and tag the third paper, look for another, leave; return the exit status."""
    terminal = start(terminals)
    terminal.type("jj")
    terminal.shows("3 of 58")
    terminal.type("s")
    terminal.shows("★ starred")
    terminal.type("r")
    terminal.shows("57 unread")
    terminal.type("t")
    terminal.shows("tag, +tag, -tag")
    terminal.type("rlhf\r")
    terminal.shows("#rlhf")
    terminal.type("/")
    terminal.shows("To the list")
    terminal.type("faking")
    terminal.shows("2 of 58 ·")
    terminal.type("\r")
    terminal.shows_not("To the list")
    terminal.type("\x1b")
    terminal.shows("58 of 58")
    terminal.type("q")
    return terminal.leaves()


def test_keys_typed_ahead_reach_what_the_keys_before_them_opened(
    terminals: list[Terminal],
) -> None:
    terminal = start(terminals)
    terminal.type("jjtrlhf\r/faking\rs")
    terminal.shows("2 of 58 ·")
    terminal.shows("★ starred")
    terminal.type("q")
    assert terminal.leaves() == 0
    tagged, starred = listed("tag:rlhf"), listed("is:starred")
    assert [str(paper["title"])[:12] for paper in tagged] == ["SPF-Portrait"]
    assert [str(paper["title"])[:16] for paper in starred] == ["Alignment faking"]
    assert not tagged[0]["read"]


def listed(query: str) -> list[dict[str, object]]:
    """Return what the command line lists for a query."""
    run = subprocess.run(
        [COMMAND, "list", query, "--json"], check=True, capture_output=True, timeout=30
    )
    papers: list[dict[str, object]] = json.loads(run.stdout)
    return papers


def damaged(open_library: OpenLibrary) -> Path:
    """Damage the marks of a library that has a backup of one starred paper."""
    library = open_library()
    for change in (Change(starred=True), Change(read=True)):
        library.mark(["arxiv:2508.00001"], change)
        library.commit()
    state = library.folder / "state.json"
    state.write_bytes(b"{")
    return state


def asked(terminals: list[Terminal]) -> Terminal:
    """Start the reader and wait until it asks whether to use the backup."""
    terminal = Terminal()
    terminals.append(terminal)
    terminal.shows("[y/N]")
    return terminal


def test_reader_offers_the_backup_of_damaged_marks(
    terminals: list[Terminal], open_library: OpenLibrary
) -> None:
    damaged(open_library)
    terminal = asked(terminals)
    terminal.type("y\r")
    terminal.shows("? Help")
    terminal.type("q")
    terminal.leaves()
    assert open_library().marks("arxiv:2508.00001").starred


def test_backup_that_is_not_wanted_is_not_used(
    terminals: list[Terminal], open_library: OpenLibrary
) -> None:
    state = damaged(open_library)
    terminal = asked(terminals)
    terminal.type("\r")
    assert (terminal.leaves(), state.read_bytes()) == (3, b"{")
