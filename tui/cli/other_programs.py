"""The commands `notes`, `zotero` and `mcp`: notes as files, Zotero, and assistants."""

import argparse
import os
import sys
from collections.abc import Mapping

from store.errors import LibraryTooNewError, PapersError, QueryError
from store.library import Library
from store.notes.noted import Report
from store.query.syntax import Query
from store.text.clean import clean_line
from tui.cli.arriving import run_mark_hooks
from tui.cli.call import check_condition
from tui.cli.finds import found, read_all
from tui.settings.config import Config
from tui.shared.notes_folder import TAKEN, changes_of, done_words, noted_papers, notes_folder
from tui.words import count_papers, in_home


def notes(library: Library, options: argparse.Namespace, config: Config) -> int:
    """Write notes to files and read changes made there; return 1 if there were problems."""
    if not config.notes:
        message = 'no folder of notes is set; add [notes] and folder = "~/Notes" to the settings'
        raise QueryError(message, 0)
    if library.newer and not options.dry_run:
        raise LibraryTooNewError(library.newer)
    status = read_all(library)
    report = exchange_notes(library, config, options.dry_run, options.again)
    if options.dry_run:
        for done, paths in (("make", report.made), ("change", report.changed)):
            for path in paths:
                print(f"{done} {clean_line(str(path), 4_000)}")
        for paper_id in report.adopted:
            print(f"read {clean_line(paper_id)}")
    elif words := done_words(report):
        print(words)
    for problem in report.problems:
        print(f"papers-tui: {in_home(clean_line(problem, 4_000))}", file=sys.stderr)
    return max(status, int(bool(report.problems)))


def exchange_notes(
    library: Library, config: Config, dry_run: bool = False, again: bool = False
) -> Report:
    """Exchange notes with their files and save those read from files; all months must be read.

    Raises PapersError if the folder or the library can't be used.
    """
    assert config.notes
    folder = notes_folder(library.folder, config.notes)
    report = folder.exchange(noted_papers(library.all_cells(), library.papers), dry_run, again)
    if not report.adopted or dry_run:
        return report
    with library.alone():
        action = library.mark_each(changes_of(report, library.marks), lambda _: TAKEN)
        library.commit()
    run_mark_hooks(config, action, library)
    # Now that they are saved, record that both sides are equal, and write properties.
    rest = folder.exchange(noted_papers(library.all_cells(), library.papers))
    report.changed += [path for path in rest.changed if path not in report.changed]
    report.problems += [each for each in rest.problems if each not in report.problems]
    return report


def zotero(library: Library, query: Query, options: argparse.Namespace, config: Config) -> int:
    """Send papers to Zotero; those already sent stay as they are."""
    from tui.shared.zotero import done_words, failed_words, send_to_zotero

    check_condition(query, options.query, "zotero")
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


def mcp(library: Library, views: Mapping[str, str], write: bool, config: Config) -> int:
    """Serve until the input ends."""
    from tui.agents.shelf import Shelf

    try:
        from tui.agents.server import make_server
    except ImportError as error:
        raise PapersError("mcp needs its extra: pip install 'papers-tui[mcp]'") from error

    # Only the protocol writes to the output, whatever else prints.
    server = make_server(Shelf(library, views, config), write)
    sys.stdout.flush()
    if os.isatty(0):
        print("papers-tui: this is for an assistant to start; ctrl+d ends it", file=sys.stderr)
    server.run("stdio")
    return 0
