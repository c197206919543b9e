"""The parser of the command line. Help, manual and completion are made of it, too."""

import argparse
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from store.text.clean import clean_text
from tui.cli.options import ADDERS

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

STATUSES = """\
exit status: 0 done, 1 could not be done, 2 wrong usage or query, 3 library damaged,
4 library from a newer version, 5 not a feed"""


def make_parser(commands: Collection[str] = ADDERS) -> argparse.ArgumentParser:
    """Return the parser of the command line, with all commands or those named.

    Making all takes a third as long as starting Python, and the reader needs none.
    """
    parser: argparse.ArgumentParser = _Parser(
        prog="papers-tui",
        description="A keyboard-driven terminal reader for research papers. Without a command "
        "it opens the reader.",
        epilog=STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version", action=_ShowVersion, nargs=0, help="show the program's version and exit"
    )
    parser.add_argument(
        "-q", "--query", metavar="QUERY", default="", help="open the reader with this filter"
    )
    _add_shared(parser, top=True)
    added = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, add in ADDERS.items():
        if name in commands:
            add(added)
    for command in added.choices.values():
        for each in (command, *subparsers_of(command).values()):
            _add_shared(each)
    return parser


def commands_in(arguments: Sequence[str]) -> Collection[str]:
    """Return the commands that the parser needs to understand the arguments.

    None if there are only options, the named one, or all if the user may want help.
    """
    rest = iter(arguments)
    for argument in rest:
        if argument in ("-q", "--query", "--library", "--config"):
            next(rest, None)
        elif argument in ADDERS:
            return (argument,)
        elif not argument.startswith(("--library=", "--config=", "--query=", "--no-color")):
            return ADDERS
    return ()


def subparsers_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the commands of a parser, or the subcommands of a command, by name."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


class _Parser(argparse.ArgumentParser):
    """Prints no control characters: errors quote arguments, such as names of files.

    An error shows the usage of the command that it is about, and a name that may be meant.
    """

    def parse_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            command = subparsers_of(self).get(options.command, self)
            command.error(f"unrecognized arguments: {' '.join(unknown)}")
        return options

    def _check_value(self, action: argparse.Action, value: object) -> None:
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError as error:
            from store.text.choices import meant

            if hint := meant(str(value), map(str, action.choices or ())):
                error.message += f"; {hint}"
            raise

    def _print_message(self, message: str, file: "SupportsWrite[str] | None" = None) -> None:
        super()._print_message(clean_text(message, len(message)), file)


class _ShowVersion(argparse.Action):
    """Look up the version only when needed: that takes longer than everything else here."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(version("papers-tui"))
        parser.exit()


def _add_shared(parser: argparse.ArgumentParser, top: bool = False) -> None:
    """Add the options that may come before or after the command."""
    parser.add_argument(
        "--library", metavar="DIR", type=Path, default=None if top else argparse.SUPPRESS,
        help="the library's folder (or PAPERS_TUI_LIBRARY; else the platform's data folder)",
    )  # fmt: skip
    parser.add_argument(
        "--config", metavar="FILE", type=Path, default=None if top else argparse.SUPPRESS,
        help="the settings (or PAPERS_TUI_CONFIG; else the platform's folder for them)",
    )  # fmt: skip
    parser.add_argument(
        "--no-color", action="store_true", default=False if top else argparse.SUPPRESS,
        help="no colours (or NO_COLOR)",
    )  # fmt: skip
