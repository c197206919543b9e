"""Arguments of the commands for feeds and news."""

import argparse
from typing import TYPE_CHECKING

from tui.cli.parser import Declare, positive

if TYPE_CHECKING:
    from tui.cli.call import Call


def declare_fetch(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `fetch`."""
    command.set_defaults(run=_run_fetch)
    command.add_argument(
        "feeds", nargs="*", metavar="FEED",
        help="hf, hf:week, arxiv:cs.CL, 'arxiv?all:electron', biorxiv:neuroscience, "
        "dblp:conf/iclr, a web address; "
        "default: all your feeds",
    )  # fmt: skip
    command.add_argument("--since", metavar="DAY", help="from this day: 2025-08-01, 2025-08, 7d")
    command.add_argument("--until", metavar="DAY", help="up to this day; default: today")


def _run_fetch(call: "Call") -> int:
    from tui.cli.feeds import fetch

    options = call.options
    return fetch(call.library, options.feeds, options.since, options.until, call.config)


def declare_feeds(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `feeds`."""
    command.set_defaults(run=_run_feeds)
    command.add_argument(
        "action", nargs="?", choices=("list", "add", "remove"), default="list", metavar="ACTION",
        help="list (the default), add or remove",
    )  # fmt: skip
    command.add_argument(
        "names", nargs="*", metavar="FEED",
        help="as for fetch; add also takes files of subscriptions (OPML), remove also sample",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="list as one JSON array")
    command.add_argument(
        "--papers", action="store_true",
        help="with remove: remove its papers too, except marked ones and those in another feed",
    )  # fmt: skip


def _run_feeds(call: "Call") -> int:
    from tui.cli.feeds import feeds

    options = call.options
    return feeds(
        call.library, options.action, options.names, options.json, options.papers, call.config
    )


def declare_digest(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `digest`."""
    command.set_defaults(run=_run_digest)
    command.add_argument("query", nargs="*", metavar="QUERY", help="which papers to include")
    command.add_argument(
        "--since", metavar="DAY",
        help="papers listed from this day on, 2025-08-01 or 7d, even if sent before",
    )  # fmt: skip
    group = command.add_mutually_exclusive_group()
    group.add_argument("-o", "--output", metavar="FILE", help="instead of standard output")
    group.add_argument("--send", action="store_true", help="send by mail, set up in [digest]")
    command.add_argument(
        "--to", action="append", default=[], metavar="ADDRESS", help="instead of those in [digest]"
    )
    command.add_argument(
        "--limit", type=positive, metavar="N", default=100,
        help="at most N papers (100); the digest says how many more there are",
    )  # fmt: skip
    command.add_argument(
        "--mark", action="store_true",
        help="count printed papers as sent; mailed or written ones always count",
    )  # fmt: skip
    command.add_argument("--dry-run", action="store_true", help="only print how many there are")


def _run_digest(call: "Call") -> int:
    from tui.cli.digest import digest

    return digest(call.library, call.query(), call.options, call.config.digest)


def declare_watch(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `watch`."""
    command.set_defaults(run=_run_watch)


def _run_watch(call: "Call") -> int:
    from tui.cli.watch import watch

    return watch(call.library, call.config)


ARGUMENTS: dict[str, Declare] = {
    "fetch": declare_fetch,
    "feeds": declare_feeds,
    "digest": declare_digest,
    "watch": declare_watch,
}
