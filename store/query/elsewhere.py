"""Translate a query for services that have papers: into plain words, and into arXiv's syntax.

Source: arXiv API User's Manual, section 5.1: `all:`, `ti:`, `au:`, `abs:` before a word or a
phrase in quotes, AND and OR between them, parentheses.
"""

import re
from typing import NamedTuple

from store.query.syntax import Query
from store.query.tree import And, Field, Node, Or, Phrase, Word, to_text

_FIELDS = {"title": "ti", "author": "au", "abstract": "abs"}
"""The fields that arXiv has too, by their names there."""
_COMMON = frozenset((
    *("a", "all", "an", "and", "are", "as", "at", "be", "by", "can", "do", "for", "from", "in"),
    *("is", "it", "of", "on", "or", "the", "to", "we", "what", "with", "you"),
))  # fmt: skip
"""Words that arXiv's index lacks, so that with AND nothing is found, or that all papers have."""


class AskedElsewhere(NamedTuple):
    """A query for services."""

    words: str
    """The words, for a service that accepts only words; empty if the query has none."""
    arxiv: str
    """The `search_query` for arXiv."""
    left_out: tuple[str, ...]
    """Conditions that no service supports, as written in a query."""


class _Part(NamedTuple):
    words: tuple[str, ...]
    arxiv: str


def asked_elsewhere(query: Query) -> AskedElsewhere:
    """Return the part of a query that services support.

    These are words, phrases, `title:`, `author:`, `abstract:`, and `OR` between them. Other
    conditions are left out, and so are negated ones.
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
    """Return the translation of a condition; None if services do not support it."""
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
    """Return terms joined by a word; with `grouped`, several are in parentheses."""
    terms = [*filter(None, terms)]
    text = f" {word} ".join(terms)
    return f"({text})" if grouped and len(terms) > 1 else text


def _plain(text: str) -> str:
    """Return the letters and digits of a text: arXiv takes a hyphen in a word for NOT."""
    return re.sub(r"[^\w.]|_", " ", text)
