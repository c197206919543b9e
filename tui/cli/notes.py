"""The command `notes`: synchronise the folder of notes and the library."""

import argparse
import sys

from store.errors import LibraryTooNewError, QueryError
from store.library import Library
from store.notes.noted import Report
from store.text.clean import clean_line
from tui.cli.arriving import say_hook
from tui.cli.finds import read_all
from tui.settings.config import Config
from tui.shared.notes_folder import TAKEN, changes_of, done_words, noted_papers, notes_folder
from tui.words import in_home


def notes(library: Library, options: argparse.Namespace, config: Config) -> int:
    """Write files of notes and read changes made in them; return 1 if not all succeeded."""
    if not config.notes:
        said = 'no folder of notes is set; add [notes] and folder = "~/Notes" to the settings'
        raise QueryError(said, 0)
    if library.newer and not options.dry_run:
        raise LibraryTooNewError(library.newer)
    status = read_all(library)
    report = exchange_notes(library, config, options.dry_run, options.again)
    if options.dry_run:
        for done, paths in (("make", report.made), ("change", report.changed)):
            for path in paths:
                print(f"{done} {clean_line(str(path), 4_000)}")
        for paper_id in report.taken:
            print(f"take in {clean_line(paper_id)}")
    elif words := done_words(report):
        print(words)
    for problem in report.problems:
        print(f"papers-tui: {in_home(clean_line(problem, 4_000))}", file=sys.stderr)
    return max(status, int(bool(report.problems)))


def exchange_notes(
    library: Library, config: Config, dry_run: bool = False, again: bool = False
) -> Report:
    """Exchange notes of a library whose months are read, and save those read from files.

    Raises PapersError if the folder or the library can't be used.
    """
    assert config.notes
    folder = notes_folder(library.folder, config.notes)
    report = folder.exchange(noted_papers(library.all_cells(), library.papers), dry_run, again)
    if not report.taken or dry_run:
        return report
    with library.alone():
        action = library.mark_each(changes_of(report, library.marks), lambda _: TAKEN)
        library.commit()
    if config.hooks:
        from tui.programs.hooks import marked_by

        for event, marked in marked_by(action).items():
            say_hook(config, event, marked, library)
    # Now that they are saved, record that both sides are equal, and write properties.
    rest = folder.exchange(noted_papers(library.all_cells(), library.papers))
    report.changed += [path for path in rest.changed if path not in report.changed]
    report.problems += [each for each in rest.problems if each not in report.problems]
    return report
