"""The tree of a query: words, phrases and fields under Not, And and Or.

Each leaf has its place in the text, which does not matter when leaves are compared.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from store.query.fields import in_quotes


@dataclass(frozen=True, slots=True)
class Word:
    """A word to find anywhere in a paper; it may contain punctuation (`gpt-4`)."""

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
    """False while it is being typed; its last word is then the beginning of a word."""


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on one property; its name is in lower case, its value valid."""

    name: str
    value: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    closed: bool = field(default=True, compare=False)
    """False while it is being typed; a tag, feed or id is then the beginning of one."""
    quoted: bool = field(default=False, compare=False)
    """Whether the value is in quotes; a comma is then part of a feed's name."""


@dataclass(frozen=True, slots=True)
class Not:
    """Papers that do not match the child."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """Papers that match all children: two or more, none of them an And."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Papers that match any child: two or more, none of them an Or."""

    children: tuple["Node", ...]


Node: TypeAlias = Word | Phrase | Field | Not | And | Or


def joined(kind: type[And] | type[Or], nodes: list[Node | None]) -> Node | None:
    """Return one node for several; a child of the same kind merges into its parent."""
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
    """Return a tree as the text of a query, which parses to the same tree."""
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


def leaves(node: Node | None, excluded: bool = True) -> Iterator[Word | Phrase | Field]:
    """Yield the words, phrases and fields of a tree, in order; under Not only if `excluded`."""
    match node:
        case None:
            return
        case Not(child=child):
            if excluded:
                yield from leaves(child)
        case And(children=children) | Or(children=children):
            for child in children:
                yield from leaves(child, excluded)
        case _:
            yield node


def ranking_fields(node: Node | None, excluded: bool = True) -> list[Field]:
    """Return the fields of a tree that rank papers, `about:` and `like:`; see `leaves`."""
    return [
        leaf
        for leaf in leaves(node, excluded)
        if isinstance(leaf, Field) and leaf.name in ("about", "like")
    ]


def has_text(node: Node) -> bool:
    """Return whether a result has a rank: by words that are not excluded, or a ranking field."""
    words = any(isinstance(leaf, Word | Phrase) for leaf in leaves(node, excluded=False))
    return words or bool(ranking_fields(node, excluded=False))


def asks_for_hidden(node: Node) -> bool:
    """Return whether a query itself asks about hidden papers."""
    return any(leaf == Field("is", "hidden") for leaf in leaves(node))
