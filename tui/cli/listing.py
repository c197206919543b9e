"""The commands `list` and `show`: papers in a line each, or everything about one."""

import shutil
import sys
import textwrap
from collections.abc import Iterator
from datetime import date

from store.errors import PapersError
from store.export.links import links_of
from store.library import Library
from store.model import Marks, Paper
from store.query.syntax import Query
from store.text.clean import clean_line, clean_text
from store.text.web import arxiv_key, doi_key
from tui.cli.finds import Finds, read_months
from tui.settings.config import Config


def list_papers(
    library: Library, query: Query, as_json: bool, template: str | None, limit: int | None
) -> int:
    """Print the papers that a query finds; QueryError if the template is wrong.

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


WIDEST = 100
"""Longer lines are hard to read; also the width if there is no terminal."""


def show(library: Library, name: str, as_json: bool, config: Config) -> int:
    """Print the paper with an id; PapersError if there is none."""
    paper, status = find_paper(library, name)
    if paper is None:
        raise PapersError(f"no paper has the id {clean_line(name, 200)}")
    marks = library.marks(paper.id)
    if as_json:
        from store.export.json import json_object

        sys.stdout.buffer.write(json_object(paper, marks))
        return status
    columns = shutil.get_terminal_size((WIDEST, 24)).columns if sys.stdout.isatty() else WIDEST
    ruled = _ruled(library, paper, marks, config)
    for block in _blocks(paper, marks, ruled, min(columns, WIDEST)):
        print(block)
    return status


def _ruled(library: Library, paper: Paper, marks: Marks, config: Config) -> str:
    """Return what rules did to a paper; if they can't be read, print that and return nothing."""
    from store.rules.explaining import why
    from tui.shared.known_rules import known_rules

    try:
        rules = known_rules(library.folder, config).rules
    except PapersError as error:
        print(clean_line(f"papers-tui: {error}", 1_000), file=sys.stderr)
        return ""
    return why(rules, paper, marks, date.today(), True) if rules else ""


def find_paper(library: Library, name: str) -> tuple[Paper | None, int]:
    """Return the paper that an id or an address means, and the exit status of `read_months`.

    The id may be any of the paper's, with or without its prefix, and in any case of letters.
    """
    bare = name.strip().casefold()
    keys = {bare, *(f"{scheme}:{bare}" for scheme in ("arxiv", "doi", "sha"))}
    keys.update(key.casefold() for key in (arxiv_key(name), doi_key(name)) if key)
    status = 0
    for papers, problem in read_months(library, library.months_of(keys)):
        status = max(status, problem)
        for paper in papers:
            if any(key.casefold() in keys for key in paper.keys):
                return paper, status
    return None, status


def _blocks(paper: Paper, marks: Marks, ruled: str, width: int) -> Iterator[str]:
    """Yield the lines of the text, and an empty line before each paragraph."""
    yield _wrapped(paper.title, width)
    if paper.authors:
        yield _wrapped(paper.all_authors, width)
    yield ""
    for name, value in (*_facts(paper, marks), ("rules", ruled)):
        if value:
            yield textwrap.fill(
                clean_line(value, 5_000), width, initial_indent=f"{name:<10} ",
                subsequent_indent=" " * 11, break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
    for text in (paper.summary, paper.abstract, marks.note):
        if text:
            yield ""
            yield "\n".join(_wrapped(line, width) for line in clean_text(text).split("\n"))


def _facts(paper: Paper, marks: Marks) -> Iterator[tuple[str, str]]:
    yield "id", "  ".join(paper.keys)
    yield "listed", "  ".join(filter(None, (paper.date, *paper.feeds)))
    yield "published", paper.published
    yield "updated", paper.updated
    yield "venue", paper.venue
    yield "categories", " ".join(paper.categories)
    yield "keywords", ", ".join(paper.keywords)
    yield "comment", paper.comment
    yield "upvotes", "" if paper.upvotes is None else str(paper.upvotes)
    links = links_of(paper)
    for name in ("page", "pdf", "code", "project"):
        yield name, getattr(links, name)
    yield "news", "; ".join(marks.news)
    yield "score", str(marks.score) if marks.score else ""
    signs = (
        "read" if marks.read else "unread",
        "starred" if marks.starred else "",
        "hidden" if marks.hidden else "",
    )
    yield "marks", " ".join(filter(None, (*signs, *(f"#{tag}" for tag in marks.tags))))


def _wrapped(text: str, width: int) -> str:
    return textwrap.fill(clean_line(text, len(text)), width, break_long_words=False)
