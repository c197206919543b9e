"""Read the feeds of journals, conferences and blogs: Atom, RSS 0.9 to 2.0, RSS 1.0 (RDF).

Formats: RFC 4287, RSS 2.0 (rssboard.org), RSS 1.0 with the Dublin Core, content and PRISM modules.
Fields are found by name in any mix of these formats; the first that is not empty counts.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from store.errors import NoPaperError, NotAFeedError
from store.feeds.arxiv_paper import arxiv_title
from store.feeds.feed_text import LINK, links_in, names, unwrapped
from store.feeds.reading import FeedReading
from store.feeds.xml import first_entries, read_xml
from store.identity import title_key
from store.markup.plain_text import markup_of, markup_text
from store.model import Links, Paper
from store.text.clean import NAME_LIMIT, clean_line
from store.text.dates import feed_day
from store.text.people import AUTHORS_LIMIT, People, listed_names, people
from store.text.web import arxiv_key, arxiv_reference, doi_key, is_web_address

_SUMMARIES = ("summary", "description", "dcterms:abstract", "dc:description")
_SUMMARY_LENGTH = 200
"""A shorter summary is replaced by longer contents."""
_FIELDS_LIMIT = 2_000 + AUTHORS_LIMIT
"""Most children that are read of an entry, and of a channel."""

_PREFIXES = (
    ("http://purl.org/dc/elements/", "dc:"),
    ("http://purl.org/dc/terms/", "dcterms:"),
    ("http://purl.org/rss/1.0/modules/content", "content:"),
    ("http://purl.org/rss/1.0/modules/", "module:"),
    ("http://prismstandard.org/namespaces/", "prism:"),
    ("http://www.prismstandard.org/namespaces/", "prism:"),
    ("http://www.w3.org/2005/Atom", ""),
    ("http://purl.org/atom/ns", ""),
    ("http://purl.org/rss/1.0/", ""),
    ("http://my.netscape.com/", ""),
    ("http://channel.netscape.com/", ""),
)
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_MAIL_AND_NAME = re.compile(r"[^\s@]{1,200}@[^\s@]{1,200} \(([^()]{1,200})\)")
_AUTHORS_LINE = re.compile(r"^Authors?(?:\(s\))?:\s*(.{2,})$", re.MULTILINE | re.IGNORECASE)


def read_syndication(data: bytes, today: date, listed: date | None = None) -> FeedReading:
    """Return the papers of a feed; none, and no problem, if it has no entries.

    The day of listing is the day of publication, else of the update, at the latest `today`; without
    one it is `listed`, else the feed's own day, else `today`. Raises NotAFeedError for other files.
    """
    root, problems = read_xml(data)
    channel, entries = _channel_and_entries(root)
    base = _base(root)
    about = _Fields(channel, base if channel is root else _base(channel, base))
    own = about.own_address()
    feed = _feed_name(about)
    of_all = _day(about, "dc:date", "pubDate", "lastBuildDate", "updated", "modified")
    day = listed or (date.fromisoformat(of_all) if of_all else today)
    papers: list[Paper] = []
    for place, entry in enumerate(first_entries(entries, problems), 1):
        paper = _paper(_Fields(entry, _base(entry, about.base), own), feed, day, today)
        if paper is None:
            problems.append(f"entry {place:,} has no title")
        else:
            papers.append(paper)
    if entries and not papers:
        raise NoPaperError("none of its entries has a title")
    return FeedReading(feed, papers, problems)


class _Fields:
    """The children of an entry or a channel, by names with the prefixes of _PREFIXES."""

    def __init__(self, element: Element, base: str, document: str = "") -> None:
        """`document` is the address of the feed itself."""
        self.base = base
        """The base of relative addresses, if the feed has one; else empty."""
        self._document = document
        self._children: dict[str, list[Element]] = defaultdict(list)
        for child in element[:_FIELDS_LIMIT]:
            self._children[_name(child)].append(child)

    def all(self, *names: str) -> Iterator[Element]:
        """Yield the children with any of the names, in the order of the names."""
        for name in names:
            yield from self._children.get(name, ())

    def text(self, *names: str) -> str:
        """Return the first nonempty text as plain text; it may be HTML unless declared plain."""
        for element in self.all(*names):
            if markup := markup_of(element).strip():
                plain = not len(element) and element.get("type") in ("text", "text/plain")
                return markup if plain else markup_text(markup)
        return ""

    def addresses(self) -> Iterator[str]:
        """Yield possible addresses of the page, the likeliest first."""
        links = list(self.all("link"))
        for rel in ("alternate", "self"):
            for link in links:
                if link.get("rel", "alternate") == rel and "pdf" not in link.get("type", ""):
                    yield self.address(link)
        for element in self.all("prism:url", "guid", "id"):
            yield _address(element.text or "")

    def own_address(self) -> str:
        """Return the address that a channel gives as its own, else its page; empty without both."""
        own = (link for link in self.all("link") if link.get("rel") == "self")
        return next(filter(None, (*map(self.address, own), *self.addresses())), "")

    def address(self, link: Element) -> str:
        """Return the target of a link; empty if it is not a web address."""
        given = (link.get("href") or link.text or "").strip()
        base = _base(link, self.base)
        # Without a base a text may be anything, such as "N/A".
        if not base and ("href" in link.attrib or given.startswith("/")):
            base = self._document
        return _address(given) or (given and _address(_joined(base, given)))


def _name(element: Element) -> str:
    namespace, _, name = element.tag.rpartition("}")
    if not namespace:
        return name
    for address, prefix in _PREFIXES:
        if namespace[1:].startswith(address):
            return prefix + name
    return f"{namespace}}}{name}"


def _channel_and_entries(root: Element) -> tuple[Element, list[Element]]:
    kind = _name(root).rpartition("}")[2]
    if kind == "feed":
        return root, [child for child in root if _name(child) == "entry"]
    if kind not in ("rss", "RDF"):
        raise NotAFeedError(f"it is XML, but not a feed (its root is {clean_line(kind, 40)})")
    channel = next((child for child in root if _name(child) == "channel"), None)
    if channel is None:
        raise NotAFeedError("it is RSS without a channel")
    # In RSS 1.0 and 0.9 the items are siblings of the channel.
    children = (*channel, *root)
    return channel, [child for child in children if _name(child) == "item"]


def _feed_name(channel: _Fields) -> str:
    for address in channel.addresses():
        if host := urlsplit(address).hostname if address else None:
            return clean_line(host, NAME_LIMIT).removeprefix("www.")
    return clean_line(channel.text("title"), 60) or "feed"


def _paper(fields: _Fields, feed: str, day: date, today: date) -> Paper | None:
    titled = arxiv_title(clean_line(fields.text("title", "dc:title")))
    if not titled.title:
        return None
    abstract = _abstract(fields)
    named = _authors(fields)
    keys, version = _keys(fields, titled.address)
    published = _day(fields, "published", "pubDate", "issued", "dc:date", "prism:publicationDate")
    updated = _day(fields, "updated", "modified", "dcterms:modified", "prism:modificationDate")
    subjects = fields.all("category", "dc:subject", "prism:keyword")
    keywords = names(one.get("label") or one.get("term") or one.text or "" for one in subjects)
    return Paper(
        id=keys[0] if keys else title_key(titled.title),
        title=titled.title,
        authors=named.names,
        authors_incomplete=named.incomplete,
        abstract=abstract,
        keywords=keywords,
        date=min(published or updated or day.isoformat(), today.isoformat()),
        published=published,
        updated=updated,
        categories=titled.categories,
        venue=clean_line(fields.text("prism:publicationName")),
        links=_links(fields, keys, abstract),
        feeds=(feed,),
        aliases=tuple(keys[1:]),
        version=version,
        announced=titled.announced,
    )


def _abstract(fields: _Fields) -> str:
    summary = fields.text(*_SUMMARIES)
    if len(summary) < _SUMMARY_LENGTH:
        summary = max(summary, fields.text("content", "content:encoded"), key=len)
    return unwrapped(summary)


def _day(fields: _Fields, *names: str) -> str:
    return next(filter(None, (feed_day(one.text) for one in fields.all(*names))), "")


def _keys(fields: _Fields, of_arxiv: str) -> tuple[list[str], int]:
    """Return the keys in an entry, at most one arXiv id and then one DOI, and arXiv's version.

    `of_arxiv` is the id in the title, or empty.
    """
    given = [of_arxiv] if of_arxiv else []
    given += [one.text or "" for one in fields.all("prism:doi", "dc:identifier", "guid", "id")]
    given += [link.get("href") or link.text or "" for link in fields.all("link", "prism:url")]
    arxiv = doi = None
    version = 0
    for text in given:
        text = clean_line(text[:2048])
        if arxiv is None and (arxiv := arxiv_key(text)):
            version = arxiv_reference(text)[1] or arxiv_reference(f"arXiv:{text}")[1]
        doi = doi or doi_key(text)
    if doi and doi.startswith("arxiv:"):
        arxiv, doi = arxiv or doi, None
    return [key for key in (arxiv, doi) if key], version


def _authors(fields: _Fields) -> People:
    """Return the authors; if no field has any, those in a line of the summary."""
    first, second = (
        list(listed_names(list(map(_person, fields.all(name)))))
        for name in ("author", "dc:creator")
    )
    # Some feeds have all authors in both.
    named = people([*first, *(name for name in second if name not in first)])
    if not named.names and (line := _AUTHORS_LINE.search(fields.text(*_SUMMARIES))):
        return people(listed_names([line[1]]))
    return named


def _person(element: Element) -> str:
    """Return the name of an author in an element, also from a mail address."""
    if len(element):
        names_inside = [child for child in element.iter() if _name(child) == "name"]
        # J-STAGE has a name for each language.
        element = names_inside[0] if names_inside else element
    text = markup_text(markup_of(element)).strip()
    address = _MAIL_AND_NAME.fullmatch(text)
    return address[1] if address else text


def _links(fields: _Fields, keys: list[str], abstract: str) -> Links:
    pdfs = (link for link in fields.all("link") if "pdf" in link.get("type", ""))
    pdf = next(filter(None, map(fields.address, pdfs)), "")
    page = next(filter(None, fields.addresses()), "")
    if keys and keys[0].startswith("arxiv:"):
        number = keys[0].removeprefix("arxiv:")
        page, pdf = f"https://arxiv.org/abs/{number}", f"https://arxiv.org/pdf/{number}"
    return replace(links_in(abstract), page=page, pdf=pdf)


def _base(element: Element, above: str = "") -> str:
    """Return the base of addresses in an element (XML Base)."""
    return _joined(above, own) if (own := element.get(_BASE)) else above


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return ""


def _address(text: str) -> str:
    """Return a web address; empty for any other text."""
    text = text.strip()
    return text if LINK.fullmatch(text) and is_web_address(text) else ""
