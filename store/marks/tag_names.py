"""What is one tag: case and accents make no difference, as in queries.

There may be several spellings of a tag in a library all the same, made on other machines or by
earlier versions: queries find them all, and what names a tag means the spelling that is closest.
"""

import unicodedata
from collections.abc import Collection

from store.errors import QueryError
from store.text.clean import TAG_LIMIT, clean_line, clean_tag
from store.text.fold import fold_name

SHOWN = 40
"""Letters of a tag that are repeated where it is refused."""


class TagError(QueryError):
    """A text can't be a tag."""

    def __init__(self, message: str) -> None:
        super().__init__(message, 0)


def named_tag(text: str) -> str:
    """Return a text as a tag; TagError if nothing of it can be one, or it is too long."""
    tag = clean_tag(text)
    if not tag:
        raise TagError(f"{clean_line(text, SHOWN) or 'an empty text'} can't be a tag")
    if len(tag) > TAG_LIMIT:
        length = f"{TAG_LIMIT} characters, {tag[:SHOWN]}… has {len(tag)}"
        raise TagError(f"a tag has at most {length}")
    return tag


def spelled(tag: str, known: Collection[str]) -> str:
    """Return a tag as it is spelled among those known; as it is if none is like it."""
    return tag if tag in known else next(iter(spellings(tag, known)), tag)


def spellings(tag: str, known: Collection[str]) -> list[str]:
    """Return which of the tags known a tag means: those that look the same, else those alike."""
    folded = fold_name(tag)
    alike = [each for each in known if fold_name(each) == folded]
    return [each for each in alike if unicodedata.normalize("NFC", each) == tag] or alike
