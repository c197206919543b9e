"""The papers of a query, for commands; only the months that are needed are read."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import QueryError
from store.library import Library
from store.model import Paper
from store.papers.documents import is_month
from store.pdfs.pdf_files import ids_with_file
from store.query.meaning import matches
from store.query.reach import EVERYWHERE, is_plain, reach_of
from store.query.syntax import Query
from store.text.clean import clean_line, clean_text
from tui.words import hidden_words

if TYPE_CHECKING:  # importing adapters would slow the start of the reader
    from store.export.citing import Entry
    from store.search.index import Index


class Finds:
    """The papers that a query finds, with their marks, in order; read on demand.

    Prints what can't be read and how many papers are hidden. Raises QueryError if `like:` names a
    paper that the library lacks.
    """

    def __init__(self, library: Library, query: Query, limit: int | None = None) -> None:
        self._library = library
        self._query = query
        self._limit = limit
        self._today = date.today()
        self.status = 0
        """The exit status: the worst of the months read so far."""

    def __iter__(self) -> Iterator["Entry"]:
        library, query = self._library, self._query
        plain = is_plain(query)
        months = list(self._months()) if plain else library.months()
        # Without `sort:` a month's papers come before those of all earlier months; if papers are
        # hidden, all are counted.
        if plain and not query.sort and not library.hidden:
            yield from self._as_read(months)
            return
        for _, status in read_months(library, months):
            self.status = max(self.status, status)
        index, marks, hidden = index_of(library), library.all_marks, library.hidden
        for _ in index.taste(query, marks, self._today, hidden):
            pass
        found = index.search(query, marks, self._today, hidden=hidden)
        for named in found.missing:
            raise QueryError(f"like: there is no paper {clean_line(named)} in this library", 0)
        if found.hidden:
            print(f"papers-tui: {hidden_words(found.hidden)}", file=sys.stderr)
        for paper_id in found.ids[: self._limit]:
            yield library.papers[paper_id], library.marks(paper_id)

    def _months(self) -> Iterator[Path]:
        """Yield the months in which the papers can be."""
        library = self._library
        reach = reach_of(self._query.tree, self._today, library.all_marks)
        if reach == EVERYWHERE:
            yield from library.months()
            return
        months = library.months() if reach.names is None else library.months_of(reach.names)
        # A file with another name may have papers of any month.
        yield from (
            each for each in months if not is_month(each.stem) or reach.has_month(each.stem)
        )

    def _as_read(self, months: list[Path]) -> Iterator["Entry"]:
        """Yield the papers found, month by month."""
        library, left = self._library, self._limit
        for month, status in read_months(library, months):
            self.status = max(self.status, status)
            for paper in sorted(month, key=_day, reverse=True):
                if left == 0:
                    return
                marks = library.marks(paper.id)
                if matches(self._query.tree, paper, marks, self._today):
                    left = None if left is None else left - 1
                    yield paper, marks


def found(library: Library, query: Query, limit: int | None) -> "tuple[list[Entry], int]":
    """Return all papers that a query finds, with their marks, and the exit status."""
    finds = Finds(library, query, limit)
    entries = list(finds)
    return entries, finds.status


def found_ids(library: Library, query: Query) -> Sequence[str]:
    """Return the ids of all papers in memory that a query finds, including hidden ones."""
    return index_of(library).search(query, library.all_marks, date.today()).ids


def read_all(library: Library) -> int:
    """Read every month; return the exit status of `read_months`."""
    return max((status for _, status in read_months(library, library.months())), default=0)


def read_months(library: Library, months: list[Path]) -> Iterator[tuple[list[Paper], int]]:
    """Read months; yield the papers of each with an exit status.

    If one can't be read, it prints that and reads the others.
    """
    for path in months:
        month = library.load_month(path)
        papers = library.apply_months(month).changed
        if month.error:
            print(f"papers-tui: {clean_text(str(month.error))}", file=sys.stderr)
        yield papers, month.error.status if month.error else 0


def index_of(library: Library) -> "Index":
    """Return an index of the papers in memory."""
    # Here because plain conditions do not need it.
    from store.fulltext.queries import TextQueries
    from store.search.index import Index

    index = Index(partial(ids_with_file, library.folder))
    index.in_texts = TextQueries(library.folder)
    index.add(library.papers.values())
    return index


def _day(paper: Paper) -> str:
    return paper.date
