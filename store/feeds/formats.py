"""Read a file in any known format, which is recognised by its contents."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from store.errors import NoPaperError, NotAFeedError
from store.feeds.large_files import is_biorxiv, is_json_lines
from store.feeds.notices import cut, recurring
from store.feeds.reading import FeedReading, decode, unpack
from store.markup.page import root_name

FORMATS = (
    *("page", "hf", "jsonl", "arxiv-atom", "arxiv-rss", "arxiv-email", "feed", "json-feed"),
    *("bibtex", "ris", "csl-json", "arxiv-json", "pubmed", "refer", "biorxiv"),
)
"""Names of the formats, as in `import --format`."""

_OTHERS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive: unpack it first",
    b"BZh": "compressed with bzip2: unpack it first",
    b"\xfd7zXZ": "compressed with xz: unpack it first",
    b"\x28\xb5\x2f\xfd": "compressed with zstd: unpack it first",
}
"""First bytes of common files that are not feeds."""
_JSON = re.compile(r"\s*(?:\{|\[\s*[\[{\"\]])")
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org\b')


def read_feed(
    data: bytes,
    form: str | None,
    today: date,
    listed: date | None = None,
    lines_before: int = 0,
) -> FeedReading:
    """Return the papers in a file, gzipped or not; `form` is the name of its format, if known.

    `today` is the latest possible day of the feed, `listed` the day for entries without a day of
    listing. `lines_before` is the number of lines before this part of a file in parts. Raises
    NotAFeedError, which says what the file is instead, or what its entries lack.
    """
    try:
        data = unpack(data)
        forms = (form,) if form else _candidates(data)
        reading = _first(forms, data, today, listed, lines_before)
    except NoPaperError:
        raise
    except NotAFeedError as error:
        known = form or "a feed papers-tui knows"
        raise NotAFeedError(f"not {known}: {error}") from error
    reading.problems.extend(cut(reading.papers))
    if not all(paper.date for paper in reading.papers):  # a bibliography
        reading.problems.extend(recurring(reading.papers))
    return reading


def _first(
    forms: Sequence[str], data: bytes, today: date, listed: date | None, lines_before: int
) -> FeedReading:
    """Read a file in the first format that fits; the error says why the likeliest does not."""
    try:
        return _read(forms[0], data, today, listed, lines_before)
    except NotAFeedError:
        for form in forms[1:]:
            with suppress(NotAFeedError):
                return _read(form, data, today, listed, lines_before)
        raise


def _candidates(data: bytes) -> tuple[str, ...]:
    """Return the possible formats of a file, the likeliest first; NotAFeedError if none is."""
    for begin, kind in _OTHERS.items():
        if data.startswith(begin):
            raise NotAFeedError(f"it is {kind}")
    # Before decoding: XML names its encoding, and old RSS has a document type like pages.
    if data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        from store.feeds.xml import xml_kind

        if form := xml_kind(data):
            return (form,)
    text, _ = decode(data)
    if root := root_name(text):
        from store.feeds.other_formats import other_markup

        markup = f"it is markup, but not a feed: it begins with <{root}>"
        raise NotAFeedError(other_markup(root) or markup)
    if _JSON.match(text):
        if is_biorxiv(text):
            return ("biorxiv", "jsonl")
        if is_json_lines(text):
            return ("jsonl", "hf")
        return ("json-feed",) if _JSON_FEED.search(text, 0, 20_000) else ("hf", "jsonl")
    return (_text_form(text),)


def _text_form(text: str) -> str:
    from store.feeds.ris import looks_like_ris

    if looks_like_ris(text):
        return "ris"
    from store.feeds.pubmed import looks_like_pubmed

    if looks_like_pubmed(text):
        return "pubmed"
    from store.feeds.refer import looks_like_refer

    if looks_like_refer(text):
        return "refer"
    from store.feeds.bibtex import looks_like_bibtex

    if looks_like_bibtex(text):
        return "bibtex"
    from store.feeds.arxiv_email import looks_like_arxiv_email

    if looks_like_arxiv_email(text):
        return "arxiv-email"
    from store.feeds.page_text import looks_like_page

    if looks_like_page(text):
        return "page"
    from store.feeds.other_formats import other_text

    no_page = "no title with an abstract in it, as a Daily Papers page has; no other known format"
    raise NotAFeedError(other_text(text) or no_page)


def _read(
    form: str, data: bytes, today: date, listed: date | None, lines_before: int
) -> FeedReading:
    """Read a file with the adapter of a format; only that one is imported, as it takes long."""
    match form:
        case "hf":
            from store.feeds.hf_json import read_hf_json

            return read_hf_json(data, listed)
        case "jsonl":
            from store.feeds.json_papers import read_json_lines

            return read_json_lines(data, lines_before=lines_before)
        case "arxiv-atom":
            from store.feeds.arxiv_atom import read_arxiv_atom

            return read_arxiv_atom(data, listed)
        case "arxiv-rss":
            from store.feeds.arxiv_rss import read_arxiv_rss

            return read_arxiv_rss(data, listed)
        case "feed":
            from store.feeds.syndication import read_syndication

            return read_syndication(data, today, listed)
        case "bibtex":
            from store.feeds.bibtex import read_bibtex

            return read_bibtex(data)
        case "ris":
            from store.feeds.ris import read_ris

            return read_ris(data)
        case "csl-json" | "arxiv-json":
            from store.feeds.json_papers import read_json_lines

            return read_json_lines(data, form, lines_before)
        case "biorxiv":
            from store.feeds.biorxiv import read_biorxiv

            return read_biorxiv(data, listed)
        case "json-feed":
            from store.feeds.json_feed import read_json_feed

            return read_json_feed(data, today, listed)
        case "pubmed":
            from store.feeds.pubmed import read_pubmed

            return read_pubmed(data)
        case "refer":
            from store.feeds.refer import read_refer

            return read_refer(data)
        case "arxiv-email":
            from store.feeds.arxiv_email import read_arxiv_email

            return read_arxiv_email(data, listed)
        case _:
            from store.feeds.page_text import read_page_text

            return read_page_text(data, today, listed)
