"""Measure everything that has a budget: python -m benchmarks, see docs/benchmarks.md."""

import os
import platform
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from compileall import compile_dir
from pathlib import Path
from time import perf_counter

import benchmarks
import store
import tui
from benchmarks import commands, foryou, related, relevance
from benchmarks.durable_star import time_durable_stars
from benchmarks.estimates import Estimate, estimates_table, readings_of
from benchmarks.libraries import SIZES, Prepared, prepare
from benchmarks.matching import time_matching
from benchmarks.measurements import Readout
from benchmarks.options import Parser, add_library_options, failures, positive, some_of
from benchmarks.other_readers import cobib, newsboat
from benchmarks.own_process import in_own_process
from benchmarks.peers import COBIB, FZF, NEWSBOAT, PEERS, announce_missing
from benchmarks.programs import Program, echo, floor, fzf, papers_tui
from benchmarks.screen_times import (
    DOWN,
    FILTER,
    MEMORY,
    PAPERS_ON_DISK,
    STAR,
    time_kept_screens,
    time_keys,
    time_starts,
    weigh,
)
from benchmarks.tables import budget_table, missed

KEYS = {"filter": FILTER, "down": DOWN, "star": STAR}
PARTS = (
    *("start", "kept", *KEYS, "match", "save", "memory", "commands"),
    *("relevance", "related", "foryou"),
)
STARTS = 5
"""Starts are short: so many rounds of them for one of keys."""
QUERIES, PAPERS = 100, 300
"""Of each kind of query in the relevance part, and of each set of the related part."""
READERS = 20
"""Made up for each number of stars in the foryou part."""
NOT_SAVED = ("58",)
"""Too few papers for a file whose size matters."""


def main() -> int:
    """Run the program; return its exit status."""
    parser = Parser(
        prog="python -m benchmarks",
        description="Measure what has a budget, beside other programs, and print a table.",
    )
    parser.add_argument(
        "--only", type=some_of(PARTS), default=PARTS, metavar="PARTS",
        help=f"some of {','.join(PARTS)} (default all)",
    )  # fmt: skip
    parser.add_argument(
        "--sizes", type=some_of(tuple(SIZES)), default=tuple(SIZES), metavar="SIZES",
        help=f"some of {','.join(SIZES)} (default all)",
    )  # fmt: skip
    parser.add_argument(
        "--rounds", type=positive, default=2, metavar="N",
        help=f"of keys and of memory; {STARTS} times as many of starts (default 2)",
    )  # fmt: skip
    add_library_options(parser)
    options = parser.parse_args()
    for package in (store, tui, benchmarks):
        # An installed program is compiled; a checkout need not be.
        compile_dir(package.__path__[0], quiet=1)
    if not Path("/proc/self/smaps_rollup").exists():
        parser.error("only Linux tells what is needed of a running program")
    announce_missing(PEERS)
    started = perf_counter()
    with failures(parser.prog):
        libraries = [
            prepare(size, options.cache, options.days, options.seed) for size in options.sizes
        ]
        readout = Readout()
        with tempfile.TemporaryDirectory(dir=options.cache) as workplace:
            # What a reader keeps of its screen stays out of the user's folder.
            os.environ["XDG_STATE_HOME"] = str(Path(workplace, "state"))
            _measure_screens(libraries, Path(workplace), options.only, options.rounds, readout)
            if "commands" in options.only:
                _say("commands")
                small = prepare("58", options.cache, options.days, options.seed)
                large = [each for each in libraries if each.size in commands.SIZES]
                commands.time_commands(
                    large, small, Path(workplace), STARTS * options.rounds, readout
                )
        _measure_the_rest(libraries, options.cache, options.only, options.seed, readout)
    minutes = (perf_counter() - started) / 60
    print(_about(libraries, options.seed))
    print("times in milliseconds, memory in megabytes, relevance in percent; medians\n")
    print(budget_table(readout, options.sizes))
    print(f"\n{missed(readout, options.sizes)} budgets missed; {minutes:.1f} minutes")
    return 0


def _measure_screens(
    libraries: Sequence[Prepared],
    workplace: Path,
    parts: Collection[str],
    rounds: int,
    readout: Readout,
) -> None:
    """Run the parts that need a terminal, before this process has grown: forking copies it."""
    keys = [KEYS[part] for part in parts if part in KEYS]
    ours = [papers_tui(prepared, workplace) for prepared in libraries]
    peers = _peers_of(libraries) if keys or "start" in parts else []
    if "start" in parts:
        _say("start")
        time_starts([floor(), *ours, *peers], STARTS * rounds, readout)
    if "kept" in parts:
        _say("start, screen kept")
        time_kept_screens(ours, STARTS * rounds, readout)
    if keys:
        _say(", ".join(keys))
        time_keys([echo(), *ours, *peers], keys, rounds, readout)
    if "memory" in parts:
        _say("memory")
        weigh([floor(), *ours], rounds, readout)
        for prepared in libraries:
            megabytes = prepared.paper_bytes / 1e6
            readout.add(MEMORY, prepared.size, PAPERS_ON_DISK, megabytes)


def _peers_of(libraries: Sequence[Prepared]) -> list[Program]:
    programs = [fzf(prepared) for prepared in libraries if FZF.here]
    for prepared in libraries:
        if prepared.size == "100k":
            continue  # neither is made for so many
        if NEWSBOAT.here:
            programs.append(newsboat(prepared))
        if COBIB.here:
            programs.append(cobib(prepared))
    return programs


def _measure_the_rest(
    libraries: Sequence[Prepared], cache: Path, parts: Collection[str], seed: int, readout: Readout
) -> None:
    """Run the parts that read the papers, each in a process of its own."""
    for prepared in libraries:
        if "match" in parts:
            _say(f"matching alone, {prepared.size}")
            readout.add_all(in_own_process(time_matching, prepared, seed))
        if "save" in parts and prepared.size not in NOT_SAVED:
            _say(f"star, durable, {prepared.size}")
            readout.add_all(in_own_process(time_durable_stars, prepared, cache))
        if "relevance" in parts and prepared.size in relevance.SIZES:
            _say(f"relevance, {prepared.size}")
            kinds = relevance.BUDGETED
            readout.add_all(
                in_own_process(relevance.measure_relevance, prepared, kinds, QUERIES, seed)
            )
        for estimates in _estimates(prepared, parts, seed):
            print(f"\n{estimates_table(estimates)}", flush=True)
            readout.add_all(readings_of(estimates))


def _estimates(prepared: Prepared, parts: Collection[str], seed: int) -> Iterator[list[Estimate]]:
    """Yield what has intervals, part by part, each measured in a process of its own."""
    if "relevance" in parts and prepared.size in related.SIZES:
        yield in_own_process(relevance.measure_questions, prepared, QUERIES, seed)
    if "related" in parts and prepared.size in related.SIZES:
        yield in_own_process(related.measure_related, prepared, PAPERS, seed)
    if "foryou" in parts and prepared.size in foryou.SIZES:
        yield in_own_process(foryou.measure_foryou, prepared, READERS, seed)


def _say(what: str) -> None:
    print(f"measuring {what} ...", file=sys.stderr, flush=True)


def _about(libraries: Sequence[Prepared], seed: int) -> str:
    sizes = ", ".join(f"{prepared.size}: {prepared.count:,}" for prepared in libraries)
    return f"\npapers {sizes}; seed {seed}; Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
