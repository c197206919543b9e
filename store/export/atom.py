"""Write papers as an Atom feed (RFC 4287), for any feed reader.

Notes and tags are private and left out: a feed is for other people.
"""

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from xml.sax.saxutils import escape, quoteattr

from store.export.citing import Entry
from store.export.links import links_of
from store.model import Paper
from store.text.clean import ABSTRACT_LIMIT, NAME_LIMIT, clean_line, clean_text

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 forbids."""
_EPOCH = "1970-01-01"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def atom(entries: Sequence[Entry], query: str = "") -> Iterator[str]:
    """Yield the feed in pieces; its name and id are derived from the query.

    Its date is that of its latest paper, so that it changes only when a paper in it does.
    """
    title = f"papers-tui: {clean_line(query)}" if query else "papers-tui"
    latest = max((_changed(paper) for paper, _ in entries), default=_EPOCH)
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"  <title>{_text(title)}</title>\n"
        f"  <id>urn:sha256:{sha256(query.encode(errors='replace')).hexdigest()}</id>\n"
        f"  <updated>{latest}T00:00:00Z</updated>\n"
        "  <author><name>papers-tui</name></author>\n"
    )
    for paper, _ in entries:
        yield from _entry(paper)
    yield "</feed>\n"


def _entry(paper: Paper) -> Iterator[str]:
    links = links_of(paper)
    yield "  <entry>\n"
    yield f"    <title>{_text(clean_line(paper.title))}</title>\n"
    yield f"    <id>{_text(links.page or f'urn:papers-tui:{paper.id}')}</id>\n"
    yield f"    <updated>{_changed(paper)}T00:00:00Z</updated>\n"
    if published := _day(paper.published) or _day(paper.date):
        yield f"    <published>{published}T00:00:00Z</published>\n"
    # The format requires an author in every entry.
    for name in paper.authors or ("unknown",):
        yield f"    <author><name>{_text(clean_line(name, NAME_LIMIT))}</name></author>\n"
    for relation, kind, address in (
        ("alternate", "text/html", links.page),
        ("related", "application/pdf", links.pdf),
        ("related", "text/html", links.code),
        ("related", "text/html", links.project),
    ):
        if address:
            yield f'    <link rel="{relation}" type="{kind}" href={_attribute(address)}/>\n'
    for category in paper.categories:
        yield f"    <category term={_attribute(clean_line(category))}/>\n"
    if about := clean_text(paper.abstract or paper.summary, ABSTRACT_LIMIT):
        yield f"    <summary>{_text(about)}</summary>\n"
    yield "  </entry>\n"


def _changed(paper: Paper) -> str:
    return _day(paper.updated) or _day(paper.date) or _day(paper.published) or _EPOCH


def _day(text: str) -> str:
    return text if _DAY.fullmatch(text) else ""


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))
