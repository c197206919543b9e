"""The commands `text` and `pdf`: the full texts and the PDFs of papers."""

import argparse
import sys
from pathlib import Path
from threading import Event

from store.errors import FetchCancelledError, LibraryGoneError, PapersError
from store.fulltext.document import Document, NoFullTextError
from store.fulltext.fetchers import TextFetcher
from store.fulltext.texts import FOLDER, FullTexts, is_stored
from store.library import Library
from store.model import Paper
from store.query.syntax import Query
from store.text.clean import clean_line
from store.text.web import arxiv_key
from tui.cli.call import check_condition
from tui.cli.console import interrupt_sets
from tui.cli.finds import found
from tui.cli.listing import find_paper
from tui.settings.config import Config, chosen_mirrors
from tui.shared.given_files import contents_of
from tui.shared.pdf_files import pdf_fetcher, pdf_files
from tui.words import count_papers


class TextUsageError(PapersError):
    """The options of `text` conflict."""

    status = 2


def text(library: Library, options: argparse.Namespace, config: Config, query: Query | None) -> int:
    """Print the text of a paper, or store the texts of a query; raises PapersError."""
    texts = FullTexts(library.folder / FOLDER, check=library.check_here)
    if query is not None:
        if options.file or options.offline or options.plain:
            raise TextUsageError("--fetch stores texts and prints none: use it alone")
        return _fetch_many(library, texts, query, config)
    if len(options.query) != 1:
        raise TextUsageError("text takes one id, or with --fetch a query")
    (name,) = options.query
    paper, status = _paper(library, name)
    if options.file:
        document = _from_file(options.file, texts, paper)
    else:
        document = _found(paper, texts, config, options.offline)
    _print(document, options.plain)
    return status


def _print(document: Document, plain: bool) -> None:
    from store.fulltext.writing import as_markdown, as_plain

    print(f"papers-tui: {document.origin}", file=sys.stderr)
    written = as_plain(document) if plain else as_markdown(document)
    sys.stdout.buffer.write(written.encode())


def _paper(library: Library, name: str) -> tuple[Paper, int]:
    """Return the paper with an id; a paper on arXiv need not be in the library."""
    paper, status = find_paper(library, name)
    if paper:
        return paper, status
    if key := arxiv_key(name):
        return Paper(key, name), status
    raise PapersError(f"no paper has the id {clean_line(name, 200)}")


def _found(paper: Paper, texts: FullTexts, config: Config, offline: bool) -> Document:
    """Return the stored text, or fetch and store it."""
    if (stored := texts.get(paper)) is not None:
        return stored
    if offline:
        raise NoFullTextError(
            f"the text of {paper.id} is not stored; without --offline it is fetched"
        )
    with TextFetcher(chosen_mirrors(config), Event()) as fetcher:
        document = fetcher.find(paper, lambda where: None)
    texts.put(paper, document)
    return document


def _from_file(path: str, texts: FullTexts, paper: Paper) -> Document:
    """Store a file as the text of a paper."""
    from store.fulltext.text_sources import read_source

    try:
        document = read_source("file", contents_of(path), Path(path).name)
    except PapersError as error:
        raise PapersError(f"{clean_line(path)}: {error}") from error
    texts.put(paper, document)
    return document


def _fetch_many(library: Library, texts: FullTexts, query: Query, config: Config) -> int:
    """Fetch and store the texts of a query's papers; print which are missing."""
    entries, status = found(library, query, None)
    names = texts.names()
    wanted = [paper for paper, _ in entries if not is_stored(paper, names)]
    fetched = missing = 0
    try:
        with TextFetcher(chosen_mirrors(config), Event()) as fetcher:
            for number, paper in enumerate(wanted, start=1):
                try:
                    texts.put(paper, fetcher.find(paper, lambda where: None))
                except NoFullTextError as error:
                    missing += 1
                    print(f"papers-tui: {paper.id}: {error}", file=sys.stderr)
                except (FetchCancelledError, LibraryGoneError):
                    raise
                except PapersError as error:
                    missing, status = missing + 1, max(status, error.status)
                    print(f"papers-tui: {paper.id}: {error}", file=sys.stderr)
                else:
                    fetched += 1
                    print(f"{number}/{len(wanted)} {paper.id}", file=sys.stderr)
    finally:
        there = len(entries) - len(wanted)
        print(f"fetched {count_papers(fetched)}, {there} were there, {missing} not available")
    return status


def pdf(library: Library, query: Query, options: argparse.Namespace, config: Config) -> int:
    """Print one path per paper; print which PDFs are missing, and fetch the others."""
    check_condition(query, options.query, "pdf")
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
