"""The command `export`: what a query finds, in the format of another program."""

import argparse
import sys

from store.errors import QueryError
from store.export.formats import ENDINGS, EXPORTS, WITH_KEYS, export, form_of_file
from store.files.disk import DISK, Disk
from store.library import Library
from store.query.syntax import Query
from store.text.clean import clean_line
from tui.cli.finds import found
from tui.output_file import target_of, write_file


def export_papers(
    library: Library, query: Query, options: argparse.Namespace, disk: Disk = DISK
) -> int:
    """Write papers to a file, or to standard output; QueryError if the options make no sense."""
    name: str | None = None if options.output == "-" else options.output
    form = options.to or format_of(name)
    if options.group and form != "markdown":
        raise QueryError(f"--group is for markdown, not for {form}", 0)
    if options.with_marks and form != "jsonl":
        raise QueryError(f"--with-marks is for jsonl; {form} has those that belong in it", 0)
    target = None if name is None else target_of(name, library.folder)
    entries, status = found(library, query, options.limit)
    wanted = [paper for paper, _ in entries]
    keys = library.citation_keys(wanted) if form in WITH_KEYS else None
    data = export(
        form,
        entries,
        keys=keys,
        group=options.group or "day",
        with_marks=options.with_marks,
        stamped=library.stamped,
    )
    if target is None:
        sys.stdout.buffer.write(data)
        return status
    write_file(target, data, disk)
    print(f"exported {len(entries)} to {clean_line(str(target))}")
    return status


def format_of(name: str | None) -> str:
    """Return the format that the name of a file tells; QueryError where it tells none."""
    if name is None:
        raise QueryError(f"say --to and one of {', '.join(EXPORTS)}", 0)
    form = form_of_file(name)
    if form is None:
        raise QueryError(f"{name} does not end in one of {ENDINGS}: say --to and the format", 0)
    return form
