"""What each command takes, with a line of help and an example.

What a value is, is told by its name: completion goes by the `metavar` of an argument.
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
        "--format", metavar="NAME", dest="form",
        help=f"{FEED_FORMATS} (told by the content where not given)",
    )  # fmt: skip
    command.add_argument("--date", metavar="DATE", help="the day the feed is of, YYYY-MM-DD")
    command.add_argument("--read", action="store_true", help="mark what is added as read")
    command.add_argument(
        "--with-marks", action="store_true",
        help="jsonl: take in its marks too, the later of each",
    )  # fmt: skip


def _fetch(commands: Commands) -> None:
    command = _add(
        commands, "fetch", "fetch new papers of the feeds subscribed to",
        "papers-tui fetch hf arxiv:cs.CL --since 7d",
    )  # fmt: skip
    command.add_argument(
        "feeds", nargs="*", metavar="FEED",
        help="hf, hf:week, arxiv:cs.CL, 'arxiv?all:electron', biorxiv:neuroscience, "
        "dblp:conf/iclr, a web address; "
        "default: all subscribed to",
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
        help="list (if left out), add or remove",
    )  # fmt: skip
    command.add_argument(
        "names", nargs="*", metavar="FEED",
        help="as fetch takes them; add also takes files of subscriptions (OPML), remove sample",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="list as one JSON array")
    command.add_argument(
        "--papers", action="store_true",
        help="with remove: take away its papers too, but for those marked or in another feed",
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
        help="one line per paper, as '{date:%%d %%b} {title}'; a wrong name lists the right ones",
    )  # fmt: skip
    command.add_argument("--limit", type=_positive, metavar="N", help="at most N papers")


def _show(commands: Commands) -> None:
    command = _add(
        commands, "show", "print all there is about one paper",
        "papers-tui show arxiv:2502.10441 --json",
    )  # fmt: skip
    command.add_argument(
        "id", metavar="ID", help="arXiv id, DOI or other id, with or without its prefix"
    )
    command.add_argument("--json", action="store_true", help="one JSON object")


def _text(commands: Commands) -> None:
    command = _add(
        commands, "text", "print the whole text of a paper as Markdown, or keep those of many",
        "papers-tui text --fetch 'is:starred date:7d'",
    )  # fmt: skip
    command.add_argument(
        "query", nargs="+", metavar="QUERY",
        help="the id of a paper, which need not be in the library; with --fetch a query",
    )  # fmt: skip
    command.add_argument("--plain", action="store_true", help="without Markdown's marks")
    command.add_argument("--offline", action="store_true", help="only what is kept; ask nobody")
    command.add_argument(
        "--file", metavar="FILE", help="take this page, Markdown or PDF for its text, and keep it"
    )
    command.add_argument(
        "--fetch", action="store_true", help="fetch and keep the texts of all that QUERY finds"
    )


def _triage(commands: Commands) -> None:
    command = _add(
        commands, "triage", "go through papers one by one: on cards, or in plain lines",
        "papers-tui triage --plain is:unread",
    )  # fmt: skip
    command.add_argument(
        "query", nargs="*", default=["is:unread"], metavar="QUERY", help="is:unread if left out"
    )
    command.add_argument(
        "--plain", action="store_true", help="plain lines, as where there is no terminal to draw on"
    )


def _mark(commands: Commands) -> None:
    command = _add(
        commands, "mark", "mark every paper that a query finds",
        "papers-tui mark 'tag:old' --read --untag old --dry-run",
    )  # fmt: skip
    command.add_argument(
        "query",
        metavar="QUERY",
        help="'*' stands for all papers; without a condition it is refused",
    )
    for name, opposite, what in (
        ("star", "unstar", ("star them", "take their stars away")),
        ("read", "unread", ("mark them read", "mark them unread")),
        ("hide", "unhide", ("leave them out of lists", "show them in lists again")),
    ):
        group = command.add_mutually_exclusive_group()
        group.add_argument(f"--{name}", action="store_true", default=None, help=what[0])
        group.add_argument(f"--{opposite}", action="store_true", default=None, help=what[1])
    command.add_argument("--tag", action="append", default=[], metavar="TAGS", help="add tags: a,b")
    command.add_argument(
        "--untag", action="append", default=[], metavar="TAGS", help="remove tags: a,b"
    )
    command.add_argument("--note", metavar="TEXT", help="set the note")
    command.add_argument("--dry-run", action="store_true", help="say how many, mark none")


def _undo(commands: Commands) -> None:
    _add(commands, "undo", "take back the last action, also of an earlier session",
         "papers-tui undo")  # fmt: skip


def _export(commands: Commands) -> None:
    command = _add(
        commands, "export", "write what a query finds for other programs",
        "papers-tui export is:starred -o starred.bib",
    )  # fmt: skip
    command.add_argument("query", nargs="*", metavar="QUERY")
    command.add_argument(
        "--to", choices=EXPORTS, metavar="FORMAT",
        help=f"{', '.join(EXPORTS)}; if left out, what FILE ends in says it",
    )  # fmt: skip
    group = command.add_mutually_exclusive_group()
    group.add_argument("-o", "--output", metavar="FILE", help="in place of standard output")
    group.add_argument(
        "--keep", metavar="FILE",
        help="write FILE, and again whenever what the query finds changes",
    )  # fmt: skip
    group.add_argument("--forget", metavar="FILE", help="keep FILE no more; it stays as it is")
    group.add_argument("--kept", action="store_true", help="list what is kept")
    command.add_argument(
        "--group", choices=("day", "tag"), metavar="GROUP",
        help="the headings of markdown: day (if left out) or tag",
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
    command.add_argument(
        "--mark", action="store_true",
        help="count what is printed as sent; what is mailed or written always counts",
    )  # fmt: skip
    command.add_argument("--dry-run", action="store_true", help="only say how many there are")


def _merge(commands: Commands) -> None:
    command = _add(
        commands, "merge", "take in marks from another machine",
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
        actions, "forget", "take in the marks of a machine that is no more, and remove its file",
        "papers-tui sync forget 1f3a9c20",
    )  # fmt: skip
    action.add_argument("name", metavar="MACHINE")


def _tags(commands: Commands) -> None:
    command = _add(
        commands, "tags", "list tags, the most used first; rename them or make one of several",
        "papers-tui tags",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="list as one JSON array")
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    action = _add(
        actions, "rename", "give a tag another name, on every paper that has it",
        "papers-tui tags rename rl reinforcement-learning",
    )  # fmt: skip
    action.add_argument("old", metavar="TAG")
    action.add_argument("new", metavar="NEW")
    action = _add(
        actions, "merge", "make one tag of several, on every paper that has one of them",
        "papers-tui tags merge rl RL --into reinforcement-learning",
    )  # fmt: skip
    action.add_argument("old", nargs="+", metavar="TAG")
    action.add_argument("--into", required=True, metavar="TAG", help="the tag that they become")


def _watch(commands: Commands) -> None:
    _add(
        commands, "watch", "ask what became of the papers you starred, each at most once a day",
        "papers-tui watch",
    )  # fmt: skip


def _rules(commands: Commands) -> None:
    command = _add(
        commands, "rules", "list rules for papers that arrive, run them, make and remove them",
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
        actions, "apply", "run the rules on papers that are there, as one action for undo",
        "papers-tui rules apply --dry-run date:30d",
    )  # fmt: skip
    action.add_argument("query", nargs="*", metavar="QUERY", help="on what it finds; else on all")
    action.add_argument("--dry-run", action="store_true", help="say what each would do, do nothing")
    action = _add(
        actions, "add", "make a rule, in the place of the one with its query",
        "papers-tui rules add 'title:survey' --then hide",
    )  # fmt: skip
    action.add_argument("query", metavar="QUERY", help="'*' stands for all papers")
    action.add_argument(
        "--then", action="append", required=True, metavar="ACTIONS",
        help="hide, show, star, unstar, read, unread, tag:x, untag:x, score:+3; commas between",
    )  # fmt: skip
    action = _add(
        actions, "remove", "forget a rule that was made by command or key",
        "papers-tui rules remove 'title:survey'",
    )  # fmt: skip
    action.add_argument("query", metavar="RULE", help="its query, or its number in the list")


def _views(commands: Commands) -> None:
    command = _add(
        commands, "views", "list the saved queries, with how many papers each finds",
        "papers-tui views --json",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="one JSON array")


def _pdf(commands: Commands) -> None:
    command = _add(
        commands, "pdf", "fetch the PDFs of what a query finds, each once; print where they are",
        "papers-tui pdf --offline has:pdf-file",
    )  # fmt: skip
    command.add_argument(
        "query", nargs="*", metavar="QUERY", help="'*' stands for all papers; it has to be said"
    )
    command.add_argument("--offline", action="store_true", help="those that are here, fetch none")


def _notes(commands: Commands) -> None:
    command = _add(
        commands, "notes", "keep notes as files in the folder set, and take in what changed there",
        "papers-tui notes",
    )  # fmt: skip
    command.add_argument("--dry-run", action="store_true", help="print what would be done, do none")
    command.add_argument(
        "--again", action="store_true", help="make files anew that were deleted in the folder"
    )


def _zotero(commands: Commands) -> None:
    command = _add(
        commands, "zotero", "put what a query finds into the Zotero that runs here, each once",
        "papers-tui zotero --dry-run is:starred",
    )  # fmt: skip
    command.add_argument(
        "query", nargs="*", metavar="QUERY", help="'*' stands for all papers; it has to be said"
    )
    command.add_argument(
        "--collection", metavar="COLLECTION", help="in place of the one set; made where missing"
    )
    command.add_argument("--again", action="store_true", help="also those that are there")
    command.add_argument("--dry-run", action="store_true", help="say how many, send none")


def _mcp(commands: Commands) -> None:
    command = _add(
        commands, "mcp", "serve the library to an assistant, over standard input and output (MCP)",
        "papers-tui mcp",
    )  # fmt: skip
    command.add_argument(
        "--write", action="store_true", help="it may also star, tag and write notes"
    )


def _run(commands: Commands) -> None:
    command = _add(
        commands, "run", "run a command of your own on what a query finds, or list the commands",
        "papers-tui run",
    )  # fmt: skip
    command.add_argument(
        "name", nargs="?", metavar="COMMAND", help="its name in [[commands]] of the settings"
    )
    command.add_argument(
        "query", nargs="*", metavar="QUERY", help="'*' stands for all papers; it has to be said"
    )
    command.add_argument(
        "--dry-run", action="store_true", help="print what would be run, to be pasted; run nothing"
    )


def _doctor(commands: Commands) -> None:
    command = _add(
        commands, "doctor", "check library, terminal and settings", "papers-tui doctor --tidy"
    )
    command.add_argument("--json", action="store_true", help="one JSON array")
    command.add_argument(
        "--restore", action="store_true", help="put earlier copies in the place of damaged files"
    )
    command.add_argument(
        "--tidy", action="store_true", help="remove left-over files and papers kept twice"
    )


def _demo(commands: Commands) -> None:
    _add(commands, "demo", "open the reader on made-up papers, touching nothing", "papers-tui demo")


def _config(commands: Commands) -> None:
    command = _add(
        commands, "config", "show the settings and where each comes from, or begin a file of them",
        "papers-tui config init",
    )  # fmt: skip
    command.add_argument(
        "action", nargs="?", choices=("show", "path", "init"), default="show", metavar="ACTION",
        help="show (if left out); path: where the file is; init: write one to edit",
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
