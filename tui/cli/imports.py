"""The command `import`: files of feeds become papers of the library."""

import errno
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import PapersError, QueryError, changed_at
from store.files.ordinary import OddFileError, read_ordinary
from store.library import Library
from store.marks.sync import sound_marks, wrong_clocks
from store.model import Change
from store.papers.months import Added
from store.replacements import adding
from store.text.clean import clean_line
from tui.cli.opening import offer_to_drop_sample
from tui.words import count_papers

if TYPE_CHECKING:  # importing adapters would slow the start of the reader
    from store.feeds.reading import FeedReading

_FILE_LIMIT = 200 * 1024 * 1024
"""Bytes of a file that is imported."""
_TOO_LARGE = f"it is larger than {_FILE_LIMIT >> 20} MB; split it"
_ODD = {
    errno.EISDIR: "it is a folder; name the files in it",
    errno.EINVAL: "it is no ordinary file; give a pipe or device as -",
    errno.EFBIG: _TOO_LARGE,
}
"""What to do about a file that can't be imported, by what is wrong with it."""


def import_files(
    library: Library,
    files: list[str],
    form: str | None,
    day: str | None,
    read: bool,
    with_marks: bool = False,
    replacements: str = "show",
) -> int:
    """Add the papers of feed files; what one file holds is kept though another fails.

    `form` is the format of them all where it is not to be told by their content. `with_marks` takes
    in the marks of our own files as well, `replacements` is a rule of store.replacements.
    """
    from store.feeds.formats import FORMATS

    listed = _day(day) if day else None
    if form is not None and form not in FORMATS:
        raise QueryError(f"--format {form}: not one of {', '.join(FORMATS)}", 0)
    total, problems, status, marked = [0, 0, 0], 0, 0, 0
    add = adding(library, replacements)
    for name in files:
        try:
            reading, seen = _read_feed(name, form, listed)
        except PapersError as error:
            print(f"papers-tui: {clean_line(name)}: {clean_line(str(error))}", file=sys.stderr)
            status = max(status, error.status)
            continue
        for problem in reading.problems:
            print(f"{clean_line(name)}: {clean_line(problem)}", file=sys.stderr)
        added = add(reading.papers, reading.feed, seen, reading.tex)
        if read:
            library.mark(added.new, Change(read=True))
            library.commit()
        if with_marks:
            marked += _merge_marks(library, name, reading.marks, seen)
        elif reading.marks:
            papers = count_papers(len(reading.marks))
            left = f"the marks of {papers} in it were left: --with-marks takes them in"
            print(f"{clean_line(name)}: {left}", file=sys.stderr)
        total = [a + b for a, b in zip(total, _counts(added), strict=True)]
        problems += len(reading.problems)
    if status and not any(total):
        return status
    imported, updated, unchanged = total
    print(f"imported {imported}, updated {updated}, unchanged {unchanged}, problems {problems}")
    if with_marks:
        print(f"took in the marks of {count_papers(marked)}")
    if imported:
        offer_to_drop_sample(library)
    return status


def _merge_marks(
    library: Library, name: str, marks: Mapping[str, Mapping[str, object]], seen: datetime
) -> int:
    """Take in the marks of a file, the later of each; return how many papers' marks changed."""
    from store.marks.carried import cells_in

    now, path = datetime.now(UTC), Path(name)
    carried = {paper_id: cells_in(members, seen) for paper_id, members in marks.items()}
    sound = sound_marks(path, carried, {}, now)
    for problem in (*sound.problems, *wrong_clocks({path: sound.ahead}, now)):
        print(clean_line(problem), file=sys.stderr)
    return library.merge_marks(sound.marks)


def _read_feed(name: str, form: str | None, listed: date | None) -> "tuple[FeedReading, datetime]":
    """Return what a file says, and when it said so: when it was last written."""
    from store.feeds.formats import read_feed

    seen = datetime.now()
    try:
        if name == "-":
            data = _standard_input()
        else:
            path = Path(name)
            data = _contents(path)
            if (written := changed_at(path)).year > 1970:  # a clock that is set
                seen = min(written, seen)
    except OSError as error:
        raise PapersError(f"can't read it: {error.strerror}") from error
    return read_feed(data, form, seen.date(), listed), seen


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise PapersError("standard input is closed")
    data = sys.stdin.buffer.read(_FILE_LIMIT + 1)
    if len(data) > _FILE_LIMIT:
        raise PapersError(_TOO_LARGE)
    return data


def _contents(path: Path) -> bytes:
    """Return what is in a file; PapersError where it is too large, or none: those may not end."""
    try:
        return read_ordinary(path, _FILE_LIMIT)
    except OddFileError as error:
        raise PapersError(_ODD[error.errno or errno.EINVAL]) from error


def _counts(added: Added) -> tuple[int, int, int]:
    return added.imported, added.updated, added.unchanged


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise QueryError(f"--date {text}: not a day; write it as 2025-08-01", 0) from error
