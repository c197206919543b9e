"""The command `zotero`: add the papers of a query to the running Zotero."""

import argparse
import sys

from store.errors import QueryError
from store.library import Library
from store.query.syntax import Query
from store.text.clean import clean_line
from tui.cli.commands import EVERYTHING
from tui.cli.finds import found
from tui.settings.config import Config
from tui.shared.zotero import done_words, failed_words, send_to_zotero
from tui.words import count_papers


def zotero(library: Library, query: Query, options: argparse.Namespace, config: Config) -> int:
    """Send papers; those already in Zotero stay as they are."""
    if query.tree is None and " ".join(options.query).strip() != EVERYTHING:
        raise QueryError(f"name the papers; for all: papers-tui zotero '{EVERYTHING}'", 0)
    entries, status = found(library, query, None)
    if options.dry_run or not entries:
        print(f"would be sent: {count_papers(len(entries))}")
        return status
    report = send_to_zotero(
        entries, library.folder, config, _say, options.collection, options.again
    )
    if report.by_import:
        _say(f"{report.by_import}: imported in its place")
    if done := done_words(report):
        print(done)
    for line in failed_words(report):
        _say(line)
    return max(status, int(bool(report.failed or report.notes_failed)))


def _say(text: str) -> None:
    print(f"papers-tui: {clean_line(text, 500)}", file=sys.stderr, flush=True)
