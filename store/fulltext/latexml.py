"""Read the HTML that LaTeXML makes of a paper, as arXiv and ar5iv publish it.

Source: the classes of LaTeXML's schema (https://math.nist.gov/~BMiller/LaTeXML/manual/schema/),
as versions 0.8 and "oxide" write them. Pages that are no paper are told from those that are.
"""

import re
from urllib.parse import urljoin

from store.fulltext.document import Document, NoFullTextError, make_document
from store.fulltext.html_tree import Element, read_html
from store.fulltext.latexml_blocks import PaperReader

FAILED_BELOW = 1_500
"""Characters of a page with errors, or without a title, that are too few to be a paper."""

_FATAL = re.compile(r"fatal error|may be truncated", re.IGNORECASE)
_UNTITLED = "Untitled Document"


def read_latexml(page: str, address: str, source: str) -> Document:
    """Return the paper on a page; NoFullTextError where the page holds none, or failed.

    `address` is where the page is: pictures and links are relative to it.
    """
    root, complete = read_html(page)
    paper = root.find(of_class="ltx_document") or root.find(of_class="ltx_page_content")
    if paper is None and root.find(of_class="ltx_para"):
        paper = root
    if paper is None:
        raise NoFullTextError("the answer is a web page without a paper")
    base = root.find("base")
    reader = PaperReader(urljoin(address, base.get("href")) if base else address)
    reader.read(paper)
    errors = sum("ltx_ERROR" in element.classes for element in paper.walk())
    title = root.find("title")
    untitled = title is not None and title.text().strip() == _UNTITLED
    length = sum(len(block.plain) for block in reader.blocks)
    if length < FAILED_BELOW and (untitled or errors > length // 100):
        raise NoFullTextError("its conversion to HTML failed")
    alerts = root.find(of_class="package-alerts")
    flaws = ["converted with errors"] if errors or alerts else []
    if _broke_off(root):
        flaws.append("the conversion broke off")
    if not complete:
        flaws.append("cut: the page is too long")
    return make_document(reader.blocks, source, address, flaws)


def _broke_off(root: Element) -> bool:
    """Tell whether the publisher says, beside the paper, that its end is missing."""
    return any(
        _FATAL.search(element.text())
        for element in root.walk()
        if element.classes & {"package-alerts", "ltx_page_message", "ar5iv-severity-fatal"}
    )
