"""A digest as a page of HTML for mail: it fetches nothing, and every text in it is escaped.

Programs that show mail drop style sheets and change colours. So each element has its own style,
and none has a colour: those of the program hold, by day and by night.
"""

from collections.abc import Iterator
from html import escape

from store.digest.items import NEWS, Item, by_day, headline, news_of, notices
from store.digest.papers import Digest

_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body style="margin: 0 auto; max-width: 42em; padding: 1em; font: 1em/1.5 system-ui, sans-serif; \
overflow-wrap: anywhere; color-scheme: light dark">
<h1 style="font-size: 1.4em; margin: 0">{title}</h1>
"""
_QUIET = "margin: .2em 0 0; font-size: .875em; opacity: .75"


def digest_html(digest: Digest) -> str:
    """Return the page of a digest."""
    return "\n".join(_lines(digest)) + "\n</body>\n</html>\n"


def _lines(digest: Digest) -> Iterator[str]:
    yield _HEAD.format(title=headline(digest)).rstrip("\n")
    for heading, items in by_day(digest):
        yield f'<h2 style="font-size: 1.1em; margin: 1.8em 0 0">{escape(heading)}</h2>'
        for item in items:
            yield from _item_lines(item)
    if digest.news:
        yield f'<h2 style="font-size: 1.1em; margin: 1.8em 0 0">{escape(NEWS)}</h2>'
        for title, page, lines in news_of(digest):
            yield f'<p style="margin: 1.2em 0 0; font-weight: 600">★ {_link(title, page)}</p>'
            yield from (f'<p style="{_QUIET}">{escape(line)}</p>' for line in lines)
    for notice in notices(digest):
        yield f'<p style="margin: 1.8em 0 0; opacity: .75">{escape(notice)}</p>'


def _item_lines(item: Item) -> Iterator[str]:
    title = _link(item.title, item.page)
    yield f'<p style="margin: 1.2em 0 0; font-weight: 600">{item.number}. {title}</p>'
    about = [escape(text) for text in item.about]
    about += [_link(name, address) for name, address in item.links]
    if about:
        yield f'<p style="{_QUIET}">{" · ".join(about)}</p>'
    if item.gist:
        yield f'<p style="margin: .2em 0 0">{escape(item.gist)}</p>'


def _link(text: str, address: str) -> str:
    """Return a link, or the text if there is no address."""
    if not address:
        return escape(text)
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{escape(text)}</a>'
