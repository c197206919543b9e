"""How fast feeds are read beside a bare parser of the same bytes: python -m benchmarks.feeds FILE…

The bare parser is json.loads (a line at a time where the file is JSON Lines), ElementTree, or for
text formats the decoding alone. Both run in turn; medians.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from xml.etree import ElementTree

from benchmarks.options import Parser, failures
from store.errors import NotAFeedError
from store.feeds.formats import read_feed
from store.feeds.reading import FeedReading, unpack
from store.library import Library

_ROUNDS = 5


def main() -> int:
    """Run the program; return its exit status."""
    parser = Parser(
        prog="python -m benchmarks.feeds",
        description="Time the reading of feeds, and of a bare parser on the same bytes.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    with failures(parser.prog):
        print(
            "file                                  read problems  parser ms  read ms  ratio  add ms"
        )
        for path in parser.parse_args().files:
            print(_row(path))
    return 0


def _row(path: Path) -> str:
    data = path.read_bytes()
    name = f"{path.name[:36]:36}"
    try:
        reading = _read(data)
    except NotAFeedError as error:
        return f"{name}     - {error}"
    bare, read = _medians(_bare_parser(unpack(data)), lambda: _read(data))
    ratio = f"{read / bare:6.1f}" if bare else "     -"
    counts = f"{len(reading.papers):6,} {len(reading.problems):8,}"
    return f"{name} {counts} {bare:10.2f} {read:8.2f} {ratio} {_add(reading):7.1f}"


def _read(data: bytes) -> FeedReading:
    return read_feed(data, None, date.today())


def _bare_parser(data: bytes) -> Callable[[], object]:
    """Return the plainest way to parse such bytes."""
    if data.lstrip()[:1] == b"<":
        return lambda: ElementTree.fromstring(data)
    if data.lstrip()[:1] == b"[":
        return lambda: json.loads(data)
    if data.lstrip()[:1] == b"{":
        lines = data.splitlines()
        one_a_line = len(lines) > 1 and lines[1][:1] == b"{"
        return lambda: [json.loads(each) for each in lines] if one_a_line else json.loads(data)
    return lambda: data.decode(errors="replace")


def _medians(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Return the median milliseconds of two functions that are called in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(_ROUNDS):
        for function, taken in zip((one, other), times, strict=True):
            started = perf_counter()
            function()
            taken.append((perf_counter() - started) * 1_000)
    return median(times[0]), median(times[1])


def _add(reading: FeedReading) -> float:
    """Return the milliseconds that putting the papers into a new library takes."""
    with TemporaryDirectory() as folder:
        library = Library(Path(folder))
        started = perf_counter()
        library.add(reading.papers, reading.feed, tex=reading.tex)
        return (perf_counter() - started) * 1_000


if __name__ == "__main__":
    sys.exit(main())
