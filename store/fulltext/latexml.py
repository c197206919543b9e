"""Read the HTML that LaTeXML makes of a paper, as arXiv and ar5iv publish it.

Source: the classes of LaTeXML's schema (https://math.nist.gov/~BMiller/LaTeXML/manual/schema/),
as in versions 0.8 and "oxide". They also distinguish papers from other pages.
"""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from store.fulltext.document import Document, NoFullTextError, make_document
from store.fulltext.html_tree import Element, TooMuchWorkError, read_html
from store.fulltext.latexml_blocks import PaperReader

FAILED_BELOW = 1_500
"""A page with errors or without a title needs this many characters to be a paper."""

MOST_ALERTS = 20
"""Most notices of the publisher that are read."""

_FATAL = re.compile(r"fatal error|may be truncated", re.IGNORECASE)
_UNTITLED = "Untitled Document"
_PAPERS = frozenset(("ltx_document", "ltx_page_content", "ltx_para"))
_ALERTS = frozenset(("package-alerts", "ltx_page_message", "ar5iv-severity-fatal"))


def read_latexml(page: str, address: str, source: str, is_cut: bool = False) -> Document:
    """Return the paper on a page; NoFullTextError if there is none, or its conversion failed.

    `address` is the page's address: pictures and links are relative to it. `is_cut` is whether the
    page was cut.
    """
    root, complete = read_html(page)
    try:
        found = _look_through(root)
    except TooMuchWorkError as error:
        raise NoFullTextError("the page takes too long to read") from error
    base = address
    if found.base is not None:
        base = urljoin(address, found.base.get("href"))
    reader = PaperReader(base)
    try:
        reader.read(found.paper)
    except TooMuchWorkError:
        complete = False
    length = sum(len(block.plain) for block in reader.blocks)
    untitled = found.title is not None and found.title.text().strip() == _UNTITLED
    if length < FAILED_BELOW and (untitled or found.errors > length // 100):
        raise NoFullTextError("its conversion to HTML failed")
    flaws = ["converted with errors"] if found.errors or found.has_alerts else []
    if found.broke_off:
        flaws.append("the conversion broke off")
    if not complete or is_cut:
        flaws.append("cut: the page is too long")
    return make_document(reader.blocks, source, address, flaws)


@dataclass(slots=True)
class _Page:
    """The parts of a page."""

    paper: Element
    base: Element | None = None
    title: Element | None = None
    errors: int = 0
    has_alerts: bool = False
    broke_off: bool = False
    """Whether a notice of the publisher says that the end is missing."""


def _look_through(root: Element) -> _Page:
    """Return the parts of a page; NoFullTextError if there is no paper."""
    page = _Page(root)
    papers: dict[str, Element] = {}
    alerts = MOST_ALERTS
    for element in root.walk():
        for each in element.classes & _PAPERS:
            papers.setdefault(each, element)
        if element.name == "base" and page.base is None:
            page.base = element
        elif element.name == "title" and page.title is None:
            page.title = element
        page.errors += "ltx_ERROR" in element.classes
        if element.classes & _ALERTS and alerts:
            alerts -= 1
            page.has_alerts = page.has_alerts or "package-alerts" in element.classes
            page.broke_off = page.broke_off or bool(_FATAL.search(element.text()))
    if "ltx_document" in papers or "ltx_page_content" in papers:
        page.paper = papers.get("ltx_document") or papers["ltx_page_content"]
    elif not papers:
        raise NoFullTextError("the answer is a web page without a paper")
    return page
