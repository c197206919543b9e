"""Sessions of the installed reader on a real pseudo-terminal."""

import json
import re
import signal
import subprocess
from pathlib import Path

from cli_helpers import COMMAND
from conftest import ABSTRACT, OpenLibrary, page
from terminal import MODERN, OpenTerminal, Terminal

from store.files.locks import locked
from store.model import Change

_SEQUENCES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor, modes
    r"|\x1b\]22;[a-z-]*(?:\x07|\x1b\\)"  # the shape of the mouse pointer
    r"|\x1b\]11;\?(?:\x07|\x1b\\)"  # the question for its ground
    r"|\x1b[_P][^\x1b]*\x1b\\"  # queries to the terminal
    r"|\x1b[()][0-9A-B]|\x1b[=>78M]|[\r\n]"
)
"""All that Textual itself writes."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def start(open_terminal: OpenTerminal) -> Terminal:
    """Start the reader and wait until its list is there."""
    terminal = open_terminal()
    terminal.shows("? Help")
    terminal.shows("1 of ")
    terminal.shows("? Help")
    return terminal


def test_first_start_shows_the_sample_feed(open_terminal: OpenTerminal) -> None:
    start(open_terminal).shows("58 unread")


def test_session_ends_with_success(open_terminal: OpenTerminal) -> None:
    assert session(open_terminal) == 0


def test_reader_starts_with_the_query_of_the_settings(
    open_terminal: OpenTerminal, tmp_path: Path
) -> None:
    settings = tmp_path / "start.toml"
    settings.write_text('start = "faking"\n')
    terminal = open_terminal(MODERN, "--config", str(settings))
    terminal.shows("/ faking")
    terminal.shows("2 of 58")
    terminal.type("q")
    assert terminal.leaves() == 0


def test_wrong_query_is_refused_before_anything_is_drawn(open_terminal: OpenTerminal) -> None:
    terminal = open_terminal(MODERN, "-q", "lamp is:nope")
    assert terminal.leaves() == 2
    assert "? Help" not in terminal.text
    text, caret = [line for line in terminal.lines if line.startswith("  ") and line.strip()][:2]
    assert (text.strip(), caret.strip()) == ("lamp is:nope", "^")
    assert caret.index("^") == text.index("is:nope")


def test_marks_of_a_session_are_there_on_the_next_start(open_terminal: OpenTerminal) -> None:
    session(open_terminal)
    again = start(open_terminal)
    again.shows("57 unread")
    assert re.fullmatch(r"  ★ SPF-Portrait.* #rlhf.*", again.lines[4])


def test_saved_star_survives_being_killed(
    open_terminal: OpenTerminal, open_library: OpenLibrary
) -> None:
    terminal = start(open_terminal)
    terminal.type("s")
    terminal.shows("★ ")
    terminal.shows_not("unsaved")
    terminal.kill()
    assert [marks.starred for marks in open_library().all_marks.values()] == [True]


def test_star_survives_a_hang_up(open_terminal: OpenTerminal, open_library: OpenLibrary) -> None:
    terminal = start(open_terminal)
    terminal.type("s")
    terminal.shows("★ ")
    terminal.child.kill(signal.SIGHUP)
    terminal.child.wait()
    assert [marks.starred for marks in open_library().all_marks.values()] == [True]


def test_terminal_is_put_back_in_order(open_terminal: OpenTerminal) -> None:
    terminal = start(open_terminal)
    terminal.type("q")
    terminal.leaves()
    assert "\x1b[?1049l" in terminal.written
    assert "\x1b[?25h" in terminal.written


def test_hostile_feed_sends_no_control_characters(
    open_terminal: OpenTerminal, tmp_path: Path
) -> None:
    feed = tmp_path / "feed.txt"
    feed.write_bytes(page(*((hostile(n), hostile(n) + " " + ABSTRACT) for n in range(3))))
    subprocess.run([COMMAND, "import", feed], check=True, capture_output=True, timeout=30)
    terminal = start(open_terminal)
    terminal.shows("3 unread")
    terminal.type("jj\r")
    terminal.shows("2 unread")
    terminal.type("q")
    terminal.leaves()
    assert _CONTROL.findall(_SEQUENCES.sub("", terminal.written)) == []
    assert not re.search("\x1b\\]52|\x1b\\]2;|\x1bc", terminal.written)


def test_mark_of_a_command_is_on_the_screen(open_terminal: OpenTerminal) -> None:
    terminal = start(open_terminal)
    subprocess.run([COMMAND, "mark", "*", "--star"], check=True, capture_output=True, timeout=30)
    terminal.shows("★ ")


def test_leaving_over_a_lock_that_is_held_says_what_is_lost(
    open_terminal: OpenTerminal, tmp_path: Path
) -> None:
    terminal = start(open_terminal)
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


def session(open_terminal: OpenTerminal) -> int | None:
    """Star, read and tag the third paper, look for another, leave; return the exit status."""
    terminal = start(open_terminal)
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
    return terminal.leaves()


def test_keys_typed_ahead_reach_what_the_keys_before_them_opened(
    open_terminal: OpenTerminal,
) -> None:
    terminal = start(open_terminal)
    terminal.type("jjtrlhf\r/faking\rs")
    terminal.shows("2 of 58")
    terminal.shows("★ ")
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
