"""Read JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from datetime import date
from typing import TypeGuard
from urllib.parse import urlsplit

from store.errors import NoPaperError, NotAFeedError
from store.feeds.feed_text import names, unwrapped
from store.feeds.json_fields import Fields, entries_limit, parse_json, web_address
from store.feeds.reading import FeedReading, decode
from store.feeds.references import first_arxiv_id, paper_keys, reference_links
from store.markup.plain_text import markup_text
from store.model import Paper
from store.text.clean import NAME_LIMIT, clean_line
from store.text.dates import feed_day
from store.text.people import listed_names, people
from store.text.web import doi_key

_VERSION = "jsonfeed.org/version/"
_SUMMARY_LENGTH = 200
"""A shorter summary is replaced by longer contents."""


def is_json_feed(document: object) -> TypeGuard[dict[str, object]]:
    """Return whether a JSON document is a feed."""
    return isinstance(document, dict) and _VERSION in str(document.get("version", ""))[:60]


def read_json_feed(data: bytes, today: date, listed: date | None = None) -> FeedReading:
    """Return the papers of a feed; none, and no problem, if it has no items.

    The day of listing is the day of publication, at the latest `today`; without one it is `listed`,
    else `today`. Raises NotAFeedError for other files.
    """
    text, problems = decode(data)
    document = parse_json(text)
    if not is_json_feed(document):
        raise NotAFeedError("it is not a JSON Feed: it names no version of the format")
    fields = Fields(document, "the feed", problems)
    items, most = fields.values("items"), entries_limit(len(data))
    if len(items) > most:
        problems.append(f"the items from {most + 1:,} on are not read: split the file")
    papers: list[Paper] = []
    for number, item in enumerate(items[:most], start=1):
        if not isinstance(item, dict):
            problems.append(f"item {number} is not an object")
        elif paper := _paper(
            Fields(item, f"item {number}", problems), _feed_name(fields), listed or today, today
        ):
            papers.append(paper)
    if items and not papers:
        raise NoPaperError(problems[-1])
    return FeedReading(_feed_name(fields), papers, problems)


def _feed_name(feed: Fields) -> str:
    for name in ("home_page_url", "feed_url"):
        if address := web_address(str(feed.raw(name) or "")):
            return clean_line(urlsplit(address).hostname or "", NAME_LIMIT).removeprefix("www.")
    return clean_line(str(feed.raw("title") or ""), 60) or "feed"


def _paper(item: Fields, feed: str, day: date, today: date) -> Paper | None:
    title = clean_line(markup_text(item.text("title")))
    if not title:
        item.note("it has no title")
        return None
    # The subject of an item comes before its own page.
    addresses = [item.text("external_url"), item.text("url"), item.scalar("id")]
    arxiv_id, version = first_arxiv_id(addresses)
    dois = (key for key in map(doi_key, addresses) if key and key.startswith("doi:"))
    doi = None if arxiv_id else next(dois, None)
    key, aliases = paper_keys(arxiv_id, doi, title)
    abstract = unwrapped(markup_text(item.text("summary")))
    if len(abstract) < _SUMMARY_LENGTH:
        content = item.text("content_html")
        longer = markup_text(content) if content else item.text("content_text")
        abstract = max(abstract, unwrapped(longer), key=len)
    named = people(listed_names(_authors(item)))
    published = feed_day(item.text("date_published"))
    updated = feed_day(item.text("date_modified"))
    return Paper(
        id=key,
        title=title,
        authors=named.names,
        authors_incomplete=named.incomplete,
        abstract=abstract,
        keywords=names(item.texts("tags")),
        date=min(published or updated or day.isoformat(), today.isoformat()),
        published=published,
        updated=updated,
        links=reference_links(addresses, arxiv_id, doi, abstract),
        feeds=(feed,),
        aliases=aliases,
        version=version,
    )


def _authors(item: Fields) -> list[str]:
    given = item.values("authors") or [item.raw("author")]
    return [str(one.get("name") or "") for one in given if isinstance(one, dict)]
