"""Where the text of a paper may be, in the order of the search.

| source | address |
| --- | --- |
| Hugging Face's Markdown | `{hf}/papers/{id}.md` |
| arXiv's HTML | `{arxiv}/html/{id}`, then the known version |
| ar5iv's HTML | `{ar5iv}/html/{id}` |
| the PDF | `{arxiv}/pdf/{id}`, if the extra `papers-tui[pdf]` is installed |
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from store.errors import FetchError, PageMissingError
from store.fetching.sources import Mirrors
from store.fulltext.document import SOURCES, Document, NoFullTextError
from store.fulltext.texts import TEXT_LIMIT
from store.identity import arxiv_id
from store.markup.page import is_web_page
from store.model import Paper

Get: TypeAlias = Callable[[str], bytes]
"""Returns what is at an address; FetchError, PageMissingError, FetchCancelledError."""
Say: TypeAlias = Callable[[str], None]
"""Shows in words which source is asked."""

HTML_LIMIT = 20_000_000
"""Bytes of a page that are read."""
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address at which the text may be."""

    source: str
    """A key of SOURCES."""
    address: str


def candidates(paper: Paper, mirrors: Mirrors) -> Iterator[Candidate]:
    """Yield where the text of a paper may be; nothing if it is not on arXiv."""
    name = arxiv_id(paper)
    if not name:
        return
    yield Candidate("hf", f"{mirrors.hf}/papers/{name}.md")
    yield Candidate("arxiv", f"{mirrors.arxiv}/html/{name}")
    if paper.version:
        yield Candidate("arxiv", f"{mirrors.arxiv}/html/{name}v{paper.version}")
    if mirrors.ar5iv:
        yield Candidate("ar5iv", f"{mirrors.ar5iv}/html/{name}")
    yield Candidate("pdf", f"{mirrors.arxiv}/pdf/{name}")


def find_text(paper: Paper, mirrors: Mirrors, get: Get, say: Say) -> Document:
    """Return the text of a paper from the first source that has it.

    NoFullTextError if none has it, FetchError if a source failed, FetchCancelledError.
    """
    if not arxiv_id(paper):
        raise NoFullTextError("only papers on arXiv have one")
    failure: FetchError | None = None
    wrong: dict[str, str] = {}
    for each in candidates(paper, mirrors):
        if each.source == "pdf":
            from store.fulltext.pdf import missing_extra

            if missing := missing_extra():
                wrong["the PDF"] = missing
                continue
        say(SOURCES[each.source])
        try:
            return read_source(each.source, get(each.address), each.address)
        except PageMissingError:
            wrong.setdefault(SOURCES[each.source], "not there")
        except NoFullTextError as error:
            wrong[SOURCES[each.source]] = str(error)
        except FetchError as error:
            failure = failure or error
    if failure:
        raise failure
    raise NoFullTextError("; ".join(f"{source}: {reason}" for source, reason in wrong.items()))


def read_source(source: str, data: bytes, address: str) -> Document:
    """Return the text in an answer of a source; NoFullTextError if it has none."""
    if source == "pdf" or data.startswith(b"%PDF"):
        from store.fulltext.pdf import read_pdf

        return read_pdf(data, address, source)
    page = decoded(_beginning(data))
    if source == "hf" or (source == "file" and not is_web_page(page)):
        from store.fulltext.markdown import read_markdown

        if is_web_page(page):
            raise NoFullTextError("the answer is a web page, not text")
        return read_markdown(page[:TEXT_LIMIT], address, source, is_cut=len(page) > TEXT_LIMIT)
    from store.fulltext.latexml import read_latexml

    return read_latexml(page, address, source, is_cut=len(data) > HTML_LIMIT)


def _beginning(data: bytes) -> bytes:
    """Return the bytes that are read, cut between characters of UTF-8."""
    if len(data) <= HTML_LIMIT:
        return data
    ends = range(HTML_LIMIT, max(HTML_LIMIT - 4, 0), -1)
    return data[: next((end for end in ends if data[end] & 0xC0 != 0x80), HTML_LIMIT)]


def decoded(data: bytes) -> str:
    """Return bytes as text; NoFullTextError if they are empty or not text."""
    if not data.strip():
        raise NoFullTextError("the answer is empty")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    beginning = text[:4_096]
    if len(_BINARY.findall(beginning)) > len(beginning) // 50:
        raise NoFullTextError("the answer is not text")
    return text
