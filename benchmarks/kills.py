"""Kill writers at random and look for lost marks: python -m benchmarks.kills [--kills N].

Again and again a process that changes a library (benchmarks.kill_writer), two of them at a time,
or the installed `papers-tui mark` is killed with SIGKILL at a random moment, also while it starts.
After each kill the library is opened as the next process would, and compared with what was
acknowledged: every acknowledged change is there, the one that was under way is there as a whole
or not at all (an import: by paper), there is nothing else, no paper is there twice, and every
file is whole. Every few kills the library starts over, empty.

Prints the numbers of kills, of acknowledged changes, of lost ones, of corrupt states and of
left-over files, and the time. Exits with 1 if anything was lost or corrupt.
"""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.kill_writer import Cells, a_paper, cells_of, own_papers
from benchmarks.options import Parser, failures, folder, positive
from store.errors import PapersError
from store.library import Library

COMMAND = Path(sys.executable).with_name("papers-tui")
KILLS_A_LIBRARY = 25
LONGEST = 0.9
"""Seconds after which a writer is killed at the latest; about a quarter of them is its start."""


@dataclass
class Expected:
    """What must be in the library, and what may be."""

    marks: dict[str, Cells] = field(default_factory=dict)
    """Marks by paper."""
    days: dict[str, str] = field(default_factory=dict)
    """The day of each paper."""
    pending: list[dict[str, Any]] = field(default_factory=list)
    """What was begun and not acknowledged: events of benchmarks.kill_writer."""

    def begin(self, event: dict[str, Any]) -> None:
        """Record that something was begun."""
        self.pending.append(event)

    def done(self, event: dict[str, Any]) -> None:
        """Record that something is on disk."""
        for key, cells in event.get("cells", {}).items():
            self.marks[key] = set_cells(self.marks.get(key, {}), cells)
        self.days |= event.get("papers", {})


@dataclass
class Tally:
    """What has happened so far."""

    kills: int = 0
    of_command: int = 0
    in_pairs: int = 0
    acknowledged: int = 0
    imports: int = 0
    lost: int = 0
    corrupt: int = 0
    left_over: int = 0
    """Number of kills that left a temporary file."""
    most_left_over: int = 0
    """The most temporary files there were at a time."""


