"""Sessions of the installed reader on a real pseudo-terminal."""

import re
import signal
from pathlib import Path

from cli_helpers import Run
from conftest import ABSTRACT, OpenLibrary, page
from terminal import MODERN, OpenTerminal, Terminal

from store.files.locks import locked
from store.library import Library
from store.model import Change

_SEQUENCES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor, modes
    r"|\x1b\]22;[a-z-]*(?:\x07|\x1b\\)"  # the shape of the mouse pointer
    r"|\x1b\]11;\?(?:\x07|\x1b\\)"  # the question for its ground
    r"|\x1b[_P][^\x1b]*\x1b\\"  # queries to the terminal
    r"|\x1b[()][0-9A-B]|\x1b[=>78M]|[\r\n]"
)
"""All that Textual itself writes."""
MOUSE = re.compile(r"\x1b\[\?(?:9|1000|1001|1002|1003|1005|1006|1007|1015|1016)h")
"""What asks a terminal for what the mouse does (XTerm Control Sequences, mouse tracking)."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def start(open_terminal: OpenTerminal, *arguments: str) -> Terminal:
    """Start the reader and wait until its list is there."""
    terminal = open_terminal(MODERN, *arguments)
    terminal.shows("? Help")
    terminal.shows("1 of ")
    terminal.shows("? Help")
    return terminal


def having(mark: str, library: Library) -> list[str]:
    """Return the titles of the papers that have a mark, in part."""
    library.read_all()
    having = [key for key, marks in library.all_marks.items() if getattr(marks, mark)]
    return [library.papers[key].title[:12] for key in having]


def session(terminal: Terminal) -> None:
    """Decline the offer, star, read and tag the third paper, look for another, leave."""
    terminal.shows("esc closes this")
    terminal.type("\x1b")
    terminal.shows_not("esc closes this")
    terminal.type("jj")
    terminal.shows("3 of 58")
    terminal.type("s")
    terminal.shows("★ ")
    terminal.type("r")
    terminal.shows("57 unread")
    terminal.type("t")
    terminal.shows("tag, +tag, -tag")
    terminal.type("rlhf\r")
    terminal.shows("#rlhf")
    terminal.type("/")
    terminal.shows("To the list")
    terminal.type("faking")
    terminal.shows("2 of 58")
    terminal.type("\r")
    terminal.shows_not("To the list")
    terminal.type("\x1b")
    terminal.shows("of 58 ─")
    terminal.type("q")


def test_first_session_ends_in_order_and_its_marks_are_there_on_the_next_start(
    open_terminal: OpenTerminal, open_library: OpenLibrary, run: Run
) -> None:
    first = start(open_terminal)
    first.shows("58 unread")
    session(first)
    assert first.leaves() == 0
    assert "\x1b[?1049l" in first.written
    assert "\x1b[?25h" in first.written
    again = start(open_terminal)
    again.shows("57 unread")
    assert re.fullmatch(r"  ★ SPF-Portrait.* #rlhf.*", again.lines[4])
    # What a command marks meanwhile is on the screen; what is saved survives being killed.
    assert run("mark", "*", "--star").status == 0
    again.until(lambda: again.text.count("★ ") > 3, "the marks of the command")
    again.type("r")
    again.shows("56 unread")
    again.until(lambda: len(having("read", open_library())) == 2, "the mark saved")
    again.kill()
    assert len(having("read", open_library())) == 2


def test_reader_starts_with_query_and_mouse_of_the_settings_and_a_star_survives_a_hang_up(
    open_terminal: OpenTerminal, open_library: OpenLibrary, tmp_path: Path
) -> None:
    settings = tmp_path / "start.toml"
    settings.write_text('start = "faking"\nmouse = false\n')
    terminal = start(open_terminal, "--config", str(settings))
    terminal.shows("/ faking")
    terminal.shows("2 of 58")
    terminal.type("\x1a")
    terminal.sleeps()
    terminal.child.kill(signal.SIGCONT)
    terminal.type("s")
    terminal.shows("★ ")
    terminal.child.kill(signal.SIGHUP)
    terminal.child.wait()
    assert MOUSE.findall(terminal.written) == []
    assert len(having("starred", open_library())) == 1


def test_wrong_query_is_refused_before_anything_is_drawn(open_terminal: OpenTerminal) -> None:
    terminal = open_terminal(MODERN, "-q", "lamp is:nope")
    assert terminal.leaves() == 2
    assert "? Help" not in terminal.text
    text, caret = [line for line in terminal.lines if line.startswith("  ") and line.strip()][:2]
    assert (text.strip(), caret.strip()) == ("lamp is:nope", "^")
    assert caret.index("^") == text.index("is:nope")


def test_hostile_feed_sends_no_control_characters(
    open_terminal: OpenTerminal, run: Run, tmp_path: Path
) -> None:
    feed = tmp_path / "feed.txt"
    feed.write_bytes(page(*((hostile(n), hostile(n) + " " + ABSTRACT) for n in range(3))))
    assert run("import", feed).status == 0
    terminal = start(open_terminal)
    terminal.shows("3 unread")
    terminal.type("jj\r")
    terminal.shows("2 unread")
    terminal.type("q")
    terminal.leaves()
    assert _CONTROL.findall(_SEQUENCES.sub("", terminal.written)) == []
    assert not re.search("\x1b\\]52|\x1b\\]2;|\x1bc", terminal.written)


def hostile(number: int) -> str:
    """Return a title that tries to set the clipboard, the title of the window and more."""
    return (
        f"{number} Pebbles\x1b]52;c;ZXZpbA==\x07 \x1b]2;owned\x1b\\ \x9b31m \x9d0;owned\x9c "
        "\x1bc \u202egnp.exe\u2066 [@click=app.quit]x[/]"
    )


def test_keys_typed_ahead_are_done_and_leaving_over_a_held_lock_says_what_is_lost(
    open_terminal: OpenTerminal, open_library: OpenLibrary, tmp_path: Path
) -> None:
    terminal = start(open_terminal)
    terminal.type("jjtrlhf\r/faking\rs")
    terminal.shows("2 of 58")
    terminal.until(lambda: having("starred", open_library()), "the star saved")
    with locked(tmp_path / "library" / "state.json"):
        terminal.type("r")
        terminal.shows("1 unsaved")
        terminal.type("qq")
        assert terminal.leaves() == 1
    assert "1 unsaved change is lost" in " ".join(terminal.written.split())
    assert having("tags", open_library()) == ["SPF-Portrait"]
    assert having("starred", open_library()) == ["Alignment fa"]
    assert having("read", open_library()) == []


def damaged(open_library: OpenLibrary) -> Path:
    """Damage the marks of a library that has a backup of one starred paper."""
    library = open_library()
    for change in (Change(starred=True), Change(read=True)):
        library.mark(["arxiv:2508.00001"], change)
        library.commit()
    state = library.folder / "state.json"
    state.write_bytes(b"{")
    return state


def asked(open_terminal: OpenTerminal) -> Terminal:
    """Start the reader and wait until it asks whether to use the backup."""
    terminal = open_terminal()
    terminal.shows("[y/N]")
    return terminal


def test_reader_offers_the_backup_of_damaged_marks(
    open_terminal: OpenTerminal, open_library: OpenLibrary
) -> None:
    damaged(open_library)
    terminal = asked(open_terminal)
    terminal.type("y\r")
    terminal.shows("? Help")
    terminal.type("q")
    terminal.leaves()
    assert open_library().marks("arxiv:2508.00001").starred


def test_backup_that_is_not_wanted_is_not_used(
    open_terminal: OpenTerminal, open_library: OpenLibrary
) -> None:
    state = damaged(open_library)
    terminal = asked(open_terminal)
    terminal.type("\r")
    assert (terminal.leaves(), state.read_bytes()) == (3, b"{")
