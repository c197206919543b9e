"""The commands: each takes an open library and what was asked, prints, returns an exit status."""

import argparse
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import LibraryTooNewError, PapersError, QueryError
from store.library import Library
from store.marks.tag_names import named_tag, spelled, spellings
from store.model import Change, Paper
from store.query.syntax import Query, parse
from store.search.index import Index
from store.text.clean import ABSTRACT_LIMIT, clean_line, clean_tag, clean_text
from tui.words import hidden_words, taken_words

if TYPE_CHECKING:  # importing adapters would slow the start of the reader
    from store.export.citing import Entry

EVERYTHING = "*"
"""The query that `mark` takes for all papers: none at all may be an empty variable of a shell."""


def found(library: Library, query: Query, limit: int | None) -> "tuple[list[Entry], int]":
    """Return what a query finds, with its marks, and the exit status of `read_all`."""
    status = read_all(library)
    ids = _found(library, query)[:limit]
    return [(library.papers[paper_id], library.marks(paper_id)) for paper_id in ids], status


def read_all(library: Library) -> int:
    """Read every month; return the exit status of `read_months`."""
    return max((status for _, status in read_months(library)), default=0)


def read_months(library: Library) -> Iterator[tuple[list[Paper], int]]:
    """Read the months, newest first; yield the papers of each with an exit status.

    Where one can't be read, that is said, and the others are read.
    """
    for path in library.months():
        month = library.load_month(path)
        papers = library.take_months(month).came
        if month.error:
            print(f"papers-tui: {clean_text(str(month.error))}", file=sys.stderr)
        yield papers, month.error.status if month.error else 0


def mark(library: Library, query: Query, options: argparse.Namespace) -> int:
    """Mark every paper that a query finds."""
    if query.tree is None and options.query.strip() != EVERYTHING:
        reason = f"this would mark every paper; say so by mark '{EVERYTHING}'"
        raise QueryError(f"no condition in the query {clean_line(options.query)!r}: {reason}", 0)
    tags = [named_tag(word) for word in _words_of(options.tag)]
    untags = [clean_tag(word) for word in _words_of(options.untag)]
    change = Change(
        read=_either(options.read, options.unread),
        starred=_either(options.star, options.unstar),
        note=None if options.note is None else _note(options.note),
        add_tags=tuple(tags),
        remove_tags=tuple(untags),
        hidden=_either(options.hide, options.unhide),
    )
    if change == Change():
        raise QueryError("nothing to do: say --star, --read, --tag, --note or the like", 0)
    library.read_all()
    ids = _found(library, query)
    if options.dry_run:
        print(f"would mark {len(ids)}")
        return 0
    library.mark(ids, _as_spelled(change, library.tags()))
    library.commit()
    print(f"marked {len(ids)}")
    return 0


def _words_of(given: Sequence[str]) -> list[str]:
    """Return the words between commas of which something can be a tag."""
    return [word for each in given for word in each.split(",") if clean_tag(word)]


def _as_spelled(change: Change, known: Collection[str]) -> Change:
    """Return a change with its tags as they are spelled in the library; say where they are not."""
    added = [spelled(tag, known) for tag in change.add_tags]
    for tag, name in zip(change.add_tags, added, strict=True):
        if tag != name:
            print(f"papers-tui: {tag} is spelled {clean_line(name)} here", file=sys.stderr)
    removed = [each for tag in change.remove_tags for each in spellings(tag, known) or [tag]]
    return replace(change, add_tags=tuple(added), remove_tags=tuple(removed))


def _note(text: str) -> str:
    """Return a note as it is kept; one that is too long is refused, never cut."""
    note = clean_text(text, len(text))
    if len(note) > ABSTRACT_LIMIT:
        reason = f"a note can have {ABSTRACT_LIMIT:,} characters; this one has {len(note):,}"
        raise QueryError(f"--note: {reason}", 0)
    return note


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


def parsed(text: str, views: Mapping[str, str]) -> Query:
    """Return what a query means; QueryError where it is wrong."""
    query = parse(text, views=views)
    if query.problems:
        problem = query.problems[0]
        caret = " " * problem.start + "^"
        raise QueryError(f"{problem.message}\n  {clean_line(text)}\n  {caret}", problem.start)
    return query


def _found(library: Library, query: Query) -> Sequence[str]:
    """Return the ids of what a query finds among the papers in memory; say what is hidden.

    Raises QueryError where `like:` names what is no paper here.
    """
    index = Index()
    index.add(library.papers.values())
    today, marks = date.today(), library.all_marks
    for _ in index.taste(query, marks, today, library.hidden):
        pass
    found = index.search(query, marks, today, hidden=library.hidden)
    for named in found.missing:
        raise QueryError(f"like: there is no paper {clean_line(named)} in this library", 0)
    if found.hidden:
        print(f"papers-tui: {hidden_words(found.hidden)}", file=sys.stderr)
    return found.ids


def found_ids(library: Library, query: Query) -> Sequence[str]:
    """Return the ids of all that a query finds among the papers in memory, hidden ones too."""
    index = Index()
    index.add(library.papers.values())
    return index.search(query, library.all_marks, date.today()).ids


def _either(yes: bool | None, no: bool | None) -> bool | None:
    return True if yes else False if no else None
