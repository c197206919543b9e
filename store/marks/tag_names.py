"""What is one tag: case and accents make no difference, as in queries.

A library may still have several spellings of a tag, from other machines or earlier versions:
queries find them all, and a named tag means the closest spelling.
"""

import unicodedata
from collections.abc import Collection

from store.errors import QueryError
from store.text.clean import TAG_LIMIT, clean_line, clean_tag
from store.text.fold import fold_name

SHOWN = 40
"""How many letters of a refused tag the message shows."""


class TagError(QueryError):
    """A text can't be a tag."""

    def __init__(self, message: str) -> None:
        super().__init__(message, 0)


def named_tag(text: str) -> str:
    """Return a text as a tag; TagError if nothing of it is usable, or it is too long."""
    tag = clean_tag(text)
    if not tag:
        raise TagError(f"{clean_line(text, SHOWN) or 'an empty text'} can't be a tag")
    if len(tag) > TAG_LIMIT:
        length = f"{TAG_LIMIT} characters, {tag[:SHOWN]}… has {len(tag)}"
        raise TagError(f"a tag has at most {length}")
    return tag


def spelled(tag: str, known: Collection[str]) -> str:
    """Return a tag in its known spelling; unchanged if none matches."""
    return tag if tag in known else next(iter(spellings(tag, known)), tag)


def spellings(tag: str, known: Collection[str]) -> list[str]:
    """Return the known tags that a tag means: identical spellings, else equivalent ones."""
    folded = fold_name(tag)
    alike = [each for each in known if fold_name(each) == folded]
    return [each for each in alike if unicodedata.normalize("NFC", each) == tag] or alike
