"""The command line: what can be asked, and how errors become words and exit statuses.

Textual is imported only when the reader opens.
"""

import argparse
import os
import sys
from importlib.metadata import version
from pathlib import Path

from store.clean import clean_text
from store.errors import PapersError

STATUSES = """\
exit status: 0 done, 1 could not be done, 2 wrong usage or query, 3 library damaged,
4 library from a newer version, 5 not a feed"""


def main(arguments: list[str] | None = None) -> int:
    """Run the program; return its exit status."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    try:
        status = _run(options)
        sys.stdout.flush()
        return status
    except PapersError as error:
        print(f"papers-tui: {clean_text(str(error))}", file=sys.stderr)
        return error.status
    except BrokenPipeError:
        # The reader of our output has enough; Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="papers-tui",
        description="A keyboard-driven terminal reader for research papers.",
        epilog=STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=version("papers-tui"))
    parser.add_argument("-q", "--query", default="", help="open the reader narrowed to a query")
    _add_library(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    command = commands.add_parser("import", help="add papers from files, or from -")
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument("--date", help="the day the feed is of, YYYY-MM-DD")
    command.add_argument("--read", action="store_true", help="mark what is added as read")

    command = commands.add_parser("list", help="print the papers that a query finds")
    command.add_argument("query", nargs="*", metavar="QUERY")
    command.add_argument("--json", action="store_true", help="one JSON array")
    command.add_argument("--limit", type=_positive, metavar="N", help="at most N papers")

    command = commands.add_parser("mark", help="mark every paper that a query finds")
    command.add_argument("query", metavar="QUERY")
    for name, opposite in (("star", "unstar"), ("read", "unread")):
        group = command.add_mutually_exclusive_group()
        group.add_argument(f"--{name}", action="store_true", default=None)
        group.add_argument(f"--{opposite}", action="store_true", default=None)
    command.add_argument("--tag", action="append", default=[], metavar="A,B", help="add tags")
    command.add_argument("--untag", action="append", default=[], metavar="C", help="remove tags")
    command.add_argument("--note", metavar="TEXT", help="set the note")
    command.add_argument("--dry-run", action="store_true", help="say how many, mark none")
    for subparser in commands.choices.values():
        _add_library(subparser, default=argparse.SUPPRESS)
    return parser


def _add_library(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--library", metavar="DIR", type=Path, default=default,
        help="the library's folder (or PAPERS_TUI_LIBRARY; else the platform's data folder)",
    )  # fmt: skip


def _run(options: argparse.Namespace) -> int:
    from store.library import Library
    from tui import commands

    library = Library(options.library or _library_folder())
    if options.command is None:
        return commands.read(library, options.query)
    if options.command == "import":
        return commands.import_files(library, options.files, options.date, options.read)
    if options.command == "list":
        return commands.list_papers(library, " ".join(options.query), options.json, options.limit)
    return commands.mark(library, options)


def _library_folder() -> Path:
    named = os.environ.get("PAPERS_TUI_LIBRARY")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("papers-tui", appauthor=False)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
