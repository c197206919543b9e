"""Builders of papers and feed pages, and a library that lives in a temporary folder."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BufferedReader, BytesIO, TextIOWrapper
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cli_helpers import Outcome, Run
from hypothesis import settings
from patience import DEADLINE
from places import ROOT

from store.library import Library
from store.model import Change, Paper
from tui.cli.main import main

if TYPE_CHECKING:
    from http_helpers import Server
    from sick_folders import SickFolder
    from terminal import OpenTerminal

HEAD = (
    "new",
    "Get trending papers in your email inbox!",
    "Subscribe",
    "Daily Papers",
    "byAK and the research community",
    "Aug 1",
)
"""The furniture of the page as a browser copies it."""

ABSTRACT = (
    "We measure how well a small model sorts pebbles by colour when the light in the room changes "
    "from hour to hour. The answer depends on the lamp more than on the model, and we give a "
    "table of lamps for those who want to repeat the experiment at home."
)
"""An abstract of ordinary length, without a link."""

OF_SOMEBODY = (
    *("BROWSER", "VISUAL", "EDITOR", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"),
    *("WSL_INTEROP", "SSH_CONNECTION", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TMUX"),
    *("TERM_PROGRAM", "LANG", "LANGUAGE", "LC_CTYPE", "LC_MESSAGES", "PYTHONIOENCODING"),
    *("KITTY_WINDOW_ID", "STY", "ZELLIJ"),
    *("PYTHONUTF8", "PAPERS_TUI_SYNC", "PAPERS_TUI_CONFIG", "TZ", "CDPATH", "BASH_ENV", "ENV"),
)
"""What the environment says of the desktop and the terminal of whoever runs the tests."""
TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
"""The terminal and the locale of every test that names no other."""

# No deadlines: a machine may have other work.
settings.register_profile("usual", max_examples=30, deadline=None)
settings.register_profile("thorough", max_examples=5_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))
"""HYPOTHESIS_PROFILE=thorough tries every property more than a hundred times as often."""


def paper(id: str = "arxiv:2508.00001", title: str = "Sorting Pebbles", **fields: Any) -> Paper:
    """Return a paper of the first of August 2025, other fields as given."""
    return Paper(**{"id": id, "title": title, "date": "2025-08-01", **fields})


def page(*entries: tuple[str, str], head: bool = True) -> bytes:
    """Return the text of a page with these titles and abstracts, behind its furniture."""
    lines = [*(HEAD if head else ()), *(line for entry in entries for line in entry)]
    return "\n\n".join(lines).encode()


@dataclass
class TickingClock:
    """A clock that starts at a known moment and is a second further at each look."""

    now: datetime = field(default_factory=lambda: datetime(2025, 8, 1, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


OpenLibrary = Callable[[], Library]
Asked = Callable[[], list[str]]
"""Return the addresses that a browser was asked for."""


def done(library: Library, *changes: Change, ids: Iterable[str] = ("arxiv:2508.00001",)) -> Library:
    """Make and save changes of some papers, an action each; return the library."""
    for change in changes:
        library.mark(ids, change)
    library.commit()
    return library


def refresh(library: Library) -> None:
    """Take what others have saved."""
    library.apply_marks(library.load_marks())


SLOW_ROOMS = ("terminal", "laws", "docs", "reader")
"""Rooms of tests that open a screen, a terminal or many processes each."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what the inner loop leaves out, but for what needs no screen."""
    for item in items:
        room = item.path.relative_to(ROOT / "tests").parts[0]
        is_slow = room in SLOW_ROOMS and item.path.parent.name != "session"
        if is_slow and item.path.name != "test_imports.py":
            item.add_marker(pytest.mark.slow)


IN_MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory."""
ROOM = 1_000_000_000
"""Bytes: several times what all tests write."""


def is_roomy(folder: Path) -> bool:
    """Return whether files can be written to a folder, and programs among them run."""
    if not os.access(folder, os.W_OK):
        return False
    about = os.statvfs(folder)
    return not about.f_flag & os.ST_NOEXEC and about.f_bavail * about.f_frsize > ROOM


def pytest_configure() -> None:
    """Give this run, and the programs under test, the usual signals and bytecode on disk.

    What a script starts in the background ignores Ctrl-C, and so would all that is started here.
    Without bytecode each of hundreds of processes would compile the program again. The library
    syncs every file it writes: on a disk the tests would wait for that as long as they work.
    """
    if "TMPDIR" not in os.environ and is_roomy(IN_MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_IGN:
            # A handler, unlike SIG_IGN, is not handed on.
            signal.signal(number, lambda *_: None)


def pytest_collection_finish() -> None:
    """Spare the garbage collector the tests themselves: it need not look at them at each round."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the tests away from the desktop and the network; return a folder for their homes."""
    folder = tmp_path_factory.mktemp("homes")
    with pytest.MonkeyPatch.context() as patch:
        for name in OF_SOMEBODY:
            patch.delenv(name, raising=False)
        for name, value in TERMINAL.items():
            patch.setenv(name, value)
        # Over SSH nothing is put on the system's clipboard, which may be somebody's.
        patch.setenv("SSH_TTY", "/dev/null")
        # First of all browsers, so that whichever else are here are never started.
        patch.setenv("BROWSER", "false")
        # Nobody has to be trusted: the authorities of the web take longer to read than most tests.
        patch.setenv("SSL_CERT_DIR", str(folder))
        patch.delenv("SSL_CERT_FILE", raising=False)
        # A port that nothing listens on: no test asks a server beyond this machine.
        patch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
        patch.setenv("PAPERS_TUI_ARXIV", "http://127.0.0.1:9")
        yield folder


