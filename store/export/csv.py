"""Write papers as a table for spreadsheets: RFC 4180, in UTF-8 with a byte order mark.

Without that mark Excel assumes the code page of its country. A cell that a spreadsheet would treat
as a formula gets an apostrophe (OWASP, CSV Injection), so that a title from a feed can't run
anything.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from store.export.citing import Entry
from store.export.links import links_of
from store.identity import doi
from store.model import Marks, Paper
from store.text.clean import clean_text

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def csv_table(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the header, then a row for each paper; several authors or tags are in one cell."""
    line = io.StringIO()
    writer = csv.writer(line)  # its default dialect is that of RFC 4180
    yield "\ufeff"
    for row in _rows(entries):
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _rows(entries: Iterable[Entry]) -> Iterator[list[str]]:
    yield list(_cells(Paper(id="", title=""), Marks()))
    for paper, marks in entries:
        yield [_plain(text) for text in _cells(paper, marks).values()]


def _cells(paper: Paper, marks: Marks) -> dict[str, str]:
    links = links_of(paper)
    return {
        "id": paper.id,
        "title": paper.title,
        "authors": "; ".join(paper.authors + ("et al.",) * paper.authors_incomplete),
        "date": paper.date,
        "published": paper.published,
        "venue": paper.venue,
        "categories": "; ".join(paper.categories),
        "starred": "yes" if marks.starred else "",
        "read": "yes" if marks.read else "",
        "tags": "; ".join(marks.tags),
        "note": marks.note,
        "upvotes": "" if paper.upvotes is None else str(paper.upvotes),
        "doi": doi(paper),
        "page": links.page,
        "pdf": links.pdf,
        "code": links.code,
        "project": links.project,
        "keywords": "; ".join(paper.keywords),
        "summary": paper.summary,
        "abstract": paper.abstract,
    }


def _plain(text: str) -> str:
    """Return the text of a cell so that no spreadsheet computes it."""
    text = clean_text(text, len(text))
    return "'" + text if text.startswith(_FORMULA_STARTS) else text
