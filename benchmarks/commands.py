"""Time commands from start to end, on libraries of all sizes by turns.

What a command takes should not grow with the library: each is compared with itself on a small one.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from benchmarks.invented_papers import LAST_DAY, invent_papers
from benchmarks.libraries import Prepared, link_library, read_papers
from benchmarks.measurements import Readout
from benchmarks.own_process import in_own_process
from benchmarks.programs import OURS
from benchmarks.terminal import BenchmarkError
from store.export.json import json_lines
from store.model import NO_MARKS

SHOW, MARK, TODAY, TAGS = "show ID", "mark id:ID", "list date:today", "tags"
HEAD = "list is:unread --json | head -1"
ADD_DAY = "import of a day"
SMALL, EMPTY = "58 papers", "empty library"
AT_TEN_THOUSAND = "10k papers"
SIZES = ("10k", "100k")
A_DAY = 40
"""Papers of a day."""

_PROGRAM = str(Path(sys.executable).with_name("papers-tui"))


@dataclass(frozen=True, slots=True)
class _Place:
    """A library that commands run on."""

    size: str
    folder: Path
    paper_id: str


def time_commands(
    libraries: Sequence[Prepared], small: Prepared, workplace: Path, rounds: int, readout: Readout
) -> None:
    """Run every command on every library; the first round only fills caches."""
    day = workplace / "day.jsonl"
    in_own_process(_write_day, day)
    first, *others = (_linked(each, workplace) for each in (small, *libraries))
    for number in range(rounds + 1):
        taken = readout if number else Readout()
        star = ("--star", "--unstar")[number % 2]
        commands: Mapping[str, Callable[[_Place], tuple[str, ...]]] = {
            SHOW: lambda place: ("show", place.paper_id),
            MARK: lambda place: ("mark", f"id:{place.paper_id}", star),  # noqa: B023 - run here
            TODAY: lambda place: ("list", "date:today"),
            TAGS: lambda place: ("tags",),
        }
        for what, arguments in commands.items():
            base = _run(first, arguments(first))
            for place in others:
                taken.add(what, place.size, SMALL, base)
                taken.add(what, place.size, OURS, _run(place, arguments(place)))
        _time_head(others, taken)
        _time_day(libraries, workplace, day, taken)


def _time_head(places: Sequence[_Place], readout: Readout) -> None:
    times = {place.size: _run(place, ("list", "is:unread", "--json"), True) for place in places}
    for size, milliseconds in times.items():
        readout.add(HEAD, size, OURS, milliseconds)
        if "10k" in times:
            readout.add(HEAD, size, AT_TEN_THOUSAND, times["10k"])


def _time_day(libraries: Sequence[Prepared], workplace: Path, day: Path, readout: Readout) -> None:
    """Import a day into an empty library and into a fresh copy of each."""
    folder = workplace / "grows"
    shutil.rmtree(folder, ignore_errors=True)
    empty = _run(_Place("", folder, ""), ("import", str(day)))
    for prepared in libraries:
        link_library(prepared, folder)
        added = _run(_Place(prepared.size, folder, ""), ("import", str(day)))
        readout.add(ADD_DAY, prepared.size, EMPTY, empty)
        readout.add(ADD_DAY, prepared.size, OURS, added)


def _run(place: _Place, arguments: Sequence[str], one_line: bool = False) -> float:
    """Return the milliseconds of a command; with `one_line`, its output is closed after a line."""
    command = (_PROGRAM, "--library", str(place.folder), *arguments)
    started = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        if one_line:
            process.stdout.readline()
            process.stdout.close()
        else:
            process.stdout.read()
        said = process.stderr.read()
        status = process.wait()
    milliseconds = (perf_counter() - started) * 1_000
    if status:
        raise BenchmarkError(f"{' '.join(arguments)} ended with status {status}: {said.decode()}")
    return milliseconds


def _linked(prepared: Prepared, workplace: Path) -> _Place:
    folder = workplace / f"commands-{prepared.size}"
    link_library(prepared, folder)
    return _Place(prepared.size, folder, in_own_process(_middle_id, prepared))


def _middle_id(prepared: Prepared) -> str:
    papers = read_papers(prepared)
    return papers[len(papers) // 2].id


def _write_day(path: Path) -> None:
    papers = (
        replace(paper, id=f"arxiv:{LAST_DAY:%y%m}.9{number:04}", date=LAST_DAY.isoformat())
        for number, paper in enumerate(invent_papers(A_DAY, seed=0))
    )
    path.write_bytes(b"".join(json_lines(((paper, NO_MARKS) for paper in papers), False)))
