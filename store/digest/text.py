"""A digest as plain text, for readers of mail without HTML."""

from collections.abc import Iterator
from textwrap import fill

from store.digest.items import NEWS, Item, by_day, headline, news_of, notices
from store.digest.papers import Digest

_WIDTH = 72
"""Characters of a line, but for addresses and words that are longer."""


def digest_text(digest: Digest) -> str:
    """Return the text of a digest."""
    return "\n".join(_lines(digest)) + "\n"


def _lines(digest: Digest) -> Iterator[str]:
    yield headline(digest)
    for heading, items in by_day(digest):
        yield from ("", "", heading, "-" * len(heading))
        for item in items:
            yield ""
            yield from _item_lines(item)
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


def _item_lines(item: Item) -> Iterator[str]:
    number = f"{item.number:3}. "
    yield _filled(item.title, number, indent := " " * len(number))
    for text in (" · ".join(item.about), item.gist):
        if text:
            yield _filled(text, indent, indent)
    # A line for each address: where it ends is plain then.
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