class Run:
    """One library after another, and what became of them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.tally = Tally()
        self._folder = folder
        self._random = Random(seed)
        self._number = 0
        self._command_seconds = 0.0
        self._start_library()

    def kill_something(self) -> None:
        """Start something, kill it, and compare."""
        if self.tally.kills >= (self._number) * KILLS_A_LIBRARY:
            self._start_library()
        kind = self._random.choices(["one", "two", "command"], (70, 20, 10))[0]
        if kind == "command":
            self._kill_command()
        else:
            self._kill_writers(1 if kind == "one" else 2)
        self._compare()

    def _start_library(self) -> None:
        self._number += 1
        self._library = self._folder / f"library-{self._number}"
        self._expected = Expected()

    def _kill_writers(self, count: int) -> None:
        self.tally.kills += count
        self.tally.in_pairs += count if count > 1 else 0
        outputs = [self._folder / f"writer-{number}" for number in range(1, count + 1)]
        writers = [self._start_writer(number + 1, path) for number, path in enumerate(outputs)]
        for writer in writers:
            time.sleep(self._random.uniform(0, LONGEST / count))
            writer.kill()
        for writer, output in zip(writers, outputs, strict=True):
            if writer.wait() != -9:
                self._say_corrupt(
                    f"a writer ended by itself: {output.with_suffix('.err').read_text()}"
                )
            self._take_events(output.read_text())

    def _start_writer(self, number: int, output: Path) -> subprocess.Popen[bytes]:
        seed = self._random.randrange(2**32)
        with output.open("wb") as out, output.with_suffix(".err").open("wb") as err:
            command = [sys.executable, "-m", "benchmarks.kill_writer", str(self._library)]
            return subprocess.Popen([*command, str(number), str(seed)], stdout=out, stderr=err)

    def _take_events(self, output: str) -> None:
        begun: dict[str, Any] | None = None
        for line in output.splitlines():
            event = json.loads(line)
            if "done" not in event:
                begun = event
            elif begun:
                self._acknowledge(begun)
                begun = None
        if begun:
            self._expected.begin(begun)

    def _acknowledge(self, event: dict[str, Any]) -> None:
        self._expected.done(event)
        self.tally.acknowledged += "cells" in event
        self.tally.imports += "papers" in event

    def _kill_command(self) -> None:
        """Kill `papers-tui mark` around the moment at which it is done."""
        self.tally.kills += 1
        self.tally.of_command += 1
        key = self._random.choice(own_papers(1))
        if key not in self._expected.days:
            Library(self._library).add([a_paper(key, "2025-08-01")], "kills")
            self._expected.days[key] = "2025-08-01"
        tag = f"c{self._random.randrange(4)}"
        add = not self._expected.marks.get(key, {}).get(f"#{tag}", False)
        event = {"cells": {key: {f"#{tag}": add}}}
        query, option = f"id:{key}", "--tag" if add else "--untag"
        begun = time.monotonic()
        with subprocess.Popen(
            [COMMAND, "--library", self._library, "mark", query, option, tag],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as command:  # fmt: skip
            if self._command_seconds:
                time.sleep(self._command_seconds * self._random.uniform(0.3, 1.05))
                command.kill()
            out, err = command.communicate()
        self._command_seconds = self._command_seconds or time.monotonic() - begun
        if err:
            self._say_corrupt(err.decode())
        if out == b"marked 1\n":
            self._acknowledge(event)
        else:
            self._expected.begin(event)

    def _compare(self) -> None:
        """Open the library as the next process would, and compare it with what is expected."""
        left_over = len([*self._library.rglob("*.tmp")])
        self.tally.left_over += left_over > 0
        self.tally.most_left_over = max(self.tally.most_left_over, left_over)
        try:
            for path in self._library.rglob("*.json"):
                json.loads(path.read_bytes())
            library = Library(self._library)
            library.read_all()
        except (PapersError, ValueError) as error:
            self._say_corrupt(str(error))
            self._start_library()
            return
        pending, self._expected.pending = self._expected.pending, []
        for event in pending:
            self._settle(event, library)
        self._compare_marks(library)
        self._compare_papers(library)

    def _settle(self, event: dict[str, Any], library: Library) -> None:
        """Find out whether what was under way has happened."""
        for key, day in event.get("papers", {}).items():
            if key in library.papers and library.papers[key].date == day:
                self._expected.days[key] = day
        if not (wanted := event.get("cells", {})):
            return
        before = {key: self._expected.marks.get(key, {}) for key in wanted}
        found = {key: cells_of(library.marks(key)) for key in wanted}
        if all(has(found[key], cells) for key, cells in wanted.items()):
            self._expected.done(event)
        elif any(
            not has(found[key], {name: before[key].get(name, False) for name in cells})
            for key, cells in wanted.items()
        ):
            self._say_corrupt(f"a mix: {before} and {wanted} became {found}")

    def _compare_marks(self, library: Library) -> None:
        for key in self._expected.marks.keys() | library.all_marks.keys():
            expected, found = self._expected.marks.get(key, {}), cells_of(library.marks(key))
            if expected != found:
                self.tally.lost += 1
                print(f"lost: {key} is {found}, not {expected}", file=sys.stderr)
        self._expected.marks = {k: cells_of(m) for k, m in library.all_marks.items()}

    def _compare_papers(self, library: Library) -> None:
        found = {key: paper.date for key, paper in library.papers.items()}
        if found != self._expected.days:
            self.tally.lost += 1
            wrong = found.items() - self._expected.days.items()
            missing = self._expected.days.items() - found.items()
            print(f"lost: papers {missing}; instead there are {wrong}", file=sys.stderr)
        if len({paper.title for paper in library.papers.values()}) != len(found):
            self._say_corrupt("a paper is there twice")
        self._expected.days = found

    def _say_corrupt(self, what: str) -> None:
        self.tally.corrupt += 1
        print(f"corrupt: {self._library}: {what}", file=sys.stderr)


def set_cells(cells: Cells, change: Cells) -> Cells:
    """Return marks after a change, without those that are not set."""
    return {name: value for name, value in (cells | change).items() if value}


def has(cells: Cells, wanted: Cells) -> bool:
    """Return whether marks have these values."""
    return all((cells.get(name) or False) == (value or False) for name, value in wanted.items())


def report(tally: Tally, seconds: float) -> str:
    """Return the figures in words."""
    return (
        f"kills         {tally.kills:,} (of papers-tui mark {tally.of_command:,}, of one of two "
        f"writers {tally.in_pairs:,})\n"
        f"acknowledged  {tally.acknowledged:,} changes of marks, {tally.imports:,} imports\n"
        f"lost          {tally.lost:,}\n"
        f"corrupt       {tally.corrupt:,}\n"
        f"left over     a temporary file after {tally.left_over:,} kills, "
        f"{tally.most_left_over:,} at most at a time\n"
        f"seconds       {seconds:,.0f}"
    )


def main() -> int:
    """Run the program; return its exit status."""
    parser = Parser(
        prog="python -m benchmarks.kills",
        description="Kill writers at random moments and look for lost marks.",
    )
    parser.add_argument("--kills", type=positive, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--folder", type=folder, help="where to make the libraries; else a temporary one"
    )
    options = parser.parse_args()
    begun = time.monotonic()
    with (
        failures(parser.prog),
        tempfile.TemporaryDirectory(prefix="kills-", dir=options.folder) as libraries,
    ):
        run = Run(Path(libraries), options.seed)
        while run.tally.kills < options.kills:
            run.kill_something()
    print(report(run.tally, time.monotonic() - begun))
    return 1 if run.tally.lost or run.tally.corrupt else 0


if __name__ == "__main__":
    sys.exit(main())
