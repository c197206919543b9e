"""Fetch PDFs politely: each once, one at a time, in turn with other programs at arXiv."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

from store.errors import FetchError
from store.fetching.addresses import host_of
from store.fetching.client import USUAL_LIMITS, Client
from store.fetching.sources import Mirrors
from store.fetching.transfer import Limits
from store.fetching.turns import Turns, pages_turn
from store.identity import arxiv_id
from store.model import Paper
from store.pdfs.pdf_files import PdfFiles
from store.text.web import is_web_address

LIMITS = replace(USUAL_LIMITS, size=100 * 1024 * 1024, total=600.0)
_HEAD_WITHIN = 1_024
"""Bytes within which a PDF has to have its header (ISO 32000-2, annex I)."""


class NoPdfError(FetchError):
    """A paper has no PDF to fetch, or the answer is not a PDF."""


class PdfFetcher:
    """Returns PDFs of papers, fetched if necessary, until an event is set; a context manager."""

    def __init__(
        self,
        files: PdfFiles,
        mirrors: Mirrors,
        cancel: Event,
        name: Callable[[Paper], str],
        limits: Limits = LIMITS,
        turns: Turns | None = None,
    ) -> None:
        """`name` returns the name for the file of a paper."""
        self._files = files
        self._mirrors = mirrors
        self._name = name
        self._client = Client(cancel.wait, limits, turn=pages_turn(turns or Turns(), mirrors.arxiv))

    def __enter__(self) -> "PdfFetcher":
        return self

    def __exit__(self, *error: object) -> None:
        self._client.__exit__(*error)

    def file_of(self, paper: Paper) -> Path:
        """Return the file of a paper; fetch it if there is none.

        Raises NoPdfError, FetchError, FetchCancelledError, and PapersError if it can't be stored.
        No partial file is left behind.
        """
        if path := self._files.get(paper):
            return path
        address = pdf_address(paper, self._mirrors)
        if not address:
            raise NoPdfError("no feed has the address of its PDF")
        data = self._client.get(address).body
        if problem := pdf_problem(data):
            raise NoPdfError(f"{host_of(address)} sent {problem}")
        return self._files.put(paper, data, self._name(paper))


def pdf_address(paper: Paper, mirrors: Mirrors) -> str:
    """Return the address of a paper's PDF; empty if it is unknown."""
    if name := arxiv_id(paper):
        return f"{mirrors.arxiv}/pdf/{name}"
    return paper.links.pdf if is_web_address(paper.links.pdf) else ""


def pdf_problem(data: bytes) -> str:
    """Return in words what is wrong with a PDF; empty if nothing. Source: ISO 32000-2, 7.5."""
    if b"%PDF-" not in data[:_HEAD_WITHIN]:
        start = data[:_HEAD_WITHIN].lstrip().lower()
        is_page = start.startswith((b"<!doctype html", b"<html", b"<"))
        return "a web page instead of the PDF" if is_page else "something that is not a PDF"
    return "" if b"%%EOF" in data else "a PDF without its end"
