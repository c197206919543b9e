"""Mark what a query looked for, in text that may be cut to fit."""

import re
from collections.abc import Iterator

from textual.content import Content, Span
from textual.style import Style

from store.query.wanted import MatchedWord, Place, spans, wanted_in

MATCH = "$text-warning bold underline"
_ADDRESS = re.compile(r"\bhttps?://\S+")


def highlighted(
    text: str, style: str | Style, words: tuple[MatchedWord, ...], place: Place
) -> Content:
    """Return a text in a style, with the words marked that are looked for in such a place.

    Nothing is marked in addresses, which are not there to be read.
    """
    whole = [Span(0, len(text), style)] if style and text else []
    if not words:
        return Content(text, whole)
    found = spans(text, wanted_in(words, place))
    in_address = bytearray(len(text))
    for address in _ADDRESS.finditer(text) if found else ():
        in_address[slice(*address.span())] = b"\1" * len(address[0])
    marked = [Span(*span, MATCH) for span in found if not any(in_address[slice(*span)])]
    return Content(text, [*whole, *marked])


def cut_at_matches(
    text: str, pattern: re.Pattern[str] | None, shown: str | None = None
) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text in order, and whether each is a match.

    If only the beginning of the text is shown, that is cut: a match may reach over its end.
    """
    shown = text if shown is None else shown
    at = 0
    for start, end in spans(text, pattern):
        if start >= len(shown):
            break
        yield shown[at:start], False
        yield shown[start:end], True
        at = end
    yield shown[at:], False
