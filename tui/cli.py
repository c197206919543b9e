"""The command line: what can be asked, and how errors become words and exit statuses.

Textual is imported only when the reader opens.
"""

import argparse
import gc
import os
import sys
from pathlib import Path

from store.clean import clean_text
from store.errors import LibraryTooNewError, PapersError
from store.export.formats import EXPORTS
from tui.words import for_library

STATUSES = """\
exit status: 0 done, 1 could not be done, 2 wrong usage or query, 3 library damaged,
4 library from a newer version, 5 not a feed"""


def main(arguments: list[str] | None = None) -> int:
    """Run the program; return its exit status."""
    if arguments is None:
        # The process is ours. Nothing of what is imported and read is garbage; looking for some
        # takes up to half the time of reading a large library. The reader turns it on again.
        gc.disable()
    parser = make_parser()
    options = parser.parse_args(arguments)
    try:
        status = _run(options)
        sys.stdout.flush()
        return status
    except PapersError as error:
        text = for_library(str(error), options.library)
        print(f"papers-tui: {clean_text(text)}", file=sys.stderr)
        return error.status
    except BrokenPipeError:
        # The reader of our output has enough.
        _print_no_more()
        return 0
    except OSError as error:
        _print_no_more()
        place = clean_text(str(error.filename or "the output"))
        print(f"papers-tui: {place}: {error.strerror}", file=sys.stderr)
        return 1
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
    parser.add_argument(
        "--version", action=_ShowVersion, nargs=0, help="show the program's version and exit"
    )
    parser.add_argument("-q", "--query", default="", help="open the reader narrowed to a query")
    _add_shared(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    command = commands.add_parser("import", help="add papers from files, or from -")
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument(
        "--format", metavar="NAME", dest="form",
        help="page, hf, jsonl, arxiv-atom, arxiv-rss, arxiv-email, feed, bibtex or ris "
        "(told by the content where not given)",
    )  # fmt: skip
    command.add_argument("--date", help="the day the feed is of, YYYY-MM-DD")
    command.add_argument("--read", action="store_true", help="mark what is added as read")

    command = commands.add_parser("fetch", help="fetch new papers of the feeds subscribed to")
    command.add_argument(
        "feeds", nargs="*", metavar="FEED",
        help="hf, arxiv:cs.CL, 'arxiv?all:electron' or a web address; default: all subscribed to",
    )  # fmt: skip
    command.add_argument("--since", metavar="DAY", help="from this day: 2025-08-01, 2025-08, 7d")
    command.add_argument("--until", metavar="DAY", help="up to this day; default: today")

    command = commands.add_parser("feeds", help="list, add or remove subscriptions")
    command.add_argument("action", nargs="?", choices=("list", "add", "remove"), default="list")
    command.add_argument("names", nargs="*", metavar="FEED")
    command.add_argument("--json", action="store_true", help="list as one JSON array")
    command.add_argument(
        "--papers", action="store_true",
        help="with remove: take away its papers too, but for those marked or in another feed",
    )  # fmt: skip

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
    commands.add_parser("undo", help="take back the last action, also of an earlier session")

    command = commands.add_parser("export", help="write what a query finds for other programs")
    command.add_argument("query", nargs="*", metavar="QUERY")
    command.add_argument(
        "--to", choices=EXPORTS, metavar="FORMAT",
        help=f"{', '.join(EXPORTS)}; if left out, what FILE ends in says it",
    )  # fmt: skip
    command.add_argument("-o", "--output", metavar="FILE", help="in place of standard output")
    command.add_argument(
        "--group", choices=("day", "tag"), help="the headings of markdown, day if left out"
    )
    command.add_argument("--with-marks", action="store_true", help="jsonl: marks too")
    command.add_argument("--limit", type=_positive, metavar="N", help="at most N papers")

    command = commands.add_parser("digest", help="print, write or mail what is new")
    command.add_argument("query", nargs="*", metavar="QUERY", help="what may be in it")
    command.add_argument(
        "--since", metavar="DAY",
        help="what was listed from this day on, 2025-08-01 or 7d, also if it was told of before",
    )  # fmt: skip
    group = command.add_mutually_exclusive_group()
    group.add_argument("-o", "--output", metavar="FILE", help="in place of standard output")
    group.add_argument("--send", action="store_true", help="by mail, as [digest] is set")
    command.add_argument(
        "--to", action="append", default=[], metavar="ADDRESS", help="in place of those set"
    )
    command.add_argument(
        "--limit", type=_positive, metavar="N", default=100,
        help="at most N papers (100); how many more there are is said",
    )  # fmt: skip
    command.add_argument("--dry-run", action="store_true", help="say how many, tell of none")

    command = commands.add_parser("merge", help="take in marks from another machine")
    command.add_argument(
        "paths", nargs="+", metavar="LIBRARY|FILE", type=Path,
        help="another library, its state.json, or a file of a sync folder",
    )  # fmt: skip

    command = commands.add_parser("doctor", help="check library, terminal and settings")
    command.add_argument("--json", action="store_true", help="one JSON array")
    command.add_argument(
        "--restore", action="store_true", help="put earlier copies in the place of damaged files"
    )
    command.add_argument(
        "--tidy", action="store_true", help="remove left-over files and papers kept twice"
    )
    for subparser in commands.choices.values():
        _add_shared(subparser, default=argparse.SUPPRESS)
    return parser


class _ShowVersion(argparse.Action):
    """Look the version up only when it is asked for: that takes longer than all the rest here."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(version("papers-tui"))
        parser.exit()


def _add_shared(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--library", metavar="DIR", type=Path, default=default,
        help="the library's folder (or PAPERS_TUI_LIBRARY; else the platform's data folder)",
    )  # fmt: skip
    parser.add_argument(
        "--config", metavar="FILE", type=Path, default=default,
        help="the settings (or PAPERS_TUI_CONFIG; else the platform's folder for them)",
    )  # fmt: skip


def _run(options: argparse.Namespace) -> int:
    from tui.config import read_config
    from tui.opening import exchange, open_library, read

    folder = options.library or _library_folder()
    if options.command == "doctor":
        from tui.doctor import doctor

        return doctor(folder, options)
    config = read_config(options.config)
    library = open_library(folder, config.sync, ask=options.command is None)
    if options.command is None:
        return read(library, options.query, config)
    from tui import commands

    exchange(library)
    match options.command:
        case "import":
            from tui.importing import import_files

            status = import_files(library, options.files, options.form, options.date, options.read)
        case "list":
            query = commands.parsed(" ".join(options.query), config.views)
            status = commands.list_papers(library, query, options.json, options.limit)
        case "fetch":
            from tui.fetching import fetch

            status = fetch(library, options.feeds, options.since, options.until, config)
        case "feeds":
            from tui.fetching import feeds

            status = feeds(
                library, options.action, options.names, options.json, options.papers, config
            )
        case "mark":
            query = commands.parsed(options.query, config.views)
            status = commands.mark(library, query, options)
        case "export":
            from tui.exporting import export_papers

            query = commands.parsed(" ".join(options.query), config.views)
            status = export_papers(library, query, options)
        case "digest":
            from tui.digest import digest

            query = commands.parsed(" ".join(options.query), config.views)
            status = digest(library, query, options, config.digest)
        case "undo":
            status = commands.undo(library)
        case _:
            status = commands.merge(library, options.paths)
    exchange(library)
    if library.newer:
        raise LibraryTooNewError(library.newer)
    return status


def _library_folder() -> Path:
    named = os.environ.get("PAPERS_TUI_LIBRARY")
    if named:
        return Path(os.path.expanduser(named))  # pathlib raises where there is no such home
    from platformdirs import user_data_path

    return user_data_path("papers-tui", appauthor=False)


def _print_no_more() -> None:
    """Keep Python from complaining at exit of output that can't be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
