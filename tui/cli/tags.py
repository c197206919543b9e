"""The commands `tags` and `views`: what users have named, and how many papers each has."""

import argparse
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from store.errors import PapersError, QueryError
from store.library import Library
from store.marks.tag_names import named_tag, spelled, spellings
from store.model import Change
from store.query.syntax import parse
from store.text.clean import clean_line, clean_tag, shell_word
from tui.cli.console import print_json
from tui.cli.finds import index_of, read_all, read_months
from tui.words import count_papers


def tags(library: Library, options: argparse.Namespace) -> int:
    """List, rename or merge tags."""
    if options.action is None:
        return _list(library, options.json)
    if options.json:
        raise QueryError(f"--json is for the list, not for {options.action}", 0)
    if options.action == "rename":
        return rename(library, options.old, options.new)
    return merge(library, options.old, options.into)


def rename(library: Library, old: str, new: str) -> int:
    """Rename a tag; QueryError if another tag has the new name."""
    if status := _read(library):
        return status
    known = library.tags()
    present, target = _known(known, old), named_tag(new)
    others = [tag for tag in spellings(target, known) if tag not in present]
    if target in known or (others and not spellings(target, present)):
        name = target if target in known else others[0]
        raise QueryError(
            f"there is a tag {name} already; papers-tui tags merge {shell_word(present[0])} "
            f"--into {shell_word(name)} merges them",
            0,
        )
    return _replace(library, present, target)


def merge(library: Library, old: Sequence[str], into: str) -> int:
    """Merge several tags into one, as one action for `undo`."""
    if status := _read(library):
        return status
    known = library.tags()
    gone = [tag for each in old for tag in _known(known, each)]
    return _replace(library, gone, spelled(named_tag(into), known))


def _read(library: Library) -> int:
    """Read the papers that have tags: their marks may be stored under several ids."""
    tagged = [key for key, marks in library.all_marks.items() if marks.tags]
    months = library.months_of(tagged) if tagged else []
    return max((status for _, status in read_months(library, months)), default=0)


def _list(library: Library, as_json: bool) -> int:
    status = _read(library)
    papers: Counter[str] = Counter()
    unread: Counter[str] = Counter()
    for marks in library.all_marks.values():
        papers.update(marks.tags)
        if not marks.read:
            unread.update(marks.tags)
    if as_json:
        print_json(
            [{"tag": tag, "papers": papers[tag], "unread": unread[tag]} for tag in library.tags()]
        )
        return status
    for tag in library.tags():
        print(f"{papers[tag]:>7,}  {clean_line(tag)}")
    if not papers:
        print("papers-tui: no tags; papers-tui mark QUERY --tag NAME makes one", file=sys.stderr)
    return status


def _replace(library: Library, old: Sequence[str], new: str) -> int:
    gone = tuple(dict.fromkeys(tag for tag in old if tag != new))
    if not gone:
        raise QueryError(f"nothing to do: {new} would become itself", 0)
    tagged = [
        paper_id for paper_id, marks in library.all_marks.items() if set(gone) & set(marks.tags)
    ]
    library.mark(tagged, Change(add_tags=(new,), remove_tags=gone))
    library.commit()
    print(f"renamed to {new} on {count_papers(len(tagged))}")
    return 0


def _known(tags: Collection[str], text: str) -> list[str]:
    """Return the tags in use that a text means; PapersError if there are none."""
    tag = clean_tag(text)
    if not (known := spellings(tag, tags)):
        raise PapersError(f"no paper has the tag {tag or clean_line(text)}")
    return known


def list_views(library: Library, views: Mapping[str, str], as_json: bool) -> int:
    """Print the views with their queries, and how many papers each finds."""
    status = read_all(library)
    index = index_of(library)
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
