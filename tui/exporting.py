"""The command `export`: what a query finds, in the format of another program."""

import argparse
import os
import sys
from pathlib import Path

from store.clean import clean_line
from store.disk import DISK, Disk
from store.errors import PapersError, QueryError
from store.export.formats import EXPORTS, export
from store.library import Library
from store.query import Query
from tui.commands import found


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
    data = export(
        form,
        entries,
        library=library.papers.values(),
        group=options.group or "day",
        with_marks=options.with_marks,
    )
    if target is None:
        sys.stdout.buffer.write(data)
        return status
    write_file(target, data, disk)
    print(f"exported {len(entries)} to {clean_line(str(target))}")
    return status


def write_file(target: Path, data: bytes, disk: Disk = DISK) -> None:
    """Write what was exported, all or nothing; PapersError where that can't be done."""
    try:
        disk.replace_file(target, data)
    except OSError as error:
        raise _unwritable(target, error.strerror or "the system refuses") from error


def format_of(name: str | None) -> str:
    """Return the format that the name of a file tells; QueryError where it tells none."""
    if name is None:
        raise QueryError(f"say --to and one of {', '.join(EXPORTS)}", 0)
    suffix = Path(name).suffix.lower()
    for form, usual in EXPORTS.items():
        if suffix == usual:
            return form
    endings = ", ".join(EXPORTS.values())
    raise QueryError(f"{name} does not end in one of {endings}: say --to and the format", 0)


def target_of(name: str, folder: Path) -> Path:
    """Return the file to write: what a link leads to, so that the link stays one.

    Only files are replaced: a folder can't be, and a device, a pipe or one of the library's own
    must not. PapersError for those.
    """
    path = Path(os.path.realpath(os.path.expanduser(name)))
    if path.is_dir():
        raise _unwritable(path, "it is a folder; name a file in it")
    if path.exists() and not path.is_file():
        raise _unwritable(path, "it is no ordinary file; leave -o out to write to the output")
    if Path(os.path.realpath(folder)) in path.parents:
        raise _unwritable(path, "it is in the library's own folder; name another")
    return path


def _unwritable(path: Path, reason: str) -> PapersError:
    return PapersError(f"can't write {path}: {reason}. Nothing was written")
