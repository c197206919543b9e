"""The tree of a query: words, phrases and fields under Not, And and Or.

Each leaf knows its place in the text; two leaves that say the same are equal at any place.
"""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from store.query.fields import in_quotes


@dataclass(frozen=True, slots=True)
class Word:
    """A word to find anywhere; it may hold punctuation (`gpt-4`)."""

    text: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to find next to each other."""

    text: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    closed: bool = field(default=True, compare=False)
    """False while it is still being typed; its last word is then the start of a word."""


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on one property; the name is in lower case and the value is valid."""

    name: str
    value: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    closed: bool = field(default=True, compare=False)
    """False while it is still being typed; a tag, feed or id is then the start of one."""
    quoted: bool = field(default=False, compare=False)
    """Whether the value is in quotes; a comma is then part of a feed's name."""


@dataclass(frozen=True, slots=True)
class Not:
    """Papers that the child does not match."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """Papers that all children match; two or more, none of them an And."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Papers that any child matches; two or more, none of them an Or."""

    children: tuple["Node", ...]


Node: TypeAlias = Word | Phrase | Field | Not | And | Or


def joined(kind: type[And] | type[Or], nodes: list[Node | None]) -> Node | None:
    """Return one node for several; a child of the same kind is spread into its parent."""
    children: list[Node] = []
    for node in nodes:
        if isinstance(node, kind):
            children += node.children
        elif node is not None:
            children.append(node)
    if len(children) < 2:
        return children[0] if children else None
    return kind(tuple(children))


def negated(node: Node) -> Node:
    """Return the opposite; that of a Not is its child."""
    return node.child if isinstance(node, Not) else Not(node)


def to_text(tree: Node | None) -> str:
    """Print a tree as a query that parses to the same tree."""
    match tree:
        case None:
            return ""
        case Word(text=text):
            return text
        case Phrase(text=text):
            return in_quotes(text)
        case Field(name=name, value=value):
            bare = not (tree.quoted or re.search(r'[\s()"]', value))
            return f"{name}:{value if bare else in_quotes(value)}"
        case Not(child=child):
            inner = to_text(child)
            return f"-({inner})" if isinstance(child, And | Or) else f"-{inner}"
        case And(children=children):
            return " ".join(
                f"({to_text(c)})" if isinstance(c, Or) else to_text(c) for c in children
            )
        case Or(children=children):
            return " OR ".join(map(to_text, children))