HOMES = count()


@pytest.fixture(autouse=True)
def isolated_home(
    request: pytest.FixtureRequest, nobody: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep every test away from the library and the settings of whoever runs it."""
    # Most tests touch no file: to make a folder for each would take longer than they do.
    uses_files = "tmp_path" in request.fixturenames
    home = request.getfixturevalue("tmp_path") if uses_files else nobody / str(next(HOMES))
    monkeypatch.setenv("HOME", f"{home}/home")
    monkeypatch.setenv("XDG_DATA_HOME", f"{home}/data")
    monkeypatch.setenv("XDG_CONFIG_HOME", f"{home}/config")
    monkeypatch.setenv("XDG_STATE_HOME", f"{home}/state")
    monkeypatch.setenv("PAPERS_TUI_LIBRARY", f"{home}/library")


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Return the addresses that a browser was asked for; until now none was."""
    asked = tmp_path / "asked of the browser"
    asked.touch()
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{asked}"\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    # Whoever opens an address waits until this browser has ended, and so has written it down.
    monkeypatch.setattr("tui.programs.browser.MOMENT", DEADLINE)
    return lambda: asked.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def open_library(tmp_path: Path) -> OpenLibrary:
    """Open the test's library folder, each time again; all instances share one clock."""
    clock = TickingClock()
    return lambda: Library(tmp_path / "library", clock)


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """An empty library."""
    return open_library()


@pytest.fixture
def sync_folder(tmp_path: Path) -> Path:
    """The folder through which machines exchange marks."""
    folder = tmp_path / "sync"
    folder.mkdir()
    return folder


@pytest.fixture
def may_be_sick(monkeypatch: pytest.MonkeyPatch) -> Iterator["Callable[[Path], SickFolder]"]:
    """Make a folder one that can be told to fail or to hang; it is well again after the test."""
    from sick_folders import SickFolder  # here because most tests have none

    made: list[SickFolder] = []

    def make(folder: Path) -> SickFolder:
        made.append(SickFolder(folder, monkeypatch))
        return made[-1]

    yield make
    for each in made:
        each.heal()


@pytest.fixture
def machine(tmp_path: Path, sync_folder: Path) -> Callable[[str], Library]:
    """Open the library of a machine, by its name: each has a clock some hours ahead of the last."""
    clocks: dict[str, TickingClock] = {}
    for hour, name in enumerate(("here", "there", "elsewhere", "copy"), start=12):
        clocks[name] = TickingClock(datetime(2025, 8, 1, hour, tzinfo=UTC))
    return lambda name: Library(tmp_path / name, clocks[name], sync=sync_folder)


@pytest.fixture
def filled(open_library: OpenLibrary) -> OpenLibrary:
    """The small feed in a library, to be opened."""
    from screen_helpers import small_feed  # here because it imports this module

    open_library().add(small_feed(), "hf")
    return open_library


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, with data on its input if there is some."""

    def run_command(*arguments: object, data: bytes = b"") -> Outcome:
        if data:
            monkeypatch.setattr("sys.stdin", TextIOWrapper(BufferedReader(BytesIO(data))))
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        return Outcome(status, *capfd.readouterr())

    return run_command


@pytest.fixture
def open_terminal() -> Iterator["OpenTerminal"]:
    """Start the installed reader in a terminal, each time in one more; they end with the test."""
    from terminal import MODERN, Terminal  # here because most tests have none

    opened: list[Terminal] = []

    def start(environment: Mapping[str, str] = MODERN, *arguments: str, **options: str) -> Terminal:
        opened.append(Terminal(environment, *arguments, **options))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


@pytest.fixture
def server() -> Iterator["Server"]:
    """A web server on this machine, which says what the test tells it to."""
    from http_helpers import serving  # here because most tests have none

    with serving() as running:
        yield running


@pytest.fixture
def shared_data(request: pytest.FixtureRequest) -> Path:
    """The folder of real feeds beside the repository; the test is skipped where it is absent."""
    folder = request.config.rootpath.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the folder of real feeds is not here")
    return folder
