"""Exports that are updated when the result of their query changes, in reader and command line."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import PapersError
from store.export.formats import EXPORTS, WITH_KEYS, Group, export
from store.files.ordinary import read_ordinary
from store.kept_exports import KeptExport, KeptExports
from store.library import Library
from store.model import Paper
from store.query.syntax import Query, parse
from store.search.index import Index
from tui.output_file import target_of, write_file

if TYPE_CHECKING:
    from store.export.citing import Entry

LARGEST = 200 * 1024 * 1024
"""The largest file that is compared, in bytes; a larger one is simply written again."""


def query_of(kept: KeptExport, views: Mapping[str, str]) -> Query:
    """Return the query of an export; PapersError if it is not valid any more."""
    query = parse(kept.query, views=views)
    if query.problems:
        raise PapersError(f"{kept.path} is not updated: {query.problems[0].message}")
    return query


def write_kept(
    kept: KeptExport,
    entries: "Sequence[Entry]",
    keys: Callable[[Iterable[Paper]], Mapping[str, str]],
    library: Path,
) -> bool:
    """Write an export if its file is out of date; return whether it was.

    Raises PapersError if it can't be written.
    """
    path = target_of(str(kept.path), library)
    if kept.form not in EXPORTS:
        raise PapersError(f"{path} is not kept: there is no format {kept.form}")
    group: Group = "tag" if kept.group == "tag" else "day"
    known = keys([paper for paper, _ in entries]) if kept.form in WITH_KEYS else None
    data = export(kept.form, entries, keys=known, group=group, query=kept.query)
    if _content(path) == data:
        return False
    write_file(path, data)
    return True


def keep_all(library: Library, views: Mapping[str, str], today: date) -> list[str]:
    """Write all exports of a library that are out of date; return the problems."""
    kept = KeptExports(library.folder).read()
    if not kept:
        return []
    if not library.complete:
        library.read_all()
    index = Index()
    index.add(library.papers.values())
    problems = []
    for each in kept:
        try:
            found = index.search(
                query_of(each, views), library.all_marks, today, hidden=library.hidden
            )
            entries = [(library.papers[key], library.marks(key)) for key in found.ids]
            write_kept(each, entries, library.citation_keys, library.folder)
        except PapersError as error:
            problems.append(str(error))
    return problems


def _content(path: Path) -> bytes | None:
    try:
        return read_ordinary(path, LARGEST)
    except OSError:
        return None
