"""The command `list`: the papers of a query, a line each, or as JSON."""

import shutil
import sys

from store.library import Library
from store.query.syntax import Query
from tui.cli.finds import Finds


def list_papers(
    library: Library, query: Query, as_json: bool, template: str | None, limit: int | None
) -> int:
    """Print what a query finds; QueryError if the template is wrong.

    Without a template, lines are cut at the terminal's width.
    """
    if as_json:
        from store.export.json import json_array_pieces

        finds = Finds(library, query, limit)
        for piece in json_array_pieces(finds):
            sys.stdout.buffer.write(piece)
        return finds.status
    from rich.cells import set_cell_size

    from tui.template import DEFAULT, template_of

    chosen = template_of(DEFAULT if template is None else template)
    finds = Finds(library, query, limit)
    fits = template is None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if fits else None
    for paper, marks in finds:
        line = chosen.line(paper, marks)
        print(set_cell_size(line, width).rstrip() if width else line)
    if not library.months():
        print("papers-tui: the library is empty; papers-tui fetch gets papers", file=sys.stderr)
    return finds.status
