"""The commands `sync` and `merge`: marks from other machines."""

import argparse
import sys
from pathlib import Path

from store.errors import PapersError, QueryError
from store.library import Library
from store.marks.cells import time_of
from store.text.clean import clean_line
from tui.cli.console import print_json


def merge(library: Library, paths: list[Path]) -> int:
    """Merge marks from other libraries or files of marks."""
    papers = 0
    for path in paths:
        try:
            merged = library.others.merge(path)
        except PapersError:
            if path is not paths[0]:
                print(f"merged {papers}")  # of the files before it
            raise
        papers += merged.papers
        for problem in merged.problems:
            print(f"papers-tui: {clean_line(problem)}", file=sys.stderr)
    print(f"merged {papers}")
    return 0


def sync(library: Library, options: argparse.Namespace) -> int:
    """List machines, or forget one."""
    if options.action is None:
        return _list(library, options.json)
    if options.json:
        raise QueryError(f"--json is for the list, not for {options.action}", 0)
    files = library.others.forget(options.name)
    copies = f" and {files - 1:,} copies of it" if files > 1 else ""
    print(clean_line(f"removed {options.name}.json{copies}; its marks are kept here"))
    return 0


def _list(library: Library, as_json: bool) -> int:
    machines = library.others.machines()
    if as_json:
        print_json(
            [
                {
                    "machine": each.name,
                    "here": each.is_here,
                    "last_mark": time_of(each.latest) or None,
                    "size": each.size,
                }
                for each in machines
            ]
        )
        return 0
    for each in machines:
        day = time_of(each.latest)[:10] or "no marks"
        here = "  this machine" if each.is_here else ""
        print(f"{each.name:8}  {day:10}  {each.size:>12,} bytes{here}")
    if not machines:
        print(f"papers-tui: {_why_none(library)}", file=sys.stderr)
    return 0


def _why_none(library: Library) -> str:
    """Say why no machine exchanges marks."""
    if library.sync is None:
        return 'no folder for the exchange is set; add sync = "~/Sync/papers" to the settings'
    return f"no machine has put marks in {library.sync} yet"
