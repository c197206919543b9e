"""Arguments of the commands that add, print and export papers, or go through them."""

import argparse
from typing import TYPE_CHECKING

from store.export.formats import EXPORTS
from tui.cli.parser import Declare, positive

if TYPE_CHECKING:
    from tui.cli.call import Call

FEED_FORMATS = (
    "page, hf, jsonl, arxiv-atom, arxiv-rss, arxiv-email, feed, json-feed, bibtex, ris, csl-json, "
    "arxiv-json, pubmed, refer or biorxiv"
)
"""The names in store/feeds/formats.py, which is slow to import."""


def declare_import(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `import`."""
    command.set_defaults(run=_run_import)
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


def _run_import(call: "Call") -> int:
    from tui.cli.adding import import_files

    options = call.options
    return import_files(
        call.library,
        options.files,
        options.form,
        options.date,
        options.read,
        call.config,
        options.with_marks,
    )


def declare_add(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `add`."""
    command.set_defaults(run=_run_add)
    command.add_argument(
        "names", nargs="+", metavar="NAME",
        help="an arXiv id, a DOI, or an address that names one",
    )  # fmt: skip


def _run_add(call: "Call") -> int:
    from tui.cli.adding import add

    return add(call.library, call.options.names, call.config)


def declare_list(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `list`."""
    command.set_defaults(run=_run_list)
    command.add_argument("query", nargs="*", metavar="QUERY")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON array")
    form.add_argument(
        "--format", metavar="TEMPLATE", dest="template",
        help="one line per paper, such as '{date:%%d %%b} {title}'; a wrong name lists all names",
    )  # fmt: skip
    command.add_argument("--limit", type=positive, metavar="N", help="at most N papers")


def _run_list(call: "Call") -> int:
    from tui.cli.listing import list_papers

    options = call.options
    return list_papers(call.library, call.query(), options.json, options.template, options.limit)


def declare_show(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `show`."""
    command.set_defaults(run=_run_show)
    command.add_argument(
        "id", metavar="ID", help="arXiv id, DOI or other id, with or without its prefix"
    )
    command.add_argument("--json", action="store_true", help="one JSON object")


def _run_show(call: "Call") -> int:
    from tui.cli.listing import show

    return show(call.library, call.options.id, call.options.json, call.config)


def declare_text(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `text`."""
    command.set_defaults(run=_run_text)
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


def _run_text(call: "Call") -> int:
    from tui.cli.texts import text

    query = call.query() if call.options.fetch else None
    return text(call.library, call.options, call.config, query)


def declare_pdf(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `pdf`."""
    command.set_defaults(run=_run_pdf)
    command.add_argument("query", nargs="*", metavar="QUERY", help="required; '*' for all papers")
    command.add_argument("--offline", action="store_true", help="only PDFs on this machine")


def _run_pdf(call: "Call") -> int:
    from tui.cli.texts import pdf

    return pdf(call.library, call.query(), call.options, call.config)


def declare_export(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `export`."""
    command.set_defaults(run=_run_export)
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
    command.add_argument("--limit", type=positive, metavar="N", help="at most N papers")


def _run_export(call: "Call") -> int:
    from tui.cli.export import export_papers

    return export_papers(call.library, call.query(), call.options)


def declare_triage(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `triage`."""
    command.set_defaults(run=_run_triage)
    command.add_argument(
        "query", nargs="*", default=["is:unread"], metavar="QUERY", help="default: is:unread"
    )
    command.add_argument(
        "--plain",
        action="store_true",
        help="plain lines; the default without a terminal to draw on",
    )


def _run_triage(call: "Call") -> int:
    from tui.cli.triage import triage

    return triage(call.library, call.query(), call.config, call.options.config)


def declare_demo(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `demo`."""
    command.set_defaults(run_alone=_run_demo)


def _run_demo(options: argparse.Namespace) -> int:
    from tui.cli.demo import demo

    return demo(options.config)


ARGUMENTS: dict[str, Declare] = {
    "import": declare_import,
    "add": declare_add,
    "list": declare_list,
    "show": declare_show,
    "text": declare_text,
    "pdf": declare_pdf,
    "export": declare_export,
    "triage": declare_triage,
    "demo": declare_demo,
}
