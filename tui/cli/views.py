"""The command `views`: all views, and how many papers each finds."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from store.fulltext.queries import TextQueries
from store.library import Library
from store.pdfs.files import ids_with_file
from store.query.syntax import parse
from store.search.index import Index
from store.text.clean import clean_line
from tui.cli.finds import read_all
from tui.cli.json_output import print_json


def list_views(library: Library, views: Mapping[str, str], as_json: bool) -> int:
    """Print the queries of the views by name."""
    status = read_all(library)
    index = Index(partial(ids_with_file, library.folder))
    index.in_texts = TextQueries(library.folder)
    index.add(library.papers.values())
    rows = []
    for name, text in views.items():
        ids = index.search(parse(text, views=views), library.all_marks, date.today()).ids
        unread = sum(not library.marks(paper_id).read for paper_id in ids)
        rows.append({"name": name, "query": text, "papers": len(ids), "unread": unread})
    if as_json:
        print_json(rows)
        return status
    width = min(max((len(name) for name in views), default=0), 30)
    for row in rows:
        name = clean_line(str(row["name"]))
        print(f"{name:<{width}}  {row['unread']:>6,} unread of {row['papers']:>6,}  "
              f"{clean_line(str(row['query']))}")  # fmt: skip
    return status
