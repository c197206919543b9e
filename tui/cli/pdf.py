"""The command `pdf`: fetch the PDFs of what a query finds, and print where they are."""

import argparse
import sys
from threading import Event

from store.errors import FetchCancelledError, PapersError, QueryError
from store.library import Library
from store.query.syntax import Query
from store.text.clean import clean_line
from tui.cli.commands import EVERYTHING
from tui.cli.finds import found
from tui.cli.progress import interrupt_sets
from tui.settings.config import Config
from tui.shared.pdf_files import pdf_fetcher, pdf_files


def pdf(library: Library, query: Query, options: argparse.Namespace, config: Config) -> int:
    """Print one path per paper; what is missing is reported, and the others are fetched."""
    if query.tree is None and " ".join(options.query).strip() != EVERYTHING:
        raise QueryError(f"name the papers; for all: papers-tui pdf '{EVERYTHING}'", 0)
    entries, status = found(library, query, None)
    cancel = Event()
    files = pdf_files(library.folder, config)
    with interrupt_sets(cancel), pdf_fetcher(library.folder, config, cancel) as fetcher:
        for paper, _ in entries:
            try:
                path = files.get(paper) if options.offline else fetcher.file_of(paper)
            except FetchCancelledError:
                raise
            except PapersError as error:
                print(f"papers-tui: {paper.id}: {clean_line(str(error), 500)}", file=sys.stderr)
                status = max(status, 1)
                continue
            if path:
                print(path, flush=True)
    return status
