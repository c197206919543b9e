"""The command line: runs the command; errors become messages and exit statuses here.

Textual is imported only when the reader opens.
"""

import argparse
import gc
import os
import sys
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from store.errors import LibraryTooNewError, PapersError
from store.files.locks import waiting_patiently
from store.text.clean import clean_text
from tui.cli.parser import commands_in, make_parser
from tui.words import for_library

if TYPE_CHECKING:  # most commands have no query
    from store.query.syntax import Query


READING = ("list", "show", "export", "views", "digest")
"""Commands that change neither papers nor marks."""


def main(arguments: list[str] | None = None) -> int:
    """Run the program; return its exit status."""
    if arguments is None:
        # The process is ours. Nothing imported or read is garbage; collecting takes up to half the
        # time of reading a large library. The reader turns collection on again.
        gc.disable()
        _mend_streams()
        arguments = sys.argv[1:]
    library = None
    try:
        if "_ARGCOMPLETE" in os.environ:  # a shell asks at a Tab
            from tui.cli.completion import complete

            complete(make_parser())
        options = _parsed(arguments)
        library = options.library
        # The reader has its own way to show that it waits.
        with waiting_patiently(_say) if options.command else nullcontext():
            status = _run(options)
        sys.stdout.flush()
        return status
    except PapersError as error:
        text = for_library(str(error), library)
        print(f"papers-tui: {clean_text(text)}", file=sys.stderr)
        return error.status
    except BrokenPipeError:
        # The reader of our output has stopped reading.
        _print_no_more()
        return 0
    except OSError as error:
        _print_no_more()
        place = clean_text(str(error.filename or "the output"))
        print(f"papers-tui: {place}: {error.strerror}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the last guard: a mistake in the program
        from tui.mistakes import write_down

        print(f"papers-tui: {write_down(error)}", file=sys.stderr)
        return 1


def _say(text: str) -> None:
    print(f"papers-tui: {clean_text(text)}", file=sys.stderr, flush=True)


def _parsed(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed options; help and version are printed, and end the program here."""
    try:
        options = make_parser(commands_in(arguments)).parse_args(arguments)
    finally:
        sys.stdout.flush()
    options.cards = options.command == "triage" and not options.plain and _can_draw()
    if options.cards:  # the reader, which begins with them
        options.command, options.query = None, " ".join(options.query)
    return options


def _can_draw() -> bool:
    from tui.cli.opening import can_draw

    return can_draw()


def _run(options: argparse.Namespace) -> int:
    if options.no_color:
        os.environ["NO_COLOR"] = "1"
    from tui.settings.config import library_folder, read_config

    folder = options.library or library_folder()
    match options.command:
        case "completion":
            from tui.cli.completion import script

            print(script(options.shell))
            return 0
        case "config":
            from tui.cli.settings import config as config_command

            return config_command(
                options.action, folder, bool(options.library), options.config, options.json
            )
        case "doctor":
            from tui.cli.doctor import doctor

            return doctor(folder, options)
        case "demo":
            from tui.cli.demo import demo

            return demo(options.config)
    from tui.cli.opening import exchange, keep_exports, open_library, read, with_saved_views

    config = read_config(options.config)
    library = open_library(folder, config.sync, ask=options.command is None)
    if options.command is None:
        return read(library, options.query, config, options.config, options.cards)
    from tui.cli import commands

    config = with_saved_views(config, library.folder)
    said: set[str] = set()
    answers = exchange(library, said)

    def query() -> "Query":
        words = options.query
        text = words if isinstance(words, str) else " ".join(words)
        return replace(commands.parsed(text, config.views), liked_since=config.foryou_since)

    match options.command:
        case "import":
            from tui.cli.imports import import_files

            status = import_files(
                library,
                options.files,
                options.form,
                options.date,
                options.read,
                config,
                options.with_marks,
            )
        case "list":
            from tui.cli.listing import list_papers

            status = list_papers(library, query(), options.json, options.template, options.limit)
        case "show":
            from tui.cli.showing import show

            status = show(library, options.id, options.json, config)
        case "text":
            from tui.cli.text import text

            wanted = query() if options.fetch else None
            status = text(library, options, config, wanted)
        case "add":
            from tui.cli.add import add

            status = add(library, options.names, config)
        case "triage":
            from tui.cli.triage import triage

            status = triage(library, query(), config, options.config)
        case "fetch":
            from tui.cli.feeds import fetch

            status = fetch(library, options.feeds, options.since, options.until, config)
        case "feeds":
            from tui.cli.feeds import feeds

            status = feeds(
                library, options.action, options.names, options.json, options.papers, config
            )
        case "mark":
            status = commands.mark(library, query(), options, config)
        case "export":
            from tui.cli.export import export_papers

            status = export_papers(library, query(), options)
        case "digest":
            from tui.cli.digest import digest

            status = digest(library, query(), options, config.digest)
        case "undo":
            status = commands.undo(library)
        case "sync":
            from tui.cli.sync import sync

            status = sync(library, options)
        case "tags":
            from tui.cli.tags import tags

            status = tags(library, options)
        case "rules":
            from tui.cli.rules import rules

            status = rules(library, options, config)
        case "pdf":
            from tui.cli.pdf import pdf

            status = pdf(library, query(), options, config)
        case "notes":
            from tui.cli.notes import notes

            status = notes(library, options, config)
        case "zotero":
            from tui.cli.zotero import zotero

            status = zotero(library, query(), options, config)
        case "mcp":
            from tui.cli.mcp import mcp

            status = mcp(library, config.views, options.write, config)
        case "run":
            from tui.cli.run import run

            status = run(library, query(), options, config)
        case "watch":
            from tui.cli.watch import watch

            status = watch(library, config)
        case "views":
            from tui.cli.views import list_views

            status = list_views(library, config.views, options.json)
        case _:
            status = commands.merge(library, options.paths)
    if answers:
        exchange(library, said)
    if options.command not in READING:
        keep_exports(library, config.views)
    if library.newer:
        raise LibraryTooNewError(library.newer)
    return status


def _mend_streams() -> None:
    """Make output possible even if streams are closed or their encoding lacks characters.

    Output to a closed stream is lost, as closing it asks. A file of the library must not get the
    number of a closed one.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    for name, number in (("stdout", 1), ("stderr", 2)):
        stream = getattr(sys, name) or open(number, "w")  # noqa: SIM115 - it stays open
        stream.reconfigure(errors="replace" if name == "stdout" else "backslashreplace")
        setattr(sys, name, stream)


def _print_no_more() -> None:
    """Keep Python from complaining at exit about output that can't be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
