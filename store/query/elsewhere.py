"""What services that have papers understand of a query: plain words, and arXiv's own syntax.

Source: arXiv API User's Manual, section 5.1: `all:`, `ti:`, `au:`, `abs:` before a word or a
phrase in quotes, AND and OR between them, parentheses.
"""

import re
from typing import NamedTuple

from store.query.syntax import Query
from store.query.tree import And, Field, Node, Or, Phrase, Word, to_text

_FIELDS = {"title": "ti", "author": "au", "abstract": "abs"}
"""The fields that arXiv has as well."""
_COMMON = frozenset((
    *("a", "all", "an", "and", "are", "as", "at", "be", "by", "can", "do", "for", "from", "in"),
    *("is", "it", "of", "on", "or", "the", "to", "we", "what", "with", "you"),
))  # fmt: skip
"""Words that arXiv's index lacks or nearly every paper has; with AND they would find nothing."""


class AskedElsewhere(NamedTuple):
    """A query for others than the library."""

    words: str
    """The words alone, for a service that takes nothing else; empty if the query has none."""
    arxiv: str
    """A `search_query` of arXiv's."""
    left_out: tuple[str, ...]
    """Conditions that no service knows, as they are written in a query."""


class _Part(NamedTuple):
    words: tuple[str, ...]
    arxiv: str


def asked_elsewhere(query: Query) -> AskedElsewhere:
    """Return what can be asked for of a query: words, phrases, `title:`, `author:`, `abstract:`.

    `OR` between such conditions is kept. All else, what is negated too, is left out.
    """
    tree = query.tree
    conditions = tree.children if isinstance(tree, And) else (tree,) if tree else ()
    parts = {each: _part(each) for each in conditions}
    known = [part for part in parts.values() if part]
    return AskedElsewhere(
        " ".join(word for part in known for word in part.words),
        _joined("AND", [part.arxiv for part in known]),
        tuple(to_text(each) for each, part in parts.items() if part is None),
    )


def _part(node: Node) -> _Part | None:
    """Return what a condition is elsewhere; None if it is nothing there."""
    match node:
        case Word(text=text) if "://" in text:
            return None
        case Word(text=text) | Phrase(text=text):
            return _Part((text,), _term("all", text))
        case Field(name=name, value=value) if name in _FIELDS:
            if name == "author":  # names are in either order, and initials are no words
                names = [each for each in _plain(value).split() if len(each) > 1]
                return _Part((value,), _joined("AND", [f"au:{each}" for each in names]))
            return _Part((value,), _term(_FIELDS[name], value))
        case And(children=children) | Or(children=children):
            parts = [part for child in children if (part := _part(child))]
            if len(parts) < len(children):
                return None
            word = "AND" if isinstance(node, And) else "OR"
            words = tuple(text for part in parts for text in part.words)
            return _Part(words, _joined(word, [part.arxiv for part in parts], grouped=True))
    return None


def _term(prefix: str, text: str) -> str:
    words = _plain(text).split()
    if len(words) == 1:
        return "" if words[0].lower() in _COMMON else f"{prefix}:{words[0]}"
    return f'{prefix}:"{" ".join(words)}"' if words else ""


def _joined(word: str, terms: list[str], grouped: bool = False) -> str:
    """Return terms with a word between them; grouped, several are in parentheses."""
    terms = [*filter(None, terms)]
    text = f" {word} ".join(terms)
    return f"({text})" if grouped and len(terms) > 1 else text


def _plain(text: str) -> str:
    """Return the letters and digits of a text: arXiv takes a hyphen in a word for NOT."""
    return re.sub(r"[^\w.]|_", " ", text)
