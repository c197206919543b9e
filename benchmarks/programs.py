"""The programs whose screens are timed: ours, the bare ones beside it, and fzf."""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.libraries import Prepared, link_library
from benchmarks.measurements import ANY_SIZE
from benchmarks.terminal import ANY_OUTPUT, BenchmarkError

OURS = "papers-tui"
INTERPRETER = "python -c"
PREFIX = 20
"""Letters of a title to look for; so many fit on every row."""

Pattern = re.Pattern[bytes]


@dataclass(frozen=True, slots=True)
class Keys:
    """A key that is pressed again and again, and what shows that it was dealt with."""

    key: bytes
    shown: Callable[[int], Pattern]
    """What comes after the first, second ... time."""
    between: bytes = b""
    """A key to press after each, not timed."""
    before: bytes = b""
    """A key to press before all, not timed."""


@dataclass(frozen=True, slots=True)
class Filtering:
    """How to type a filter, and what shows that the list follows it."""

    shown: Callable[[str], Pattern | None]
    """What comes when the query is this; None if that could not be told from what was there."""
    begin: bytes = b""
    clear: bytes = b"\x15"  # ctrl+u


@dataclass(frozen=True, slots=True)
class Program:
    """How to start a program and what to look for in its output."""

    who: str
    size: str
    command: tuple[str, ...]
    painted: Pattern
    """What is on the first screen that is of use."""
    reset: Callable[[], None] = lambda: None
    """Undo what an earlier run has left; before each start."""
    stdin: Path | None = None
    opening: tuple[tuple[Pattern, bytes], ...] = ()
    """What to wait for, and the key to press then, on the way to that screen."""
    loaded: Pattern = ANY_OUTPUT
    """What is there when everything is read."""
    seldom: bool = False
    """Too slow to be started as often as the others."""
    down: Keys | None = None
    star: Keys | None = None
    filtering: Filtering | None = None
    counts_twice: bool = False
    """Whether what a filter finds is painted a second time, with what only abstracts match."""


def floor() -> Program:
    """Return the bare program: a header and a footer."""
    app = Path(__file__).with_name("floor_app.py")
    return Program("floor", ANY_SIZE, (sys.executable, str(app)), re.compile(b"floor"))


def interpreter() -> Program:
    """Return Python itself, which says a word."""
    command = (sys.executable, "-c", "print('ready')")
    return Program(INTERPRETER, ANY_SIZE, command, re.compile(b"ready"))


def echo() -> Program:
    """Return the program that echoes a key; whatever it is pressed."""
    app = Path(__file__).with_name("echo_app.py")
    number = lambda count: ANY_OUTPUT  # noqa: E731
    return Program(
        "echo",
        ANY_SIZE,
        (sys.executable, str(app)),
        re.compile(b"No key yet"),
        down=Keys(b"j", number),
        star=Keys(b"s", number),
        filtering=Filtering(lambda query: ANY_OUTPUT),
    )


def papers_tui(prepared: Prepared, workplace: Path) -> Program:
    """Return our program on a library that is fresh at each start."""
    program = Path(sys.executable).with_name("papers-tui")
    library = workplace / f"papers-tui-{prepared.size}"
    total = f"{prepared.count:,}"
    counted = re.compile(rf"[\d,]+ of {total}\b".encode())
    return Program(
        OURS,
        prepared.size,
        (str(program), "--library", str(library)),
        title_pattern(prepared),
        reset=lambda: link_library(prepared, library),
        loaded=re.compile(f"{total} unread".encode()),
        # The detail is there when its border says which paper it is of.
        down=Keys(
            b"j", lambda count: re.compile(rf"(?<![\d,]){count + 1:,} of ".encode()), before=b"g"
        ),
        star=Keys(b"s", lambda count: re.compile("★".encode()), between=b"j", before=b"g"),
        filtering=Filtering(lambda query: counted, begin=b"/"),
        counts_twice=True,
    )


def fzf(prepared: Prepared) -> Program:
    """Return fzf on one line per paper."""
    total = prepared.count
    counts: dict[str, int] = {"": total}

    def count(query: str) -> int:
        if query not in counts:
            counts[query] = len(filter_lines(prepared, query))
        return counts[query]

    def shown(query: str) -> Pattern | None:
        # A letter that leaves the count as it was is painted with the old count before the search.
        if count(query) == count(query[:-1]):
            return None
        return re.compile(rf"(?<!\d){count(query)}/{total}\b".encode())

    return Program(
        "fzf",
        prepared.size,
        ("fzf",),
        title_pattern(prepared),
        stdin=prepared.lines,
        loaded=re.compile(f"{total}/{total}".encode()),
        filtering=Filtering(shown),
    )


def filter_lines(prepared: Prepared, query: str) -> list[str]:
    """Return the lines that `fzf --filter` finds, the best first."""
    with prepared.lines.open("rb") as lines:
        done = subprocess.run(
            ["fzf", "--filter", query], stdin=lines, stdout=subprocess.PIPE, check=False
        )
    if done.returncode > 1:  # 1 is nothing found
        raise BenchmarkError(f"fzf --filter {query!r} ended with status {done.returncode}")
    return done.stdout.decode().splitlines()


def title_pattern(prepared: Prepared) -> Pattern:
    """Return the pattern of the beginning of any title of the newest day."""
    return re.compile(
        b"|".join(re.escape(t[:PREFIX].strip().encode()) for t in prepared.first_titles)
    )
