"""The command `export`: write the papers of a query in the format of another program."""

import argparse
import os
import sys
from pathlib import Path

from store.errors import LibraryTooNewError, PapersError, QueryError
from store.export.formats import ENDINGS, EXPORTS, WITH_KEYS, export, form_of_file
from store.files.disk import DISK, Disk
from store.kept_exports import KeptExport, KeptExports
from store.library import Library
from store.query.syntax import Query
from store.text.clean import clean_line
from tui.cli.finds import found
from tui.output_file import target_of, write_file


def export_papers(
    library: Library, query: Query, options: argparse.Namespace, disk: Disk = DISK
) -> int:
    """Write papers to a file, or to standard output; QueryError if the options make no sense."""
    if options.kept or options.forget:
        return _kept(library, options.forget)
    name: str | None = None if options.output == "-" else options.output or options.keep
    form = options.to or format_of(name)
    if options.group and form != "markdown":
        raise QueryError(f"--group is for markdown, not for {form}", 0)
    if options.with_marks and form != "jsonl":
        raise QueryError(f"--with-marks is for jsonl, not for {form}", 0)
    if options.keep and (options.with_marks or options.limit or options.keep == "-"):
        raise QueryError("--keep takes a file, without --with-marks or --limit", 0)
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
        query=" ".join(options.query),
    )
    if target is None:
        sys.stdout.buffer.write(data)
        return status
    write_file(target, data, disk)
    if options.keep:
        if library.newer:
            raise LibraryTooNewError(library.newer)
        text = " ".join(options.query)
        KeptExports(library.folder).keep(KeptExport(target, text, form, options.group or "day"))
        print(f"kept {len(entries)} in {clean_line(str(target))}")
        return status
    print(f"exported {len(entries)} to {clean_line(str(target))}")
    return status


def _kept(library: Library, forgotten: str | None) -> int:
    """List the files that are kept up to date, or stop updating one."""
    kept = KeptExports(library.folder)
    if forgotten is None:
        for each in kept.read():
            print(f"{clean_line(str(each.path))}  {each.form}  {clean_line(each.query)}")
        return 0
    path = Path(os.path.realpath(os.path.expanduser(forgotten)))
    if not kept.forget(path):
        raise PapersError(f"{path} is not kept up to date; papers-tui export --kept lists what is")
    print(f"{clean_line(str(path))} is no longer kept up to date")
    return 0


def format_of(name: str | None) -> str:
    """Return the format for the name of a file; QueryError if there is none."""
    if name is None:
        raise QueryError(f"choose a format with --to: {', '.join(EXPORTS)}", 0)
    form = form_of_file(name)
    if form is None:
        raise QueryError(f"{name} does not end in one of {ENDINGS}: choose a format with --to", 0)
    return form
