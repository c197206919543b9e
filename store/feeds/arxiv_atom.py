"""Read answers of arXiv's API: Atom with a few elements of arXiv's own.

Format: arXiv API User's Manual, section 3.3. Since 2026 titles are no longer wrapped and errors
have ids at arxiv.org/api/errors; both dialects are read.
"""

from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

from store.errors import NotAFeedError
from store.feeds.arxiv_paper import ARXIV, ArxivEntry, arxiv_paper
from store.feeds.reading import FeedReading
from store.feeds.xml import ATOM, first_entries, read_xml
from store.model import Paper
from store.text.clean import clean_line
from store.text.dates import feed_day

_FEED = "arxiv"


def read_arxiv_atom(data: bytes, listed: date | None = None) -> FeedReading:
    """Return the papers of an answer; none, and no problem, if the search found nothing.

    Their day of listing is `listed`, else the day of the first version. Raises NotAFeedError for
    other files, and with arXiv's words if the answer is an error.
    """
    root, problems = read_xml(data)
    if root.tag != f"{ATOM}feed":
        raise NotAFeedError("it is XML, but not an answer of arXiv's API")
    entries = root.findall(f"{ATOM}entry")
    if not entries and "arxiv.org/" not in root.findtext(f"{ATOM}id", ""):
        raise NotAFeedError("it is a feed, but not an answer of arXiv's API")
    answered = feed_day(root.findtext(f"{ATOM}updated"))
    papers: list[Paper] = []
    for entry in first_entries(entries, problems):
        address = entry.findtext(f"{ATOM}id", "")
        if "arxiv.org/api/errors" in address:
            message = clean_line(entry.findtext(f"{ATOM}summary", ""), 200)
            problems.append(f"arXiv says: {message or 'error'}")
            continue
        paper = arxiv_paper(_entry(entry, address, listed, answered), _FEED)
        if isinstance(paper, Paper):
            papers.append(paper)
        else:
            problems.append(paper)
    if entries and not papers:
        raise NotAFeedError(problems[-1])
    return FeedReading(_FEED, papers, problems)


def _entry(entry: Element, address: str, listed: date | None, answered: str) -> ArxivEntry:
    published = feed_day(entry.findtext(f"{ATOM}published"))
    updated = feed_day(entry.findtext(f"{ATOM}updated"))
    return ArxivEntry(
        address=address,
        title=entry.findtext(f"{ATOM}title", ""),
        abstract=entry.findtext(f"{ATOM}summary", ""),
        authors=(name.text or "" for name in entry.iterfind(f"{ATOM}author/{ATOM}name")),
        categories=_categories(entry),
        date=listed.isoformat() if listed else published or updated or answered,
        published=published,
        updated=updated,
        doi=entry.findtext(f"{ARXIV}doi", ""),
        venue=entry.findtext(f"{ARXIV}journal_ref", ""),
        comment=entry.findtext(f"{ARXIV}comment", ""),
    )


def _categories(entry: Element) -> Iterator[str]:
    for tag in (f"{ARXIV}primary_category", f"{ATOM}category"):
        for category in entry.iterfind(tag):
            yield category.get("term", "")
