"""Time what is seen: programs in a terminal, all of them by turns in each round."""

from collections.abc import Collection, Sequence

from benchmarks.measurements import Readout
from benchmarks.programs import Keys, Program, interpreter
from benchmarks.terminal import ANY_OUTPUT, Terminal

KEPT_SCREEN = "start, screen kept"
START, FIRST_KEY = "start", "cursor down right after start"
FILTER, FILTER_WHOLE = "filter key", "filter key, abstracts too"
DOWN, STAR = "cursor down with detail", "star"
MEMORY, PAPERS_ON_DISK = "memory", "papers on disk"
SELDOM = 5
"""A slow program is started in every so manieth round only."""
KEYS = 20
"""Keys of each kind in a run."""
WORDS = ("model", "agent", "video", "image", "learn", "token")
"""Typed letter by letter into the filter."""


def time_starts(programs: Sequence[Program], rounds: int, readout: Readout) -> None:
    """Start all programs by turns; the first round only fills caches of files and bytecode."""
    for number in range(rounds + 1):
        for program in programs:
            if program.seldom and number % SELDOM:
                continue
            program.reset()
            with Terminal(program.command, program.stdin) as terminal:
                measured = {START: _first_paint(terminal, program)}
                down = program.down
                # Of any output it would not be known whether it is of the key or of the start.
                if down and down.shown(1) is not ANY_OUTPUT:
                    measured[FIRST_KEY] = terminal.press_until(down.key, down.shown(1))
            for what, milliseconds in measured.items() if number else ():
                readout.add(what, program.size, program.who, milliseconds)


def time_kept_screens(programs: Sequence[Program], rounds: int, readout: Readout) -> None:
    """Start programs again and again on a library that stays, beside an interpreter alone."""
    bare = interpreter()
    for program in programs:
        program.reset()
    for number in range(rounds + 1):  # at the first start there is no screen yet
        for program in (bare, *programs):
            with Terminal(program.command) as terminal:
                milliseconds = _first_paint(terminal, program)
                if program is not bare:
                    terminal.rest()
                    terminal.end(b"q")
            if number:
                readout.add(KEPT_SCREEN, program.size, program.who, milliseconds)


def time_keys(
    programs: Sequence[Program], kinds: Collection[str], rounds: int, readout: Readout
) -> None:
    """Press keys of some kinds (DOWN, STAR, FILTER) in all programs by turns."""
    for _ in range(rounds):
        for program in programs:
            _time_keys_of(program, kinds, readout)


def weigh(programs: Sequence[Program], rounds: int, readout: Readout) -> None:
    """Take the memory of all programs by turns, when everything is loaded."""
    for _ in range(rounds):
        for program in programs:
            program.reset()
            with Terminal(program.command, program.stdin) as terminal:
                terminal.wait_for(program.loaded)
                terminal.rest()
                readout.add(MEMORY, program.size, program.who, terminal.resident_megabytes())


def _first_paint(terminal: Terminal, program: Program) -> float:
    for pattern, key in program.opening:
        terminal.wait_for(pattern)
        terminal.press(key)
    return terminal.wait_for(program.painted)


def _time_keys_of(program: Program, kinds: Collection[str], readout: Readout) -> None:
    program.reset()
    with Terminal(program.command, program.stdin) as terminal:
        _first_paint(terminal, program)
        terminal.rest()
        for kind, keys in ((DOWN, program.down), (STAR, program.star)):
            if kind in kinds and keys:
                for milliseconds in _press_all(terminal, keys):
                    readout.add(kind, program.size, program.who, milliseconds)
        if FILTER in kinds and program.filtering:
            _type_words(terminal, program, readout)


def _press_all(terminal: Terminal, keys: Keys) -> list[float]:
    """Press a key KEYS times, each when the program is at rest; return how long each took."""
    times: list[float] = []
    if keys.before:
        _press_aside(terminal, keys.before)
    for number in range(1, KEYS + 1):
        times.append(terminal.press_and_rest(keys.key, keys.shown(number))[0])
        if keys.between:
            _press_aside(terminal, keys.between)
    return times


def _type_words(terminal: Terminal, program: Program, readout: Readout) -> None:
    filtering = program.filtering
    assert filtering
    if filtering.begin:
        _press_aside(terminal, filtering.begin)
    for word in WORDS:
        for length in range(1, len(word) + 1):
            shown = filtering.shown(word[:length])
            key = word[length - 1].encode()
            first, last = terminal.press_and_rest(key, shown or ANY_OUTPUT)
            if shown:
                readout.add(FILTER, program.size, program.who, first)
                if program.counts_twice:
                    readout.add(FILTER_WHOLE, program.size, program.who, last)
        _press_aside(terminal, filtering.clear)


def _press_aside(terminal: Terminal, key: bytes) -> None:
    terminal.press(key)
    terminal.rest()
