"""Run a command; errors become messages and exit statuses here.

Textual is imported only when the reader opens.
"""

import argparse
import gc
import os
import sys
from contextlib import nullcontext

from store.errors import LibraryTooNewError, PapersError
from store.files.locks import waiting_patiently
from store.text.clean import clean_text
from tui.cli.commands import commands_in, make_parser
from tui.words import for_library

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
        if "_ARGCOMPLETE" in os.environ:  # a shell completes a line
            from tui.cli.completion import complete

            complete(make_parser())
        options = _parsed(arguments)
        library = options.library
        # The reader shows by itself that it waits.
        with waiting_patiently(_say) if options.command else nullcontext():
            status = _run(options)
        sys.stdout.flush()
        return status
    except PapersError as error:
        text = for_library(str(error), library)
        print(f"papers-tui: {clean_text(text)}", file=sys.stderr)
        return error.status
    except BrokenPipeError:
        # The program that read our output has ended.
        _print_no_more()
        return 0
    except OSError as error:
        _print_no_more()
        place = clean_text(str(error.filename or "the output"))
        print(f"papers-tui: {place}: {error.strerror}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the last guard: a bug
        from tui.mistakes import write_down

        print(f"papers-tui: {write_down(error)}", file=sys.stderr)
        return 1


def _say(text: str) -> None:
    print(f"papers-tui: {clean_text(text)}", file=sys.stderr, flush=True)


def _parsed(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed options; for help and version, print them and end the program."""
    try:
        options = make_parser(commands_in(arguments)).parse_args(arguments)
    finally:
        sys.stdout.flush()
    options.cards = options.command == "triage" and not options.plain and _can_draw()
    if options.cards:  # the reader, starting with cards
        options.command, options.query = None, " ".join(options.query)
    return options


def _can_draw() -> bool:
    from tui.cli.opening import can_draw

    return can_draw()


def _run(options: argparse.Namespace) -> int:
    if options.no_color:
        os.environ["NO_COLOR"] = "1"
    from tui.settings.config import library_folder, read_config

    options.folder = options.library or library_folder()
    if alone := getattr(options, "run_alone", None):
        status: int = alone(options)
        return status
    from tui.cli.opening import exchange, keep_exports, open_library, read, with_saved_views

    config = read_config(options.config)
    library = open_library(options.folder, config.sync, ask=options.command is None)
    if options.command is None:
        return read(library, options.query, config, options.config, options.cards)
    from tui.cli.call import Call

    config = with_saved_views(config, library.folder)
    printed: set[str] = set()
    answers = exchange(library, printed)
    status = options.run(Call(options, library, config))
    if answers:
        exchange(library, printed)
    if options.command not in READING:
        keep_exports(library, config.views)
    if library.newer:
        raise LibraryTooNewError(library.newer)
    return status


def _mend_streams() -> None:
    """Make output possible if streams are closed or their encoding lacks characters.

    Output to a closed stream is lost, as its user wants. No file of the library may get the number
    of a closed stream.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    for name, number in (("stdout", 1), ("stderr", 2)):
        stream = getattr(sys, name) or open(number, "w")  # noqa: SIM115 - it stays open
        stream.reconfigure(errors="replace" if name == "stdout" else "backslashreplace")
        setattr(sys, name, stream)


def _print_no_more() -> None:
    """Keep Python from printing an error at exit about output that can't be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
