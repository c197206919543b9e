"""The arguments of each command, with a line of help and an example.

The `metavar` of an argument names the kind of its value; completion depends on it.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from store.export.formats import EXPORTS

FEED_FORMATS = (
    "page, hf, jsonl, arxiv-atom, arxiv-rss, arxiv-email, feed, json-feed, bibtex, ris, csl-json, "
    "arxiv-json, pubmed, refer or biorxiv"
)
SHELLS = ("bash", "zsh", "fish")

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add(commands: Commands, name: str, help: str, example: str) -> argparse.ArgumentParser:
    """Add a command with a line that says what it is for, and an example."""
    return commands.add_parser(
        name,
        help=help,
        description=f"{help[0].upper()}{help[1:]}.",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _import(commands: Commands) -> None:
    command = _add(
        commands, "import", "add papers from files, or from standard input (-)",
        "papers-tui import --date 2025-08-01 page.txt",
    )  # fmt: skip
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument(
        "--format", metavar="FORMAT", dest="form",
        help=f"{FEED_FORMATS} (default: recognised by the content)",
    )  # fmt: skip
    command.add_argument("--date", metavar="DATE", help="the day of the feed, YYYY-MM-DD")
    command.add_argument("--read", action="store_true", help="mark the new papers as read")
    command.add_argument(
        "--with-marks", action="store_true",
        help="jsonl: import its marks too; of two marks the later wins",
    )  # fmt: skip


def _fetch(commands: Commands) -> None:
    command = _add(
        commands, "fetch", "fetch new papers from your feeds",
        "papers-tui fetch hf arxiv:cs.CL --since 7d",
    )  # fmt: skip
    command.add_argument(
        "feeds", nargs="*", metavar="FEED",
        help="hf, hf:week, arxiv:cs.CL, 'arxiv?all:electron', biorxiv:neuroscience, "
        "dblp:conf/iclr, a web address; "
        "default: all your feeds",
    )  # fmt: skip
    command.add_argument("--since", metavar="DAY", help="from this day: 2025-08-01, 2025-08, 7d")
    command.add_argument("--until", metavar="DAY", help="up to this day; default: today")


def _feeds(commands: Commands) -> None:
    command = _add(
        commands, "feeds", "list, add or remove subscriptions",
        "papers-tui feeds add hf arxiv:cs.CL",
    )  # fmt: skip
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


def _list(commands: Commands) -> None:
    command = _add(
        commands, "list", "print the papers that a query finds",
        "papers-tui list is:unread --format '{id} {title:.60} {authors}'",
    )  # fmt: skip
    command.add_argument("query", nargs="*", metavar="QUERY")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON array")
    form.add_argument(
        "--format", metavar="TEMPLATE", dest="template",
        help="one line per paper, such as '{date:%%d %%b} {title}'; a wrong name lists all names",
    )  # fmt: skip
    command.add_argument("--limit", type=_positive, metavar="N", help="at most N papers")


def _show(commands: Commands) -> None:
    command = _add(
        commands, "show", "print everything about one paper",
        "papers-tui show arxiv:2502.10441 --json",
    )  # fmt: skip
    command.add_argument(
        "id", metavar="ID", help="arXiv id, DOI or other id, with or without its prefix"
    )
    command.add_argument("--json", action="store_true", help="one JSON object")


def _text(commands: Commands) -> None:
    command = _add(
        commands, "text", "print the full text of a paper as Markdown, or fetch those of many",
        "papers-tui text --fetch 'is:starred date:7d'",
    )  # fmt: skip
    command.add_argument(
        "query", nargs="+", metavar="QUERY",
        help="the id of a paper, in the library or not; with --fetch a query",
    )  # fmt: skip
    command.add_argument("--plain", action="store_true", help="without Markdown's markup")
    command.add_argument("--offline", action="store_true", help="use only stored texts")
    command.add_argument(
        "--file", metavar="FILE", help="use this page, Markdown or PDF as its text, and store it"
    )
    command.add_argument(
        "--fetch", action="store_true", help="fetch and store the texts of all that QUERY finds"
    )


def _triage(commands: Commands) -> None:
    command = _add(
        commands, "triage", "go through papers one by one: on cards, or in plain lines",
        "papers-tui triage --plain is:unread",
    )  # fmt: skip
    command.add_argument(
        "query", nargs="*", default=["is:unread"], metavar="QUERY", help="default: is:unread"
    )
    command.add_argument(
        "--plain",
        action="store_true",
        help="plain lines; the default without a terminal to draw on",
    )


def _mark(commands: Commands) -> None:
    command = _add(
        commands, "mark", "mark every paper that a query finds",
        "papers-tui mark 'tag:old' --read --untag old --dry-run",
    )  # fmt: skip
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


def _undo(commands: Commands) -> None:
    _add(commands, "undo", "undo the last action, even of an earlier session",
         "papers-tui undo")  # fmt: skip


def _export(commands: Commands) -> None:
    command = _add(
        commands, "export", "write the papers that a query finds, for other programs",
        "papers-tui export is:starred -o starred.bib",
    )  # fmt: skip
    command.add_argument("query", nargs="*", metavar="QUERY")
    command.add_argument(
        "--to", choices=EXPORTS, metavar="FORMAT",
        help=f"{', '.join(EXPORTS)}; default: by the ending of FILE",
    )  # fmt: skip
    group = command.add_mutually_exclusive_group()
    group.add_argument("-o", "--output", metavar="FILE", help="instead of standard output")
    group.add_argument(
        "--keep", metavar="FILE",
        help="write FILE, and write it again whenever the result of the query changes",
    )  # fmt: skip
    group.add_argument("--forget", metavar="FILE", help="stop updating FILE; the file stays")
    group.add_argument("--kept", action="store_true", help="list the files kept up to date")
    command.add_argument(
        "--group", choices=("day", "tag"), metavar="GROUP",
        help="the headings of markdown: day (the default) or tag",
    )  # fmt: skip
    command.add_argument("--with-marks", action="store_true", help="jsonl: marks too")
    command.add_argument("--limit", type=_positive, metavar="N", help="at most N papers")


def _paper(commands: Commands) -> None:
    command = _add(
        commands, "add", "add papers by arXiv id, DOI or address", "papers-tui add 1706.03762"
    )
    command.add_argument(
        "names", nargs="+", metavar="NAME",
        help="an arXiv id, a DOI, or an address that names one",
    )  # fmt: skip


def _digest(commands: Commands) -> None:
    command = _add(
        commands, "digest", "print, write or mail what is new",
        "papers-tui digest 'is:unread sort:-upvotes' --limit 20",
    )  # fmt: skip
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
        "--limit", type=_positive, metavar="N", default=100,
        help="at most N papers (100); the digest says how many more there are",
    )  # fmt: skip
    command.add_argument(
        "--mark", action="store_true",
        help="count printed papers as sent; mailed or written ones always count",
    )  # fmt: skip
    command.add_argument("--dry-run", action="store_true", help="only print how many there are")


def _merge(commands: Commands) -> None:
    command = _add(
        commands, "merge", "merge marks from another machine",
        "papers-tui merge /media/laptop/papers-tui",
    )  # fmt: skip
    command.add_argument(
        "paths", nargs="+", metavar="PATH", type=Path,
        help="another library, its state.json, or a file of a sync folder",
    )  # fmt: skip


def _sync(commands: Commands) -> None:
    command = _add(
        commands, "sync", "list the machines that exchange marks, or forget one",
        "papers-tui sync",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="list as one JSON array")
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    action = _add(
        actions, "forget", "merge the marks of a machine no longer in use, and remove its files",
        "papers-tui sync forget 1f3a9c20",
    )  # fmt: skip
    action.add_argument("name", metavar="MACHINE")


def _tags(commands: Commands) -> None:
    command = _add(
        commands, "tags", "list tags, the most used first; rename or merge them",
        "papers-tui tags",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="list as one JSON array")
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    action = _add(
        actions, "rename", "rename a tag on every paper that has it",
        "papers-tui tags rename rl reinforcement-learning",
    )  # fmt: skip
    action.add_argument("old", metavar="TAG")
    action.add_argument("new", metavar="NEW")
    action = _add(
        actions, "merge", "merge several tags into one, on every paper that has one of them",
        "papers-tui tags merge rl RL --into reinforcement-learning",
    )  # fmt: skip
    action.add_argument("old", nargs="+", metavar="TAG")
    action.add_argument("--into", required=True, metavar="TAG", help="the tag they become")


def _watch(commands: Commands) -> None:
    _add(
        commands, "watch", "look for news of the papers you starred, once a day for each",
        "papers-tui watch",
    )  # fmt: skip


def _rules(commands: Commands) -> None:
    command = _add(
        commands, "rules", "list, run, add and remove rules for new papers",
        "papers-tui rules",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="list as one JSON array")
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    action = _add(
        actions, "list", "list the rules, what each finds, and which contradict each other",
        "papers-tui rules list",
    )  # fmt: skip
    action.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="one JSON array"
    )
    action = _add(
        actions, "apply", "run the rules on papers in the library, as one action for undo",
        "papers-tui rules apply --dry-run date:30d",
    )  # fmt: skip
    action.add_argument("query", nargs="*", metavar="QUERY", help="which papers; default: all")
    action.add_argument(
        "--dry-run", action="store_true", help="print what each would do, do nothing"
    )
    action = _add(
        actions, "add", "add a rule; it replaces the one with the same query",
        "papers-tui rules add 'title:survey' --then hide",
    )  # fmt: skip
    action.add_argument("query", metavar="QUERY", help="'*' for all papers")
    action.add_argument(
        "--then", action="append", required=True, metavar="ACTIONS",
        help="hide, show, star, unstar, read, unread, tag:x, untag:x, score:+3; comma-separated",
    )  # fmt: skip
    action = _add(
        actions, "remove", "remove a rule that was made by command or key",
        "papers-tui rules remove 'title:survey'",
    )  # fmt: skip
    action.add_argument("query", metavar="RULE", help="its query, or its number in the list")


def _views(commands: Commands) -> None:
    command = _add(
        commands, "views", "list saved queries and how many papers each finds",
        "papers-tui views --json",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="one JSON array")


def _pdf(commands: Commands) -> None:
    command = _add(
        commands, "pdf", "fetch the PDFs of papers, each once; print where they are",
        "papers-tui pdf --offline has:pdf-file",
    )  # fmt: skip
    command.add_argument("query", nargs="*", metavar="QUERY", help="required; '*' for all papers")
    command.add_argument("--offline", action="store_true", help="only PDFs on this machine")


def _notes(commands: Commands) -> None:
    command = _add(
        commands, "notes", "write notes as files in your folder, and read changes made there",
        "papers-tui notes",
    )  # fmt: skip
    command.add_argument(
        "--dry-run", action="store_true", help="print what would be done, do nothing"
    )
    command.add_argument(
        "--again", action="store_true", help="write files again that were deleted in the folder"
    )


def _zotero(commands: Commands) -> None:
    command = _add(
        commands, "zotero", "add papers to the Zotero running here, each once",
        "papers-tui zotero --dry-run is:starred",
    )  # fmt: skip
    command.add_argument("query", nargs="*", metavar="QUERY", help="required; '*' for all papers")
    command.add_argument(
        "--collection", metavar="COLLECTION", help="instead of the one set; created if missing"
    )
    command.add_argument("--again", action="store_true", help="also papers already sent")
    command.add_argument("--dry-run", action="store_true", help="print how many, send none")


def _mcp(commands: Commands) -> None:
    command = _add(
        commands, "mcp", "serve the library to an assistant, over standard input and output (MCP)",
        "papers-tui mcp",
    )  # fmt: skip
    command.add_argument(
        "--write", action="store_true", help="let it also star, tag and write notes"
    )


def _run(commands: Commands) -> None:
    command = _add(
        commands, "run", "run a command of your own on papers, or list your commands",
        "papers-tui run",
    )  # fmt: skip
    command.add_argument(
        "name", nargs="?", metavar="COMMAND", help="its name in [[commands]] of the settings"
    )
    command.add_argument("query", nargs="*", metavar="QUERY", help="required; '*' for all papers")
    command.add_argument(
        "--dry-run", action="store_true", help="print what would run, for the shell; run nothing"
    )


def _doctor(commands: Commands) -> None:
    command = _add(
        commands, "doctor", "check library, terminal and settings", "papers-tui doctor --tidy"
    )
    command.add_argument("--json", action="store_true", help="one JSON array")
    command.add_argument(
        "--restore", action="store_true", help="replace damaged files with earlier copies"
    )
    command.add_argument(
        "--tidy", action="store_true", help="remove leftover files and duplicate papers"
    )


def _demo(commands: Commands) -> None:
    _add(commands, "demo", "open the reader on made-up papers, touching nothing", "papers-tui demo")


def _config(commands: Commands) -> None:
    command = _add(
        commands, "config", "show the settings and where each comes from, or write a settings file",
        "papers-tui config init",
    )  # fmt: skip
    command.add_argument(
        "action", nargs="?", choices=("show", "path", "init"), default="show", metavar="ACTION",
        help="show (the default); path: where the file is; init: write one to edit",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="show as one JSON array")


def _completion(commands: Commands) -> None:
    command = _add(
        commands, "completion", "print a script that lets a shell complete commands and values",
        'eval "$(papers-tui completion bash)"',
    )  # fmt: skip
    command.add_argument(
        "shell", choices=SHELLS, metavar="SHELL", help=f"{', '.join(SHELLS[:-1])} or {SHELLS[-1]}"
    )


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


ADDERS: dict[str, Callable[[Commands], None]] = {
    "import": _import,
    "fetch": _fetch,
    "feeds": _feeds,
    "list": _list,
    "show": _show,
    "text": _text,
    "add": _paper,
    "triage": _triage,
    "mark": _mark,
    "undo": _undo,
    "export": _export,
    "digest": _digest,
    "merge": _merge,
    "sync": _sync,
    "tags": _tags,
    "rules": _rules,
    "watch": _watch,
    "views": _views,
    "pdf": _pdf,
    "notes": _notes,
    "zotero": _zotero,
    "run": _run,
    "mcp": _mcp,
    "doctor": _doctor,
    "demo": _demo,
    "config": _config,
    "completion": _completion,
}
"""What adds a command to the parser, by its name, in the order of the help."""
