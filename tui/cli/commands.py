"""All commands: what each is for, and an example. Their arguments are in tui.cli.arguments.

Help, manual and completion are made of both.
"""

import argparse
from collections.abc import Collection, Sequence
from functools import partial
from typing import NamedTuple

from tui.cli.parser import Commands, add_command, make_program_parser


class Command(NamedTuple):
    """A command in the help of the program."""

    help: str
    example: str


COMMANDS = {
    "import": Command(
        "add papers from files, or from standard input (-)",
        "papers-tui import --date 2025-08-01 page.txt",
    ),
    "fetch": Command(
        "fetch new papers from your feeds",
        "papers-tui fetch hf arxiv:cs.CL --since 7d",
    ),
    "feeds": Command(
        "list, add or remove subscriptions",
        "papers-tui feeds add hf arxiv:cs.CL",
    ),
    "list": Command(
        "print the papers that a query finds",
        "papers-tui list is:unread --format '{id} {title:.60} {authors}'",
    ),
    "show": Command(
        "print everything about one paper",
        "papers-tui show arxiv:2502.10441 --json",
    ),
    "text": Command(
        "print the full text of a paper as Markdown, or fetch those of many",
        "papers-tui text --fetch 'is:starred date:7d'",
    ),
    "add": Command(
        "add papers by arXiv id, DOI or address",
        "papers-tui add 1706.03762",
    ),
    "triage": Command(
        "go through papers one by one: on cards, or in plain lines",
        "papers-tui triage --plain is:unread",
    ),
    "mark": Command(
        "mark every paper that a query finds",
        "papers-tui mark 'tag:old' --read --untag old --dry-run",
    ),
    "undo": Command(
        "undo the last action, even of an earlier session",
        "papers-tui undo",
    ),
    "export": Command(
        "write the papers that a query finds, for other programs",
        "papers-tui export is:starred -o starred.bib",
    ),
    "digest": Command(
        "print, write or mail what is new",
        "papers-tui digest 'is:unread sort:-upvotes' --limit 20",
    ),
    "merge": Command(
        "merge marks from another machine",
        "papers-tui merge /media/laptop/papers-tui",
    ),
    "sync": Command(
        "list the machines that exchange marks, or forget one",
        "papers-tui sync",
    ),
    "tags": Command(
        "list tags, the most used first; rename or merge them",
        "papers-tui tags",
    ),
    "rules": Command(
        "list, run, add and remove rules for new papers",
        "papers-tui rules",
    ),
    "watch": Command(
        "look for news of the papers you starred, once a day for each",
        "papers-tui watch",
    ),
    "views": Command(
        "list saved queries and how many papers each finds",
        "papers-tui views --json",
    ),
    "pdf": Command(
        "fetch the PDFs of papers, each once; print where they are",
        "papers-tui pdf --offline has:pdf-file",
    ),
    "notes": Command(
        "write notes as files in your folder, and read changes made there",
        "papers-tui notes",
    ),
    "zotero": Command(
        "add papers to the Zotero running here, each once",
        "papers-tui zotero --dry-run is:starred",
    ),
    "run": Command(
        "run a command of your own on papers, or list your commands",
        "papers-tui run",
    ),
    "mcp": Command(
        "serve the library to an assistant, over standard input and output (MCP)",
        "papers-tui mcp",
    ),
    "doctor": Command(
        "check library, terminal and settings",
        "papers-tui doctor --tidy",
    ),
    "demo": Command(
        "open the reader on made-up papers, touching nothing",
        "papers-tui demo",
    ),
    "config": Command(
        "show the settings and where each comes from, or write a settings file",
        "papers-tui config init",
    ),
    "completion": Command(
        "print a script that lets a shell complete commands and values",
        'eval "$(papers-tui completion bash)"',
    ),
}
"""The commands, in the order of the help."""


def make_parser(names: Collection[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser of the command line, with all commands or those named.

    Making all is slow, and the reader needs none.
    """
    parser = make_program_parser()
    commands: Commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (help, example) in COMMANDS.items():
        if name in names:
            add_command(commands, name, help, example).declare = partial(_declare, name)
    return parser


def commands_in(arguments: Sequence[str]) -> Collection[str]:
    """Return the commands that the parser needs to understand the arguments.

    None if there are only options, the named one, or all if the user may want help.
    """
    rest = iter(arguments)
    for argument in rest:
        if argument in ("-q", "--query", "--library", "--config"):
            next(rest, None)
        elif argument in COMMANDS:
            return (argument,)
        elif not argument.startswith(("--library=", "--config=", "--query=", "--no-color")):
            return COMMANDS
    return ()


def _declare(name: str, command: argparse.ArgumentParser) -> None:
    """Declare the arguments of a command, when they are needed."""
    from tui.cli.arguments import feeds, marks, papers, programs

    every = papers.ARGUMENTS | marks.ARGUMENTS | feeds.ARGUMENTS | programs.ARGUMENTS
    every[name](command)
