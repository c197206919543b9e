"""Which months can hold the papers of a query: a command reads only those."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce

from store.model import Marks, Paper
from store.query.meaning import keys_of, predicate
from store.query.ranges import date_range
from store.query.syntax import Query
from store.query.tree import And, Field, Node, Not, Or, Phrase, Word

_OF_MARKS = {
    *(("is", word) for word in ("starred", "tagged", "hidden")),
    ("has", "note"),
}
_LEARNED = ("like", "about")
"""Fields that depend on all papers, like the sort key `foryou`."""
_NO_PAPER = Paper("", "")
_FIRST, _LAST = "", "9999-99"


@dataclass(frozen=True, slots=True)
class Reach:
    """The papers of some months, YYYY-MM, with some names."""

    first: str = _FIRST
    last: str = _LAST
    names: frozenset[str] | None = None
    """None for any."""

    def __and__(self, other: "Reach") -> "Reach":
        names = other.names if self.names is None else self.names
        if self.names is not None and other.names is not None:
            # A paper has several names: either set is enough, not their intersection.
            names = min(self.names, other.names, key=len)
        return Reach(max(self.first, other.first), min(self.last, other.last), names)

    def __or__(self, other: "Reach") -> "Reach":
        all_named = self.names is not None and other.names is not None
        names = (self.names or frozenset()) | (other.names or frozenset()) if all_named else None
        return Reach(min(self.first, other.first), max(self.last, other.last), names)

    def has_month(self, month: str) -> bool:
        """Return whether papers of a month may be among them."""
        return self.first <= month <= self.last


EVERYWHERE = Reach()


def is_plain(query: Query) -> bool:
    """Return whether a query has only conditions on single papers.

    What words find depends on all papers, from whose words a misspelt one is corrected; which
    papers have a PDF or a text on disk is known to the index.
    """
    return not _needs_all(query.tree) and not any("foryou" in key for key in query.sort)


def reach_of(node: Node | None, today: date, marks: Mapping[str, Marks]) -> Reach:
    """Return where the papers of a tree can be; `marks` are all marks, by key."""
    match node:
        case And(children=children):
            return reduce(Reach.__and__, (reach_of(child, today, marks) for child in children))
        case Or(children=children):
            return reduce(Reach.__or__, (reach_of(child, today, marks) for child in children))
        case Field(name="date", value=value):
            first, last = date_range(value, today)
            return Reach(first[:7], last[:7])
        case Field(name="id" | "arxiv" | "doi" as name, value=value, closed=True):
            return Reach(names=keys_of(name, value))
        case Field() if node.name in ("tag", "note") or (node.name, node.value) in _OF_MARKS:
            has = predicate(node, today)
            found = (key for key, each in marks.items() if has(_NO_PAPER, each))
            return Reach(names=frozenset(found))
    return EVERYWHERE


def _needs_all(node: Node | None) -> bool:
    match node:
        case Word() | Phrase():
            return True
        case Field(name="has", value="pdf-file" | "text") | Field(name="is", value="begun"):
            return True
        case Field(name="text"):
            return True
        case Field(name=name):
            return name in _LEARNED
        case Not(child=child):
            return _needs_all(child)
        case And(children=children) | Or(children=children):
            return any(map(_needs_all, children))
    return False
