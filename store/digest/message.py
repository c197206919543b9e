"""A digest as a message: plain text and HTML as alternatives, with the headers of mail.

The HTML fetches nothing, and every text in it is escaped. Programs that show mail drop style sheets
and change colours: each element has its own style, and none has a colour. Sources: RFC 5322
(messages), RFC 2919 (List-Id), RFC 3834 (Auto-Submitted).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from html import escape
from textwrap import fill

from store.digest.items import NEWS, Item, by_day, headline, news_of, notices
from store.digest.papers import Digest
from store.text.clean import clean_line

_QUERY = 60
"""Characters of a query in the subject."""
_WIDTH = 72
"""Characters in a line of plain text; longer addresses and words stay whole."""

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


def digest_message(
    digest: Digest, sender: Address, to: Sequence[Address], moment: datetime, message_id: str
) -> EmailMessage:
    """Return the message. Its lines are short and ASCII, so that every server accepts them."""
    message = EmailMessage()
    message["Subject"] = f"papers-tui: {headline(digest)}" + (
        f" ({clean_line(digest.query, _QUERY)})" if digest.query else ""
    )
    message["From"] = sender
    if to:
        message["To"] = to
    message["Date"] = moment
    message["Message-ID"] = message_id
    # Filters can sort such mail, and no absence notice answers it.
    message["List-Id"] = "papers-tui digest <digest.papers-tui.localhost>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(digest_text(digest), cte="quoted-printable")
    message.add_alternative(digest_html(digest), subtype="html", cte="quoted-printable")
    return message


def digest_html(digest: Digest) -> str:
    """Return a digest as a page of HTML."""
    return "\n".join(_html_lines(digest)) + "\n</body>\n</html>\n"


def _html_lines(digest: Digest) -> Iterator[str]:
    yield _HEAD.format(title=headline(digest)).rstrip("\n")
    for heading, items in by_day(digest):
        yield f'<h2 style="font-size: 1.1em; margin: 1.8em 0 0">{escape(heading)}</h2>'
        for item in items:
            yield from _html_of(item)
    if digest.news:
        yield f'<h2 style="font-size: 1.1em; margin: 1.8em 0 0">{escape(NEWS)}</h2>'
        for title, page, lines in news_of(digest):
            yield f'<p style="margin: 1.2em 0 0; font-weight: 600">★ {_link(title, page)}</p>'
            yield from (f'<p style="{_QUIET}">{escape(line)}</p>' for line in lines)
    for notice in notices(digest):
        yield f'<p style="margin: 1.8em 0 0; opacity: .75">{escape(notice)}</p>'


def _html_of(item: Item) -> Iterator[str]:
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


def digest_text(digest: Digest) -> str:
    """Return a digest as plain text."""
    return "\n".join(_text_lines(digest)) + "\n"


def _text_lines(digest: Digest) -> Iterator[str]:
    yield headline(digest)
    for heading, items in by_day(digest):
        yield from ("", "", heading, "-" * len(heading))
        for item in items:
            yield ""
            yield from _text_of(item)
    if digest.news:
        yield from ("", "", NEWS, "-" * len(NEWS))
        for title, page, lines in news_of(digest):
            yield ""
            yield _filled(f"★ {title}", "", "  ")
            yield from (_filled(line, "  ", "  ") for line in lines)
            if page:
                yield f"  {page}"
    if said := notices(digest):
        yield "\n"
        yield from (_filled(line) for line in said)


def _text_of(item: Item) -> Iterator[str]:
    number = f"{item.number:3}. "
    yield _filled(item.title, number, indent := " " * len(number))
    for text in (" · ".join(item.about), item.gist):
        if text:
            yield _filled(text, indent, indent)
    # A line for each address: its end is clear then.
    if item.page:
        yield indent + item.page
    for name, address in item.links:
        yield f"{indent}{name}: {address}"


def _filled(text: str, first: str = "", indent: str = "") -> str:
    return fill(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
