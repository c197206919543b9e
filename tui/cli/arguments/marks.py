"""Arguments of the commands for marks, tags, views and rules."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.parser import Declare, add_command

if TYPE_CHECKING:
    from tui.cli.call import Call


def declare_mark(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `mark`."""
    command.set_defaults(run=_run_mark)
    command.add_argument(
        "query",
        metavar="QUERY",
        help="'*' for all papers; a query without a condition is an error",
    )
    for name, opposite, what in (
        ("star", "unstar", ("star them", "remove their stars")),
        ("read", "unread", ("mark them read", "mark them unread")),
        ("hide", "unhide", ("hide them in lists", "show them in lists again")),
    ):
        group = command.add_mutually_exclusive_group()
        group.add_argument(f"--{name}", action="store_true", default=None, help=what[0])
        group.add_argument(f"--{opposite}", action="store_true", default=None, help=what[1])
    command.add_argument("--tag", action="append", default=[], metavar="TAGS", help="add tags: a,b")
    command.add_argument(
        "--untag", action="append", default=[], metavar="TAGS", help="remove tags: a,b"
    )
    command.add_argument("--note", metavar="TEXT", help="set the note")
    command.add_argument("--dry-run", action="store_true", help="print how many, mark none")


def _run_mark(call: "Call") -> int:
    from tui.cli.marks import mark

    return mark(call.library, call.query(), call.options, call.config)


def declare_undo(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `undo`."""
    command.set_defaults(run=_run_undo)


def _run_undo(call: "Call") -> int:
    from tui.cli.marks import undo

    return undo(call.library)


def declare_tags(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `tags`."""
    command.set_defaults(run=_run_tags)
    command.add_argument("--json", action="store_true", help="list as one JSON array")
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    action = add_command(
        actions, "rename", "rename a tag on every paper that has it",
        "papers-tui tags rename rl reinforcement-learning",
    )  # fmt: skip
    action.add_argument("old", metavar="TAG")
    action.add_argument("new", metavar="NEW")
    action = add_command(
        actions, "merge", "merge several tags into one, on every paper that has one of them",
        "papers-tui tags merge rl RL --into reinforcement-learning",
    )  # fmt: skip
    action.add_argument("old", nargs="+", metavar="TAG")
    action.add_argument("--into", required=True, metavar="TAG", help="the tag they become")


def _run_tags(call: "Call") -> int:
    from tui.cli.tags import tags

    return tags(call.library, call.options)


def declare_views(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `views`."""
    command.set_defaults(run=_run_views)
    command.add_argument("--json", action="store_true", help="one JSON array")


def _run_views(call: "Call") -> int:
    from tui.cli.tags import list_views

    return list_views(call.library, call.config.views, call.options.json)


def declare_rules(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `rules`."""
    command.set_defaults(run=_run_rules)
    command.add_argument("--json", action="store_true", help="list as one JSON array")
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    action = add_command(
        actions, "list", "list the rules, what each finds, and which contradict each other",
        "papers-tui rules list",
    )  # fmt: skip
    action.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="one JSON array"
    )
    action = add_command(
        actions, "apply", "run the rules on papers in the library, as one action for undo",
        "papers-tui rules apply --dry-run date:30d",
    )  # fmt: skip
    action.add_argument("query", nargs="*", metavar="QUERY", help="which papers; default: all")
    action.add_argument(
        "--dry-run", action="store_true", help="print what each would do, do nothing"
    )
    action = add_command(
        actions, "add", "add a rule; it replaces the one with the same query",
        "papers-tui rules add 'title:survey' --then hide",
    )  # fmt: skip
    action.add_argument("query", metavar="QUERY", help="'*' for all papers")
    action.add_argument(
        "--then", action="append", required=True, metavar="ACTIONS",
        help="hide, show, star, unstar, read, unread, tag:x, untag:x, score:+3; comma-separated",
    )  # fmt: skip
    action = add_command(
        actions, "remove", "remove a rule that was made by command or key",
        "papers-tui rules remove 'title:survey'",
    )  # fmt: skip
    action.add_argument("query", metavar="RULE", help="its query, or its number in the list")


def _run_rules(call: "Call") -> int:
    from tui.cli.rules import rules

    return rules(call.library, call.options, call.config)


def declare_merge(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `merge`."""
    command.set_defaults(run=_run_merge)
    command.add_argument(
        "paths", nargs="+", metavar="PATH", type=Path,
        help="another library, its state.json, or a file of a sync folder",
    )  # fmt: skip


def _run_merge(call: "Call") -> int:
    from tui.cli.machines import merge

    return merge(call.library, call.options.paths)


def declare_sync(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `sync`."""
    command.set_defaults(run=_run_sync)
    command.add_argument("--json", action="store_true", help="list as one JSON array")
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    action = add_command(
        actions, "forget", "merge the marks of a machine no longer in use, and remove its files",
        "papers-tui sync forget 1f3a9c20",
    )  # fmt: skip
    action.add_argument("name", metavar="MACHINE")


def _run_sync(call: "Call") -> int:
    from tui.cli.machines import sync

    return sync(call.library, call.options)


ARGUMENTS: dict[str, Declare] = {
    "mark": declare_mark,
    "undo": declare_undo,
    "tags": declare_tags,
    "views": declare_views,
    "rules": declare_rules,
    "merge": declare_merge,
    "sync": declare_sync,
}
