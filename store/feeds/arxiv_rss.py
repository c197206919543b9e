"""Read arXiv's daily announcements: RSS from rss.arxiv.org/rss/…, Atom from rss.arxiv.org/atom/….

Format: arXiv's RSS feed specification (info.arxiv.org/help/rss_specifications.html). Both have the
same facts in different elements: a description of `arXiv:IDvN Announce Type: T`, a line break,
`Abstract: …`, and all authors in one `dc:creator`, their affiliations in parentheses. On days
without an announcement a feed has no entries.
"""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from store.errors import NoPaperError, NotAFeedError
from store.feeds.arxiv_paper import ARXIV, ArxivEntry, arxiv_paper
from store.feeds.reading import FeedReading
from store.feeds.xml import ATOM, DC, first_entries, read_xml
from store.model import Paper
from store.text.clean import clean_line
from store.text.dates import feed_day
from store.text.web import arxiv_key

_DESCRIPTION = re.compile(
    r"\s*arXiv:(?P<id>\S{1,80})\s+Announce Type:\s*(?P<type>\S{1,40})\s+"
    r"(?:Abstract:\s*)?(?P<abstract>.*)",
    re.DOTALL,
)
_TITLE = re.compile(r"(.{1,400}) updates on arXiv\.org")


def read_arxiv_rss(data: bytes, listed: date | None = None) -> FeedReading:
    """Return the papers of an announcement; none, and no problem, on a day without one.

    The day of listing is `listed`, else the day in the feed, in its time zone. Raises NotAFeedError
    for other files, and with arXiv's words if the feed is an error.
    """
    root, problems = read_xml(data)
    channel = root if root.tag == f"{ATOM}feed" else root.find("channel")
    if channel is None or root.tag not in (f"{ATOM}feed", "rss"):
        raise NotAFeedError("it is XML, but not an arXiv announcement")
    feed = _feed_name(channel)
    entries = channel.findall("item") + channel.findall(f"{ATOM}entry")
    day = listed.isoformat() if listed else ""
    day_of_all = feed_day(_text(channel, "pubDate", f"{ATOM}updated"))
    papers: list[Paper] = []
    for entry in first_entries(entries, problems):
        own_day = feed_day(_text(entry, "pubDate", f"{ATOM}published"))
        paper = arxiv_paper(_entry(entry, day or own_day or day_of_all), feed)
        if isinstance(paper, Paper):
            papers.append(paper)
        else:
            problems.append(paper)
    if entries and not papers:
        raise NoPaperError(problems[-1])
    return FeedReading(feed, papers, problems)


def _feed_name(channel: Element) -> str:
    """Return `arxiv:` and the categories; NotAFeedError if the feed is an error, or another's."""
    title = clean_line(_text(channel, "title", f"{ATOM}title"))
    if title.startswith("Feed error"):
        message = clean_line(_text(channel, "description", f"{ATOM}subtitle"), 200)
        raise NotAFeedError(f"arXiv says: {message or title}")
    if match := _TITLE.fullmatch(title):
        return "arxiv:" + "+".join(match[1].replace(",", " ").split())
    address = clean_line(_text(channel, "link", f"{ATOM}id"))
    if match := re.match(r"https?://(?:\w+\.)?arxiv\.org/(?:rss|atom)/([\w.+%-]{1,400})$", address):
        return "arxiv:" + clean_line(unquote(match[1]))
    raise NotAFeedError("it is a feed, but not an arXiv announcement")


def _entry(entry: Element, day: str) -> ArxivEntry:
    description = _text(entry, "description", f"{ATOM}summary")
    match = _DESCRIPTION.match(description)
    categories = entry.findall("category") + entry.findall(f"{ATOM}category")
    return ArxivEntry(
        address=match["id"] if match and arxiv_key(match["id"]) else _address(entry),
        title=_text(entry, "title", f"{ATOM}title"),
        abstract=match["abstract"] if match else description,
        authors=_authors(", ".join(one.text or "" for one in entry.iterfind(f"{DC}creator"))),
        categories=[(one.get("term") or one.text or "").strip() for one in categories],
        date=day,
        doi=_text(entry, f"{ARXIV}DOI"),
        venue=_text(entry, f"{ARXIV}journal_reference"),
        announced=match["type"] if match else _text(entry, f"{ARXIV}announce_type"),
    )


def _address(entry: Element) -> str:
    """Return the id of an entry from outside its description."""
    for text in (_text(entry, "guid", f"{ATOM}id"), _text(entry, "link")):
        address = text.strip().removeprefix("oai:arXiv.org:")
        if arxiv_key(address):
            return address
    link = entry.find(f"{ATOM}link")
    return "" if link is None else link.get("href", "")


def _text(element: Element, *tags: str) -> str:
    """Return the text of the first child with text and one of the tags."""
    return next(filter(None, (element.findtext(tag) for tag in tags)), "")


def _authors(creators: str) -> Iterator[str]:
    """Yield the names in a list with commas, without their affiliations in parentheses."""
    depth, begin = 0, 0
    for match in re.finditer(r"[(),]", creators):
        depth = max(depth + {"(": 1, ")": -1, ",": 0}[match[0]], 0)
        if match[0] == "," and depth == 0:
            yield _without_affiliation(creators[begin : match.start()])
            begin = match.end()
    rest = creators[begin:]
    if depth:  # a parenthesis is not closed: better a part of an affiliation than no names
        yield from rest.split(",")
    else:
        yield _without_affiliation(rest)


def _without_affiliation(name: str) -> str:
    depth, end = 0, len(name)
    for match in reversed(list(re.finditer(r"[()]", name))):
        if depth == 0 and (match[0] == "(" or name[match.end() : end].strip()):
            break
        depth += 1 if match[0] == ")" else -1
        if depth == 0:
            end = match.start()
    return name[:end]
