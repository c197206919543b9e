"""Errors that nobody foresaw: one line, the traceback in a file, marks saved, status 1."""

import errno
import re
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from cli_helpers import Run
from conftest import OpenLibrary, TickingClock
from disks import BrokenDisk
from screen_helpers import PEBBLES, reading
from terminal import MODERN, OpenTerminal, Terminal

from store.library import Library
from store.other_machines import OtherMachines
from tui.mistakes import FILE, MOST_BYTES, write_down
from tui.reader.app import PapersApp

pytestmark = pytest.mark.slow

_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[=>78M]")
PROGRAM = """
import sys
{breaks}
from tui.cli.main import main
sys.exit(main())
"""
IN_A_WIDGET = """
from tui.reader.widgets.paper_list import PaperList
def move(self, delta): raise KeyError("pebbles")
PaperList.move = move
"""
IN_A_THREAD = """
from threading import Thread
from tui.reader.widgets.paper_list import PaperList
def fail(): raise KeyError("pebbles")
def move(self, delta): Thread(target=fail).start()
PaperList.move = move
"""
IN_THE_INPUT = """
from tui.reader.terminal.terminal_input import InputParser
feed = InputParser.feed
def broken(self, data):
    if "j" in data: raise KeyError("pebbles")
    return feed(self, data)
InputParser.feed = broken
"""
"""What is wrong with the program, in it."""


def start(open_terminal: OpenTerminal, breaks: str) -> Terminal:
    """Start the reader with something wrong in it."""
    terminal = open_terminal(MODERN, "-c", PROGRAM.format(breaks=breaks), program=sys.executable)
    terminal.shows("? Help")
    terminal.shows("? Help")
    return terminal


def after_the_end(terminal: Terminal) -> list[str]:
    """Return the lines that the program wrote after it had given the terminal back."""
    _, _, text = terminal.written.rpartition("\x1b[?1049l")
    return [line for line in _SEQUENCE.sub("", text).splitlines() if line.strip()]


def log(tmp_path: Path) -> Path:
    """Return the file that tracebacks go to."""
    return tmp_path / "state" / "papers-tui" / FILE


