"""Lists of subscriptions as feed readers exchange them (OPML).

An `outline` with an `xmlUrl` is a subscription, those around it are folders. Sources:
http://opml.org/spec2.opml and what readers write: other cases of the attribute's name, `url` in its
place, the scheme `feed:`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from store.errors import FeedNameError, NotAFeedError
from store.feeds.xml import read_xml
from store.fetching.sources import Mirrors, Source, find_source
from store.text.clean import clean_line

OUTLINES_LIMIT = 10_000
"""Most outlines of a list that are read; a problem reports the others."""

_FEED_SCHEME = re.compile(r"feed:(?://)?(?P<whole>https?:)|feed://", re.IGNORECASE)
_KINDS = ("", "rss", "atom", "rdf", "feed", "xml")


@dataclass(frozen=True, slots=True)
class Subscribed:
    """The contents of a list of subscriptions."""

    sources: list[Source]
    """The feeds, each as often as it is listed."""
    problems: list[str]
    """What can't be fetched, in words."""


def read_opml(data: bytes, mirrors: Mirrors) -> Subscribed:
    """Return the feeds in a list; NotAFeedError if it is not a list of subscriptions, or empty."""
    root, problems = read_xml(data)
    if root.tag.rpartition("}")[2].lower() != "opml":
        raise NotAFeedError("it is not a list of subscriptions (OPML)")
    sources: list[Source] = []
    outlines = (each for each in root.iter() if each.tag.rpartition("}")[2].lower() == "outline")
    for number, outline in enumerate(outlines):
        if number == OUTLINES_LIMIT:
            problems.append(f"only the first {OUTLINES_LIMIT:,} outlines were read: split the list")
            break
        said = {name.lower(): value.strip() for name, value in outline.attrib.items()}
        address = _address(said)
        title = clean_line(said.get("text") or said.get("title") or address, 60)
        if address:
            try:
                sources.append(find_source(address, mirrors))
            except FeedNameError as error:
                problems.append(f"“{title}” was skipped: {error}")
        elif said.get("type", "").lower() == "include":
            problems.append(f"“{title}” was skipped: it is another list; add that one itself")
    if not sources:
        raise NotAFeedError(problems[0] if problems else "no outline in it has an xmlUrl")
    return Subscribed(sources, problems)


def _address(said: Mapping[str, str]) -> str:
    """Return the address of an outline's feed; empty for a folder or a link."""
    address = said.get("xmlurl", "")
    if not address and said.get("type", "link").lower() in _KINDS:
        address = said.get("url", "")
    if match := _FEED_SCHEME.match(address):
        address = (match["whole"] or "http://") + address[match.end() :]
    # Feed readers do not encode spaces.
    return quote(address, safe="".join(map(chr, range(0x21, 0x7F)))) if " " in address else address
