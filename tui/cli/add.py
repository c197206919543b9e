"""The command `add`: papers by their ids, DOIs or addresses."""

import sys
from collections.abc import Sequence
from datetime import date
from threading import Event

from store.errors import FetchError, LibraryTooNewError, NotAFeedError
from store.fetching.client import Client
from store.fetching.lookup import ask_for, asking, named_paper
from store.library import ADDED, Library
from store.text.clean import clean_line
from tui.cli.opening import drop_sample
from tui.settings.config import Config
from tui.settings.mirrors import chosen_mirrors


def add(library: Library, names: Sequence[str], config: Config) -> int:
    """Add the named papers that the library lacks; print the result for each.

    Raises NoPaperNamedError before any request if a name is not a paper's. A paper that no source
    has, or a source that can't be reached, is reported; the others are added.
    """
    keys = [named_paper(name) for name in names]
    if library.newer:
        raise LibraryTooNewError(library.newer)
    mirrors, today, status, new = chosen_mirrors(config), date.today(), 0, False
    library.read_all()
    here = {name: paper for paper in library.papers.values() for name in (paper.id, *paper.aliases)}
    with Client(Event().wait) as client:
        for name, key in dict(zip(names, keys, strict=True)).items():
            if key in here:
                print(clean_line(f"already in the library: {key} {here[key].title}"))
                continue
            try:
                paper = ask_for(name, mirrors, asking(client), today)
            except (FetchError, NotAFeedError) as error:
                print(clean_line(f"papers-tui: {key}: {error}"), file=sys.stderr)
                status = 1
                continue
            library.add([paper], ADDED)
            here |= dict.fromkeys((paper.id, *paper.aliases), paper)
            new = True
            print(clean_line(f"added {paper.id} {paper.title}"), flush=True)
    if new:
        drop_sample(library)
    return status
