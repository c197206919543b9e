"""The text of a PDF as a paper: columns, paragraphs and headings from the positions of words.

It needs the extra `papers-tui[pdf]` (pypdfium2). Of figures, tables and formulas it has only the
words.
"""

import subprocess
import sys
from importlib.util import find_spec

import orjson

from store.fulltext.document import Document, NoFullTextError, make_document
from store.fulltext.numbers import with_numbers
from store.fulltext.pdf_blocks import Page, Piece, read_pages

PATIENCE = 20.0
"""Seconds to wait on a busy machine; the work itself may take fewer."""
OUTPUT_LIMIT = 60_000_000
"""Most bytes that the reading program may print."""


def missing_extra() -> str:
    """Return in words what to install for reading PDFs; empty if nothing."""
    if find_spec("pypdfium2") is None:
        return "not looked at: pip install 'papers-tui[pdf]' reads PDFs"
    return ""


def read_pdf(data: bytes, address: str, source: str = "pdf") -> Document:
    """Return the text in a PDF; NoFullTextError if it has none or is damaged."""
    if missing := missing_extra():
        raise NoFullTextError(missing)
    if not data[:1_024].lstrip().startswith(b"%PDF"):
        raise NoFullTextError("the answer is not a PDF")
    output, whole = _pages_of(data)
    pages = [
        Page(width, height, [Piece(*piece) for piece in pieces])
        for width, height, pieces in map(orjson.loads, output.splitlines())
    ]
    blocks = read_pages(pages)
    if not blocks:
        raise NoFullTextError(
            "the PDF has no text, only pictures of it" if pages else "the PDF is damaged"
        )
    flaws = ["no figures", "formulas and tables unformatted"]
    if not whole:
        flaws.append(f"cut after page {len(pages)}")
    return make_document(with_numbers(blocks), source, address, flaws)


def _pages_of(data: bytes) -> tuple[bytes, bool]:
    """Return the output of the reading program for a PDF, and whether it is complete."""
    command = [sys.executable, "-I", "-m", "store.fulltext.pdf_pages"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired as error:
        output = error.stdout or b""
        return output[: output.rfind(b"\n") + 1][:OUTPUT_LIMIT], False
    output = done.stdout
    cut = len(output) > OUTPUT_LIMIT or done.returncode != 0
    return output[: output.rfind(b"\n", 0, OUTPUT_LIMIT) + 1], not cut
