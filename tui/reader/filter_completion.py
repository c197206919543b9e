"""What a filter that is being typed can be completed to: fields, their values, names in use."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from store.query.fields import FIELDS, OFFERED, STRING, quoted, unquoted
from store.text.fold import STRAIGHT, fold_name

LEAST = 2
"""Letters of a field's name from which on it is completed."""
LISTS = ("tag", "feed", "sort", "cat")
"""Fields that take several values with commas between."""

_AT_ONCE = (*OFFERED, "view", "tag", "feed", "cat")
"""Fields whose likeliest value is offered before a letter of it is typed."""

_LAST = re.compile(
    r'(?P<before>(?:^|[\s(])-?)(?P<word>(?:[^\s()":#]+:|#)?(?:' + STRING + r'|[^\s()"]*))$'
)


@dataclass(frozen=True, slots=True)
class Completion:
    """How a text goes on."""

    rest: str
    """What is missing, to be shown behind the text."""
    text: str
    """The full text when it is completed: with quotes where they are needed."""


def complete(text: str, names: Callable[[str], Iterable[str]]) -> Completion | None:
    """Return how a text most likely goes on, None if that can't be determined.

    `names` returns what a field (tag, view, author, feed) may be, the likeliest first.
    """
    text = text.translate(STRAIGHT)
    found = _LAST.search(text)
    if not found or not found["word"]:
        return None
    word = found["word"]
    field, value = ("tag", word[1:]) if word[0] == "#" else _parted(word)
    start = text[: len(text) - len(word)]
    if not field:
        return _field_name(text, word)
    head = word[: len(word) - len(value)]
    in_quotes = value.startswith('"')
    if in_quotes:
        value = unquoted(value[1:])
    if field in LISTS and "," in value and not in_quotes:
        earlier, _, value = value.rpartition(",")
        head += f"{earlier},"
    if not value and (field not in _AT_ONCE or head.endswith(",")):
        return None
    for name in OFFERED.get(field) or names(field):
        rest = _rest_of(name, value, anywhere=field == "author")
        if rest:
            whole = quoted(value + rest)
            if in_quotes and not whole.startswith('"'):
                whole = f'"{whole}"'
            return Completion(rest, start + head + whole)
    return None


def _parted(word: str) -> tuple[str, str]:
    """Return a field's name and what is behind its colon; no name if it is not a field."""
    name, colon, value = word.partition(":")
    return (name.lower(), value) if colon and name.lower() in FIELDS else ("", word)


def _field_name(text: str, word: str) -> Completion | None:
    if len(word) < LEAST or not word.islower():
        return None
    name = next((name for name in FIELDS if name.startswith(word)), "")
    rest = f"{name}:"[len(word) :]
    return Completion(rest, text + rest) if name else None


def _rest_of(name: str, value: str, anywhere: bool) -> str:
    """Return what a name has behind a beginning of it, or of one of its words."""
    starts = [0, *(each.end() for each in re.finditer(r"[\s-]", name))] if anywhere else [0]
    for start in starts:
        end = start + len(value)
        if fold_name(name[start:end]) == fold_name(value):
            return name[end:]
    return ""
