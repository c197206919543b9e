"""Arguments that both commands take, and how what goes wrong is told."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.libraries import default_days
from benchmarks.terminal import BenchmarkError
from store.errors import PapersError


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """Print the line and leave with status 2."""
        self.exit(2, f"{self.prog}: {message}\n")


def add_library_options(parser: argparse.ArgumentParser) -> None:
    """Add what says which papers are measured and where they are kept."""
    parser.add_argument(
        "--days", type=_file, default=default_days(), metavar="FILE",
        help="gzipped daily papers, a JSON object a line, for all sizes but 100k "
        "(default: ../shared/data/hf_daily/all_days_slim.jsonl.gz if it is there, else invented)",
    )  # fmt: skip
    parser.add_argument(
        "--cache", type=folder, default=_default_cache(), metavar="DIR",
        help="where libraries are kept from run to run (default %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N",
        help="of invented papers and of the queries that are drawn (default 1)",
    )  # fmt: skip


def some_of(names: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Return a type for a comma-separated choice of names; they keep the order of `names`."""

    def choose(text: str) -> tuple[str, ...]:
        wanted = text.split(",")
        for name in wanted:
            if name not in names:
                raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(names)}")
        return tuple(name for name in names if name in wanted)

    return choose


def positive(text: str) -> int:
    """Return a whole number above 0."""
    if not text.isascii() or not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def folder(text: str) -> Path:
    """Return a folder, made if it is not there."""
    path = Path(text)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise argparse.ArgumentTypeError(
            f"can't make the folder {text}: {error.strerror}"
        ) from error
    return path.resolve()


@contextmanager
def failures(prog: str) -> Iterator[None]:
    """Tell what goes wrong in one line and leave with status 1; 130 when interrupted."""
    try:
        yield
    except (BenchmarkError, PapersError, OSError, ValueError, KeyError) as error:
        print(f"{prog}: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _default_cache() -> Path:
    try:
        from platformdirs import user_cache_path
    except ImportError:
        return Path(tempfile.gettempdir(), "papers-tui-benchmarks")
    return user_cache_path("papers-tui") / "benchmarks"


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"{text} is no file")
    return path