@pytest.fixture
def mistake(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Let the command `list` end with an error."""

    def make(error: BaseException) -> None:
        def fail(*_: object) -> None:
            raise error

        monkeypatch.setattr("tui.cli.listing.list_papers", fail)

    return make


# Commands


@pytest.mark.parametrize(
    "error", [KeyError("pebbles"), MemoryError(), RecursionError(), AssertionError()], ids=repr
)
def test_mistake_in_a_command_is_one_line_and_a_traceback_in_a_file(
    run: Run, filled: OpenLibrary, tmp_path: Path, mistake: Callable[..., None], error: Exception
) -> None:
    mistake(error)
    said = run("list")
    assert (said.status, said.err.count("\n")) == (1, 1)
    assert type(error).__name__ in said.err
    assert str(log(tmp_path)) in said.err
    assert "Traceback" in log(tmp_path).read_text()


def test_mistake_is_one_line_whatever_is_in_its_text(
    run: Run, filled: OpenLibrary, tmp_path: Path, mistake: Callable[..., None]
) -> None:
    mistake(ValueError("\x1b]0;title\x07\n\x9b2J" + "x" * 100_000))
    said = run("list")
    assert (said.status, said.err.count("\n")) == (1, 1)
    assert len(said.err) < 1_000
    assert "\x1b" not in said.err + log(tmp_path).read_text()


def test_mistake_is_reported_where_no_file_can_be_written(
    run: Run, filled: OpenLibrary, tmp_path: Path, mistake: Callable[..., None]
) -> None:
    (tmp_path / "state").write_text("a file")
    mistake(KeyError("pebbles"))
    said = run("list")
    assert (said.status, said.err.count("\n")) == (1, 1)
    assert "KeyError: 'pebbles'; its traceback could not be written" in said.err


def test_interruption_is_no_mistake(
    run: Run, filled: OpenLibrary, tmp_path: Path, mistake: Callable[..., None]
) -> None:
    mistake(KeyboardInterrupt())
    assert (run("list").status, log(tmp_path).exists()) == (130, False)


def test_mistake_in_an_exchange_does_not_stop_a_command(
    run: Run, filled: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: OtherMachines) -> tuple[str, ...]:
        raise KeyError("pebbles")

    monkeypatch.setattr(OtherMachines, "exchange", fail)
    said = run("mark", "pebbles", "--star")
    assert (said.status, said.out, said.err.count("\n")) == (0, "marked 1\n", 1)
    assert "KeyError: 'pebbles'" in said.err


# The file


def test_file_is_for_its_user_alone(tmp_path: Path) -> None:
    write_down(KeyError("pebbles"))
    assert log(tmp_path).stat().st_mode & 0o777 == 0o600


def test_file_does_not_grow_beyond_its_bound(tmp_path: Path) -> None:
    for _ in range(10):
        write_down(ValueError("x" * 60_000))
    assert log(tmp_path).stat().st_size <= MOST_BYTES


def test_file_keeps_what_was_written_before(tmp_path: Path) -> None:
    write_down(KeyError("first"))
    write_down(KeyError("second"))
    assert "first" in log(tmp_path).read_text()


def test_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    log(tmp_path).parent.mkdir(parents=True)
    log(tmp_path).symlink_to(tmp_path / "other.txt")
    assert "could not be written" in write_down(KeyError("pebbles"))
    assert not (tmp_path / "other.txt").exists()


# The reader


async def test_mistake_of_the_writer_is_reported_and_the_mark_saved_later(
    filled: OpenLibrary, tmp_path: Path
) -> None:
    disk = BrokenDisk(KeyError("pebbles"))
    async with reading(Library(filled().folder, TickingClock(), disk)) as reader:
        await reader.press("s")
        await reader.notifies("KeyError: 'pebbles'; its traceback is in")
        disk.error = None
        await reader.saved()
        assert len(reader.app.last_words()) == 1
    assert filled().marks(PEBBLES).starred


async def test_mistake_of_a_widget_ends_the_reader_with_its_marks_saved(
    filled: OpenLibrary, tmp_path: Path
) -> None:
    def fail() -> None:
        raise KeyError("pebbles")

    async def fail_in_a_reader() -> None:
        async with reading(filled()) as reader:
            apps.append(reader.app)
            await reader.press("s")
            reader.screen.panes.list.call_later(fail)
            await reader.pilot.pause()

    apps: list[PapersApp] = []
    with pytest.raises(KeyError):
        await fail_in_a_reader()
    [app] = apps
    app.finish_saving()
    assert "KeyError: 'pebbles'" in app.last_words()[0]
    assert app.return_code == 1
    assert filled().marks(PEBBLES).starred


@pytest.mark.parametrize("breaks", [IN_A_WIDGET, IN_THE_INPUT], ids=["widget", "input"])
def test_mistake_leaves_the_terminal_right_marks_saved_and_one_line(
    filled: OpenLibrary, open_terminal: OpenTerminal, tmp_path: Path, breaks: str
) -> None:
    filled()
    terminal = start(open_terminal, breaks)
    terminal.type("s")
    terminal.shows("★ Sorting Pebbles")
    terminal.type("j")
    assert terminal.leaves() == 1
    [line] = after_the_end(terminal)
    assert "KeyError: 'pebbles'; its traceback is in" in line
    assert "Traceback" in log(tmp_path).read_text()
    assert filled().marks(PEBBLES).starred


def test_mistake_in_a_thread_is_reported_at_once_and_after_the_end(
    filled: OpenLibrary, open_terminal: OpenTerminal
) -> None:
    filled()
    terminal = start(open_terminal, IN_A_THREAD)
    terminal.type("j")
    terminal.shows("KeyError: 'pebbles'")
    terminal.type("q")
    assert terminal.leaves() == 1
    [line] = after_the_end(terminal)
    assert "KeyError: 'pebbles'" in line


@pytest.mark.parametrize(("error", "mistakes"), [(errno.EIO, 0), (errno.EBADF, 1)])
def test_terminal_that_was_closed_is_no_mistake(
    filled: OpenLibrary, error: int, mistakes: int
) -> None:
    def fail() -> None:
        raise OSError(error, "no output")

    guard = PapersApp(filled()).guard
    with guard.watching_threads():
        output = Thread(target=fail, name="textual-output")
        output.start()
        output.join()
    assert len(guard.mistakes) == mistakes


async def test_mark_undone_is_reported_after_the_end_unless_its_message_was_closed(
    filled: OpenLibrary,
) -> None:
    disk = BrokenDisk(OSError(errno.ENOSPC, "No space left on device"))
    async with reading(Library(filled().folder, TickingClock(), disk)) as reader:
        await reader.press("s")
        await reader.notifies("Not saved")
        [line] = reader.app.last_words()
        assert "No space left on device; unsaved changes were undone" in line
        await reader.press("escape")
        assert reader.app.last_words() == []
