"""The commands: each takes an open library and what was asked, prints, returns an exit status."""

import argparse
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Any

from store.clean import clean_line, clean_tag, clean_text
from store.errors import LibraryTooNewError, PapersError, QueryError, changed_at
from store.library import Library
from store.model import Change, Marks, Paper
from store.query import Query, parse
from store.search import Index
from store.shelves import Added
from tui.words import taken_words

if TYPE_CHECKING:  # importing adapters would slow the start of the reader
    from store.feeds.reading import FeedReading


_FILE_LIMIT = 200 * 1024 * 1024
"""Bytes of a file that is imported."""
_TOO_LARGE = f"it is larger than {_FILE_LIMIT >> 20} MB; split it"


def import_files(
    library: Library, files: list[str], form: str | None, day: str | None, read: bool
) -> int:
    """Add the papers of feed files; what one file holds is kept though another fails.

    `form` is the format of them all where it is not to be told by their content.
    """
    from store.feeds.formats import FORMATS

    listed = _day(day) if day else None
    if form is not None and form not in FORMATS:
        raise QueryError(f"--format {form}: not one of {', '.join(FORMATS)}", 0)
    if read:
        library.read_all()
    total, problems, status = [0, 0, 0], 0, 0
    for name in files:
        try:
            reading = _read_feed(name, form, listed)
        except PapersError as error:
            print(f"papers-tui: {clean_line(name)}: {clean_line(str(error))}", file=sys.stderr)
            status = max(status, error.status)
            continue
        for problem in reading.problems:
            print(f"{clean_line(name)}: {clean_line(problem)}", file=sys.stderr)
        before = set(library.papers) if read else set()
        added = library.add(reading.papers, reading.feed)
        if read:
            library.mark(set(library.papers) - before, Change(read=True))
            library.commit()
        total = [a + b for a, b in zip(total, _counts(added), strict=True)]
        problems += len(reading.problems)
    if status and not any(total):
        return status
    imported, updated, unchanged = total
    print(f"imported {imported}, updated {updated}, unchanged {unchanged}, problems {problems}")
    return status


def list_papers(library: Library, query: Query, as_json: bool, limit: int | None) -> int:
    """Print what a query finds: a line each, or one JSON array.

    Where a month can't be read the others are listed.
    """
    status = 0
    for path in library.months():
        month = library.load_month(path)
        library.take_month(month)
        if month.error:
            print(f"papers-tui: {clean_text(str(month.error))}", file=sys.stderr)
            status = max(status, month.error.status)
    ids = _found(library, query)[:limit]
    papers = [(library.papers[paper_id], library.marks(paper_id)) for paper_id in ids]
    if as_json:
        import orjson

        data = orjson.dumps([paper_json(*pair) for pair in papers], option=orjson.OPT_INDENT_2)
        sys.stdout.buffer.write(data + b"\n")
        return status
    from rich.cells import set_cell_size

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for paper, marks in papers:
        tags = "".join(f" #{tag}" for tag in marks.tags)
        line = clean_line(
            f"{paper.date} {' ' if marks.read else '●'}{'★' if marks.starred else ' '} "
            f"{paper.title}{tags}"
        )
        print(set_cell_size(line, width).rstrip() if width else line)
    return status


def mark(library: Library, query: Query, options: argparse.Namespace) -> int:
    """Mark every paper that a query finds."""
    tags = [clean_tag(tag) for given in options.tag for tag in given.split(",")]
    untags = [clean_tag(tag) for given in options.untag for tag in given.split(",")]
    change = Change(
        read=_either(options.read, options.unread),
        starred=_either(options.star, options.unstar),
        note=None if options.note is None else clean_text(options.note),
        add_tags=tuple(filter(None, tags)),
        remove_tags=tuple(filter(None, untags)),
    )
    if change == Change():
        raise QueryError("nothing to do: say --star, --read, --tag, --note or the like", 0)
    library.read_all()
    ids = _found(library, query)
    if options.dry_run:
        print(f"would mark {len(ids)}")
        return 0
    library.mark(ids, change)
    library.commit()
    print(f"marked {len(ids)}")
    return 0


def undo(library: Library) -> int:
    """Take back the last action of this library, whichever program did it."""
    if library.newer:
        raise LibraryTooNewError(library.newer)
    with library.alone():
        taken = library.undo()
        library.commit()
    if taken is None:
        print("papers-tui: nothing to undo", file=sys.stderr)
        return 1
    done = bool(taken.papers) or not taken.kept
    print(clean_line(f"{'undid' if done else 'not undone'}: {taken_words(taken)}"))
    return 0 if done else 1


def merge(library: Library, paths: list[Path]) -> int:
    """Take in marks from other libraries or files of marks."""
    papers = 0
    for path in paths:
        try:
            merged = library.merge(path)
        except PapersError:
            if path is not paths[0]:
                print(f"merged {papers}")  # those before it are
            raise
        papers += merged.papers
        for problem in merged.problems:
            print(f"papers-tui: {clean_line(problem)}", file=sys.stderr)
    print(f"merged {papers}")
    return 0


def paper_json(paper: Paper, marks: Marks) -> dict[str, Any]:
    """Return a paper and its marks under the keys that scripts rely on."""
    data = asdict(paper)
    del data["version"]
    return data | asdict(marks)


def parsed(text: str, views: Mapping[str, str]) -> Query:
    """Return what a query means; QueryError where it is wrong."""
    query = parse(text, views=views)
    if query.problems:
        problem = query.problems[0]
        caret = " " * problem.start + "^"
        raise QueryError(f"{problem.message}\n  {clean_line(text)}\n  {caret}", problem.start)
    return query


def _found(library: Library, query: Query) -> Sequence[str]:
    """Return the ids of what a query finds among the papers in memory."""
    index = Index()
    index.add(library.papers.values())
    return index.search(query, library.all_marks, date.today()).ids


def _read_feed(name: str, form: str | None, listed: date | None) -> "FeedReading":
    from store.feeds.formats import read_feed

    day = date.today()
    try:
        if name == "-":
            data = _standard_input()
        else:
            path = Path(name)
            data = _contents(path)
            day = min(changed_at(path).date(), day)
    except OSError as error:
        raise PapersError(f"can't read it: {error.strerror}") from error
    return read_feed(data, form, day, listed)


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise PapersError("standard input is closed")
    data = sys.stdin.buffer.read(_FILE_LIMIT + 1)
    if len(data) > _FILE_LIMIT:
        raise PapersError(_TOO_LARGE)
    return data


def _contents(path: Path) -> bytes:
    """Return what is in a file; PapersError where it is too large, or none: those may not end."""
    status = path.stat()
    if S_ISDIR(status.st_mode):
        raise PapersError("it is a folder; name the files in it")
    if not S_ISREG(status.st_mode):
        raise PapersError("it is no ordinary file; give a pipe or device as -")
    if status.st_size > _FILE_LIMIT:
        raise PapersError(_TOO_LARGE)
    return path.read_bytes()


def _counts(added: Added) -> tuple[int, int, int]:
    return added.imported, added.updated, added.unchanged


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise QueryError(f"--date {text}: not a day; write it as 2025-08-01", 0) from error


def _either(yes: bool | None, no: bool | None) -> bool | None:
    return True if yes else False if no else None
