"""The parser of the command line: its parts, and the options of the program."""

import argparse
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from store.text.clean import clean_text

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

Declare: TypeAlias = Callable[[argparse.ArgumentParser], None]
"""Adds the arguments of a command to its parser, and sets `run` to what it calls, or `run_alone` if
that needs no library."""

STATUSES = """\
exit status: 0 done, 1 could not be done, 2 wrong usage or query, 3 library damaged,
4 library from a newer version, 5 not a feed"""


def make_program_parser() -> argparse.ArgumentParser:
    """Return the parser of the program, without commands."""
    parser = Parser(
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
    return parser


def add_command(commands: Commands, name: str, help: str, example: str) -> "Parser":
    """Add a command or subcommand, with a line of help and an example."""
    command = commands.add_parser(
        name,
        help=help,
        description=f"{help[0].upper()}{help[1:]}.",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    assert isinstance(command, Parser)  # as the parser that it is added to
    return command


def positive(text: str) -> int:
    """Return an argument that is a number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


def subparsers_of(
    parser: argparse.ArgumentParser, names: Collection[str] | None = None
) -> "dict[str, Parser]":
    """Return the commands of a parser, or subcommands, by name: all, or those in `names`."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            wanted = action.choices if names is None else action.choices.keys() & names
            return {name: action.choices[name].declared() for name in wanted}
    return {}


class Parser(argparse.ArgumentParser):
    """A parser that prints no control characters, which arguments in errors may have.

    An error shows the usage of its command, and the name that may have been meant.
    """

    declare: Declare | None = None
    """Declares the arguments of a command; called only when they are needed."""

    def declared(self) -> "Parser":
        """Return this parser with its arguments."""
        if declare := self.declare:
            self.declare = None
            declare(self)
            for each in (self, *subparsers_of(self).values()):
                _add_shared(each)
        return self

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        return super(Parser, self.declared()).parse_known_args(args, namespace)

    def parse_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        options: argparse.Namespace
        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            command = self
            for name in map(str, (options.command, getattr(options, "action", ""))):
                command = subparsers_of(command, (name,)).get(name, command)
            command.error(f"unrecognized arguments: {' '.join(unknown)}")
        return options

    def _check_value(self, action: argparse.Action, value: object) -> None:
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError as error:
            from store.text.messages import meant

            if hint := meant(str(value), map(str, action.choices or ())):
                error.message += f"; {hint}"
            raise

    def _print_message(self, message: str, file: "SupportsWrite[str] | None" = None) -> None:
        super()._print_message(clean_text(message, len(message)), file)


class _ShowVersion(argparse.Action):
    """Look up the version only when needed: that is slow."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(version("papers-tui"))
        parser.exit()


def _add_shared(parser: argparse.ArgumentParser, top: bool = False) -> None:
    """Add the options that may come before and after the command."""
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
